"""A video, or anything else that plays, on another host, of which nothing is loaded before a learner asks."""

import posixpath
import re
from collections.abc import Callable
from typing import Annotated
from urllib.parse import urlsplit

from markupsafe import Markup
from pydantic import AfterValidator, BeforeValidator

from trackbook.language.words import Language
from trackbook.model import PICTURES
from trackbook.widgets.data import MARKDOWN, Id, ItemPlace, Shown, Text, WidgetData, tell
from trackbook.widgets.embed.players import Player, PlayerError, find_player

_STILL = re.compile(r"!\[.*\]\(<(.*)>\)")


def _check_url(value: str) -> str:
    try:
        find_player(value)
    except PlayerError as error:
        raise tell(error.message, error.hint) from None
    return value


def _show_picture(value: object) -> object:
    """The path of a picture as Markdown, so that it is looked for and led to as any other."""
    if not isinstance(value, str) or _STILL.fullmatch(value):
        return value
    if urlsplit(value).scheme or value.startswith("//"):
        raise tell(f'"{value}" lies on another host', "save the picture beside this page, and name it from here")
    if posixpath.splitext(value)[1].lower() not in PICTURES:
        raise tell(f'"{value}" is no picture', f"name one that ends in {', '.join(PICTURES)}")
    return f"![still](<{value}>)"


class Data(WidgetData):
    """`url` is where people watch it. It is nothing to practise, and needs no id."""

    id: Id = ""
    url: Annotated[str, AfterValidator(_check_url)]
    title: Shown
    picture: Annotated[str, BeforeValidator(_show_picture), MARKDOWN] = ""
    transcript: Text = ""

    @property
    def player(self) -> Player:
        return find_player(self.url)

    def list_items(self) -> list[ItemPlace]:
        return []

    def compute_view(self, render: Callable[[str], str], language: Language) -> dict[str, object]:
        """The picture says nothing that the title does not say."""
        del language
        still = re.search(r"<img [^>]*>", render(self.picture)) if self.picture else None
        return {
            "picture": Markup(re.sub(r' alt="[^"]*"', ' alt=""', still[0])) if still else "",
            "player": self.player,
            "there": urlsplit(self.url).netloc,
        }
