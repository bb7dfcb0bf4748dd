"""How many words a text has: letters and digits, joined by a hyphen or an apostrophe."""

import re

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_KINDS = bytes(ord("a" if chr(code).isalnum() else "-" if chr(code) in "'-" else " ") for code in range(128))
"""What each ASCII sign is here: part of a word, what may join two parts, or neither."""


def count_words(text: str) -> int:
    if not text.isascii():
        return len(_WORD.findall(text))
    signs = b"  " + text.encode().translate(_KINDS + bytes(128))
    return signs.count(b" a") + signs.count(b" -a") + signs.count(b"--a")  # where no word goes on
