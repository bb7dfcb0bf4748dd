"""What the checks read in a page is what the page shows: headings, anchors, links, images, formulas and code."""

import re
from collections.abc import Callable, Sequence
from functools import cache

import pytest
import yaml
from hypothesis import example, given, settings
from markdown import Markdown
from selectolax.lexbor import LexborHTMLParser
from tests.conftest import TESTS, write_case
from tests.github.grammar import BROKEN, WHOLE, pages

from trackbook.markdown import Parsed, parse_markdown
from trackbook.site.extensions import SNIPPETS, complete_extensions
from trackbook.site.markdown import PAGE_EXTENSIONS

_PLACE = TESTS / "cases" / "markdown"
_ADDRESSES = {
    **dict.fromkeys(("a", "area"), ("href",)),
    **dict.fromkeys(("img", "audio", "source", "track", "iframe", "embed"), ("src",)),
    **{"video": ("src", "poster"), "object": ("data",)},
}
_ADDED = {"headerlink", "footnote-ref", "footnote-backref"}
_GIVES_ANCHOR = re.compile(r"\{[^\n]*#")
_OF_EXTENSIONS = re.compile(r"[:+=^$~{\"']|\\\(|--|__|\*\[|[^\x00-\x7f]|\.\.\.")
"""What others than the parser make something of."""
_DEFINITION = re.compile(r"\[.*\]:\s")
_SIGNS = re.compile(r"[\x02\x03]|tb-(?:block|inline):\d*\x03|wzxhzdk|data-tb-slot")


@cache
def load_markdown() -> Markdown:
    """All that is on in a course, but formulas stay LaTeX, and nothing is taken in."""
    names, options = complete_extensions((), {}, _PLACE)
    names = [name for name in names if name not in ("trackbook.mathml", SNIPPETS)]
    known = {name: told for name, told in options.items() if name in names}
    return Markdown(extensions=[*names, *PAGE_EXTENSIONS], extension_configs=known)


def render(text: str) -> LexborHTMLParser:
    html = load_markdown().reset().convert(text)
    assert not _SIGNS.search(html) or "wzxhzdk" in text, html
    return LexborHTMLParser(f"<body>{html}")


def compare_headings(read: Parsed, shown: LexborHTMLParser, text: str) -> None:
    """All that the site gives an anchor; raw ones are their author's own."""
    nodes = [node for node in shown.css("h1[id], h2[id], h3[id], h4[id], h5[id], h6[id]") if node.css(".headerlink")]
    found = [(int((node.tag or "h0")[1]), node.attributes["id"] or "") for node in nodes]
    assert found == [(heading.level, heading.anchor) for heading in read.headings]
    assert len({anchor for _, anchor in found}) == len(found) or _GIVES_ANCHOR.search(text)
    for mark in shown.css(".headerlink, .footnote-ref"):
        mark.decompose()
    for node, heading in zip(nodes, read.headings, strict=True):
        if not (node.css(".arithmatex") or _OF_EXTENSIONS.search(heading.text)):
            assert " ".join((node.text() or "").split()) == heading.text


def compare_links(read: Parsed, shown: LexborHTMLParser, text: str) -> None:
    """One that takes its address from elsewhere is read at that place, and there once."""
    lines = text.split("\n")
    defined = [link for link in read.links if _DEFINITION.search(lines[link.source.line - 1])]
    direct = [link for link in read.links if link not in defined]
    found = list_addresses(shown)
    assert find_missing([link.href for link in direct if not link.raw], found) == []
    assert {*found} - {link.href for link in read.links} == set()
    assert {link.href for link in direct} - {*found} == set()


def compare_formulas(read: Parsed, shown: LexborHTMLParser, _: str) -> None:
    assert list_formulas(shown) == [formula.latex for formula in read.formulas if not formula.remedy]


def compare_code(read: Parsed, shown: LexborHTMLParser, _: str) -> None:
    found = [node.text().strip("\n") for node in shown.css("pre")]
    assert find_missing([fence.text.strip("\n") for fence in read.fences], found) == []


ASPECTS = [compare_headings, compare_links, compare_formulas, compare_code]


@pytest.mark.parametrize("compare", ASPECTS)
@given(text=pages(WHOLE))
def test_whole_pages(compare: Callable[[Parsed, LexborHTMLParser, str], None], text: str) -> None:
    read_twice(compare, text)


@pytest.mark.parametrize("compare", ASPECTS)
@settings(max_examples=60)
@given(text=pages(WHOLE, BROKEN))
@example(text="a *<!-- $x^2$ -->* b\n")
@example(text="</details>\n- <!--\n\n$$\na < b & c\n$$\n")
@example(text='- <!-- never closed\n\n  [a](<https://example.org/c d>) <a href="https://example.org/m">raw</a>\n')
def test_broken_pages(compare: Callable[[Parsed, LexborHTMLParser, str], None], text: str) -> None:
    read_twice(compare, text)


def read_twice(compare: Callable[[Parsed, LexborHTMLParser, str], None], text: str) -> None:
    text = text.replace("\r\n", "\n").replace("\r", "\n")  # as files are read
    read = parse_markdown(text, "page.md")
    defined = [note.label for note in read.footnotes if note.defined]
    if len({*defined}) == len(defined):  # else a check has told
        compare(read, render(text), text)


def list_addresses(page: LexborHTMLParser) -> list[str]:
    """In their order, without what the site adds."""
    for contents in page.css("div.toc"):
        contents.decompose()
    found = []
    for node in page.root.traverse() if page.root else ():
        classes = (node.attributes.get("class") or "").split()
        if _ADDED.isdisjoint(classes):
            names = _ADDRESSES.get(node.tag or "", ())
            found += [address.strip() for name in names if (address := node.attributes.get(name))]
    return found


def list_formulas(page: LexborHTMLParser) -> list[str]:
    return [node.text()[2:-2].strip() for node in page.css(".arithmatex")]


def find_missing(wanted: Sequence[str], found: Sequence[str]) -> list[str]:
    """Those that don't come in this order."""
    rest = iter(found)
    return [one for one in wanted if not any(one == other for other in rest)]


PATH = _PLACE / "reading.yml"
CASES: list[dict[str, str]] = yaml.safe_load(PATH.read_text("utf-8"))


def test_what_was_read_otherwise_before(update: bool) -> None:
    for case in CASES:
        for compare in ASPECTS:
            read_twice(compare, case["markdown"])
    shown = [{**case, "shows": f"{load_markdown().reset().convert(case['markdown'])}\n"} for case in CASES]
    if update:
        head = "".join(line for line in PATH.read_text("utf-8").splitlines(keepends=True) if line.startswith("#"))
        write_case(PATH, shown)
        PATH.write_text(head + PATH.read_text("utf-8"), "utf-8")
        return
    assert shown == CASES
