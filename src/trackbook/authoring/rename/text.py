"""Changes at exact places of a text, which leave the rest of it as its author wrote it."""

from collections.abc import Iterable

Edit = tuple[int, int, str]
"""What stands from the first offset to the second gives way to the text."""


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text
