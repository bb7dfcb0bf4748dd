"""Raw HTML of authors: the attributes of a tag, and an end for what has none."""

import re
from html import unescape

_NAME = re.compile(r"<[\w-]+")
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+))?""")
_UNFINISHED = re.compile(r"""</?[a-zA-Z](?:[^<>"']|"[^"]*"|'[^']*')*+(?:"[^"]*|'[^']*)?\Z""")
"""A tag without an end."""
_PLAIN_TEXT = re.compile(r"\s*<(?:script|style|textarea)\b", re.IGNORECASE)
"""What begins an element that holds no comments."""


def read_attributes(tag: str) -> dict[str, str]:
    """The attributes of a whole tag; those without a value have an empty one."""
    return {name: unescape(value.strip("\"'")) for name, value in _ATTRIBUTE.findall(_NAME.sub("", tag, count=1))}


def close_html(html: str) -> str:
    """What nothing closes ends with its block, as for the parser; a browser would hide all that follows."""
    comment = html.rfind("<!--")
    if comment >= 0 and "-->" not in html[comment:] and not _PLAIN_TEXT.match(html):
        return f"{html}-->\n"
    unfinished = _UNFINISHED.search(html)
    return f"{html[: unfinished.start()]}&lt;{unfinished[0][1:]}" if unfinished else html
