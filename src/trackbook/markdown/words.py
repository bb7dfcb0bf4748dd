"""How many words a text has: letters and digits, joined by a hyphen or an apostrophe."""

import re

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_ASCII_WORD = re.compile(r"[a-zA-Z0-9]+(?:['-][a-zA-Z0-9]+)*")


def count_words(text: str) -> int:
    return len((_ASCII_WORD if text.isascii() else _WORD).findall(text))
