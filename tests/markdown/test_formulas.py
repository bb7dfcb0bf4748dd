"""A formula is the same wherever it stands, and `check` sees the ones that the site shows."""

import json
import re
from collections.abc import Callable
from functools import cache
from html import unescape
from typing import Any, cast

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it.rules_block import StateBlock
from selectolax.lexbor import LexborHTMLParser
from tests.conftest import HEBREW, ROOT, TESTS

from trackbook.checks import load_checks
from trackbook.markdown import parse_markdown
from trackbook.mathml import convert_formula
from trackbook.mkdocs_plugin.build import load_renderer
from trackbook.mkdocs_plugin.config import load_config, set_markdown_options
from trackbook.mkdocs_plugin.host import MkDocsHost
from trackbook.reading.course import read_course
from trackbook.reading.page import read_widget
from trackbook.site.markdown import TextRenderer
from trackbook.widgets import WidgetData, load_widgets

FORMULAS: list[str] = yaml.safe_load((TESTS / "cases" / "formulas.yml").read_text("utf-8"))
PLACES: list[dict[str, Any]] = yaml.safe_load((TESTS / "cases" / "formula_places.yml").read_text("utf-8"))
_MATHML = re.compile(r"<math\b.*?</math>", re.DOTALL)

INLINE = {
    "line": "The $%s$ here.",
    "round": r"The \(%s\) here.",
    "alone": "$%s$",
    "item": "- The $%s$ here.\n- Another.",
    "quote": "> The $%s$ here.",
    "cell": "| Head | Other |\n| --- | --- |\n| Here | $%s$ |",
    "callout": "> [!NOTE]\n> The $%s$ here.",
    "note": "Here[^1].\n\n[^1]: The $%s$ here.",
    "emphasis": "*The* $%s$ *here*.",
    "heading": "## The $%s$ here",
    "admonition": "!!! note\n\n    The $%s$ here.",
}
DISPLAY = {
    "one-line": "Text:\n\n$$%s$$\n\nMore.",
    "three-lines": "Text:\n\n$$\n%s\n$$\n\nMore.",
    "square": "Text:\n\n\\[\n%s\n\\]",
    "item": "- Text:\n\n    $$%s$$\n\n- More.",
    "item-on-three-lines": "1. Text:\n\n    $$\n    %s\n    $$",
    "whole-item": "- $$%s$$\n- More.",
    "quote": "> Text:\n>\n> $$\n> %s\n> $$",
    "callout": "> [!TIP]\n> $$\n> %s\n> $$\n>\n> More.",
    "note": "Here[^1].\n\n[^1]: Text:\n\n    $$%s$$",
    "below-a-heading": "## Text\n$$%s$$",
    "admonition": "!!! note\n\n    Text:\n\n    $$%s$$",
}


@cache
def load_extended_renderer() -> Callable[[str], str]:
    """The site's own configuration, with admonitions beside."""
    config = load_config(ROOT)
    set_markdown_options(config)
    config["markdown_extensions"].append("admonition")
    return TextRenderer(MkDocsHost(config))


@cache
def load_own_renderer(*, mathml: bool) -> Callable[[str], str]:
    return load_renderer(ROOT, mathml=mathml)


def fill(template: str, latex: str) -> str:
    """The template with the formula, whose lines all begin as the one that it stands in."""
    before = template[: template.index("%s")].rpartition("\n")[2]
    lead = before[: len(before) - len(before.lstrip(" >"))] or " " * 4 * before.startswith(("- ", "[^"))
    return template.replace("%s", latex.replace("\n", f"\n{lead}"))


EVERYWHERE = [
    pytest.param(name, template, display, id=f"{'display' if display else 'inline'}-{name}")
    for display, templates in ((False, INLINE), (True, DISPLAY))
    for name, template in templates.items()
]


@pytest.mark.parametrize(("name", "template", "display"), EVERYWHERE)
def test_a_formula_is_the_same_everywhere(name: str, template: str, display: bool) -> None:
    render = load_extended_renderer() if name == "admonition" else load_own_renderer(mathml=True)
    for latex in FORMULAS:
        if (name == "cell" and "|" in latex) or (name in ("cell", "heading") and "\n" in latex):
            continue
        text = fill(template, latex)
        html = render(text)
        assert _MATHML.findall(html) == [convert_formula(latex, display=display)], text
        assert "arithmatex" not in html, text
        seen = [(" ".join(one.latex.split()), one.display, one.remedy) for one in parse_markdown(text, "a.md").formulas]
        assert seen == [(" ".join(latex.split()), display, "")], text


@pytest.mark.parametrize("display", [False, True], ids=["inline", "display"])
def test_a_formula_in_a_widget_is_the_same(display: bool) -> None:
    mark = "\n$$\n" if display else "$"
    cards = [
        {"id": f"card-{at}", "front": f"Front {at}", "back": f"{mark}{latex}{mark}"}
        for at, latex in enumerate(FORMULAS)
    ]
    fence = parse_markdown(f"```flashcards\n{json.dumps({'id': 'cards', 'cards': cards})}\n```\n", "a.md").fences[0]
    widget = load_widgets()["flashcards"]
    read, findings = read_widget(fence, widget)
    html = widget.render_fallback(cast(WidgetData, read.data), "a/b", load_own_renderer(mathml=True), "en")
    assert not findings
    assert [(one.latex, one.display, one.remedy) for one in read.formulas] == [(one, display, "") for one in FORMULAS]
    wanted = [convert_formula(latex, display=display) for latex in FORMULAS]
    assert _shown(_MATHML.findall(html)) == _shown(wanted)
    assert "arithmatex" not in html


def test_a_formula_in_a_label_keeps_its_end() -> None:
    text = {"id": "a", "task": "Do it.", "answer": "So.", "criteria": ["I wrote\n\n$$a < b$$\n\nand more."]}
    fence = parse_markdown(f"```exercise\n{json.dumps(text)}\n```\n", "a.md").fences[0]
    widget = load_widgets()["exercise"]
    data = cast(WidgetData, read_widget(fence, widget)[0].data)
    html = widget.render_fallback(data, "a/b", load_own_renderer(mathml=True), "en")
    assert "</math></p>\nand more.</span>" in html


def _shown(formulas: list[str]) -> list[str]:
    """A widget's HTML has no indentation."""
    return ["\n".join(line.strip() for line in one.splitlines()) for one in formulas]


def test_formulas_cover_what_authors_write() -> None:
    whole = "\n".join(FORMULAS)
    wanted = (
        r"< > & aligned cases pmatrix bmatrix array \text \sqrt \frac \sum \hat \operatorname \left \middle ' ∈ “ \\"
    )
    assert len(FORMULAS) >= 60
    assert [sign for sign in wanted.split() if sign not in whole] == []


def test_what_is_escaped_already_stays_wrong() -> None:
    """Were blocks no longer escaped on their way, this would be read as `a < b` there, and nowhere else."""
    assert not _MATHML.search(load_own_renderer(mathml=True)("$$a &lt; b$$"))
    assert not _MATHML.search(load_own_renderer(mathml=True)("$a &lt; b$"))


def list_shown(text: str) -> list[tuple[str, bool]]:
    """The formulas that the renderer takes for some, in LaTeX."""
    tree = LexborHTMLParser(f"<div>{load_own_renderer(mathml=False)(text)}</div>")
    found = (unescape(node.text()) for node in tree.css(".arithmatex"))
    return sorted((" ".join(latex[2:-2].split()), latex.startswith("\\[")) for latex in found)


def list_seen(text: str) -> tuple[list[tuple[str, bool]], list[tuple[int, str]]]:
    """The formulas that `check` sees, and the lines and remedies of what only looks like one."""
    formulas = parse_markdown(text, "a.md").formulas
    seen = sorted((" ".join(one.latex.split()), one.display) for one in formulas if not one.remedy)
    return seen, [(one.source.line, one.remedy) for one in formulas if one.remedy]


@pytest.mark.parametrize("case", PLACES, ids=lambda case: repr(case["text"]))
def test_check_and_site_agree_on_what_is_a_formula(case: dict[str, Any]) -> None:
    seen, strays = list_seen(case["text"])
    assert [line for line, _ in strays] == case.get("lines", [])
    for _, remedy in strays:
        assert case["remedy"] in remedy
    if not strays:
        assert seen == list_shown(case["text"])


PIECES = (  # what stands in lists and quotes is above, case by case
    *(
        "$",
        "$$",
        "$x$",
        "$$y$$",
        "\\(",
        "\\)",
        "\\(z\\)",
        "\\[",
        "\\]",
        "\\[w\\]",
        "\\$",
        "\\\\",
        "\\",
        "`",
        "``",
        "`$c$`",
    ),
    *(
        "\\begin{a}",
        "\\end{a}",
        "\\alpha",
        "a",
        "5",
        " ",
        "\n",
        "\n\n",
        "\n\n$$",
        "$$\n\n",
        "\n$$\n",
        "**",
        "_",
        "(1)",
        ",",
    ),
)


@settings(derandomize=True, deadline=None, max_examples=1500)
@given(text=st.lists(st.sampled_from(PIECES), max_size=9).map("".join))
def test_check_sees_each_formula_of_the_site_or_says_what_is_off(text: str) -> None:
    seen, strays = list_seen(text)
    if not strays and "```" not in text:  # an open fence is told by another check
        assert seen == list_shown(text)


def test_texts_of_widgets_that_are_shown_are_those_that_are_checked() -> None:
    for root in (ROOT, HEBREW):
        course = read_course(root, load_widgets())
        for fence in (fence for page in course.pages.values() for fence in page.fences if fence.data is not None):
            widget, shown = load_widgets()[fence.language], list[str]()
            data = cast(WidgetData, fence.data)
            widget.render_fallback(data, "a/b", lambda text, shown=shown: shown.append(text) or text, "en")  # type: ignore[misc]
            known, written = "\n".join(text for text, _ in widget.list_texts(data)), " ".join(fence.text.split())
            assert [one for one in shown if "$" in one and " ".join(one.split()) in written and one not in known] == []


def test_both_checks_of_formulas_are_there() -> None:
    assert {"formula-can-be-read", "formula-is-recognized"} <= set(load_checks())


@pytest.mark.parametrize(
    "line", ["$$ x", "$x and", r"\[ a", r"\begin{a} b", "$$ x $$ y", "$$x$$y$$", r"\[ a \\]", "$$a$$"]
)
def test_a_paragraph_of_openings_is_not_read_from_each_of_its_lines(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[int] = []
    get_lines = StateBlock.getLines

    def count(state: StateBlock, begin: int, end: int, indent: int, keep: bool) -> str:
        taken.append(end - begin)
        return get_lines(state, begin, end, indent, keep)

    monkeypatch.setattr(StateBlock, "getLines", count)
    parse_markdown(f"{line}\n" * 200, "page.md")
    assert sum(taken) < 1000


def test_a_formula_that_never_ends_hides_none_in_another_container() -> None:
    text = "<div markdown>\n$$ a\nb\nc\n</div>\n\n<div markdown>\n$$\nx\n$$\n</div>\n"
    assert [formula.latex for formula in parse_markdown(text, "x.md").formulas] == ["$$ a", "x"]


def test_a_long_formula_is_whole_and_the_next_one_its_own() -> None:
    lines = "\n".join(rf"x_{{{number}}} \\" for number in range(100))
    parsed = parse_markdown(f"Text\n$$\n{lines}\n$$\n$$\ny\n$$\n\n\\begin{{align}}\n{lines}\n\\end{{align}}\n", "x.md")
    assert [formula.latex.count("x_") for formula in parsed.formulas] == [100, 0, 100]


@pytest.mark.parametrize("sign", ["+", "-", r"\pm"])
def test_a_sign_that_begins_an_aligned_part_stands_between_two(sign: str) -> None:
    whole = convert_formula(rf"\begin{{aligned}} a & {sign} b \\ c & = {sign} d \end{{aligned}}", display=True)
    between, of_its_own = re.findall(r"<mo[^>]*>[+−±]</mo>", whole)
    assert 'form="infix"' in between and "lspace" not in between
    assert "infix" not in of_its_own
