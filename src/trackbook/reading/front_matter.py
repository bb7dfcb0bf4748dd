"""What stands between the `---` lines of a page, one shape a kind of page."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from trackbook.model import Finding, Kind, Source
from trackbook.reading.document import Document
from trackbook.reading.outline import Concepts, CreditShape
from trackbook.reading.shape import Shape, Slug, Text

CODE = "front-matter-fits"
_FENCE = re.compile(r"---[ ]*\n(?P<yaml>.*?)^(---|\.\.\.)[ ]*(\n|\Z)", re.DOTALL | re.MULTILINE)


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, dict) else value


class DeferralShape(Shape):
    """Concepts that a module leaves to another track on purpose."""

    to: Slug
    """The track's id."""
    concepts: Annotated[list[Slug], Field(min_length=1)]
    """Their ids."""


LONGEST_NEWS = 200


def _check_length(value: str) -> str:
    if len(value) > LONGEST_NEWS:
        message = f"it has {len(value)} characters, and news have {LONGEST_NEWS} at most"
        raise PydanticCustomError("told", "{message}", {"message": message, "hint": "say it in one sentence"})
    return value


class NewsShape(Shape):
    """What learners read of a change on the page "What is new"."""

    day: date
    """When it came."""
    text: Annotated[Text, AfterValidator(_check_length)]
    """One sentence."""


class PageShape(Shape):
    """What any page may say of itself."""

    allow: dict[str, Annotated[Text, StringConstraints(strip_whitespace=True)]] = {}
    """Checks that this page opts out of, by their codes, each with the reason."""
    updated: date | None = None
    """The day it last changed; else that of its last commit."""


class OverviewShape(PageShape):
    """The face of a module."""

    model_config = ConfigDict(json_schema_extra={"required": ["title", "summary", "objectives"]})

    title: Text = ""
    """The module's name; the page's heading of level 1 is the same."""
    summary: Text = ""
    """One line that makes a learner want it: on cards, in the pager, among search results."""
    objectives: dict[Slug, Text] = {}
    """What learners can do afterwards: id and sentence."""
    needs: list[Slug] = []
    """The ids of concepts that it builds on."""
    difficulty: Literal["gentle", "standard", "demanding"] = "standard"
    """How hard it is to read."""
    math: Literal["none", "light", "full"] = "none"
    """How much mathematics it asks for."""
    practice_minutes: Annotated[int, Field(ge=1, le=240)] = 10
    """How long its practice takes."""
    source: CreditShape | None = None
    """What it follows, such as a lecture."""
    defers: Annotated[
        list[DeferralShape], BeforeValidator(_as_list, json_schema_input_type=DeferralShape | list[DeferralShape])
    ] = []
    """Concepts that it leaves to another track on purpose."""
    news: Annotated[list[NewsShape], BeforeValidator(_as_list, json_schema_input_type=NewsShape | list[NewsShape])] = []
    """What is new in it, by days."""
    was: list[str] = []
    """Its former ids as `track/module`, the oldest first: their addresses lead here."""


class LessonShape(PageShape):
    """What a lesson teaches."""

    teaches: Concepts = {}
    """The concepts that it explains: id and definition."""
    minutes: Annotated[int, Field(ge=1, le=240)] | None = None
    """How long its author expects reading to take."""


class PlainShape(PageShape):
    """A page of docs/. Keys that only the host's theme reads pass through."""

    model_config = ConfigDict(extra="allow")

    title: Text = ""
    """Its name, where it is not the heading of level 1."""
    description: Text = ""
    """One line about it, for search engines."""
    audience: Literal["learners", "authors"] = "learners"
    """For whom it is: pages for authors are a part of the site of their own."""


RESERVED = ("kind", "html_title", "track", "track_number", "module", "previous_url", "next_url")
"""By these the site's own templates know a page of a module, and its neighbors."""
SHAPES: dict[Kind, type[PageShape]] = {
    "overview": OverviewShape,
    "lesson": LessonShape,
    "practice": PageShape,
    "cheatsheet": PageShape,
    "plain": PlainShape,
}


def find_reserved(document: Document) -> Iterator[Finding]:
    """Keys of a page of docs/ that the site sets itself: what stands there would be taken for its own."""
    for key in document.value if isinstance(document.value, dict) else ():
        if key in RESERVED:
            message = f'"{key}" is a key that the site sets itself: what stands here has no effect.'
            yield Finding(document.locate((key,)), message, "remove the line, or give the key another name", CODE)


def find_home_for_authors(front: PageShape, document: Document) -> Iterator[Finding]:
    """The home page is where learners come in, so that it is for them."""
    if is_for_authors(front):
        message = "the home page is for learners: it can't be among the pages for authors."
        yield Finding(document.locate(("audience",)), message, "remove the line", CODE)


def is_for_authors(front: PageShape) -> bool:
    return isinstance(front, PlainShape) and front.audience == "authors"


def split_front_matter(text: str, path: str) -> tuple[str, str, int, list[Finding]]:
    """YAML, Markdown, and the line where the Markdown begins. A page may have no front matter."""
    if not re.match(r"---[ ]*\n", text):
        return "", text, 1, []
    found = _FENCE.match(text)
    if not found:
        message = "the front matter opens with `---` here and never closes."
        return "", "", 1, [Finding(Source(path, 1), message, "close it with a line `---`", CODE)]
    return found["yaml"], text[found.end() :], text.count("\n", 0, found.end()) + 1, []
