"""`lessons/course.yml`: the shape of the only outline."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from trackbook.issue import find_close
from trackbook.language.words import find_language, find_named, list_languages
from trackbook.model import MODULE_KINDS, Direction, Kind
from trackbook.reading.shape import Shape, Slug, Text

OUTLINE = "lessons/course.yml"
UNTITLED = "Untitled course"
_LANGUAGE_CODE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def _refuse_number(value: Any) -> Any:
    """What YAML makes of `2024` or `yes`, where text is short for keys: it wants quotes."""
    if isinstance(value, int | float | date):
        raise PydanticCustomError("string_type", "text belongs here")
    return value


def _named(value: Any) -> Any:
    """`concept: definition` is short for `concept: {definition: …}`."""
    return {"definition": value} if isinstance(value, str) else _refuse_number(value)


def _listed(value: Any) -> Any:
    """A module's folder name is short for `{id: …}`."""
    return {"id": value} if isinstance(value, str) else _refuse_number(value)


def _check_language(code: str) -> str:
    if not _LANGUAGE_CODE.fullmatch(code) or find_language(code) is None:
        known = list_languages()
        near = find_named(code) or find_close(code, known)
        there = (
            f"it has words in {' and '.join(known)}: write one; your text may be in another, with those words around it"
        )
        message = f'the site has no words in the language "{code}"'
        told = {"message": message, "hint": f'Did you mean "{near}"?' if near else there}
        raise PydanticCustomError("told", "{message}", told)
    return code


class ConceptShape(Shape):
    """A concept that is taught here."""

    definition: Text
    """What it is, in a sentence that can be read alone."""
    name: Text | None = None
    """Its name, where that is not the id with spaces for hyphens."""
    match: list[Text] = []
    """Other spellings by which it is found in texts, such as a plural."""


Concepts = dict[Slug, Annotated[ConceptShape, BeforeValidator(_named, json_schema_input_type=Text | ConceptShape)]]


class CreditShape(Shape):
    """Where something comes from."""

    title: Text
    """The name of the work."""
    url: Annotated[str, Field(pattern=r"^https?://")] = ""
    """Its address."""
    authors: list[Text] = []
    """Their names."""


class ModuleShape(Shape):
    """A written module is its folder's name; a planned one says what it will teach."""

    id: Slug
    """The name of its folder."""
    title: Text | None = None
    """Of a planned module; a written one has it in its overview."""
    summary: Text | None = None
    """One line that makes a learner want it. Of a planned module."""
    teaches: Concepts = {}
    """The concepts that a planned module will teach: id and definition."""
    planned: bool = False
    """Counted and shown without a link; other pages may promise what it will teach."""


_Listed = Annotated[ModuleShape, BeforeValidator(_listed, json_schema_input_type=Slug | ModuleShape)]


class PhaseShape(Shape):
    """A stretch of a track with one aim."""

    title: Text
    """What learners read above its modules."""
    modules: list[_Listed] = []
    """Its modules in order: names of folders, or planned ones."""


class TrackShape(Shape):
    """An ordered way through phases, or one that is taught elsewhere."""

    id: Slug
    """The name of its folder below `lessons/` and `cheatsheets/`."""
    number: Annotated[int, Field(ge=0)]
    """How it is called: "Track 4"."""
    title: Text
    """Its name."""
    summary: Text | None = None
    """One line about it."""
    builds_on: list[Slug] = []
    """The ids of tracks whose concepts its modules may need."""
    source: CreditShape | None = None
    """What it follows, such as a lecture course."""
    elsewhere: CreditShape | None = None
    """Where it is taught, when that is outside of this course."""
    teaches: Concepts = {}
    """What later tracks may assume, of a track that is taught elsewhere: ids and definitions."""
    phases: list[PhaseShape] = []
    """Its phases in order."""


class SectionsShape(Shape):
    """The headings that every page of a kind has."""

    overview: list[Text] = []
    """Those of overviews."""
    lesson: list[Text] = []
    """Those of lessons."""
    practice: list[Text] = []
    """Those of practice pages."""
    cheatsheet: list[Text] = []
    """Those of cheatsheets."""


class OutlineShape(Shape):
    """The outline of a course: the only place where order lives."""

    model_config = ConfigDict(json_schema_extra={"required": ["title", "tracks"]})

    id: Text | None = None
    """Tells its cards and learners' records from those of other courses; else the title does."""
    was: list[Text] = []
    """Its former ids, or titles where it had no id: records that learners exported then are still taken."""
    title: Text = UNTITLED
    """The name of the course."""
    summary: Text = ""
    """One line about it."""
    language: Annotated[str, AfterValidator(_check_language)] = "en"
    """The code of the language of the site's own words, such as `en` or `de`."""
    direction: Direction | None = None
    """Which way its text runs, where that is not the way of its language."""
    sections: SectionsShape = SectionsShape()
    """By kind of page, the headings that none of them may lack."""
    tracks: list[TrackShape] = []
    """All tracks, in order."""


def list_sections(shape: SectionsShape) -> Mapping[Kind, tuple[str, ...]]:
    return {kind: tuple(getattr(shape, kind)) for kind in MODULE_KINDS}
