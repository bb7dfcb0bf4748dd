"""What `check` accepts builds without a word, and what is published is what `serve` showed."""

import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from selectolax.lexbor import LexborHTMLParser
from tests.conftest import SAMPLE
from tests.edits.building import ADDRESS, build
from tests.fuzz.judging import judge
from tests.github.grammar import BROKEN, WHOLE, pages
from tests.runs import with_long

from trackbook.built_site import check_site
from trackbook.built_site.reading import read_site
from trackbook.cache.store import Store
from trackbook.checks import check_course
from trackbook.markdown import parse_markdown
from trackbook.mkdocs_plugin.live import open_live
from trackbook.reading import read_course
from trackbook.widgets import load_widgets

_DOT = SAMPLE / "lessons" / "first" / "alpha" / "dot.svg"
_SIGNS = re.compile(r"[\x02\x03]|tb-(?:block|inline):\d|klzzwxh:\d|wzxhzdk:\d|data-tb-slot|%02|%03")
_MARKS = re.compile(r"!!!|\?\?\?|\n===|///|```|\*\*|\[\^|==\w|\+\+\w|:material|\\[(\[]|\$\$|--8<--")
"""What a page shows when something that it meant was not read."""


def write_course(root: Path, texts: Iterable[str]) -> Path:
    """The sample with a page of each text."""
    shutil.copytree(SAMPLE, root)
    shutil.copy(_DOT, root / "docs" / "dot.svg")
    (root / "docs" / "clip.mp4").write_bytes(bytes(1000))
    (root / "part.md").write_text("Taken in from **another** file.\n", "utf-8")
    for number, text in enumerate(texts):
        page = f"---\ntitle: Page {number}\ndescription: It is made up.\n---\n\n{text}"
        (root / "docs" / f"page-{number}.md").write_text(page, "utf-8", newline="")
    return root


def list_refused(root: Path) -> dict[str, list[str]]:
    """The pages with errors, and the codes of these."""
    found: dict[str, list[str]] = {}
    for issue in check_course(read_course(root, load_widgets(root))):
        if issue.level == "error":
            found.setdefault(issue.source.path, []).append(issue.code)
    return found


def read_article(html: str) -> str:
    article = LexborHTMLParser(html).css_first("article")
    assert article is not None
    return article.html or ""


def make_pages(count: int, *kinds: dict[str, list[str]]) -> list[str]:
    made: list[str] = []
    once = settings(max_examples=count, phases=[Phase.generate], suppress_health_check=list(HealthCheck), deadline=None)

    def keep(text: str) -> None:
        if all(heading.level > 1 for heading in parse_markdown(text, "").headings):  # a page has one title
            made.append(f"# Page\n\n{text.replace('dot.png', 'dot.svg')}")

    once(given(pages(*kinds, most=3, apart=BROKEN not in kinds))(keep))()
    return made


COURSES = [(40, False), (40, True), (600, False), (600, True)]


@pytest.mark.parametrize(("count", "broken"), with_long(COURSES, lambda case: case[0] < 100))
def test_what_is_accepted_is_published_as_it_was_served(tmp_path: Path, count: int, broken: bool) -> None:
    root = write_course(tmp_path / "course", make_pages(count, WHOLE, *([BROKEN] if broken else [])))
    assert judge(root) == []  # each issue has its line, and says what to do
    for path in list_refused(root):
        (root / path).unlink()
    assert list_refused(root) == {}
    outcome = build(root, {"SITE_URL": ADDRESS}, quiet=True)
    assert (outcome.failed, outcome.said) == ("", ())
    told = check_site(read_site(root / "site"))
    assert [issue for issue in told if issue.source.path.startswith("page-")] == []  # decks are left out of this build
    served = open_live(root, ADDRESS, Store(tmp_path / "store.db"))
    left = sorted(path.stem for path in (root / "docs").glob("page-*.md"))
    assert len(left) > count / 5
    for name in left:
        text = (root / "docs" / f"{name}.md").read_text("utf-8")
        published = read_article((root / "site" / name / "index.html").read_text("utf-8"))
        answer = served.answer(f"{name}/")
        assert answer and read_article(answer.body.decode()) == published, text
        assert not _SIGNS.search(published) or _SIGNS.search(text), text
        assert broken or not (found := _MARKS.search(show_text(published))), f"{text}\n\n{found}"


def show_text(article: str) -> str:
    """What it shows, without code, formulas and raw HTML, in which all is shown as it stands."""
    tree = LexborHTMLParser(article)
    for node in tree.css("pre, code, math, script, style"):
        node.decompose()
    return tree.text() or ""
