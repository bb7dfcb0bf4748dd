"""A build shares with the last site what is the same there: what it makes is what it would have made anew."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from tests.conftest import Change

from trackbook.issue import CourseError
from trackbook.mkdocs_plugin.build import build_site

MakeCourse = Callable[[Change], Path]


@pytest.fixture
def root(make_course: MakeCourse) -> Path:
    """A course that was built."""
    root = make_course({})
    build_site(root)
    return root


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def build(root: Path) -> dict[str, bytes]:
    return contents(build_site(root))


def test_a_page_that_is_the_same_is_the_same_file(root: Path) -> None:
    before = {path.relative_to(root / "site").as_posix(): path.stat() for path in (root / "site").rglob("*.html")}
    lesson = root / "lessons/first/alpha/lesson.md"
    lesson.write_text(f"{lesson.read_text('utf-8')}\nAlpha, once more.\n", "utf-8")
    build_site(root)
    written = {path for path, state in before.items() if (root / "site" / path).stat().st_ino != state.st_ino}
    assert "first/alpha/lesson/index.html" in written
    assert "second/gamma/cheatsheet/index.html" not in written


def test_whatever_became_of_it_the_site_is_the_same(root: Path, tmp_path: Path) -> None:
    right, chance = contents(root / "site"), Random(5)
    spared = {root / "site/index.html", root / "site/.trackbook-files.json"}
    for _ in range(3):
        for path in sorted((root / "site").rglob("*")):
            if path.is_file() and path not in spared and chance.random() < 0.3:
                harm(path, tmp_path, chance)
        with pytest.raises(CourseError, match="which no build wrote as they are now"):
            build_site(root)
        for name in right:
            remove_stranger(root / "site" / name, right[name])
        assert {name: content for name, content in build(root).items() if "/left-over/" not in f"/{name}"} == right


def remove_stranger(path: Path, right: bytes) -> None:
    """What the message says to move away."""
    if path.is_dir():
        shutil.rmtree(path)
    elif path.is_symlink() or (path.exists() and path.read_bytes() != right):
        path.unlink()


def harm(path: Path, elsewhere: Path, chance: Random) -> None:
    match chance.randrange(6):
        case 0:
            path.unlink()
        case 1:
            path.write_bytes(b"wrong")
        case 2:
            path.write_bytes(path.read_bytes().swapcase())
        case 3:
            (path.parent / "left-over").mkdir(exist_ok=True)
            path.rename(path.parent / "left-over" / path.name)
        case 4:
            path.unlink()
            path.mkdir()
            (path / "file").touch()
        case 5:
            path.unlink()
            path.symlink_to(elsewhere / "nothing")


def test_what_it_shares_with_others_is_not_touched(root: Path, tmp_path: Path) -> None:
    """A copy by hard links, and a folder that was moved away and linked to."""
    page, copy = root / "site/first/alpha/lesson/index.html", tmp_path / "copy.html"
    os.link(page, copy)
    old = copy.read_bytes()
    (root / "site/assets").rename(tmp_path / "assets")
    (root / "site/assets").symlink_to(tmp_path / "assets")
    assets = contents(tmp_path / "assets")
    lesson = root / "lessons/first/alpha/lesson.md"
    lesson.write_text(f"{lesson.read_text('utf-8')}\nAlpha, once more.\n", "utf-8")
    with pytest.raises(CourseError, match=r"site/ holds assets, which no build wrote as it is now"):
        build_site(root)
    (root / "site/assets").unlink()
    build_site(root)
    assert b"Alpha, once more." in (root / "site/first/alpha/lesson/index.html").read_bytes()
    assert copy.read_bytes() == old
    assert contents(tmp_path / "assets") == assets
    assert not (root / "site/assets").is_symlink()


def test_a_page_may_come_where_a_file_was(make_course: MakeCourse) -> None:
    root = make_course({"docs/more/notes": "A file.\n", "docs/plain.md": "# Plain\n"})
    for _ in range(2):
        build_site(root)
    (root / "docs/more/notes").unlink()
    (root / "docs/more/notes.md").write_text("# Notes\n", "utf-8")
    (root / "docs/plain.md").unlink()
    (root / "docs/plain").write_text("A file.\n", "utf-8")
    for _ in range(2):
        site = build(root)
        assert b"Notes" in site["more/notes/index.html"] and site["plain"] == b"A file.\n"
        assert "more/notes" not in site and "plain/index.html" not in site
