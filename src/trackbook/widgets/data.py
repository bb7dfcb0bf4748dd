"""What the data models of all widgets share."""

import json
import posixpath
import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from hashlib import sha256
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    InstanceOf,
    PlainSerializer,
    SerializationInfo,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from trackbook.language.words import Language
from trackbook.model import SLUG_SCHEMA, DataFile, is_slug
from trackbook.model.blank import shows_nothing

MARKDOWN = "markdown"
"""Marks a field whose text is Markdown."""

_OBJECTIVE = re.compile(r"([a-z0-9-]+/[a-z0-9-]+#)?[a-z0-9]+(-[a-z0-9]+)*")
ItemPlace = tuple[str, tuple[str, ...], tuple[int | str, ...]]


def _check_slug(value: str) -> str:
    if not is_slug(value):
        raise PydanticCustomError("slug", "not a slug")
    return value


def _check_objective(value: str) -> str:
    if not _OBJECTIVE.fullmatch(value):
        raise tell(
            "this names no objective", "write the id of one of the module's objectives, or `track/module#objective`"
        )
    return value


def tell(message: str, hint: str) -> PydanticCustomError:
    """An error that an author can act on: the fact, and what to type instead."""
    return PydanticCustomError("told", "{message}", {"message": message, "hint": hint})


def _check_shows(value: str) -> str:
    if shows_nothing(value):
        raise PydanticCustomError("blank", "shows nothing")
    return value


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _look_up(value: Any, info: ValidationInfo) -> Any:
    """The file at a path as the page writes it, of those that whoever reads the page hands over."""
    if not isinstance(value, str):
        return value
    context = info.context or {"page": "", "files": {}}
    files: Mapping[str, DataFile] = context["files"]
    path = posixpath.normpath(posixpath.join(posixpath.dirname(context["page"]), value))
    if path not in files:
        near = get_close_matches(path, files, 1, 0.8)
        there = posixpath.relpath(near[0], posixpath.dirname(context["page"]) or ".") if near else ""
        hint = f'Did you mean "{there}"?' if near else "write the way from this page to a JSON file below `lessons/`"
        raise tell(f'"{value}" is no data of this course', hint)
    return files[path]


def _name_file(file: DataFile, info: SerializationInfo) -> str:
    """The path as the page would write it."""
    return posixpath.relpath(file.path, posixpath.dirname((info.context or {"page": ""})["page"]) or ".")


File = Annotated[
    InstanceOf[DataFile], BeforeValidator(_look_up, json_schema_input_type=str), PlainSerializer(_name_file)
]
"""A JSON file of the course, which an author names by the way to it from the page."""
Id = Annotated[str, AfterValidator(_check_slug), WithJsonSchema(SLUG_SCHEMA)]
Shown = Annotated[str, Field(min_length=1), AfterValidator(_check_shows)]
Text = Annotated[Shown, MARKDOWN]
Texts = Annotated[list[Shown], MARKDOWN]
_Objective = Annotated[str, AfterValidator(_check_objective)]
Practises = Annotated[list[_Objective], BeforeValidator(_as_list, json_schema_input_type=str | list[_Objective])]


class Part(BaseModel):
    """A part of a widget's data: no unknown keys, no guessed types."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)


class WidgetData(Part):
    """The data of one widget, which is itself one item to practise unless it says otherwise."""

    id: Id
    practises: Practises = Field(default_factory=list)
    was: list[Id] = Field(default_factory=list)

    @property
    def seconds(self) -> int:
        """How long a learner spends on it: two minutes where there is something to try out."""
        return 120

    @property
    def asked(self) -> object:
        """What an answer is an answer to, as plain values: where it changes, no former answer is put in again."""
        return None

    @property
    def key(self) -> str:
        """Names what is asked; "" where nothing is."""
        return name_key(self.asked) if self.asked else ""

    def list_items(self) -> list[ItemPlace]:
        return [(self.id, tuple(self.practises), ("id",))]

    def list_files(self) -> dict[str, str]:
        """What its script loads when a learner asks for more: the text of each file by its path in the course."""
        return {}

    def compute_view(self, render: Callable[[str], str], language: Language) -> dict[str, object]:
        """What the fallback gets beside the data, or in place of some of it; `render` makes HTML of Markdown."""
        del render, language
        return {}


def name_key(asked: object) -> str:
    """A short name for plain values, another one for others."""
    return sha256(json.dumps(asked, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:10]


def compact_html(html: str) -> str:
    """The same HTML without blank lines or indentation, so that every Markdown parser takes it as one block."""
    kept = re.sub(r"<(pre|textarea)\b.*?</\1>", lambda found: found[0].replace("\n", "&#10;"), html, flags=re.DOTALL)
    return "\n".join(line.strip() for line in kept.splitlines() if line.strip())
