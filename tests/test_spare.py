"""A build takes over the files of the site before the last: what it makes is what it would have made anew."""

import os
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from tests.conftest import Change

from trackbook.mkdocs_plugin.build import build_site

MakeCourse = Callable[[Change], Path]
SPARE = ".cache/last-site"


@pytest.fixture
def root(make_course: MakeCourse) -> Path:
    """A course that was built twice."""
    root = make_course({})
    build_site(root)
    build_site(root)
    return root


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def build(root: Path) -> dict[str, bytes]:
    return contents(build_site(root))


def test_a_page_that_is_the_same_stays(root: Path) -> None:
    before = {path.relative_to(root / SPARE): path.stat() for path in (root / SPARE).rglob("*.html")}
    lesson = root / "lessons/first/alpha/lesson.md"
    lesson.write_text(f"{lesson.read_text('utf-8')}\nAlpha, once more.\n", "utf-8")
    build_site(root)
    after = {path: (root / "site" / path).stat() for path in before}
    written = {path.as_posix() for path in before if after[path].st_mtime_ns != before[path].st_mtime_ns}
    assert "first/alpha/lesson/index.html" in written
    assert "second/gamma/cheatsheet/index.html" not in written
    assert all(after[path].st_ino == before[path].st_ino for path in before if path.name == "index.html")


def test_whatever_became_of_it_the_site_is_the_same(root: Path, tmp_path: Path) -> None:
    right, chance = contents(root / "site"), Random(5)
    for _ in range(3):
        for path in sorted((root / SPARE).rglob("*")):
            if path.is_file() and path.parts[-2] not in ("search", "index", "fragment") and chance.random() < 0.3:
                harm(path, tmp_path, chance)
        assert build(root) == right


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
    page, copy = root / SPARE / "first/alpha/lesson/index.html", tmp_path / "copy.html"
    os.link(page, copy)
    old = copy.read_bytes()
    (root / SPARE / "assets").rename(tmp_path / "assets")
    (root / SPARE / "assets").symlink_to(tmp_path / "assets")
    assets = contents(tmp_path / "assets")
    lesson = root / "lessons/first/alpha/lesson.md"
    lesson.write_text(f"{lesson.read_text('utf-8')}\nAlpha, once more.\n", "utf-8")
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


def test_without_the_cache_there_is_none(root: Path) -> None:
    mark = root / SPARE / "mark"
    mark.touch()
    build_site(root, cache=False)
    assert mark.exists()
    build_site(root)
    assert not mark.exists()


def test_a_spare_that_is_a_file_does_no_harm(make_course: MakeCourse) -> None:
    root = make_course({SPARE: "no folder"})
    first = build(root)
    assert build(root) == first == build(root)
