"""Readings to bytes and back, for the store."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, TypeVar, cast

import msgspec
from pydantic import BaseModel

from trackbook.model import DataFile, Page
from trackbook.reading.data import is_answered
from trackbook.reading.files import Content, decode_text
from trackbook.reading.page import PageReading, WidgetType

_BROKEN = (TypeError, ValueError, LookupError, OverflowError, RecursionError)
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class _Kept:
    """A reading without what is there already: its text begins at `begin` in the file, a widget's data is JSON."""

    reading: PageReading
    begin: int
    data: tuple[str | None, ...]


def encode(value: object) -> bytes | None:
    """None when it would not come back as it is."""
    try:
        encoded = msgspec.msgpack.encode(value)
        return encoded if decode(type(value), encoded) == value else None
    except _BROKEN:
        return None


def decode(kind: type[Value], encoded: bytes | None) -> Value | None:
    try:
        return _load_decoder(cast(Hashable, kind)).decode(encoded) if encoded else None
    except _BROKEN:
        return None


def encode_reading(
    reading: PageReading, content: Content, widgets: Mapping[str, WidgetType], files: Mapping[str, DataFile]
) -> bytes | None:
    """None when it would not come back as it is, such as with dates in its front matter."""
    page = reading.page
    bare = replace(page, text="", fences=tuple(replace(fence, data=None) for fence in page.fences))
    try:
        data = _list_data(page)
        begin = len(decode_text(content)[0]) - len(page.text)
        encoded = msgspec.msgpack.encode(_Kept(replace(reading, page=bare), begin, data))
    except _BROKEN:
        return None
    again = decode_reading(encoded, content, widgets, files)
    return encoded if again == reading else None


def decode_reading(
    encoded: bytes | None, content: Content, widgets: Mapping[str, WidgetType], files: Mapping[str, DataFile]
) -> PageReading | None:
    """None when there is none, or when the course's data would give another one now."""
    kept = decode(_Kept, encoded)
    if not kept or not is_answered(kept.reading.answers, files):
        return None
    page, context = kept.reading.page, {"page": content.name, "files": files}
    try:
        for fence, data in zip(page.fences, kept.data, strict=True):
            if data:
                _complete(fence, "data", widgets[fence.language].data.model_validate_json(data, context=context))
    except _BROKEN:
        return None
    _complete(page, "text", decode_text(content)[0][kept.begin :])
    return kept.reading


def _list_data(page: Page) -> tuple[str | None, ...]:
    """The data of each fence as JSON, with what its author wrote and no more."""
    context = {"page": page.path}
    return tuple(
        fence.data.model_dump_json(exclude_unset=True, context=context) if isinstance(fence.data, BaseModel) else None
        for fence in page.fences
    )


def _complete(value: object, name: str, part: object) -> None:
    """Put into a frozen value, which nobody has yet, what it lacks."""
    object.__setattr__(value, name, part)


@cache
def _load_decoder(kind: Hashable) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(kind, dec_hook=lambda _, value: value)
