"""What the documents around pages show of the whole site."""

import json
from collections.abc import Mapping
from typing import Any

from trackbook.cache.digest import hash_parts
from trackbook.language.words import Language

FEW_TRACKS = 6
"""Tracks up to which the navigation lists all; `partials/nav.html` says the same."""


class Frame:
    """`extra` is what templates find under `config.extra.trackbook`, `language` has the words that they say."""

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


def _write(shown: object) -> str:
    return json.dumps(shown, sort_keys=True, default=str)
