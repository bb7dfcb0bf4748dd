"""What is told of syntax hangs on what stands around it: code that shows it, plugins that understand it."""

import pytest

from trackbook.checks.check import ON_PAGES, Settings, load_checks
from trackbook.checks.dialects import IN_WIDGETS, Dialect
from trackbook.markdown import parse_markdown
from trackbook.model import Page
from trackbook.widgets import load_widgets

PATH = "docs/notes.md"
CODES = ("syntax-is-understood", "reference-is-defined", "raw-html-is-published", "image-lies-in-the-course")
TEXTS = [
    "Words {#anchor} amid others.",
    "/// caption\nOne.",
    *(":::{note}", "::: {.callout-tip}", ":::", "{ref}`x`", "(label)=", ".. note::", "include::x[]", "![[x.png]]"),
    *("{{ name }}", "{% include x %}", "{{< include x.qmd >}}", "{{#include x.md}}", "# Why[[why]]", "<Tip>"),
    *(
        "<video src='//x.y/z'>",
        "<script>x()</script>",
        "<b style='color: red'>",
        "[text][undefined]",
        "<b onclick='x'>",
    ),
    *("[x](javascript:y)", "[@smith2020]", "@fig-one", "{: .callout}", "> x\n{: .callout}", ":ref:`x`"),
    *(
        "![x](https://example.org/x.png)",
        "*x*\n\nimport x from 'y'",
        "<Question a={[\n1]} />",
        "<form>",
        "x\n{ onclick=y }",
        "% a comment",
        *(
            "{!x.md!}",
            "One.^[A note]",
            "+++",
            "[[Wiki]]",
            "=== One",
            "!!! note: one",
            "One <!-- two",
            "##Why",
            "[] one",
        ),
        *("# Why { .big", "-one\n-two", "&nosuch;", "One < b>two", "One &nbsp two", "{++new++}"),
        *("[b]bold[/b]", "closed -->", "%%hidden%%", "See:\n• one", "H~2~O", "x^2^ and", "# Why { #two words }"),
    ),
]
AROUND = [
    "````text\n…\n````",
    "~~~\n…\n~~~",
    "`` … ``",
    "1. One\n\n    ````markdown\n    …\n    ````",
    '!!! note\n\n    `` … ``\n\n=== "One"\n\n        …',
    "<!-- … -->",
    "<pre>\n…\n</pre>",
    "A formula $\\text{…}$.",
]


def find(text: str, *plugins: str) -> list[str]:
    load_checks()
    parsed = parse_markdown(text, PATH)
    parts = {part: getattr(parsed, part) for part in ("links", "fences", "elements", "leftovers")}
    settings = Settings("en", {}, {}, load_widgets(), frozenset(plugins))
    page = Page(PATH, "plain", text, **parts)
    return [finding.message for code in CODES for finding in ON_PAGES[code](page, settings)]


@pytest.mark.parametrize("text", TEXTS)
def test_it_is_told_where_it_is_meant_and_nowhere_else(text: str) -> None:
    assert find(text)
    line = text.replace("\n", " ")
    shown = AROUND[: -2 if line.startswith("<") or "`" in line else None]  # <pre> holds elements, formulas no code
    assert [around for around in shown if find(around.replace("…", line))] == []


@pytest.mark.parametrize("dialect", IN_WIDGETS[:-1], ids=lambda dialect: dialect.fact)
def test_each_dialect_is_met(dialect: Dialect) -> None:
    assert any(f" is {dialect.fact}." in message for text in TEXTS for message in find(text))


def test_plugins_are_believed() -> None:
    templates = "See {{ name }} and {% include x %}."
    assert (len(find(templates)), find(templates, "macros")) == (2, [])
    assert find("{{< include x.qmd >}}", "macros") != []
    assert (len(find("[text][undefined]")), find("[text][undefined]", "autorefs")) == (1, [])


def test_one_cause_is_told_once() -> None:
    (message,) = find("::: note\n\nx\n\n:::\n\n" * 200)
    assert (
        message
        == "`::: note` is a block of Pandoc, MyST or Quarto, and shown as it stands, as are 199 more on this page."
    )
