"""Footnotes: those that are defined, and those that are only used."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from trackbook.model import Footnote

_USE = re.compile(r"\[\^([^\]\[\n]+)\]")


def note_definitions(state: StateCore) -> None:
    """A rule of the parser: it keeps each definition's label and line, before the parser drops those without a use."""
    opening = (token for token in state.tokens if token.type == "footnote_reference_open")
    state.env["defined"] = [(token.meta["label"], token.map[0] if token.map else 0) for token in opening]


def list_footnotes(tokens: Sequence[Token], environment: Mapping[str, Any], first_line: int) -> Iterator[Footnote]:
    """`environment` is the parser's, after it has parsed these tokens."""
    uses = environment.get("footnotes", {}).get("refs", {})
    for label, line in environment.get("defined", ()):
        yield Footnote(label, first_line + line, defined=True, used=uses[f":{label}"] >= 0)
    for token in tokens:
        if token.type == "inline" and token.map and "[^" in token.content:
            for label, line in _list_undefined(token.content, environment.get("taken", {}).get(token.content, ())):
                yield Footnote(label, first_line + token.map[0] + line, defined=False, used=True)


def _list_undefined(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[tuple[str, int]]:
    """The footnotes that nothing defines, each with its line from 0; in code and the like are none."""
    for found in _USE.finditer(text):
        around = [span for span in taken if span[0] < found.end() and found.start() < span[1]]
        if all(text[start] == "[" and start != found.start() for start, _ in around):  # in the text of a link
            yield found[1], text.count("\n", 0, found.start())
