"""What the site needs of a host, and no more: Markdown extensions, templates, and the theme's files."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from trackbook.cache.digest import hash_parts
from trackbook.language.words import Language

FEW_TRACKS = 6
"""Tracks up to which the navigation lists all; `partials/nav.html` says the same."""


@dataclass(frozen=True, slots=True)
class PageView:
    """A page as templates see it. `date` is the day on which it last changed.

    `edit_url` is where its source can be edited, if anywhere.
    """

    uri: str
    meta: Mapping[str, Any]
    date: str
    edit_url: str = ""
    markdown: str = ""
    content: str = ""
    toc: tuple[dict[str, Any], ...] = ()


class Frame:
    """What the documents around pages show of the whole site.

    `extra` is what templates find under `config.extra.trackbook`, `language` has the words that they say.
    """

    def __init__(self, extra: Mapping[str, Any], language: Language) -> None:
        self.extra, self.language = extra, language
        self._described: dict[str, str] = {}

    @property
    def digest(self) -> str:
        """Names all of it."""
        return hash_parts(_write(self.extra))

    def describe(self, track: str) -> str:
        """Names all that the document around a page of this track shows of the site."""
        if track not in self._described:
            apart = ("nav", "cards")
            common = {name: value for name, value in self.extra.items() if name not in apart}
            card = (self.extra.get("cards") or {}).get(track)
            self._described[track] = hash_parts(_write([common, card, list(self._list_near(track))]))
        return self._described[track]

    def _list_near(self, current: str) -> Any:
        """The track itself, and of the others what its navigation lists."""
        tracks = self.extra["nav"]
        place = next((at for at, track in enumerate(tracks) if track["id"] == current), None)
        for at, track in enumerate(tracks):
            if at == place:
                yield track
            elif place is None or len(tracks) <= FEW_TRACKS or abs(at - place) == 1:
                yield [track["id"], track["number"], track["title"], track["url"]]


class Host(Protocol):
    """A site generator, opened for one course.

    `url` is the site's address or empty, `digest` names all of the settings and templates that a page
    depends on, and is empty where that is not known; `markdown_digest` is the same of a page's HTML alone.
    """

    root: Path
    trusted: bool
    """Whether code of the course runs: that of its own widgets."""
    site_dir: Path
    url: str
    digest: str
    markdown_digest: str
    extensions: list[str]
    options: Mapping[str, dict[str, Any]]
    """The extensions of Python-Markdown, and the options of those that have some."""
    theme_dirs: list[Path]
    templates: Collection[str]
    """Pages that are none of the course's, such as `404.html`."""
    strict_anchors: int
    """The level of `logging` at which a link to an anchor that is not there is told."""

    def render_page(self, page: PageView, frame: Frame) -> str:
        """The document around a page's content."""

    def render_template(self, name: str, pages: Collection[PageView], frame: Frame) -> str:
        """One of `templates`."""

    @property
    def theme_files(self) -> Mapping[str, Path]:
        """The theme's files that pages may load, by their paths in the site."""

    @property
    def watched(self) -> Collection[Path]:
        """What the site is made of, beside the course: settings and templates."""


class OtherPagesError(Exception):
    """A template shows other pages than its own, or others have a hand in the pages: they can't be made one by one."""


def _write(shown: object) -> str:
    return json.dumps(shown, sort_keys=True, default=str)
