"""What is sooner says the same as the host."""

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

from trackbook.mkdocs_plugin.needed_signs import find_needed
from trackbook.mkdocs_plugin.quick_markdown import MODEST, make_markdown

OPTIONS: dict[str, dict[str, Any]] = {
    "pymdownx.arithmatex": {"generic": True},
    "pymdownx.quotes": {"callouts": True},
    "pymdownx.highlight": {"use_pygments": False},
    "smarty": {"smart_angled_quotes": True},
    "toc": {"permalink": True},
}
FEW = [
    "footnotes",
    "pymdownx.arithmatex",
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


@pytest.mark.parametrize("extensions", [FEW, sorted(MODEST)], ids=["few", "all"])
def test_same_as_the_host(extensions: list[str]) -> None:
    options = {name: value for name, value in OPTIONS.items() if name in extensions}
    ours, plain = make_markdown(extensions, options), Markdown(extensions=extensions, extension_configs=options)
    assert type(ours.parser) is not type(plain.parser)

    @given(texts)
    @settings(derandomize=True, max_examples=600, deadline=None)
    def check(text: str) -> None:
        assert convert(ours, text) == convert(plain, text)

    check()
    for text in RARE:
        assert convert(ours, text) == convert(plain, text)


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        (r"(?<!\!)\[", "["),
        (r"\*|_", "*_"),
        (r"a+`", "`"),
        (r"(?:(?<!\\)((?:\\{2})+)(?=\$)|(?<!\\)(\$)(?!\s))", "\\$"),
        (r"(\s|&nbsp;)'(?=\w)", "'"),
        (r"[<>]x", "x"),
        (r"  \n", "\n"),
        (r"`?x*", None),
        (r"[^a]", None),
        (r"\s|`", None),
        (r"(?i:k)", None),
        (r"(?i)k", None),
        (r"(?=`)", None),
    ],
)
def test_signs_that_a_pattern_needs(pattern: str, needed: str | None) -> None:
    assert find_needed(re.compile(pattern, re.DOTALL)) == (None if needed is None else frozenset(needed))
