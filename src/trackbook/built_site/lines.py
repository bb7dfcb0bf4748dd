"""The line of an attribute: selectolax keeps no places, so its text is looked for again when there is need to tell."""

import re
from html import escape, unescape

_SEVERAL = ("srcset", "imagesrcset", "content", "style")
"""Attributes that hold an address among other things."""
_COMMENT = re.compile(r"<!--.*?-->", re.S)


def find_line(text: str, attribute: str, value: str, nth: int = 1) -> int:
    """The line of the nth `attribute="value"` of a file; without an attribute, of the value; else 1."""
    text = _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text)
    written = re.compile(rf"""\s{re.escape(attribute)}\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.I)
    places = [
        match.start(match.lastindex or 0)
        for match in (written.finditer(text) if attribute else ())
        if _holds(unescape(match[match.lastindex or 0]), value, attribute)
    ]
    plain = max(text.find(value), text.find(escape(value)), 0)
    return text.count("\n", 0, places[:nth][-1] if places else plain) + 1


def _holds(written: str, value: str, attribute: str) -> bool:
    return value in written if attribute in _SEVERAL else value == written
