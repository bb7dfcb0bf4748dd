"""Pages of pieces, joined and put into each other at random: `tests/cases/markdown/fragments.yml` holds the pieces."""

from collections.abc import Sequence

import yaml
from hypothesis import strategies as st
from tests.conftest import TESTS

_PIECES: dict[str, dict[str, list[str]]] = yaml.safe_load(
    (TESTS / "cases" / "markdown" / "fragments.yml").read_text("utf-8")
)
WHOLE, BROKEN = _PIECES["whole"], _PIECES["broken"]
_DEFINITIONS = {
    "name": "[name]: https://example.org/name",
    "`x`": '[`x`]: <https://example.org/code> "Title"',
    "[code]": "[code]: https://example.org/code",
    "picture": "[picture]: dot.png",
    "HTML": "*[HTML]: Hypertext",
    "[^one]": "[^one]: A note with [a link](https://example.org/note).",
}
"""What pieces refer to, by what stands in them then."""
_BELOW = (
    *("- {}", "1. {}", "* a\n\n  {}", "> {}", "> [!NOTE]\n> {}"),
    *("!!! note\n    {}", '!!! tip "Title"\n\n    {}', "??? note\n    {}", '=== "Tab"\n\n    {}', "Term\n:   {}"),
)
"""Ways to put blocks into another; each further line is indented as the first."""
_AROUND = (
    *("<details>\n<summary>More</summary>\n\n{}\n\n</details>", "<div markdown>\n\n{}\n\n</div>"),
    *("/// caption\n{}\n///", '<div class="x">\n\n{}\n\n</div>', "[^in]: {}", "a[^in]\n\n[^in]:\n    {}"),
)
_IN_LINE = ("{}", "*{}*", "**{}**", "[{}](https://example.org/z)", "## {}", "- {}", "| {} |\n| - |\n| x |", "~~{}~~")


def pages(*kinds: dict[str, list[str]], most: int = 6, apart: bool = False) -> st.SearchStrategy[str]:
    """A page of up to so many blocks, of all kinds of pieces that are named; `apart` from each other by blank lines."""
    lines = st.sampled_from([piece for kind in kinds for piece in kind["line"]])
    blocks = st.sampled_from([piece for kind in kinds for piece in kind["block"]])
    text = st.tuples(st.lists(lines, min_size=1, max_size=4).map(" ".join), st.sampled_from(_IN_LINE)).map(_fill)
    block = st.one_of(blocks, blocks, text)
    nested = st.recursive(block, _nest, max_leaves=4)
    joined = st.lists(
        st.tuples(nested, st.sampled_from(["\n\n"] if apart else ["\n\n", "\n\n", "\n\n", "\n"])),
        min_size=1,
        max_size=most,
    )
    return st.tuples(joined.map(_join), st.sampled_from([True, True, False])).map(_define)


def _nest(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(inside, min_size=1, max_size=3).map("\n\n".join)
    below = st.tuples(several, st.sampled_from(_BELOW)).map(_indent)
    return below | st.tuples(several, st.sampled_from(_AROUND)).map(_fill)


def _fill(pair: tuple[str, str]) -> str:
    text, place = pair
    return place.replace("{}", text)


def _indent(pair: tuple[str, str]) -> str:
    text, place = pair
    column = place.rpartition("\n")[2].index("{}")
    lead = "> " if place.startswith(">") else " " * column
    return place.replace("{}", f"\n{lead}".join(text.split("\n")))


def _define(pair: tuple[str, bool]) -> str:
    text, defined = pair
    found = (definition for sign, definition in _DEFINITIONS.items() if sign in text)
    return "\n\n".join([text, *(found if defined else ())])


def _join(parts: Sequence[tuple[str, str]]) -> str:
    return "".join(block + end for block, end in parts)
