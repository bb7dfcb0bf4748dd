"""One turn of a project: the course is built, checked and served from a folder of its own, and each step measured."""

import gzip
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.speed.projects import CHECK, OURS, Project
from tests.bench.speed.serving import serve
from tests.bench.speed.work import CommandError, run
from tests.synthetic.plan import Track

_NEWS = "One sentence of this lesson is new."


@dataclass(frozen=True)
class Run:
    """One measured step. What a step does not have is 0."""

    project: str
    modules: int
    step: str
    cpu: float = 0
    wall: float = 0
    memory: int = 0
    output: int = 0
    """Bytes of the whole site."""
    lesson: int = 0
    """Bytes of a lesson's page as a server sends it, gzip."""


def choose_module(tracks: list[Track]) -> str:
    """The one in the middle, whose lesson is edited and weighed."""
    plans = [plan for track in tracks for plan in track.modules]
    return plans[len(plans) // 2].module.id


def build_cold(project: Project, root: Path, tracks: list[Track]) -> Iterator[Run]:
    _clear(project, root)
    work = run(project.build, root)
    files = [path for path in (root / project.site).rglob("*") if path.is_file()]
    modules = sum(len(track.modules) for track in tracks)
    if sum(path.name == "index.html" for path in files) < 4 * modules:
        raise CommandError(f"{project.title} built {len(files)} files, but there are {4 * modules} pages")
    output = sum(path.stat().st_size for path in files)
    lesson = len(gzip.compress(_find_lesson(project, root, tracks).read_bytes(), 6, mtime=0))
    yield Run(project.name, modules, "build cold", work.cpu, work.wall, work.memory, output, lesson)


def build_warm(project: Project, root: Path, tracks: list[Track]) -> Iterator[Run]:
    """Ours once more without a change, and once more with one lesson edited."""
    yield _measure(project, "build unchanged", project.build, root, tracks)
    with _editing(project, root, tracks):
        yield _measure(project, "build edited", project.build, root, tracks)
        if _NEWS not in _find_lesson(project, root, tracks).read_text("utf-8"):
            raise CommandError("the edited lesson is not in the site that was built after the edit")


def check(root: Path, tracks: list[Track]) -> Iterator[Run]:
    _clear(OURS, root)
    yield _measure(OURS, "check cold", CHECK, root, tracks)
    yield _measure(OURS, "check unchanged", CHECK, root, tracks)


def serve_site(project: Project, root: Path, tracks: list[Track], saves: int) -> Iterator[Run]:
    """As it stands after a build."""
    modules = sum(len(track.modules) for track in tracks)
    served = serve(project, root, choose_module(tracks), saves)
    yield Run(project.name, modules, "serve ready", wall=served.ready, memory=served.memory)
    for wall in served.saves:
        yield Run(project.name, modules, "save to served", wall=wall)


def _measure(project: Project, step: str, command: tuple[str, ...], root: Path, tracks: list[Track]) -> Run:
    work = run(command, root)
    return Run(project.name, sum(len(track.modules) for track in tracks), step, work.cpu, work.wall, work.memory)


@contextmanager
def _editing(project: Project, root: Path, tracks: list[Track]) -> Iterator[None]:
    lesson = root / project.lesson.format(choose_module(tracks))
    text = lesson.read_text("utf-8")
    lesson.write_text(f"{text}\n{_NEWS}\n", "utf-8")
    try:
        yield
    finally:
        lesson.write_text(text, "utf-8")


def _find_lesson(project: Project, root: Path, tracks: list[Track]) -> Path:
    return root / project.site / choose_module(tracks) / "lesson/index.html"


def _clear(project: Project, root: Path) -> None:
    for folder in (project.site, ".cache"):
        shutil.rmtree(root / folder, ignore_errors=True)
