"""The document around a page's HTML, and what of the site it hangs on."""

import json
from typing import Any

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation

from trackbook.hashing import hash_parts
from trackbook.language import Language
from trackbook.mkdocs_plugin.course_page import CoursePage
from trackbook.mkdocs_plugin.environment import make_environment
from trackbook.mkdocs_plugin.own_templates import read_own
from trackbook.mkdocs_plugin.shared import Shared
from trackbook.mkdocs_plugin.theme import find_theme

FEW_TRACKS = 6
"""Tracks up to which the navigation lists all; `partials/nav.html` says the same."""


class Frame:
    """Puts pages into the theme's templates."""

    def __init__(self, config: MkDocsConfig, language: Language, environment: Environment | None = None) -> None:
        self._config = config
        self.environment = environment or make_environment(config, language)
        self.environment.globals["shared"] = Shared(for_each=bool(read_own(config, find_theme())))
        self._extra: dict[str, Any] = config.extra["trackbook"]
        self._described: dict[str, str] = {}

    def render(self, page: CoursePage) -> str:
        context = get_context(Navigation([], []), [], self._config, page)
        name = str(page.meta.get("template") or "main.html")
        return self.environment.get_template(name).render(context)

    @property
    def state(self) -> str:
        """Names all that frames show of the site."""
        return hash_parts(_write(self._extra))

    def describe(self, track: str) -> str:
        """Names all that the frame of a page in this track shows of the site."""
        if track not in self._described:
            apart = ("nav", "cards")
            extra = {name: value for name, value in self._extra.items() if name not in apart}
            card = (self._extra.get("cards") or {}).get(track)
            shown = [extra, card, list(self._list_near(track))]
            self._described[track] = hash_parts(_write(shown))
        return self._described[track]

    def _list_near(self, current: str) -> Any:
        """The track itself, and of the others what its navigation lists."""
        tracks = self._extra["nav"]
        place = next((at for at, track in enumerate(tracks) if track["id"] == current), None)
        for at, track in enumerate(tracks):
            if at == place:
                yield track
            elif place is None or len(tracks) <= FEW_TRACKS or abs(at - place) == 1:
                yield [track["id"], track["number"], track["title"], track["url"]]


def _write(shown: object) -> str:
    return json.dumps(shown, sort_keys=True, default=str)
