"""Says of values that don't fit their shape where they stand, what belongs there, and what was probably meant."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from trackbook.issue import find_close, suggest
from trackbook.model import Finding, Keys, PythonName, suggest_slug
from trackbook.reading.document import Document

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


def describe_misfit(detail: ErrorDetails, model: type[BaseModel], document: Document, what: str, code: str) -> Finding:
    loc, kind, given = detail["loc"], detail["type"], describe(detail["input"])
    keys = find_present(document.value, loc)
    source, name = document.locate(keys), _name_keys(keys, what, document.value)
    around = _name_keys(keys[:-1], what, document.value)
    if loc[-1:] == ("[key]",) or (kind == "invalid_key" and model.model_config.get("extra") == "allow"):
        message = f"the key {given} in {around} is no text to YAML."
        return Finding(source, message, _quote(detail["input"]), code)
    if kind in ("extra_forbidden", "invalid_key"):
        known = _known_keys(model, loc[:-1])
        hint = suggest(str(loc[-1]), known) or f"known keys: {', '.join(known)}"
        named = str(keys[-1]).lower() if isinstance(keys[-1], bool) else keys[-1]
        return Finding(source, f'"{named}" is not a key of {around}.', hint, code)
    if kind == "missing":
        return describe_lack(str(loc[-1]), name, document, keys, code)
    if kind == "slug":
        last = str(detail["input"]).rstrip("/").rpartition("/")[2]  # of a path, which tells where a module stands
        hint = f'write "{suggest_slug(last)}": lower-case letters, digits and single hyphens'
        return Finding(source, f"{given} is not an id.", hint, "id-is-well-formed")
    if kind == "literal_error":
        expected = str(detail["ctx"]["expected"]).replace("'", '"')
        choices = re.findall(r'"([^"]+)"', expected)
        return Finding(
            source, f"{name} is {given}, but can be {expected}.", suggest(given, choices) or f"write {choices[0]}", code
        )
    if kind in _EXPECTED:
        scalar = kind == "string_type" and isinstance(detail["input"], int | float | date)
        written = document.written(keys)
        if scalar and written not in ("", given):
            given = f"{written}, which YAML takes for {given}"
        hint = _quote(detail["input"], written) if scalar else f"write {_EXPECTED[kind]}"
        return Finding(source, f"{name} is {given}, where {_EXPECTED[kind]} belongs.", hint, code)
    if kind == "string_too_short":
        return Finding(source, f"{name} is empty.", "write its text, or remove the line", code)
    if kind == "blank":
        return Finding(source, f"{name} is {given}, which shows nothing.", "write its text, or remove the line", code)
    message = detail["msg"][:1].lower() + detail["msg"][1:].rstrip(".")
    if kind == "told":
        return Finding(source, f"{name}: {message}.", str(detail["ctx"]["hint"]), code)
    return Finding(source, f"{name} is {given}: {message}.", "change the value", code)


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
    if isinstance(value, PythonName):
        return "a name of Python"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _quote(value: object, written: str = "") -> str:
    if isinstance(value, bool) and not written:
        return "put what you typed in quotes: YAML takes yes, no, on and off for true and false"
    return f'put it in quotes: "{written or describe(value)}"'


def describe_lack(missing: str, name: str, document: Document, keys: Keys, code: str) -> Finding:
    return Finding(document.locate(keys), f'{name} lacks "{missing}".', f"add a line `{missing}: …`", code)


def find_meant(loc: Keys, model: type[BaseModel]) -> Keys:
    """The known key that an unknown one may be a misspelling of."""
    return (*loc[:-1], find_close(str(loc[-1]), _known_keys(model, loc[:-1])))


def _name_keys(keys: Keys, what: str, value: Any) -> str:
    """The way to a value as an author sees it: list entries by their id where they have one, else by number."""
    path = ""
    for key in keys:
        listed = isinstance(value, list) and isinstance(key, int)
        value = value[key]
        named = value.get("id") if listed and isinstance(value, dict) else None
        path += f".{named}" if isinstance(named, str) else f"[{int(key) + 1}]" if listed else f".{key}"
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


def find_present(value: Any, loc: Keys) -> Keys:
    """The part of an error's path that exists in the value itself; validators may have added the rest."""
    keys: list[int | str] = []
    for key in loc:
        if isinstance(value, dict):  # a key that is no text, such as 2.5, is told as if it were
            key = next((known for known in value if key in (known, str(known), repr(known))), key)
        in_list = isinstance(value, list) and isinstance(key, int) and key < len(value)
        if not in_list and not (isinstance(value, dict) and key in value):
            break
        value = value[key]
        keys.append(key)
    return tuple(keys)
