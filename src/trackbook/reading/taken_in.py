"""The files that pages take in by `--8<-- "file"`: whether each is there."""

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from trackbook.issue import find_close
from trackbook.model import Finding, Source
from trackbook.reading.files import Content, decode_text

_MARK = re.compile(r"""^[ \t]*(;*)-+8<-+(?:[ \t]+(?:"((?:\\"|[^"\n])+?)"|'((?:\\'|[^'\n])+?)'))?$""")
_NAME = re.compile(r"(.*?)(?::-?\d*(?:[:,]-?\d*)*|:([a-z][\w-]*))?", re.IGNORECASE)
"""A path, and what of the file: lines, or a section."""
_CODE = "snippet-is-there"


class TakenIn(NamedTuple):
    """A file that a page takes in, in which line, and the section of it that is meant."""

    path: str
    section: str
    source: Source


def list_taken_in(content: Content) -> list[TakenIn]:
    """As `pymdownx.snippets` reads it, which looks into code as well: a name in its line, or one a line in a block."""
    if b"8<-" not in content.data or not content.name.endswith(".md"):
        return []
    return list(_list(decode_text(content)[0].split("\n"), content.name))


def find_missing(
    named: Iterable[TakenIn], files: Iterable[str], read: Callable[[str], Content | None]
) -> Iterator[Finding]:
    """A finding for each file that is not there; `files` are those of the course, `read` gives any that is below it."""
    known = [*files]
    for path, section, source in named:
        full = posixpath.normpath(path)
        if re.match(r"https?://", path, re.IGNORECASE):
            hint = "save the file in the course, and name it by its path there"
            yield Finding(
                source, f'"{path}" is an address, and a page takes in files of the course alone.', hint, _CODE
            )
        elif full.startswith(("/", "..")):
            hint = "copy the file into the course, and name it by its path from the course's folder"
            yield Finding(source, f'"{path}" lies outside of the course, so the page leaves it out.', hint, _CODE)
        elif (content := read(full)) is None:
            close = find_close(full, known)
            hint = f'Did you mean "{close}"?' if close else "name a file by its path from the course's folder"
            yield Finding(source, f'there is no file "{path}" to take in, so the page leaves it out.', hint, _CODE)
        elif content.trouble:
            yield Finding(source, content.trouble.message, content.trouble.hint, _CODE)
        elif section and f"[start:{section}]" not in re.sub(r"\s", "", content.data.decode("utf-8", "replace")):
            hint = f"write a line `--8<-- [start:{section}]` in it, and below `--8<-- [end:{section}]`"
            yield Finding(source, f'"{path}" has no section "{section}" to take in.', hint, _CODE)


def _list(lines: Iterable[str], page: str) -> Iterator[TakenIn]:
    in_block = False
    for number, line in enumerate(lines, 1):
        mark = _MARK.match(line)
        if mark and mark[1]:
            continue
        name = mark[2] or mark[3] if mark else line.strip() if in_block else ""
        if mark and not name:
            in_block = not in_block
        elif name and not name.startswith(";") and not (mark and in_block):
            path, section = _split(name.strip())
            yield TakenIn(path, section, Source(page, number))


def _split(name: str) -> tuple[str, str]:
    found = None if "://" in name else _NAME.fullmatch(name)
    return (found[1], found[2] or "") if found else (name, "")
