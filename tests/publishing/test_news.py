"""What is new: read from the repository's history, shown on a page and in a feed."""

import shutil
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from selectolax.lexbor import LexborHTMLParser
from tests.conftest import HEBREW, SAMPLE
from tests.reading.test_git import CLEAN, git

from trackbook.mkdocs_plugin.build import build_site
from trackbook.publishing import SiteSource, publish_course
from trackbook.reading import read_course
from trackbook.reading.dates import Edit, read_commits
from trackbook.widgets import load_widgets

ALPHA, BETA = "lessons/first/alpha/lesson.md", "lessons/first/beta/lesson.md"
LONG = "".join(f"\nLine {number} of more.\n" for number in range(12))
ATOM = "{http://www.w3.org/2005/Atom}"
Commit = Callable[..., None]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "course"
    shutil.copytree(SAMPLE, root)
    write_more(root, "docs/index.md", "\n<!-- start -->\n")
    git(root, "init", "--quiet")
    return root


@pytest.fixture
def commit(root: Path, monkeypatch: pytest.MonkeyPatch) -> Commit:
    """Adds all and commits on a day, by a clock far east: that day is the author's own."""

    def make(day: str, *message: str) -> None:
        for name in ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"):
            monkeypatch.setitem(CLEAN, name, f"{day}T01:00:00+12:00")
        git(root, "add", "--all")
        git(root, "commit", "--quiet", *(part for text in message for part in ("--message", text)))

    return make


def write_more(root: Path, path: str, text: str) -> None:
    with (root / path).open("a", encoding="utf-8") as file:
        file.write(text)


def publish(root: Path, site: str = "https://example.org/c/") -> SiteSource:
    return publish_course(read_course(root, load_widgets(root)), str, site, edits=read_commits(root).edits)


def tell(source: SiteSource) -> list[tuple[str, str, bool, str]]:
    return [(one.day.isoformat(), one.position.module.id, one.is_new, one.words) for one in source.news]


def test_new_and_much_changed_lessons_are_told_by_day(root: Path, commit: Commit) -> None:
    later = {path: (root / path).read_bytes() for path in (BETA, "lessons/second/gamma/lesson.md")}
    for path in later:
        (root / path).unlink()
    commit("2026-01-05", "Begin")
    for path, content in later.items():
        (root / path).write_bytes(content)
    commit("2026-01-06", "Two more")
    write_more(root, ALPHA, "\nA little.\n")
    write_more(root, "docs/index.md", LONG)
    commit("2026-01-07", "A word, and a page for authors")
    write_more(root, ALPHA, LONG)
    write_more(root, BETA, "\nA word.\n")
    commit("2026-01-08", "Much", "News: Now with an example <b>.\nReviewed-by: x")
    told = tell(publish(root))
    words = "Now with an example <b>."
    assert told[:2] == [("2026-01-08", "alpha", False, words), ("2026-01-08", "beta", False, words)]
    assert told[2:4] == [("2026-01-06", "beta", True, ""), ("2026-01-06", "gamma", True, "")]
    assert [one[:3] for one in told[4:]] == [("2026-01-05", "alpha", True)]


def test_what_was_moved_is_not_new(root: Path, commit: Commit) -> None:
    (root / "lessons/first/beta").rename(root / "lessons/first/away")
    commit("2026-01-05", "Begin")
    (root / "lessons/first/away").rename(root / "lessons/first/beta")
    commit("2026-01-06", "Move")
    assert "beta" not in [module for _, module, _, _ in tell(publish(root))]


def test_page_and_feed_show_it(root: Path, commit: Commit) -> None:
    commit("2026-01-05", "Begin", "News: A first <course> & more")
    source = publish(root)
    page = LexborHTMLParser(source.pages["whats-new.md"].body)
    assert "## January 5, 2026" in source.pages["whats-new.md"].body
    assert next(node.attributes["href"] for node in page.css("ul a")) == "../first/alpha/lesson/"
    assert "A first <course> & more" in page.text()
    feed = ElementTree.fromstring(source.texts["feed.xml"])
    assert [node.text for node in feed.findall(f"{ATOM}updated")] == ["2026-01-04T13:00:00Z"]
    entry = feed.find(f"{ATOM}entry")
    assert entry is not None
    assert entry.findtext(f"{ATOM}title") == "New: Alpha"
    assert entry.findtext(f"{ATOM}id") == "https://example.org/c/first/alpha/lesson/#2026-01-05"
    assert entry.findtext(f"{ATOM}summary") == "A first <course> & more"
    assert source.nav["news"] == "whats-new/" and source.nav["feed"] == "feed.xml"
    assert '<a href="../whats-new/">What is new</a> tells when one is written.' in source.pages["first/index.md"].body
    assert 'data-news="whats-new/" data-newest="2026-01-05"' in source.pages["index.md"].body


def test_without_history_or_address_there_is_less(root: Path, commit: Commit, tmp_path: Path) -> None:
    assert read_commits(root).edits == ()
    none = publish(root)
    assert "whats-new.md" not in none.pages and "feed.xml" not in none.texts and none.nav["news"] == ""
    assert not any("whats-new" in none.pages[uri].body for uri in ("first/index.md", "index.md"))
    commit("2026-01-05", "Begin")
    homeless = publish(root, site="")
    assert "whats-new.md" in homeless.pages and "feed.xml" not in homeless.texts
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{root}", "shallow")
    assert read_commits(tmp_path / "shallow").dates and read_commits(tmp_path / "shallow").edits == ()


def test_front_matter_announces_on_its_day_with_or_without_history(root: Path, commit: Commit) -> None:
    overview = root / "lessons/first/alpha/overview.md"
    news = "news: [{day: 2026-01-05, text: A first <b>\n  example.}, {day: 2026-01-09, text: Another.}]\n"
    overview.write_text(overview.read_text("utf-8").replace("practice_minutes", f"{news}practice_minutes"), "utf-8")
    announced = [("2026-01-09", "alpha", False, "Another."), ("2026-01-05", "alpha", False, "A first <b> example.")]
    source = publish(root)
    assert tell(source) == announced
    assert "A first &lt;b&gt; example." in source.pages["whats-new.md"].body
    assert "<updated>2026-01-09T00:00:00Z</updated>" in source.texts["feed.xml"]
    commit("2026-01-05", "Begin", "News: The beginning")
    words = "A first <b> example. The beginning"
    assert tell(publish(root))[:2] == [announced[0], ("2026-01-05", "alpha", True, words)]


def test_it_speaks_the_language_of_the_course() -> None:
    course = read_course(HEBREW, load_widgets(HEBREW))
    path = next(path for path in course.owners if path.endswith("lesson.md"))
    source = publish_course(course, str, "https://x.example/", edits=(Edit(path, 0, "2026-01-05", True, 1, ""),))
    body = source.pages["whats-new.md"].body
    assert "Was neu ist" in body and "5. Januar 2026" in body and "Neu" in body
    assert "Neu:" in source.texts["feed.xml"]


def test_a_warm_build_notices_a_commit_and_gives_the_bytes_of_a_cold_one(
    root: Path, commit: Commit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITE_URL", "https://example.org/c/")
    commit("2026-01-05", "Begin")
    git(root, "commit", "--quiet", "--allow-empty", "--message", "x")
    write_more(root, ALPHA, LONG)
    build_site(root)
    commit("2026-01-06", "More", "News: An example")
    warm = read_site(build_site(root))
    assert b"An example" in warm["whats-new/index.html"] and b"An example" in warm["feed.xml"]
    assert b'href="../../../whats-new/"' in warm["first/alpha/lesson/index.html"]
    assert b'data-newest="2026-01-06"' in warm["index.html"]
    shutil.rmtree(root / ".cache")
    assert read_site(build_site(root)) == warm


def read_site(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
