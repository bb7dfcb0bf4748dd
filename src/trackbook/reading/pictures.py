"""Whether the pictures of a course are pictures, told by how they begin and end: none is decoded."""

import os
import posixpath
from collections.abc import Mapping
from pathlib import Path
from xml.parsers import expat

from trackbook.model import PICTURES, Finding, Source
from trackbook.reading.drawings import find_activity
from trackbook.reading.files import MOST_BYTES, Content
from trackbook.reading.xml_files import XML

CODE = "picture-can-be-shown"
MOST_PIXELS = 150_000_000
"""A browser takes four bytes for each."""
_ENDS = 65_536
"""Bytes of a picture's beginning and of its end that are looked at."""
_WHOLE = (".svg", *XML)
"""What is read whole."""
_FORMS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".gif": "GIF", ".webp": "WebP", ".avif": "AVIF"}
_NAMES = {"PNG": ".png", "JPEG": ".jpg", "GIF": ".gif", "WebP": ".webp", "AVIF": ".avif"}


def is_picture(path: str) -> bool:
    return path.lower().endswith(PICTURES)


def read_ends(root: Path, name: str) -> Content:
    """What a picture begins and ends with; all of a drawing, and of other XML."""
    try:
        with (root / name).open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            whole = size <= 2 * _ENDS or (name.lower().endswith(_WHOLE) and size <= MOST_BYTES)
            data = file.read() if whole else file.read(_ENDS)
            if not whole:
                file.seek(-_ENDS, os.SEEK_END)
                data += file.read(_ENDS)
        return Content(name, data)
    except OSError as error:
        message = f'"{name}" can\'t be read: {error.strerror or error}.'
        hint = "see that it is there, and that you may read it"
        return Content(name, b"", Finding(Source(name), message, hint, "file-can-be-read"))


def look_at_picture(content: Content, size: int) -> list[Finding]:
    """What is wrong with a picture of this many bytes."""
    name, data = content.name, content.data
    end = posixpath.splitext(name)[1].lower()

    def tell(fact: str, hint: str, line: int = 1) -> list[Finding]:
        return [Finding(Source(name, line), f'"{name}" {fact}.', hint, CODE)]

    if content.trouble:
        return [content.trouble]
    if not data:
        return tell("is empty", "save the picture again, or remove the file")
    if end == ".svg":
        trouble = _look_at_drawing(data) if len(data) == size else None
        return tell(*trouble) if trouble else find_activity(name, data)
    form = _name_form(data)
    if not form:
        return tell("is no picture, whatever its name says", f"save it as {_FORMS[end]} in a program for pictures")
    if form != _FORMS[end]:
        hint = f"rename it to end in {_NAMES[form]}, or save it as {_FORMS[end]}"
        return tell(f"is a picture in the form {form}", hint)
    if not _is_whole(form, data, size):
        return tell("breaks off before its end", "copy or save the picture again")
    width, height = _measure(form, data)
    if width * height > MOST_PIXELS:
        fact = f"is of {width:,} × {height:,} pixels, which no browser shows"
        return tell(fact, "scale it to 1,600 pixels across")
    return []


def _name_form(data: bytes) -> str:
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "WebP"
    if data[4:8] == b"ftyp":
        return "AVIF"
    starts: Mapping[str, bytes] = {"PNG": b"\x89PNG\r\n\x1a\n", "JPEG": b"\xff\xd8\xff", "GIF": b"GIF8"}
    return next((form for form, start in starts.items() if data.startswith(start)), "")


def _is_whole(form: str, data: bytes, size: int) -> bool:
    """Whether the end is there; programs may have put more after it."""
    if form == "WebP":
        return size >= int.from_bytes(data[4:8], "little") + 8
    ends = {"PNG": b"IEND", "JPEG": b"\xff\xd9", "GIF": b"\0;"}
    return form not in ends or ends[form] in data[-_ENDS:]


def _measure(form: str, data: bytes) -> tuple[int, int]:
    """Width and height as the head of the picture says, of forms in which few bytes may claim many pixels."""
    if form == "PNG":
        return int.from_bytes(data[16:20]), int.from_bytes(data[20:24])
    if form == "GIF":
        return int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little")
    if form == "JPEG":
        return _measure_jpeg(data)
    return 0, 0


def _measure_jpeg(data: bytes) -> tuple[int, int]:
    """As its frame says; segments before it give their lengths."""
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        if 0xC0 <= data[at + 1] <= 0xCF and data[at + 1] not in (0xC4, 0xC8, 0xCC):
            return int.from_bytes(data[at + 7 : at + 9]), int.from_bytes(data[at + 5 : at + 7])
        at += 2 + int.from_bytes(data[at + 2 : at + 4])
    return 0, 0


class _NestedEntityError(Exception):
    """An entity is made of others: few lines may unfold to millions."""


def _look_at_drawing(data: bytes) -> tuple[str, str, int] | None:
    """What is wrong with an SVG, what to do, and in which line."""
    parser = expat.ParserCreate()
    root: list[tuple[str, Mapping[str, str]]] = []

    def begin(tag: str, attributes: Mapping[str, str]) -> None:
        root.append((tag, attributes))
        parser.StartElementHandler = None

    def declare(_name: str, _parameter: int, value: str | None, *_: object) -> None:
        if value and "&" in value:
            raise _NestedEntityError

    parser.StartElementHandler, parser.EntityDeclHandler = begin, declare
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        hint = "mend the line, or save the drawing again: browsers show nothing of it"
        return f"is no whole SVG: {str(error).partition(':')[0]}", hint, error.lineno
    except _NestedEntityError:
        hint = "save the drawing without a DOCTYPE"
        return "has entities made of entities, which could unfold without end", hint, parser.CurrentLineNumber
    tag, attributes = root[0]
    if tag.rpartition(":")[2] != "svg":
        return f"is no SVG: its outermost element is <{tag[:40]}>", "save it as SVG in a program for drawings", 1
    if "viewBox" not in attributes and not {"width", "height"} <= attributes.keys():
        return "has no size", 'write viewBox="0 0 WIDTH HEIGHT" into its <svg …>', 1
    return None
