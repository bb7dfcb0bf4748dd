"""Material's syntax is the same with `trackbook.github` as without it."""

import re
from collections.abc import Mapping
from typing import Any

import pytest
import yaml
from markdown import Markdown
from selectolax.lexbor import LexborHTMLParser, LexborNode
from tests.conftest import TESTS

from trackbook.site.extensions import complete_extensions
from trackbook.site.markdown import PAGE_EXTENSIONS

INSTEAD: dict[str, dict[str, Any]] = {
    **{name: {} for name in ("def_list", "md_in_html", "sane_lists", "tables")},
    "pymdownx.arithmatex": {"generic": True},
}
"""What reads these constructs in Python-Markdown by itself."""
CASES: list[dict[str, Any]] = yaml.safe_load((TESTS / "cases" / "markdown" / "material.yml").read_text("utf-8"))
Tree = tuple[str, str, list[Any]]


def render(case: Mapping[str, Any], *, github: bool) -> Tree:
    own = case.get("extensions") or {}
    names, options = complete_extensions(own, own, TESTS)
    names += PAGE_EXTENSIONS if github else [*INSTEAD, PAGE_EXTENSIONS[1]]
    html = Markdown(extensions=names, extension_configs={**INSTEAD, **options}).convert(case["markdown"])
    body = LexborHTMLParser(f"<body>{html}").body
    assert body is not None
    return describe(body)


def describe(node: LexborNode) -> Tree:
    """An element with its classes and all that is in it, but for white space around it; code keeps its own.

    A paragraph in a list counts as its text: to GitHub a whole list is loose, to Python-Markdown each item by itself.
    """
    code = node.tag == "pre"
    inside: list[Any] = []
    for child in node.iter(include_text=True):
        if (child.tag or "").endswith("comment"):
            continue  # an author's, which is not published
        if child.tag == "p" and node.tag == "li":
            inside += describe(child)[2]
        elif child.tag != "-text":
            inside.append(describe(child))
        elif text := child.text() if code else re.sub(r"\s+", " ", child.text()).strip():
            inside.append(text)
    classes = " ".join(sorted((node.attributes.get("class") or "").split()))
    return (node.tag or "", classes, inside)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_structure_is_the_same(case: Mapping[str, Any]) -> None:
    assert render(case, github=True) == render(case, github=False)


def test_each_construct_is_understood() -> None:
    """No mark of Markdown is left in what is shown, but where it is escaped or code."""
    assert len(CASES) >= 40
    left = re.compile(r"!!!|\?\?\?|===|///|```|\+\+\w+\+|\[\^|:material|\{ ")
    trees = {case["name"]: repr(strip_code(render(case, github=False))) for case in CASES}
    assert [name for name, tree in trees.items() if left.search(tree) and name != "an escape"] == []


def strip_code(tree: Tree) -> Tree:
    tag, classes, inside = tree
    kept = [strip_code(child) if isinstance(child, tuple) else child for child in inside]
    return (tag, classes, [] if tag in ("pre", "code") or "arithmatex" in classes else kept)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_blocks_try_every_pattern_that_may_match(case: Mapping[str, Any]) -> None:
    """Our extension leaves out inline patterns by the signs that they begin with."""
    own = case.get("extensions") or {}
    names, options = complete_extensions(own, own, TESTS)
    ours, plain = (
        Markdown(extensions=[*names, *more], extension_configs=options)
        for more in (PAGE_EXTENSIONS, PAGE_EXTENSIONS[:1])
    )
    assert ours.convert(case["markdown"]) == plain.convert(case["markdown"])
