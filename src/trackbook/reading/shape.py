"""Fits plain values into pydantic models, and says what doesn't fit like a good editor."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any, Generic, TypeVar, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, WithJsonSchema
from pydantic_core import ErrorDetails, PydanticCustomError

from trackbook.issue import find_close, suggest
from trackbook.model import SLUG_SCHEMA, Finding, is_slug, suggest_slug
from trackbook.reading.yaml import Document

_EXPECTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "list_type": "a list",
    "tuple_type": "a list",
    "dict_type": "keys with values",
    "model_type": "keys with values",
    "date_type": "a date such as 2026-01-31",
}
_STAND_INS = {"title": "Untitled", "number": 1_000_000, "definition": "…"}
"""Take the place of a required value that doesn't fit, so that one mistake in a part doesn't lose the whole part."""
Keys = tuple[int | str, ...]
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
Text = Annotated[str, Field(min_length=1)]


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
    meant = {_find_meant(detail["loc"], model) for detail in details if detail["type"] == "extra_forbidden"}
    findings += [_lacks(keys[0], what, document, (), code) for keys in lacking if keys not in meant]
    told = [detail for detail in details if detail["type"] != "missing" or detail["loc"] not in meant]
    findings += [_describe_error(detail, model, document, what, code) for detail in told]
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


def describe(value: object) -> str:
    """A value as a message quotes it."""
    if value is None:
        return "empty"
    if isinstance(value, str):
        return f'"{value if len(value) <= 60 else value[:57] + "…"}"'
    if isinstance(value, dict):
        return "a set of keys"
    if isinstance(value, list | tuple):
        return "a list"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _required(model: type[BaseModel]) -> list[str]:
    extra = model.model_config.get("json_schema_extra")
    return (
        [str(name) for name in extra["required"]]
        if isinstance(extra, dict) and isinstance(extra["required"], list)
        else []
    )


def _present(value: Any, loc: Keys) -> Keys:
    """The part of an error's path that exists in the value itself; validators may have added the rest."""
    keys: list[int | str] = []
    for key in loc:
        in_list = isinstance(value, list) and isinstance(key, int) and key < len(value)
        if in_list or (isinstance(value, dict) and key in value):
            value = value[key]
            keys.append(key)
        else:
            break
    return tuple(keys)


def _repair(document: Document, details: Sequence[ErrorDetails]) -> Document | None:
    """The document without what doesn't fit, or with a stand-in for it; None when nothing would remain."""
    misfits = {_present(document.value, detail["loc"]) for detail in details if detail["type"] != "missing"}
    additions: list[tuple[Keys, str, object]] = []
    for detail in details:
        keys = _present(document.value, detail["loc"])
        if detail["type"] == "missing" and detail["loc"][-1] in _STAND_INS:
            additions.append((keys, str(detail["loc"][-1]), _STAND_INS[str(detail["loc"][-1])]))
        elif detail["type"] == "missing":
            misfits.add(keys)
    return None if () in misfits else document.repair(additions, _outermost(misfits))


def _outermost(misfits: Collection[Keys]) -> list[Keys]:
    """Those that stand in no other."""
    return [keys for keys in misfits if not any(keys[:size] in misfits for size in range(1, len(keys)))]


def _describe_error(detail: ErrorDetails, model: type[BaseModel], document: Document, what: str, code: str) -> Finding:
    loc, kind, given = detail["loc"], detail["type"], describe(detail["input"])
    keys = _present(document.value, loc)
    source, name = document.locate(keys), _name_keys(keys, what, document.value)
    if kind == "extra_forbidden":
        known = _known_keys(model, loc[:-1])
        hint = suggest(str(loc[-1]), known) or f"known keys: {', '.join(known)}"
        return Finding(
            source, f'"{loc[-1]}" is not a key of {_name_keys(keys[:-1], what, document.value)}.', hint, code
        )
    if kind == "missing":
        return _lacks(str(loc[-1]), name, document, keys, code)
    if kind == "slug":
        hint = f'write "{suggest_slug(str(detail["input"]))}": lower-case letters, digits and single hyphens'
        return Finding(source, f"{given} is not an id.", hint, "id-is-well-formed")
    if kind == "literal_error":
        expected = str(detail["ctx"]["expected"]).replace("'", '"')
        choices = re.findall(r'"([^"]+)"', expected)
        return Finding(
            source, f"{name} is {given}, but can be {expected}.", suggest(given, choices) or f"write {choices[0]}", code
        )
    if kind in _EXPECTED:
        scalar = kind == "string_type" and isinstance(detail["input"], int | float | date)
        hint = f'put it in quotes: "{given}"' if scalar else f"write {_EXPECTED[kind]}"
        return Finding(source, f"{name} is {given}, where {_EXPECTED[kind]} belongs.", hint, code)
    if kind == "string_too_short":
        return Finding(source, f"{name} is empty.", "write its text, or remove the line", code)
    message = detail["msg"][:1].lower() + detail["msg"][1:].rstrip(".")
    if kind == "told":
        return Finding(source, f"{name}: {message}.", str(detail["ctx"]["hint"]), code)
    return Finding(source, f"{name} is {given}: {message}.", "change the value", code)


def _find_meant(loc: Keys, model: type[BaseModel]) -> Keys:
    """The known key that an unknown one may be a misspelling of."""
    return (*loc[:-1], find_close(str(loc[-1]), _known_keys(model, loc[:-1])))


def _lacks(missing: str, name: str, document: Document, keys: Keys, code: str) -> Finding:
    return Finding(document.locate(keys), f'{name} lacks "{missing}".', f"add a line `{missing}: …`", code)


def _name_keys(keys: Keys, what: str, value: Any) -> str:
    """The way to a value as an author sees it: list entries by their id where they have one, else by number."""
    path = ""
    for key in keys:
        value = value[key]
        named = value.get("id") if isinstance(key, int) and isinstance(value, dict) else None
        path += f".{named}" if isinstance(named, str) else f"[{key + 1}]" if isinstance(key, int) else f".{key}"
    return f'"{path.lstrip(".")}"' if path else what


def _known_keys(model: type[BaseModel], loc: Keys) -> list[str]:
    """The keys of the model that `loc` leads to."""
    for step in loc:
        if field := model.model_fields.get(str(step)):
            model = next(_models_in(field.annotation), model)
    return list(model.model_fields)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)
