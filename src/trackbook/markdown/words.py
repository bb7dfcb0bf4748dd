"""How many words a text has: letters and digits, joined by a hyphen or an apostrophe."""

import re

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def count_words(text: str) -> int:
    return len(_WORD.findall(text))
