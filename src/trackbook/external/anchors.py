"""The places on a page that a fragment can lead to."""

import re
from collections.abc import Iterable
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser

_MADE_BY_SCRIPT = re.compile(r"[!/].*|.*=.*|L\d+(-L\d+)?")
"""Routes of an application, parameters, and lines of a file on a forge: no page holds these in its HTML."""


def find_missing(fragments: Iterable[str], html: str) -> frozenset[str]:
    """The fragments that are no id and no name on the page, less those that only a browser can know."""
    nodes = LexborHTMLParser(html).css("[id], a[name]")
    anchors = {node.attributes.get(key) for node in nodes for key in (("id", "name") if node.tag == "a" else ("id",))}
    return frozenset(fragment for fragment in fragments if not _lands(fragment, anchors))


def _lands(fragment: str, anchors: set[str | None]) -> bool:
    name = fragment.partition(":~:")[0]
    if not name or name.lower() == "top" or _MADE_BY_SCRIPT.fullmatch(name):
        return True
    # GitHub puts "user-content-" before the ids that its authors write, and takes it off again in the browser.
    spellings = (name, unquote(name), f"user-content-{unquote(name)}")
    return not anchors.isdisjoint(spellings)
