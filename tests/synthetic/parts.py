"""What pages are made of, before anybody's dialect: Markdown that all share, callouts, and widgets."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

_LINK = re.compile(r"\(to:([\w/.-]+)(?: ([\w-]+))?\)")


@dataclass(frozen=True)
class Callout:
    text: str


@dataclass(frozen=True)
class Widget:
    kind: str
    data: Mapping[str, Any]


@dataclass(frozen=True)
class Page:
    """`kind` is overview, lesson, practice or cheatsheet, `meta` the front matter that our course has."""

    module: str
    kind: str
    title: str
    meta: Mapping[str, Any]
    parts: list[str | Callout | Widget]


def link(text: str, module: str, kind: str, promise: str = "") -> str:
    """A link to a page of a module, in the form that all dialects turn into their own."""
    return f"[{text}](to:{module}/{kind}{promise and ' ' + promise})"


def turn_links(text: str, turn: Callable[[str, str], str]) -> str:
    """`turn` gets the page (`track/module/kind`) and the promised concept or "", and gives what stands in brackets."""
    return _LINK.sub(lambda found: f"({turn(found[1], found[2] or '')})", text)
