"""When lines of the sources were last changed, as the repository's history and the disk have it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from trackbook.reading.git import DIFF, read_blobs, stream_git

_HUNK = re.compile(r"@@ -\d+(?:,(?P<gone>\d+))? \+(?P<start>\d+)(?:,(?P<new>\d+))? @@")
_HUNKS = ("-p", "--unified=0", "--src-prefix=a/", "--dst-prefix=b/", *DIFF)
_MOST_ASKED = 500
"""Paths that are named one by one: a command can't be of any length."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of a source, counted from 1. A `last` of 0 means the whole file."""

    path: str
    first: int = 1
    last: int = 0


@dataclass(frozen=True, slots=True)
class _Hunk:
    """`new` lines from `start` on took the place of `gone` ones, the first of which was indented by `indent`."""

    start: int
    new: int
    gone: int
    indent: int

    def touches(self, first: int, last: int, indent: int) -> bool:
        if self.new and self.start <= last and self.start + self.new > first:
            return True
        after = self.start if self.new else self.start + 1  # the line that now stands where the hunk begins
        if not self.new and first < after <= last:
            return True
        return self.gone > 0 and after == last + 1 and self.indent > indent


@dataclass(slots=True)
class _Open:
    """A place whose last change is still looked for, at its lines in the version that the walk has reached."""

    place: Lines
    first: int
    last: int
    indent: int


def read_changes(root: Path, places: Iterable[Lines]) -> Mapping[Lines, int]:
    """When each place was last changed, in seconds since 1970.

    That is the time of the last commit on the main line that changed one of its lines; of the file itself, where it
    holds what no commit has.
    """
    wanted = list(dict.fromkeys(places))
    if not wanted:
        return {}
    texts = {
        path: (root / path).read_text("utf-8").split("\n") for path in {place.path for place in wanted if place.last}
    }
    left: dict[str, list[_Open]] = {}
    for lines in wanted:
        left.setdefault(lines.path, []).append(_open(lines, texts))
    found: dict[Lines, int] = {}
    oldest: dict[str, int] = {}
    for time, path, hunks in _walk(root, sorted(left)):
        oldest[path] = time
        still = []
        for place in left.get(path, ()):
            if not place.place.last or any(hunk.touches(place.first, place.last, place.indent) for hunk in hunks):
                found[place.place] = time
            else:
                shift = sum(hunk.gone - hunk.new for hunk in hunks if hunk.start < place.first)
                still.append(_Open(place.place, place.first + shift, place.last + shift, place.indent))
        left[path] = still
    return {place: found.get(place) or oldest.get(place.path) or _time_of(root / place.path) for place in wanted}


def _open(place: Lines, texts: Mapping[str, list[str]]) -> _Open:
    return _Open(place, place.first, place.last, _indent(texts[place.path][place.first - 1]) if place.last else 0)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _time_of(path: Path) -> int:
    return int(path.stat().st_mtime)


def _walk(root: Path, paths: list[str]) -> Iterator[tuple[int, str, list[_Hunk]]]:
    """Each change of each path, the newest first, with its time."""
    asked = paths if len(paths) <= _MOST_ASKED else sorted({path.partition("/")[0] for path in paths})
    for path, before in read_blobs(root, "HEAD", *asked).items():
        if (root / path).is_file() and (hunks := _compare(before, (root / path).read_bytes())):
            yield _time_of(root / path), path, hunks
    log = ("log", "--first-parent", "-m", "--format=%x00%ct", *_HUNKS)
    yield from _read_hunks(stream_git(root, *log, "--", *asked))


def _compare(before: bytes, after: bytes) -> list[_Hunk]:
    """What git would say of the working tree. It would ask the repository's filters, which may be any program."""
    if before == after:
        return []
    old, new = (data.decode("utf-8", "replace").splitlines() for data in (before, after))
    changes = (part for part in SequenceMatcher(None, old, new).get_opcodes() if part[0] != "equal")
    return [
        _Hunk(start + (end > start), end - start, last - first, _indent(old[first]) if last > first else 0)
        for _, first, last, start, end in changes
    ]


def _read_hunks(lines: Iterator[str]) -> Iterator[tuple[int, str, list[_Hunk]]]:
    """The time of the commit, the path and the hunks of each file in diffs without context."""
    time, path = 0, ""
    hunks: list[_Hunk] = []
    for line in lines:
        if line.startswith(("diff --git ", "\0")):
            if path:
                yield time, path, hunks
            path, hunks = line.partition(" b/")[2], []
            if line.startswith("\0"):
                time = int(line[1:])
        elif line.startswith("@@") and (found := _HUNK.match(line)):
            gone, new = int(found["gone"] or 1), int(found["new"] or 1)
            removed = next(lines, "")[1:] if gone else ""
            hunks.append(_Hunk(int(found["start"]), new, gone, _indent(removed)))
    if path:
        yield time, path, hunks
