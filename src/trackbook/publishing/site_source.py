"""What a site generator needs, and no more."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from trackbook.publishing.search_entry import SearchEntry
from trackbook.publishing.social import SocialCard


@dataclass(frozen=True, slots=True)
class SitePage:
    """One page: `uri` is its place among the Markdown files, `source` the author's file it was made from."""

    uri: str
    body: str
    meta: Mapping[str, object]
    source: str | None = None

    @property
    def text(self) -> str:
        """The whole file. JSON is YAML, so each value stands on one line and needs no quoting rules of its own."""
        lines = [f"{key if key.isidentifier() else _write(key)}: {_write(value)}" for key, value in self.meta.items()]
        return "\n".join(["---", *lines, "---", "", self.body])


def _write(value: object) -> str:
    """JSON whose escapes YAML reads too: those of JSON split what lies beyond U+FFFF in two halves."""
    text = json.dumps(value, default=str, ensure_ascii=False, skipkeys=True)
    return "".join(sign if sign.isprintable() else f"\\U{ord(sign):08x}" for sign in text)


@dataclass(frozen=True, slots=True)
class SiteSource:
    """`copies` are files of the course by the uri they go to, `texts` what publishing wrote, `nav` for the theme."""

    pages: Mapping[str, SitePage]
    copies: Mapping[str, str]
    texts: Mapping[str, str]
    nav: Mapping[str, object] = field(default_factory=dict)
    search: tuple[SearchEntry, ...] = ()
    cards: Mapping[str, SocialCard] = field(default_factory=dict)
