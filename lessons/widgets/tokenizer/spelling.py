"""How a token is shown: as text where its bytes are characters that one can see, else byte by byte. As spelling.ts."""

import re

# Controls, joiners and other signs that leave no mark, and marks that would sit on the token before.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\xa0\xad\u0300-\u036f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffc]"
)
_FIRST = re.compile("([A-Za-z\u00c0-\u024f\u0370-\u052f])|[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe]")


def spell(token: bytes) -> tuple[str, bool]:
    """What to show, and whether it is text; what is not is written as hexadecimal numbers."""
    try:
        text = token.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    return (text, True) if text and not _UNSEEN.search(text) else (token.hex(" ").upper(), False)


def find_direction(text: str) -> str:
    """Where the first letter begins to be read from."""
    first = _FIRST.search(text)
    return "rtl" if first and not first[1] else "ltr"
