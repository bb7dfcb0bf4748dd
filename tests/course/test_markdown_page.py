"""The page that shows what Markdown works is true: each source stands beside its result, which is what it says."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser
from tests.conftest import ROOT, TESTS

SOURCE = ROOT / "docs" / "markdown.md"
WANTED: Mapping[str, list[str]] = yaml.safe_load((TESTS / "cases" / "markdown" / "page.yml").read_text("utf-8"))
_EXAMPLE = re.compile(
    r"^### (?P<heading>.*?)\n.*?^````markdown\n(?P<source>.*?)^````\n(?P<result>.*?)(?=^###? |\Z)", re.M | re.S
)


def list_examples() -> Iterator[tuple[str, str, str]]:
    for found in _EXAMPLE.finditer(SOURCE.read_text("utf-8")):
        yield found["heading"], found["source"].strip(), found["result"].strip()


def test_each_source_stands_above_its_result() -> None:
    examples = [*list_examples()]
    assert [heading for heading, *_ in examples] == [*WANTED]
    for heading, source, result in examples:
        assert result == source, heading


@pytest.fixture(scope="module")
def sections(site: Path) -> Mapping[str, LexborHTMLParser]:
    """What stands below each heading of the page."""
    article = LexborHTMLParser((site / "markdown" / "index.html").read_text("utf-8")).css_first("article")
    assert article and article.html
    parts = re.split(r"(?=<h[23] )", article.html)
    return {re.sub(r"<[^>]*>|¶", "", part.partition("</h")[0]).strip(): LexborHTMLParser(part) for part in parts}


@pytest.mark.parametrize("heading", WANTED)
def test_each_result_is_what_it_says(heading: str, sections: Mapping[str, LexborHTMLParser]) -> None:
    missing = [selector for selector in WANTED[heading] if not sections[heading].css(selector)]
    assert not missing, sections[heading].html
