"""The nouns of a built site: what its pages and lists refer to, and where that leads."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import escape, unescape
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from trackbook.built_site.addresses import Target, resolve
from trackbook.built_site.nearest import Nearest
from trackbook.model import Source

Role = Literal["link", "resource", "connection", "canonical", "redirect", "entry"]
"""What an address is for: to go there, to be loaded, to be connected to early, to be known by, to be sent there, to be
listed."""
_SEVERAL = ("srcset", "imagesrcset", "content", "style")
"""Attributes that hold an address among other things."""
_COMMENT = re.compile(r"<!--.*?-->", re.S)


class Reference(NamedTuple):
    """An address as the file writes it, and the attribute (or key) it stands in."""

    role: Role
    attribute: str
    value: str


@dataclass(frozen=True, slots=True)
class SiteFile:
    """A file that refers to others: a list (manifest, sitemap, feed), a style sheet, or a page.

    `base` is the address that its own are relative to, when it says so; `trouble` says at which line it can't be read.
    """

    path: str
    references: tuple[Reference, ...] = ()
    base: str = ""
    trouble: int = 0


@dataclass(frozen=True, slots=True)
class SitePage(SiteFile):
    """`anchors` is all that a fragment can name; `repeated` are the ids that more than one element has, `raw_tex` the
    formulas that its article shows as they were written.
    """

    title: str = ""
    description: str = ""
    language: str = ""
    anchors: frozenset[str] = frozenset()
    repeated: tuple[str, ...] = ()
    raw_tex: tuple[str, ...] = ()


class Followed(NamedTuple):
    """A reference, the file that holds it, and where it leads."""

    file: SiteFile
    reference: Reference
    target: Target


@dataclass(frozen=True)
class Site:
    """A built site. `address` is where it will stand (scheme and host may be unknown: then it is a path).

    `read` gives a file's text; `sheets` says how many pages a page takes when printed, by the paper.
    """

    address: str
    files: frozenset[str]
    pages: Mapping[str, SitePage]
    lists: Mapping[str, SiteFile]
    read: Callable[[str], str]
    sheets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def path(self) -> str:
        return urlsplit(self.address).path

    @cached_property
    def nearest(self) -> Nearest:
        return Nearest(self.files)

    @cached_property
    def followed(self) -> Mapping[Role, list[Followed]]:
        """Every reference with the place it leads to. The same address in the same folder is followed once."""
        followed: dict[Role, list[Followed]] = defaultdict(list)
        targets: dict[tuple[str, str], Target] = {}
        for file in (*self.pages.values(), *self.lists.values()):
            folder = file.path.rpartition("/")[0]
            for reference in file.references:
                value = reference.value
                key = (file.path if file.base or value[:1] in ("", "#", "?") else folder, value)
                if key not in targets:
                    here = resolve(self.address, file.path, file.base).url if file.base else file.path
                    targets[key] = resolve(self.address, here, value)
                followed[reference.role].append(Followed(file, reference, targets[key]))
        return followed

    def list_followed(self, *roles: Role) -> Iterator[Followed]:
        return (followed for role in roles for followed in self.followed.get(role, ()))

    def find(self, path: str) -> str | None:
        """The file that a host gives for an own path: itself, or the index.html of a folder."""
        if path and not path.endswith("/"):
            return path if path in self.files else self.find(f"{path}/")
        index = f"{path}index.html"
        return index if index in self.files else None

    def locate(self, one: Followed) -> Source:
        return self.place(one.file.path, one.reference.attribute, one.reference.value)

    def place(self, path: str, attribute: str = "", value: str = "", nth: int = 1) -> Source:
        return Source(path, find_line(self.read(path), attribute, value, nth))


def find_line(text: str, attribute: str, value: str, nth: int = 1) -> int:
    """The line of the nth `attribute="value"` of a file; without an attribute, of the value; else 1.

    selectolax keeps no places, so the text is looked for again when there is need to tell.
    """
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
