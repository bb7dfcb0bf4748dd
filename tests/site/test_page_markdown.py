"""Markdown that is read block by block is the HTML that the whole text gives."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from trackbook.site.markdown import PAGE_EXTENSIONS

OPTIONS: dict[str, dict[str, Any]] = {
    "pymdownx.quotes": {"callouts": True},
    "pymdownx.highlight": {"use_pygments": False},
    "smarty": {"smart_angled_quotes": True},
    "toc": {"permalink": True},
}
ALL = [
    *("abbr", "admonition", "attr_list", "def_list", "fenced_code", "footnotes", "md_in_html", "sane_lists", "smarty"),
    *("tables", "toc", "trackbook.mathml", "pymdownx.caret", "pymdownx.details"),
    *("pymdownx.highlight", "pymdownx.inlinehilite", "pymdownx.mark", "pymdownx.quotes", "pymdownx.superfences"),
    *("pymdownx.tasklist", "pymdownx.tilde"),
]
FEW = [
    "footnotes",
    "pymdownx.superfences",
    "sane_lists",
    "smarty",
    "tables",
    "toc",
    "trackbook.mathml",
]
PARTS = """
Ab|a b|don't|"so"|'it'|x--y|---|...|<<a>>|'90s|*|**|_|__|`|``|$|$x$|\\(|\\)|\\[|\\]|\\*|\\|[|]|[a](b)
|[a][b]|[b]: c|![a](b.png)|![|(|)|^|[^1]|[^1]: note|<|>|<b>|</b>|<a@b.c>|<http://a.b>|<!-- c -->|&|&amp;
|&#35;|~~|~|==|^^|#|##|# A|=|===|- |* |1. |2) |> |> [!NOTE]|    |   |  |!!! note|??? a|*[Ab]: B
|{: #a .b }|{#c}|[TOC]|: d|- [ ] t|```|``` py|~~~|$$|\\begin{a}|!|:|é|١|\\x02|\\x03|<div class="tb-a">
|</div>|<div>|<p class="tb-b">c</p>|<p class="tb-b">c &amp; d</p>|<section class="tb-c">|</section>
|<h2 id="x">H</h2>|klzzwxh:0000|wzxhzdk:0|\\t|a: b|-|--|+ |%|@|/
"""
pieces = [
    part.replace("\\x02", "\2").replace("\\x03", "\3").replace("\\t", "\t")
    for part in PARTS.replace("\n", "").split("|")
]
texts = st.lists(
    st.tuples(
        st.sampled_from([*pieces, "|", "| a | b |", "|---|---|"]), st.sampled_from(["", "", " ", "\n", "\n\n", "  \n"])
    ),
    max_size=14,
).map(lambda parts: "".join(part for pair in parts for part in pair))

RARE = [
    '<p class="tb-b">c &amp d</p>\n<section class="tb-c">e</section>\n\nf',
    '<p class="tb-b">c <p>d</p>\n<section class="tb-c">e</section>\n\nf',
    "[x [a](b) y](c)",
    "a\n\n[TOC]\n\n# B",
]


def convert(markdown: Markdown, text: str) -> tuple[str, object]:
    return markdown.reset().convert(text), markdown.toc_tokens  # type: ignore[attr-defined]


@pytest.mark.parametrize("extensions", [FEW, ALL], ids=["few", "all"])
def test_same_as_the_host(extensions: list[str]) -> None:
    options = {name: value for name, value in OPTIONS.items() if name in extensions}
    plain = Markdown(extensions=[*extensions, PAGE_EXTENSIONS[0]], extension_configs=options)
    ours = Markdown(extensions=[*extensions, *PAGE_EXTENSIONS], extension_configs=options)
    assert type(ours.treeprocessors["inline"]) is not type(plain.treeprocessors["inline"])

    @given(texts)
    def check(text: str) -> None:
        assert convert(ours, text) == convert(plain, text)

    check()
    for text in RARE:
        assert convert(ours, text) == convert(plain, text)


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("About $x^2$, again", "About <math><msup><mi>x</mi><mn>2</mn></msup></math>, again"),
        (r"`\(x\)` and $y < z$", r"\(x\) and <math><mi>y</mi><mo>&lt;</mo><mi>z</mi></math>"),
        (r"Not $\nosuch$", r"Not \(\nosuch\)"),
    ],
)
def test_formulas_in_headings_are_formulas_in_the_list_of_contents(heading: str, name: str) -> None:
    markdown = Markdown(extensions=["toc", "trackbook.mathml", "trackbook.github"])
    html, contents = convert(markdown, f"[TOC]\n\n## {heading}")
    assert isinstance(contents, list)
    assert [entry["name"] for entry in contents] == [name]
    assert f">{name}</a></li>" in html
