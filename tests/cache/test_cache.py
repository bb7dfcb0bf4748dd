"""The cache of a course: used where it may be, and never wrong, whatever became of it."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from tests.edits.building import FreshBuild, Outcome, build
from tests.edits.harm import replace_with_folder
from tests.edits.sequences import Sequence, Workplace, play
from tests.edits.tree import CACHE, copy_tree, load_tree, write_tree
from tests.mkdocs_plugin.test_build import contents
from tests.runs import with_long

from trackbook.cache import digest as hashing
from trackbook.cache.store import Store
from trackbook.mkdocs_plugin.host import MkDocsHost
from trackbook.site import page as page_maker
from trackbook.site.finish import page as finishing
from trackbook.site.host import PageView
from trackbook.site.markdown import PageRenderer, Rendered
from trackbook.site.search.pagefind import ENTRY

LESSON = "lessons/first/alpha/lesson.md"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Outcome]:
    """A course that was built once, and what came of it."""
    root = tmp_path_factory.mktemp("built") / "course"
    write_tree(load_tree(), root)
    return root, build(root, {})


@pytest.fixture
def root(built: tuple[Path, Outcome], tmp_path: Path) -> Path:
    """A copy of it, with its cache."""
    copy_tree(built[0], tmp_path / "course")
    shutil.copytree(built[0] / CACHE, tmp_path / "course" / CACHE)
    return tmp_path / "course"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Which pages' Markdown was rendered, and which were put into their frames."""
    counted: Counter[str] = Counter()
    render, put = PageRenderer.render, MkDocsHost.render_page

    def count_render(self: PageRenderer, uri: str, text: str, exists: Any, take_in: Any) -> Rendered:
        counted[f"markdown of {uri}"] += 1
        return render(self, uri, text, exists, take_in)

    def count_frame(self: MkDocsHost, page: PageView, shown: Any) -> str:
        counted[f"frame of {page.uri}"] += 1
        return put(self, page, shown)

    monkeypatch.setattr(PageRenderer, "render", count_render)
    monkeypatch.setattr(MkDocsHost, "render_page", count_frame)
    return counted


def change(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text("utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new, 1), "utf-8")


def build_clean(root: Path) -> Outcome:
    copy_tree(root, root.with_name("clean"))
    return FreshBuild(root.with_name("clean"), {}).wait()


def test_cache_goes_with_the_course_to_another_place(
    root: Path, built: tuple[Path, Outcome], made: Counter[str]
) -> None:
    """As CI restores it beside a fresh checkout. Nothing is rendered again."""
    assert build(root, {}) == built[1]
    assert made == {}


def test_one_changed_paragraph_is_one_page_again(root: Path, made: Counter[str]) -> None:
    change(root, LESSON, "Then come", "After that come")
    build(root, {})
    assert made == {"markdown of first/alpha/lesson.md": 1, "frame of first/alpha/lesson.md": 1}


def test_another_name_of_the_site_is_no_other_markdown(root: Path, made: Counter[str]) -> None:
    change(root, "lessons/course.yml", "A sample", "Another")
    build(root, {})
    assert {name.partition(" ")[0] for name in made} == {"frame"}


def test_changed_picture_is_seen_on_the_pages_that_show_it(root: Path, made: Counter[str]) -> None:
    change(root, "lessons/first/alpha/dot.svg", 'r="4"', 'r="5"')
    assert build(root, {}) == build_clean(root)
    assert {name for name in made if name.startswith("frame")} == {
        "frame of first/alpha/lesson.md",
        "frame of first/epsilon/lesson.md",
    }


EMOJI = """  - tables
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
      emoji_generator: !!python/name:material.extensions.emoji.to_svg
      options: {{custom_icons: ['{}']}}
"""
FOOTER = "overrides/partials/footer.html"
TAKEN = {
    "a name": ('{% include "notes/plain.txt" %}', "plain.txt", "Changed."),
    "one of several names": ('{% include ["none.txt", "notes/plain.txt"] %}', "plain.txt", "Changed."),
    "either of two names": ('{% include "notes/plain.txt" if page else "notes/first.txt" %}', "plain.txt", "Changed."),
    "a name put together": ('{% include "notes/" ~ config.extra.edition + ".txt" %}', "first.txt", "Changed."),
    "a name from elsewhere": ("{% set name = config.extra.note %}{% include name %}", "plain.txt", "Changed."),
    "by another": ('{% include "notes/around.txt" %}', "plain.txt", "Changed."),
    "macros": ('{% from "notes/macros.txt" import say %}{{ say() }}', "macros.txt", "{% macro say() %}B{% endmacro %}"),
    "all pages": ('{% include "notes/plain.txt" %}', "plain.txt", "{{ nav.pages | length }}"),
    "in spite of unknown tags": ('{% trans %}A{% endtrans %}{% include "notes/plain.txt" %}', "plain.txt", "Changed."),
}


@pytest.mark.parametrize("name", with_long(TAKEN, lambda name: name in ("a name put together", "macros", "all pages")))
def test_what_an_own_template_takes_in_is_seen(root: Path, name: str) -> None:
    template, file, text = TAKEN[name]
    change(root, "mkdocs.yml", "edition: first", "edition: first, note: notes/plain.txt")
    notes = {
        "plain.txt": "A note.",
        "first.txt": "The first.",
        "around.txt": "{% include 'notes/plain.txt' %}",
        "macros.txt": "{% macro say() %}A{% endmacro %}",
    }
    (root / "overrides/notes").mkdir(parents=True)
    for path, note in notes.items():
        (root / "overrides/notes" / path).write_text(note, "utf-8")
    (root / FOOTER).parent.mkdir(exist_ok=True)
    (root / FOOTER).write_text(template, "utf-8")
    assert not build(root, {}).failed
    (root / "overrides/notes" / file).write_text(text, "utf-8")
    assert build(root, {}) == build_clean(root)


def test_templates_that_an_authors_code_names_are_seen(root: Path) -> None:
    folder = root / "more/partials"
    folder.mkdir(parents=True)
    change(root, "mkdocs.yml", "plugins:", "hooks: [own.py]\nplugins:")
    code = "def on_config(config):\n    config.theme.dirs.insert(0, config.config_file_path[:-10] + 'more')\n"
    (root / "own.py").write_text(code, "utf-8")
    (folder / "footer.html").write_text("<p>One.</p>", "utf-8")
    assert not build(root, {}).failed
    (folder / "footer.html").write_text("<p>Another.</p>", "utf-8")
    assert build(root, {}) == build_clean(root)
    assert "<p>Another.</p>" in (root / "site/index.html").read_text("utf-8")


HOOK = "def on_config(config):\n    config.extra['shout'] = lambda text: text + {!r}\n"
SETTINGS = {"plugins:": "hooks: [own.py]\nplugins:"}
PARTS = {"  - tables": '  - tables\n  - "pymdownx.snippets:SnippetExtension": {base_path: [!relative $config_dir]}'}
NOTED = {"footnotes": "footnotes: {UNIQUE_IDS: true}"}
HANGING: dict[str, tuple[Mapping[str, Any], Mapping[str, Any]]] = {
    "a function of an author's": (
        {"mkdocs.yml": SETTINGS, "own.py": HOOK.format("!"), FOOTER: "{{ config.extra.shout('hi') }}"},
        {"own.py": HOOK.format("?")},
    ),
    "a template of any name": (
        {"docs/about.md": "---\ntemplate: own.page\n---\n# About\n", "overrides/own.page": "<main>One.</main>"},
        {"overrides/own.page": "<main>Another.</main>"},
    ),
    "what an extension by the name of its class reads": (
        {"mkdocs.yml": PARTS, "part.md": "One.", "docs/about.md": '# About\n\n--8<-- "part.md"\n'},
        {"part.md": "Another."},
    ),
    "notes that are counted": (
        {"mkdocs.yml": NOTED, LESSON: {"Then come": "Noted[^q].\n\n[^q]: A note.\n\nThen come"}},
        {LESSON: {"Then come": "After that come"}},
    ),
    "settings of keys that are no text": (
        {"mkdocs.yml": {"{edition: first}": "{1: a, b: c}"}},
        {LESSON: {"Then": "So"}},
    ),
    "previews of whole pages": (
        {"mkdocs.yml": {"  - tables": "  - tables\n  - material.extensions.preview"}},
        {LESSON: {"Then": "So"}},
    ),
}


@pytest.mark.parametrize("name", with_long(HANGING, lambda name: name.startswith("a ")))
def test_what_pages_hang_on_is_seen(root: Path, name: str) -> None:
    for changes in HANGING[name]:
        for path, new in changes.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            if isinstance(new, str):
                (root / path).write_text(new, "utf-8")
            for old, text in new.items() if isinstance(new, dict) else ():
                change(root, path, old, text)
        outcome = build(root, {})
        assert not outcome.failed
    assert outcome == build_clean(root)


def test_pages_to_which_code_gives_more_than_data_are_not_kept(root: Path, made: Counter[str]) -> None:
    change(root, "mkdocs.yml", "{edition: first}", "{edition: !!python/name:pymdownx.superfences.fence_code_format }")
    build(root, {})
    made.clear()
    assert not build(root, {}).failed
    assert len(made) > 20


def test_settings_of_the_host_that_a_template_shows_are_seen(root: Path) -> None:
    change(root, "mkdocs.yml", "plugins:", "dev_addr: !ENV [SERVED, '127.0.0.1:8111']\nplugins:")
    (root / FOOTER).write_text("{{ config.dev_addr.port }}", "utf-8")
    for port in ("8111", "8222"):
        assert not build(root, {"SERVED": f"127.0.0.1:{port}"}).failed
        assert port in (root / "site/index.html").read_text("utf-8")


def test_links_in_the_theme_lead_on(root: Path) -> None:
    (root / "shared").mkdir()
    (root / "shared/footer.html").write_text("<p>One.</p>", "utf-8")
    shutil.rmtree(root / "overrides/partials", ignore_errors=True)
    (root / "overrides/partials").symlink_to("../shared")
    (root / "shared/again").symlink_to("../shared")
    assert not build(root, {}).failed
    (root / "shared/footer.html").write_text("<p>Another.</p>", "utf-8")
    assert not build(root, {}).failed
    assert "<p>Another.</p>" in (root / "site/index.html").read_text("utf-8")


def test_changed_icon_of_an_author_is_seen(root: Path) -> None:
    """Where a link leads, too. Material keeps icons for as long as its process lives."""
    icons = root / "overrides/.icons"
    change(root, "mkdocs.yml", "  - tables\n", EMOJI.format(icons))
    change(root, LESSON, "Then come", ":own-star: Then come")
    (root / "drawn").mkdir()
    icons.mkdir()
    (icons / "own").symlink_to("../../drawn")
    (icons / "own/star.svg").write_text("<svg><title>One</title></svg>", "utf-8")
    assert not FreshBuild(root, {}).wait().failed
    lesson = root / "site/first/alpha/lesson/index.html"
    assert "<title>One</title>" in lesson.read_text("utf-8")
    (icons / "own/star.svg").write_text("<svg><title>Another</title></svg>", "utf-8")
    assert FreshBuild(root, {}).wait() == build_clean(root)
    assert "<title>Another</title>" in lesson.read_text("utf-8")


def test_without_cache_nothing_is_recalled_or_kept(root: Path, built: tuple[Path, Outcome], made: Counter[str]) -> None:
    before = read_cache(root)
    assert build(root, {}, cache=False) == built[1]
    assert len(made) > 50
    assert read_cache(root) == before
    shutil.rmtree(root / CACHE)
    build(root, {}, cache=False)
    assert read_cache(root) == {}


def read_cache(root: Path) -> dict[Path, bytes]:
    files = [path for path in (root / CACHE).rglob("*") if path.is_file() and path.suffix != ".lock"]
    return {path: path.read_bytes() for path in files}


def test_what_another_version_kept_is_not_used(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    finish, fingerprint = finishing.finish_page, hashing.fingerprint

    def finish_otherwise(*arguments: Any) -> finishing.Finished:
        finished = finish(*arguments)
        return replace(finished, html=finished.html.replace("</body>", "<p>Another version.</p></body>"))

    with monkeypatch.context() as patch:
        for name, module in list(sys.modules.items()):
            if name.startswith("trackbook.") and getattr(module, "fingerprint", None) is fingerprint:
                patch.setattr(module, "fingerprint", lambda: "another version")
        patch.setattr(page_maker, "finish_page", finish_otherwise)
        build(root, {})
        assert "Another version." in (root / "site/index.html").read_text("utf-8")
    assert build(root, {}) == build_clean(root)
    assert "Another version." not in (root / "site/index.html").read_text("utf-8")


def test_page_over_a_damaged_store_is_right(root: Path, built: tuple[Path, Outcome]) -> None:
    path, chance = root / CACHE / "store.db", Random(3)
    whole = path.read_bytes()
    for _ in range(8):
        damaged = bytearray(whole)
        for at in chance.sample(range(len(whole)), 200):
            damaged[at] ^= chance.randint(1, 255)
        path.write_bytes(damaged)
        assert build(root, {}) == built[1]


@pytest.mark.parametrize("kept", [(), (b"<!doctype",)], ids=["pages and words", "words"])
def test_lost_texts_of_pages_are_made_by_one_thread(
    root: Path, built: tuple[Path, Outcome], monkeypatch: pytest.MonkeyPatch, kept: tuple[bytes, ...]
) -> None:
    """The index is made in another thread, and what the host has in hand is no place to make pages."""
    render, threads = MkDocsHost.render_page, set()

    def note_thread(self: MkDocsHost, page: PageView, shown: Any) -> str:
        threads.add(threading.current_thread())
        return render(self, page, shown)

    assert lose_texts(root / CACHE / "store.db", kept) > 20
    monkeypatch.setattr(MkDocsHost, "render_page", note_thread)
    assert build(root, {}) == built[1]
    assert threads == {threading.main_thread()}


def lose_texts(store: Path, kept: tuple[bytes, ...]) -> int:
    """How many are gone: those that begin as HTML does, but in none of the ways that are `kept`. No index is kept."""
    with closing(sqlite3.connect(store)) as connection, connection:
        values = Store(store).get_many(key for (key,) in connection.execute("SELECT key FROM entry").fetchall())
        texts = {key: value.lstrip().lower() for key, value in values.items()}
        lost = [(key,) for key, text in texts.items() if text.startswith(b"<") and not text.startswith(kept)]
        indexes = [(key,) for key, value in values.items() if ENTRY.encode() in value]
        connection.executemany("DELETE FROM entry WHERE key = ?", lost + indexes)
    return len(lost)


@pytest.mark.parametrize("place", [".cache", CACHE, f"{CACHE}/build.lock", f"{CACHE}/store.db"])
def test_something_else_where_the_cache_would_be(root: Path, built: tuple[Path, Outcome], place: str) -> None:
    """Nothing can be kept there, as in a folder that is read-only: that costs time, and nothing else."""
    path = root / place
    shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    path.write_bytes(b"")
    if "." in path.name[1:]:
        replace_with_folder(path, Random(0))
        (path / "file").write_bytes(b"")
    assert build(root, {}) == built[1]
    assert build(root, {}) == built[1]


def test_two_builds_at_once(root: Path, built: tuple[Path, Outcome]) -> None:
    for cached in (True, False):
        if not cached:
            shutil.rmtree(root / CACHE)
        builds = [FreshBuild(root, {}) for _ in range(2)]
        assert [one.wait() for one in builds] == [built[1]] * 2
    change(root, LESSON, "Then come", "After that come")
    other = root.with_name("other")
    copy_tree(root, other)
    (other / ".cache").symlink_to(root / ".cache")
    change(other, LESSON, "After that come", "At last come")
    builds = [FreshBuild(place, {}, strict=False) for place in (root, other)]  # no lock, and one store
    outcomes = [one.wait() for one in builds]
    assert outcomes == [build_clean(root), build_clean(other)]
    assert [build(root, {}), build(other, {})] == outcomes


KILLED = """
import os, signal, sys
from pathlib import Path
from trackbook.cache import store_file
from trackbook.mkdocs_plugin.build import build_site
def die(point):
    if point == sys.argv[2]:
        os.kill(os.getpid(), signal.SIGKILL)
store_file.reached = die
build_site(Path(sys.argv[1]))
"""


@pytest.mark.parametrize("point", with_long(["begun", "written", "kept"], "written".__eq__))
def test_build_killed_while_it_writes_the_cache(root: Path, point: str) -> None:
    change(root, LESSON, "Then come", "After that come")
    killed = subprocess.run([sys.executable, "-c", KILLED, root, point], env={**os.environ}, check=False)
    assert killed.returncode == -signal.SIGKILL
    change(root, "docs/about.md", "small", "smaller")
    assert build(root, {}) == build_clean(root)


@pytest.mark.long
def test_with_everything_that_the_other_tests_leave_out(tmp_path: Path) -> None:
    """Pagefind, cards, decks."""
    steps = tuple((name, 1) for name in ("change the address", "change a widget", "rename a module", "commit"))
    fault = play(Sequence(0, steps, fresh=False, strict=True, still_clock=False, whole=True), Workplace(tmp_path))
    assert fault is None, str(fault)
    site = contents(tmp_path / "course/site")
    assert "search/pagefind-entry.json" in site
    assert any(name.endswith(".apkg") for name in site)
    assert any(name.startswith("assets/cards/") for name in site)


def test_template_may_show_other_pages(root: Path) -> None:
    """Then a page hangs on more than goes into it, and is made each time."""
    footer = '{% for other in nav.pages %}<i class="{{ other.title }} of {{ pages | length }}"></i>{% endfor %}'
    (root / "overrides/partials/footer.html").write_text(footer, "utf-8")
    build(root, {})
    shown = (root / "site/first/alpha/lesson/index.html").read_text("utf-8")
    assert '<i class="Zeta of 33"></i>' in shown
    change(root, "docs/about.md", "# About", "# Of this")
    build(root, {})
    assert '<i class="Of this of 33"></i>' in (root / "site/first/alpha/lesson/index.html").read_text("utf-8")
