"""The files that pages take in by `--8<-- "file"`: whether each is there."""

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from trackbook.issue import find_close
from trackbook.model import Finding, SiteSettings, Source
from trackbook.reading.files import Content, decode_text

_MARK = re.compile(r"""^[ \t]*(;*)-+8<-+(?:[ \t]+(?:"((?:\\"|[^"\n])+?)"|'((?:\\'|[^'\n])+?)'))?$""")
_NAME = re.compile(r"(.*?)(?::-?\d*(?:[:,]-?\d*)*|:([a-z][\w-]*))?", re.IGNORECASE)
"""A path, and what of the file: lines, or a section."""
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_EXTENSION = "pymdownx.snippets"
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
    named: Iterable[TakenIn], files: Iterable[str], read: Callable[[str], Content | None], settings: SiteSettings
) -> Iterator[Finding]:
    """A finding for each file that is not there; `files` are those of the course, `read` gives any that is below it."""
    bases, asks = _list_bases(settings), _find_option(settings, "url_download") is True
    known = [way for base in bases for file in files if not (way := posixpath.relpath(file, base)).startswith("..")]
    for each in named:
        if not (asks and _ADDRESS.match(each.path)) and (finding := _find_trouble(each, bases, known, read)):
            yield finding


def _find_trouble(
    named: TakenIn, bases: Iterable[str], known: Iterable[str], read: Callable[[str], Content | None]
) -> Finding | None:
    path, section, source = named
    if _ADDRESS.match(path):
        hint = "save the file in the course, and name it by its path there"
        return Finding(source, f'"{path}" is an address, and a page takes in files of the course alone.', hint, _CODE)
    ways = [posixpath.normpath(posixpath.join(base, path)) for base in bases]
    if all(way.startswith(("/", "..")) for way in ways):
        hint = "copy the file into the course, and name it by its path from the course's folder"
        return Finding(source, f'"{path}" lies outside of the course, so the page leaves it out.', hint, _CODE)
    content = next((found for way in ways if not way.startswith(("/", "..")) and (found := read(way))), None)
    if content is None:
        close = find_close(posixpath.normpath(path), known)
        hint = f'Did you mean "{close}"?' if close else "name a file by its path from the course's folder"
        return Finding(source, f'there is no file "{path}" to take in, so the page leaves it out.', hint, _CODE)
    if content.trouble:
        return Finding(source, content.trouble.message, content.trouble.hint, _CODE)
    if section and f"[start:{section}]" not in re.sub(r"\s", "", content.data.decode("utf-8", "replace")):
        hint = f"write a line `--8<-- [start:{section}]` in it, and below `--8<-- [end:{section}]`"
        return Finding(source, f'"{path}" has no section "{section}" to take in.', hint, _CODE)
    return None


def _list_bases(settings: SiteSettings) -> list[str]:
    """The folders from which paths begin: that of the course, unless its settings name others."""
    told = _find_option(settings, "base_path")
    listed = [told] if isinstance(told, str) else told if isinstance(told, list) else []
    return [base for base in listed if isinstance(base, str)] or ["."]


def _find_option(settings: SiteSettings, name: str) -> object:
    """What mkdocs.yml says of an option of the extension that takes files in."""
    found = (entry.value for keys, entry in settings.entries.items() if keys[-2:] == (_EXTENSION, name))
    return next(found, None)


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
