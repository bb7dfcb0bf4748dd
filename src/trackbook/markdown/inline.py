"""What stands inside a block: its plain text."""

from collections.abc import Sequence

from markdown_it.token import Token

BREAKS = ("softbreak", "hardbreak")


def plain_text(children: Sequence[Token]) -> str:
    parts = []
    for token in children:
        if token.type in ("text", "code_inline", "text_special", "image"):
            parts.append(token.content)
        elif token.type in BREAKS:
            parts.append(" ")
    return "".join(parts)


def heading_text(children: Sequence[Token]) -> str:
    """A heading's text as anchors are made of it: formulas count, images do not."""
    kept = [token for token in children if token.type != "image"]
    return "".join(token.content if token.type.startswith("math") else plain_text([token]) for token in kept)
