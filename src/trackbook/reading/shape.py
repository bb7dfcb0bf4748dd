"""Fits plain values into pydantic models, and leaves out what doesn't fit."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Generic, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, WithJsonSchema
from pydantic_core import ErrorDetails, PydanticCustomError

from trackbook.model import SLUG_SCHEMA, Finding, Keys, is_slug
from trackbook.model.blank import shows_nothing
from trackbook.reading.document import Document
from trackbook.reading.misfits import describe, describe_lack, describe_misfit, find_meant, find_present

_STAND_INS = {"title": "Untitled", "number": 1_000_000, "definition": "…"}
"""Take the place of a required value that doesn't fit, so that one mistake in a part doesn't lose the whole part."""
ModelT = TypeVar("ModelT", bound=BaseModel)


class Shape(BaseModel):
    """What `course.yml` and front matter hold to: no unknown keys, no guessed types.

    A model that stands for a whole document gives its fields defaults and names the required ones in
    `json_schema_extra`: a page that lacks its title is still a page.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, use_attribute_docstrings=True, defer_build=True)


def _check_slug(value: str) -> str:
    if not is_slug(value):
        raise PydanticCustomError("slug", "not a slug")
    return value


Slug = Annotated[str, AfterValidator(_check_slug), WithJsonSchema(SLUG_SCHEMA)]


def check_shows(value: str) -> str:
    if shows_nothing(value):
        raise PydanticCustomError("blank", "shows nothing")
    return value


Text = Annotated[str, Field(min_length=1), AfterValidator(check_shows)]


@dataclass(frozen=True, slots=True)
class Fitted(Generic[ModelT]):
    """The value that fits, the document without what doesn't, and a finding for each place left out.

    `value` is None when nothing usable remains, which a model whose fields all have defaults never gives.
    """

    value: ModelT | None
    document: Document
    findings: tuple[Finding, ...]


def fit(
    model: type[ModelT], document: Document, what: str, code: str, context: Mapping[str, object] | None = None
) -> Fitted[ModelT]:
    """The document as `model`. `what` names it in messages, `code` is the check they belong to.

    `context` is what the model's validators may ask for.
    """
    findings: list[Finding] = []
    if not isinstance(document.value, dict):
        message = f"{what} wants `key: value` lines, but this is {describe(document.value)}."
        findings.append(Finding(document.locate(()), message, "write each value after its key", code))
        document = replace(document, value={}, node=None)
    lacking = [(name,) for name in _required(model) if document.node is not None and name not in document.value]
    value, details = _validate(model, document, context)
    meant = {find_meant(detail["loc"], model) for detail in details if detail["type"] == "extra_forbidden"}
    findings += [describe_lack(keys[0], what, document, (), code) for keys in lacking if keys not in meant]
    told = [detail for detail in details if detail["type"] != "missing" or detail["loc"] not in meant]
    findings += [describe_misfit(detail, model, document, what, code) for detail in told]
    while details and (repaired := _repair(document, details)):  # what fails now fails because of what was left out
        document = repaired
        value, details = _validate(model, document, context)
    return Fitted(value, document, tuple(dict.fromkeys(findings)))


def _validate(
    model: type[ModelT], document: Document, context: Mapping[str, object] | None
) -> tuple[ModelT | None, list[ErrorDetails]]:
    """The document as `model`, or what doesn't fit."""
    try:
        return model.model_validate(document.value, context=context), []
    except ValidationError as error:
        return None, error.errors(include_url=False)


def _required(model: type[BaseModel]) -> list[str]:
    extra = model.model_config.get("json_schema_extra")
    return (
        [str(name) for name in extra["required"]]
        if isinstance(extra, dict) and isinstance(extra["required"], list)
        else []
    )


def _repair(document: Document, details: Sequence[ErrorDetails]) -> Document | None:
    """The document without what doesn't fit, or with a stand-in for it; None when nothing would remain."""
    misfits = {find_present(document.value, detail["loc"]) for detail in details if detail["type"] != "missing"}
    additions: list[tuple[Keys, str, object]] = []
    for detail in details:
        keys = find_present(document.value, detail["loc"])
        if detail["type"] == "missing" and detail["loc"][-1] in _STAND_INS:
            additions.append((keys, str(detail["loc"][-1]), _STAND_INS[str(detail["loc"][-1])]))
        elif detail["type"] == "missing":
            misfits.add(keys)
    return None if () in misfits else document.repair(additions, _outermost(misfits))


def _outermost(misfits: Collection[Keys]) -> list[Keys]:
    """Those that stand in no other."""
    return [keys for keys in misfits if not any(keys[:size] in misfits for size in range(1, len(keys)))]
