"""The disk: which files a course holds, and their text, read with care."""

import codecs
import os
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from errno import ENOENT
from functools import cached_property
from pathlib import Path

from trackbook.cache.digest import hash_parts
from trackbook.cache.made import find_real
from trackbook.issue import CourseError
from trackbook.model import OWN_WIDGETS, Finding, Source
from trackbook.reading.merge_markers import find_merge_marker

SOURCE_FOLDERS = ("lessons", "cheatsheets", "docs")
MOST_BYTES = 2_000_000
_UNWANTED = ("__pycache__", "node_modules")


@dataclass(frozen=True)
class Inventory:
    """The files of a course by their path relative to its root, each with its bytes, and what should not be there.

    `linked` says that some are links to others of them.
    """

    sizes: Mapping[str, int]
    findings: tuple[Finding, ...]
    linked: bool = False

    @cached_property
    def files(self) -> frozenset[str]:
        return frozenset(self.sizes)


def check_outside_sources(root: Path, folder: Path) -> None:
    """Raises CourseError where a folder to write to lies among the sources."""
    there = find_real(folder)
    if any(there.is_relative_to(find_real(root / name)) for name in SOURCE_FOLDERS):
        raise CourseError(f"{folder} lies among the sources of the course: name a folder of its own")


def is_source_name(name: str) -> bool:
    """Whether a file or folder of this name, below those of the sources, is looked at."""
    return not name.startswith(".") and name not in _UNWANTED


def find_size(root: Path, name: str) -> int | None:
    """The bytes of a plain file; None where something else is, or nothing."""
    try:
        about = (root / name).lstat()
    except OSError:
        return None
    return about.st_size if stat.S_ISREG(about.st_mode) else None


def list_files(root: Path) -> Inventory:
    sizes: dict[str, int] = {}
    findings: list[Finding] = []
    linked = False
    for folder in SOURCE_FOLDERS:
        if (root / folder).is_symlink():
            findings.append(_finding(folder, f'"{folder}" is a symbolic link.', "make it a folder of this course"))
            continue
        closed: list[OSError] = []
        for name in _walk(root, folder, closed.append):
            about = (root / name).lstat()
            plain = stat.S_ISREG(about.st_mode) and name.isprintable()
            if not plain and (trouble := _find_trouble(root / name, root, name)):
                findings.append(trouble)
            else:
                sizes[name] = about.st_size if plain else (root / name).stat().st_size
                linked |= not plain
        findings += [_tell_closed(root, error) for error in closed if error.errno != ENOENT]
    return Inventory(sizes, tuple(findings), linked)


def _tell_closed(root: Path, error: OSError) -> Finding:
    """What is off with a folder that can't be looked into."""
    path = Path(str(error.filename)).relative_to(root).as_posix()
    message = f'the folder "{path}" can\'t be read: {error.strerror or error}.'
    return _finding(path, message, "see that you may look into it; nothing is known of what is in it")


def _walk(root: Path, folder: str, tell: Callable[[OSError], None]) -> Iterator[str]:
    """The path of everything that is no folder, and of links to folders, which are not followed."""
    for here, folders, names in os.walk(root / folder, onerror=tell):
        path = Path(here).relative_to(root).as_posix()
        folders[:] = sorted(name for name in folders if is_source_name(name) and f"{path}/{name}" != OWN_WIDGETS)
        links = [name for name in folders if (root / path / name).is_symlink() or _is_like_page(f"{path}/{name}")]
        plain = [name for name in names if not name.startswith(".")]
        yield from (f"{path}/{name}" for name in sorted([*links, *plain]))


def _is_like_page(name: str) -> bool:
    """Whether a folder stands where a page of a module would."""
    return name.endswith(".md") and not name.startswith("docs/")


def _find_trouble(path: Path, root: Path, name: str) -> Finding | None:
    if not name.isprintable():
        return _finding(ascii(name)[1:-1], "a file name holds characters that can't be printed.", "rename the file")
    if path.is_symlink():
        try:
            path.resolve(strict=True)
        except (OSError, RuntimeError):
            return _finding(name, f'"{name}" is a symbolic link to nothing.', "remove it, or copy the file here")
        if not path.resolve().is_relative_to(root.resolve()):
            return _finding(name, f'"{name}" is a symbolic link that leaves the course.', "copy the file here instead")
        if path.is_dir():
            return _finding(name, f'"{name}" is a symbolic link to a folder.', "link files one by one")
    if path.is_dir():
        return _finding(name, f'"{name}" is a folder.', "move what is in it, and write the page in its place")
    if not stat.S_ISREG(path.stat().st_mode):
        return _finding(name, f'"{name}" is not a regular file.', "remove it, or put a file in its place")
    return None


@dataclass(frozen=True)
class Content:
    """What a file holds, or why that can't be known."""

    name: str
    data: bytes = b""
    trouble: Finding | None = None

    @cached_property
    def digest(self) -> str:
        return hash_parts(self.data, self.trouble.message if self.trouble else "")


def read_content(root: Path, name: str) -> Content:
    try:
        with open(f"{root}/{name}", "rb", buffering=0) as file:  # noqa: PTH123 (half the time of `Path.open`)
            size = os.fstat(file.fileno()).st_size
            if size <= MOST_BYTES:
                return Content(name, file.read())
        message = f'"{name}" has {size:,} bytes; a source file may have {MOST_BYTES:,}.'
        return Content(name, b"", _finding(name, message, "split the page, or move data into a file beside it"))
    except OSError as error:
        message = f'"{name}" can\'t be read: {error.strerror or error}.'
        return Content(name, b"", _finding(name, message, "see that it is there, and that you may read it"))


def read_text(root: Path, name: str) -> tuple[str, list[Finding]]:
    return decode_text(read_content(root, name))


def decode_text(content: Content) -> tuple[str, list[Finding]]:
    """The text of a file, with Unix line ends and no byte order mark. What can't be read gives "" and says why."""
    name, data = content.name, content.data
    if content.trouble:
        return "", [content.trouble]
    if wide := _name_wide_encoding(data):
        return "", [_finding(name, f"this is text in {wide}.", "save the file as UTF-8")]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = len(data[: error.start].decode("utf-8").replace("\r\n", "\n").replace("\r", "\n").split("\n"))
        message = f"byte {data[error.start]:#04x} is not valid UTF-8."
        return "", [_finding(name, message, "save the file as UTF-8", line)]
    if "\ufeff" in text:  # files that were joined have one inside, where nobody sees it
        text = text.replace("\ufeff", "")
    if b"\r" in data:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if b"\0" in data:
        line = text.count("\n", 0, text.index("\0")) + 1
        return "", [_finding(name, "the text holds a NUL byte.", "save the file as plain text", line)]
    if marker := find_merge_marker(text, name):
        return "", [marker]
    return text, []


def _name_wide_encoding(data: bytes) -> str:
    """How a text is written that an editor saved in units of two or four bytes; nothing of any other."""
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "UTF-32"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "UTF-16"
    start = data[:64]
    return "UTF-16" if len(start) > 8 and max(start[::2].count(0), start[1::2].count(0)) > len(start) // 3 else ""


def _finding(name: str, message: str, hint: str, line: int = 1) -> Finding:
    return Finding(Source(name, line), message, hint, "file-can-be-read")
