"""`lessons/course.yml`: the shape of the only outline."""

import re
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from trackbook.issue import suggest
from trackbook.language import find_language, list_languages
from trackbook.model import MODULE_KINDS, Direction, Kind
from trackbook.reading.shape import Shape, Slug, Text

OUTLINE = "lessons/course.yml"
_LANGUAGE_CODE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def _named(value: Any) -> Any:
    """`concept: definition` is short for `concept: {definition: …}`."""
    return {"definition": value} if isinstance(value, str) else value


def _listed(value: Any) -> Any:
    """A module's folder name is short for `{id: …}`."""
    return {"id": value} if isinstance(value, str) else value


def _check_language(code: str) -> str:
    known = list_languages()
    if not _LANGUAGE_CODE.fullmatch(code) or find_language(code) is None:
        hint = suggest(code, known) or f"write one of {', '.join(known)}"
        message = f'the site has no words in the language "{code}"'
        raise PydanticCustomError("told", "{message}", {"message": message, "hint": hint})
    return code


class ConceptShape(Shape):
    definition: Text
    name: Text | None = None
    match: list[Text] = []


Concepts = dict[Slug, Annotated[ConceptShape, BeforeValidator(_named)]]


class CreditShape(Shape):
    title: Text
    url: Annotated[str, Field(pattern=r"^https?://")] = ""
    authors: list[Text] = []


class ModuleShape(Shape):
    """A written module is its folder's name; a planned one says what it will teach."""

    id: Slug
    title: Text | None = None
    summary: Text | None = None
    teaches: Concepts = {}
    planned: bool = False


class PhaseShape(Shape):
    title: Text
    modules: list[Annotated[ModuleShape, BeforeValidator(_listed)]] = []


class TrackShape(Shape):
    id: Slug
    number: Annotated[int, Field(ge=0)]
    title: Text
    summary: Text | None = None
    builds_on: list[Slug] = []
    source: CreditShape | None = None
    elsewhere: CreditShape | None = None
    teaches: Concepts = {}
    phases: list[PhaseShape] = []


class SectionsShape(Shape):
    """The headings that every page of a kind has."""

    overview: list[Text] = []
    lesson: list[Text] = []
    practice: list[Text] = []
    cheatsheet: list[Text] = []


class OutlineShape(Shape):
    model_config = ConfigDict(json_schema_extra={"required": ["title", "tracks"]})

    id: Text | None = None
    title: Text = "Untitled course"
    summary: str = ""
    language: Annotated[str, AfterValidator(_check_language)] = "en"
    direction: Direction | None = None
    sections: SectionsShape = SectionsShape()
    tracks: list[TrackShape] = []


def list_sections(shape: SectionsShape) -> Mapping[Kind, tuple[str, ...]]:
    return {kind: tuple(getattr(shape, kind)) for kind in MODULE_KINDS}
