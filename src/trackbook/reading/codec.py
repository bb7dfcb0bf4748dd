"""Readings to bytes and back, for the store."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import fields, replace
from functools import cache
from typing import Any, TypeVar, cast, get_type_hints

import msgspec
import zstandard
from pydantic import BaseModel

from trackbook.model import DataFile, Finding, Page
from trackbook.model.page import BODY, HEAD, Fence
from trackbook.reading.data import is_answered
from trackbook.reading.declaring import Declared
from trackbook.reading.files import Content, decode_text
from trackbook.reading.page import PageReading, WidgetType, read_page

_BROKEN = (TypeError, ValueError, LookupError, OverflowError, RecursionError, zstandard.ZstdError)
Value = TypeVar("Value")


def _describe(parts: Iterable[str]) -> Any:
    """The type of a tuple of these parts of a page."""
    hints = get_type_hints(Page)
    return tuple[tuple(hints[part] for part in parts)]  # type: ignore[misc]


_KEPT: Any = tuple[_describe(HEAD), Declared, tuple[Finding, ...], Mapping[str, str], bytes]  # type: ignore[misc]
"""A reading: of its page the head, and the body in a form that takes little room until someone asks for it."""
_GIVEN = [part.name for part in fields(Page) if part.init and part.name in HEAD]
"""What of a page's head does not follow from its body."""
_BODY: Any = tuple[int, _describe(BODY), tuple[str | None, ...]]  # type: ignore[misc]
"""Where in the file the text begins, the parts without what is there already, and the data of each fence as JSON."""


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
    """None when it would not come back as it is, such as with dates in its front matter.

    Of a page's body that is tried with the data of widgets alone: all else in it has types that come back.
    """
    page = reading.page
    bare = replace(page, text="", fences=tuple(replace(fence, data=None) for fence in page.fences))
    try:
        begin = len(decode_text(content)[0]) - len(page.text)
        data = _list_data(page)
        body = msgspec.msgpack.encode((begin, [getattr(bare, part) for part in BODY], data))
        head = [getattr(page, part) for part in HEAD]
        kept = (head, reading.declared, reading.findings, reading.answers, zstandard.compress(body, 1))
        encoded = msgspec.msgpack.encode(kept)
        fences = zip(page.fences, data, strict=True)
        shown = [_read_data(fence, told, page.path, widgets, files) for fence, told in fences]
    except _BROKEN:
        return None
    again = decode_reading(encoded, content, widgets, files)
    if again is None or shown != [fence.data for fence in page.fences]:
        return None
    same = (again.declared, again.findings, again.answers) == (reading.declared, reading.findings, reading.answers)
    return encoded if same and [getattr(again.page, part) for part in HEAD] == head else None


def decode_reading(
    encoded: bytes | None, content: Content, widgets: Mapping[str, WidgetType], files: Mapping[str, DataFile]
) -> PageReading | None:
    """The body of the page comes when someone looks into it.

    None when there is none, or when the course's data would give another one now.
    """
    kept = decode(_KEPT, encoded)
    if not kept:
        return None
    values, declared, findings, answers, body = kept
    if not is_answered(answers, files):
        return None
    head = dict(zip(HEAD, values, strict=True))

    def fetch() -> Page:
        whole = _decode_page(head, body, content, widgets, files)
        return whole or read_page(content, head["kind"], widgets, files).page

    return PageReading(Page.from_head(head, fetch), declared, findings, answers)


def _decode_page(
    head: Mapping[str, Any],
    packed: bytes,
    content: Content,
    widgets: Mapping[str, WidgetType],
    files: Mapping[str, DataFile],
) -> Page | None:
    try:
        body: Any = decode(_BODY, zstandard.decompress(packed))
        begin, values, kept = body
        parts = dict(zip(BODY, values, strict=True))
        for fence, told in zip(parts["fences"], kept, strict=True):
            if told:
                data = _read_data(fence, told, content.name, widgets, files)
                object.__setattr__(fence, "data", data)  # nobody has it yet
    except _BROKEN:
        return None
    parts["text"] = decode_text(content)[0][begin:]
    return Page(**{name: head[name] for name in _GIVEN}, **parts)


def _list_data(page: Page) -> tuple[str | None, ...]:
    """The data of each fence as JSON, with what its author wrote and no more."""
    context = {"page": page.path}
    return tuple(
        fence.data.model_dump_json(exclude_unset=True, context=context) if isinstance(fence.data, BaseModel) else None
        for fence in page.fences
    )


def _read_data(
    fence: Fence, told: str | None, path: str, widgets: Mapping[str, WidgetType], files: Mapping[str, DataFile]
) -> object:
    """The data of a widget on the page at a path, from its JSON."""
    context = {"page": path, "files": files}
    return widgets[fence.language].data.model_validate_json(told, context=context) if told else None


@cache
def _load_decoder(kind: Hashable) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(kind, dec_hook=lambda _, value: value)
