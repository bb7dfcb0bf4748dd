"""What stands between the `---` lines of a page, one shape a kind of page."""

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, StringConstraints

from trackbook.model import Finding, Kind, Source
from trackbook.reading.outline import Concepts, CreditShape
from trackbook.reading.shape import Shape, Slug, Text

CODE = "front-matter-fits"
_FENCE = re.compile(r"---[ ]*\n(?P<yaml>.*?)^(---|\.\.\.)[ ]*(\n|\Z)", re.DOTALL | re.MULTILINE)


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, dict) else value


class DeferralShape(Shape):
    to: Slug
    concepts: Annotated[list[Slug], Field(min_length=1)]


class PageShape(Shape):
    """Any page. `allow` names a check that this page opts out of, with the reason."""

    allow: dict[str, Annotated[Text, StringConstraints(strip_whitespace=True)]] = {}
    updated: date | None = None


class OverviewShape(PageShape):
    model_config = ConfigDict(json_schema_extra={"required": ["title", "summary", "objectives"]})

    title: str = ""
    summary: str = ""
    objectives: dict[Slug, Text] = {}
    needs: list[Slug] = []
    difficulty: Literal["gentle", "standard", "demanding"] = "standard"
    math: Literal["none", "light", "full"] = "none"
    practice_minutes: Annotated[int, Field(ge=1, le=240)] = 10
    source: CreditShape | None = None
    defers: Annotated[list[DeferralShape], BeforeValidator(_as_list)] = []
    was: list[str] = []


class LessonShape(PageShape):
    teaches: Concepts = {}
    minutes: Annotated[int, Field(ge=1, le=240)] | None = None


class PlainShape(PageShape):
    """A page of docs/. Keys that only the host's theme reads pass through."""

    model_config = ConfigDict(extra="allow")

    title: str = ""
    description: str = ""


SHAPES: dict[Kind, type[PageShape]] = {
    "overview": OverviewShape,
    "lesson": LessonShape,
    "practice": PageShape,
    "cheatsheet": PageShape,
    "plain": PlainShape,
}


def split_front_matter(text: str, path: str) -> tuple[str, str, int, list[Finding]]:
    """YAML, Markdown, and the line where the Markdown begins. A page may have no front matter."""
    if not re.match(r"---[ ]*\n", text):
        return "", text, 1, []
    found = _FENCE.match(text)
    if not found:
        message = "the front matter opens with `---` here and never closes."
        return "", "", 1, [Finding(Source(path, 1), message, "close it with a line `---`", CODE)]
    return found["yaml"], text[found.end() :], text.count("\n", 0, found.end()) + 1, []
