"""A track's deck is made again when what goes in has changed, and only then."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from unittest.mock import patch

import pytest
from tests.conftest import Change, change_files
from tests.reading.test_history import START, commit_all

from trackbook.cache.store import Store
from trackbook.exporters.anki import Package, plan_packages
from trackbook.mkdocs_plugin.build import load_renderer
from trackbook.reading import read_course
from trackbook.site.site import pack_deck
from trackbook.widgets import load_widgets

MakeCourse = Callable[[Change], Path]
Pack = Callable[..., tuple[Mapping[str, bytes], int]]
PRACTICE, LESSON = "lessons/first/beta/practice.md", "lessons/second/gamma/lesson.md"


@pytest.fixture
def root(make_course: MakeCourse) -> Path:
    root = make_course({})
    commit_all(root, START)
    return root


@pytest.fixture
def pack(root: Path) -> Pack:
    """Packs what stands there now. Returns the decks, and how many of them were made."""
    store, made = Store(), []
    pack_anew = Package.pack

    def count(package: Package) -> bytes:
        made.append(package.name)
        return pack_anew(package)

    def run(site: str = "") -> tuple[Mapping[str, bytes], int]:
        made.clear()
        render, course = load_renderer(root, mathml=False), read_course(root, load_widgets(root))
        packages = plan_packages(course, root, render, site)
        with patch.object(Package, "pack", count):
            decks = {track: pack_deck(package, "", store) for track, package in packages.items()}
        assert decks == {track: package.pack() for track, package in packages.items()}
        return decks, len(made)

    return run


def test_unchanged_deck_is_not_made_again(pack: Pack) -> None:
    decks, made = pack()
    assert (sorted(decks), made) == (["first", "second"], 2)
    assert pack() == (decks, 0)


@pytest.mark.parametrize(
    ("change", "made"),
    [
        ({PRACTICE: {"Before beta?": "What is before beta?"}}, 1),
        ({LESSON: {"Light of very short waves.": "Light of the shortest waves."}}, 1),
        ({"lessons/first/beta/overview.md": {"title: Beta": "title: Second letter"}}, 1),
        ({"lessons/course.yml": {"title: A sample": "title: Another"}}, 2),
        ({"docs/more.md": "# More\n"}, 0),
    ],
)
def test_change_makes_the_decks_that_show_it(root: Path, pack: Pack, change: Change, made: int) -> None:
    pack()
    change_files(root, change)
    commit_all(root, START)
    assert pack()[1] == made


def test_another_time_makes_the_deck_anew(root: Path, pack: Pack) -> None:
    pack()
    with (root / PRACTICE).open("a", encoding="utf-8") as page:
        page.write("\nMore.\n")
    os.utime(root / PRACTICE, (START + 9, START + 9))
    assert pack()[1] == 0
    change_files(root, {PRACTICE: {"Before beta?": "Before  beta?"}})
    os.utime(root / PRACTICE, (START + 9, START + 9))
    assert pack()[1] == 1


def test_another_address_of_the_site_makes_decks_anew(pack: Pack) -> None:
    pack()
    assert pack("https://example.org/")[1] == 2


def test_deck_hangs_on_the_settings_of_markdown(root: Path) -> None:
    store, course = Store(), read_course(root, load_widgets(root))

    def pack(setting: str, store: Store = store) -> bytes:
        package = plan_packages(course, root, lambda text: f"{setting}: {text}")["first"]
        return pack_deck(package, setting, store)

    assert pack("a") == pack("a", Store()) != pack("b") == pack("b", Store())
