"""What the tests share: the sample course, changed copies of it, `--update` for golden files, and the long run."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import yaml
from filelock import FileLock
from hypothesis import settings

from trackbook.language import words as language
from trackbook.mkdocs_plugin.build import build_site
from trackbook.model import OWN_WIDGETS
from trackbook.publishing import generated_pages
from trackbook.publishing.course_map import pages
from trackbook.widgets import load_widgets

TESTS = Path(__file__).parent
ROOT = TESTS.parent
SAMPLE = TESTS / "sample"
HEBREW = TESTS / "hebrew"
OUR_WIDGETS = sorted(load_widgets(ROOT).keys() - load_widgets().keys())
os.environ.pop("GITHUB_ACTIONS", None)  # `check` prints more there
LETTERS = {ord("a") + at: chr(ord("א") + at) for at in range(26)}
SAID = "כך סופרים"
Change = Mapping[str, object]
for run, examples in (("short", 40), ("long", 600)):
    settings.register_profile(run, derandomize=True, deadline=None, max_examples=examples)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="rewrite golden messages; read the diff as prose")
    parser.addoption("--long", action="store_true", help="run what the short run leaves out, and nothing else")


def pytest_configure(config: pytest.Config) -> None:
    """Both runs have the tests that find their own examples: the long one lets them find more."""
    if config.getoption("--long"):
        config.option.markexpr = "long or hypothesis"
    settings.load_profile("long" if config.getoption("--long") else "short")


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update"))


@pytest.fixture
def make_course(tmp_path: Path) -> Callable[[Change], Path]:
    """Copies the sample course and changes it. What shows one of our course's own widgets gets them."""

    def make(change: Change) -> Path:
        root = tmp_path / "course"
        shutil.copytree(SAMPLE, root)
        if any(f"```{name}" in str(change) for name in OUR_WIDGETS):
            copy_widgets(root)
        change_files(root, change)
        return root

    return make


def copy_widgets(root: Path) -> None:
    """Give the course in `root` the widgets of ours."""
    shutil.copytree(ROOT / OWN_WIDGETS, root / OWN_WIDGETS, ignore=shutil.ignore_patterns("__pycache__"))


def change_files(root: Path, change: Change) -> None:
    """A change maps a path to the whole new text, to None (the file goes), to a number (a file of so many bytes), or
    to `{old: new}` pieces of its text.
    """
    for name, new in change.items():
        path = root / name
        if new is None:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        elif isinstance(new, int):
            path.write_bytes(_fill(path.suffix, new))
        elif isinstance(new, str):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(new, encoding="utf-8", newline="")
        elif isinstance(new, dict):
            text = path.read_text("utf-8")
            for old, piece in new.items():
                assert old in text, f"{name} does not hold {old!r}"
                text = text.replace(old, str(piece), 1)
            path.write_text(text, encoding="utf-8")


def _fill(ending: str, size: int) -> bytes:
    """So many bytes, which are a picture where the name says so."""
    ends = {
        ".png": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01", b"IEND\xaeB`\x82"),
        ".svg": (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">', b"</svg>"),
    }
    begin, end = ends.get(ending, (b"", b""))
    return begin + (b" " if begin else b"\0") * (size - len(begin + end)) + end


@pytest.fixture(scope="session")
def common(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The folder of this run of the tests, whichever worker of pytest-xdist asks."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


@pytest.fixture(scope="session")
def site(common: Path) -> Path:
    """Our own course, built as `mkdocs build --strict` does: once for all workers."""
    folder = common / "our-site" / "site"
    with FileLock(folder.parent.with_suffix(".lock")):
        if not folder.exists():
            command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stdout + done.stderr
    return folder


def copy_hebrew(root: Path) -> None:
    """The course in tests/hebrew, with our widgets, media, and small models, whose words get Hebrew letters."""
    shutil.copytree(HEBREW, root)
    copy_widgets(root)
    (root / "lessons" / "data").mkdir(exist_ok=True)
    for name in ("world", "sequence-memory"):
        model = json.loads((ROOT / f"lessons/data/models/{name}.json").read_text("utf-8"))
        model["vocabulary"] = [word.translate(LETTERS) for word in model["vocabulary"]]
        (root / "lessons" / "data" / f"{name}.json").write_text(json.dumps(model), "utf-8")
    folder = root / "lessons" / "adding" / "sum"
    beside = {"clip.mp4": bytes(1_500_000), "clip.vtt": b"WEBVTT\n", "tone.mp3": bytes(1000), "sheet.pdf": b"%PDF-"}
    for name, content in {**beside, "tone.txt": "כך סופרים.".encode()}.items():
        (folder / name).write_bytes(content)
    with (folder / "lesson.md").open("a", encoding="utf-8") as lesson:
        lesson.write("".join(f"\n![{SAID}]({name})\n" for name in ("clip.mp4", "tone.mp3", "sheet.pdf")))


@pytest.fixture(scope="session")
def hebrew_site(common: Path) -> Path:
    """The course in tests/hebrew, which shows every part and widget, with German around it, from right to left."""
    root = common / "hebrew" / "course"
    with FileLock(common / "hebrew.lock"):
        if not root.exists():
            root.parent.mkdir()
            copy_hebrew(root)
            build_site(root)
    return root / "site"


@pytest.fixture(scope="session")
def marked_site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, frozenset[str]]:
    """The same with each of the site's texts in ⟦brackets⟧, and the keys of the texts that its build said."""
    folder = tmp_path_factory.mktemp("marked")
    copy_hebrew(folder / "course")
    (folder / "languages").mkdir()
    words = yaml.safe_load((language.FOLDER / "de.yml").read_text("utf-8"))
    marked = {key: value if key == "direction" else _mark(value) for key, value in words.items()}
    (folder / "languages" / "de.yml").write_text(yaml.dump(marked, allow_unicode=True), "utf-8")
    for path in (folder / "course" / OWN_WIDGETS).glob("*/words/de.yml"):
        path.write_text(yaml.dump(_mark(yaml.safe_load(path.read_text("utf-8"))), allow_unicode=True), "utf-8")
    said: set[str] = set()
    find = language.Language.find

    def record(self: language.Language, key: str, count: int | None = None) -> str:
        said.add(key)
        return find(self, key, count)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(language, "FOLDER", folder / "languages")
        patch.setattr(language.Language, "find", record)
        patch.setattr(generated_pages, "FEW_TRACKS", 0)
        patch.setattr(pages, "MOST_ON_ONE_MAP", 5)  # so few that tracks have maps of their own
        language.load_language.cache_clear()
        try:
            return build_site(folder / "course"), frozenset(said)
        finally:
            language.load_language.cache_clear()


def _mark(texts: object) -> object:
    return {key: _mark(text) for key, text in texts.items()} if isinstance(texts, dict) else f"⟦{texts}⟧"


class _Dumper(yaml.SafeDumper):
    """Writes long texts as blocks, as a person would."""


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _represent_text)


def write_case(path: Path, case: object) -> None:
    path.write_text(
        yaml.dump(case, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110), encoding="utf-8", newline="\n"
    )
