"""Who is measured: each writes the same course in its own form, and has commands to build and to serve it."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from tests.synthetic.hugo import write_hugo
from tests.synthetic.ours import write_bench_course
from tests.synthetic.plain import write_material
from tests.synthetic.plan import Track

ROOT = Path(__file__).parents[3]
_TOOLS = Path(sys.executable).parent
_OTHERS = ROOT / ".cache/bench/others"
"""An environment of their own, which `scripts/bench` makes."""
_FORMER = ROOT / ".cache/bench/former"


@dataclass(frozen=True)
class Project:
    name: str
    title: str
    write: Callable[[Path, list[Track]], None]
    build: tuple[str, ...]
    serve: tuple[str, ...]
    """`{port}` stands for the port."""
    lesson: str
    """The way to a lesson's source; `{}` stands for its module."""
    site: str = "site"
    most: int = 1000
    """Modules beyond which it takes too long for every run."""
    compared: int = 1000
    """Modules beyond which the table doesn't compare it: there one round is enough."""

    @property
    def is_installed(self) -> bool:
        return Path(self.build[0]).exists() and (self.name != "former" or _FORMER.exists())


def _write_ours(root: Path, tracks: list[Track]) -> None:
    write_bench_course(root, tracks, like=ROOT)


_MKDOCS_BUILD = (str(_TOOLS / "mkdocs"), "build", "--quiet")
_MKDOCS_SERVE = (str(_TOOLS / "mkdocs"), "serve", "--quiet", "--dev-addr", "127.0.0.1:{port}")
_TRACKBOOK, _ZENSICAL = str(_TOOLS / "trackbook"), str(_OTHERS / "bin/zensical")
_HUGO = next(map(str, _OTHERS.glob("lib/*/site-packages/hugo/binaries/hugo")), "hugo")
"""The program itself: the one in bin/ starts Python first."""

CHECK = (_TRACKBOOK, "check", "--format", "text")
OURS = Project(
    name="ours",
    title="Trackbook",
    write=_write_ours,
    build=(_TRACKBOOK, "build"),
    serve=(_TRACKBOOK, "serve", "--port", "{port}"),
    lesson="lessons/{}/lesson.md",
)
FORMER = replace(
    OURS,
    name="former",
    title="Trackbook before",
    build=("/usr/bin/env", f"PYTHONPATH={_FORMER / 'src'}", sys.executable, "-m", "trackbook", "build"),
    compared=10_000,
)
"""An earlier commit, of the same dependencies: `scripts/bench speed --former COMMIT` lays it out."""
PRUNED = Project(
    name="pruned",
    title="Material, pruned",
    write=partial(write_material, pruned=True),
    build=_MKDOCS_BUILD,
    serve=_MKDOCS_SERVE,
    lesson="docs/{}/lesson.md",
)
STOCK = replace(
    PRUNED,
    name="stock",
    title="Material",
    write=partial(write_material, pruned=False),
    most=400,
    compared=400,
)
ZENSICAL = replace(
    PRUNED,
    name="zensical",
    title="Zensical, pruned",
    build=(_ZENSICAL, "build"),
    serve=(_ZENSICAL, "serve", "--dev-addr", "127.0.0.1:{port}"),
    most=400,
)
HUGO = Project(
    name="hugo",
    title="Hugo, no search",
    write=write_hugo,
    build=(_HUGO, "build", "--quiet"),
    serve=(_HUGO, "server", "--quiet", "--bind", "127.0.0.1", "--port", "{port}"),
    lesson="content/{}/lesson.md",
    site="public",
)
PROJECTS: Mapping[str, Project] = {project.name: project for project in (OURS, FORMER, PRUNED, STOCK, ZENSICAL, HUGO)}
