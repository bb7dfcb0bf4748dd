"""What changes in YAML when a module moves: its entry in the outline, and its overview's `was:`."""

import re
from collections.abc import Iterator

from trackbook.authoring.rename.move import Edit, Move, apply_edits
from trackbook.issue import CourseError
from trackbook.model import Keys
from trackbook.reading.document import Document, follow, unshare
from trackbook.reading.outline import OUTLINE
from trackbook.reading.yaml import read_yaml

_PROPERTIES = re.compile(r"(?:[&!]\S*\s+(?:#.*\s+)*)*")
_COMMA = re.compile(r"(?:\s*,)?")


def edit_outline(text: str, move: Move) -> str:
    """The outline with the module's entry under its new name; in another track it closes the last phase.

    Raises CourseError where the text would come to say anything else, such as by an anchor that another list shares.
    """
    document, _ = read_yaml(text, OUTLINE)
    keys = _find_entry(document, *move.old.split("/"))
    track, name = move.new.split("/")
    wanted = unshare(document.value)
    if move.old.startswith(f"{track}/"):
        follow(wanted, keys[:-1])[keys[-1]] = name
        edits = [(*_find_content(document, text, keys), name)]
    else:
        entry, there = keys[:-1] if keys[-1] == "id" else keys, _find_last_phase(document, track)
        del follow(wanted, entry[:-1])[entry[-1]]
        follow(wanted, there).append(name)
        edits = [_remove(document, text, entry), _append(document, text, there, name)]
    new = apply_edits(text, edits)
    read, trouble = read_yaml(new, OUTLINE)
    if trouble or read.value != wanted:
        raise CourseError(
            f"{OUTLINE}:{document.locate(keys).line}: this entry can't be changed alone: write its list out,"
            " without anchors (&), aliases (*) and tags (!); nothing was changed"
        )
    return new


def edit_was(text: str, move: Move) -> str:
    """The overview's front matter with the old name at the end of `was:`, where it isn't there yet."""
    document, _ = read_yaml(text, "")
    former = document.value.get("was", [])
    if move.old in former:
        return text
    line = (len(text), len(text), f"was: [{move.old}]\n")
    new = apply_edits(text, [_append(document, text, ("was",), move.old) if "was" in document.value else line])
    if read_yaml(new, "")[0].value != {**document.value, "was": [*former, move.old]}:
        raise CourseError(f"the overview of {move.old} needs a line `was: []` in its front matter: nothing was changed")
    return new


def _find_entry(document: Document, track: str, module: str) -> Keys:
    """The way to the name of a module in the outline."""

    def list_entries() -> Iterator[tuple[Keys, object]]:
        for i, shape in enumerate(document.value["tracks"]):
            for j, phase in enumerate(shape.get("phases", []) if shape["id"] == track else []):
                for k, entry in enumerate(phase.get("modules", [])):
                    keys = ("tracks", i, "phases", j, "modules", k)
                    yield (keys, entry) if isinstance(entry, str) else ((*keys, "id"), entry["id"])

    return next(keys for keys, entry in list_entries() if entry == module)


def _find_last_phase(document: Document, track: str) -> Keys:
    """The way to the modules of a track's last phase."""
    here = next(i for i, shape in enumerate(document.value["tracks"]) if shape["id"] == track)
    phases = document.value["tracks"][here].get("phases") or []
    if not phases or "modules" not in phases[-1]:
        raise CourseError(f'the track "{track}" has no phase to put the module in: add one to {OUTLINE} first')
    return ("tracks", here, "phases", len(phases) - 1, "modules")


def _find_content(document: Document, text: str, keys: Keys) -> tuple[int, int]:
    """Where a value begins and ends, after the anchor and the tag that may stand before it."""
    start, end = document.extent(keys)
    return _PROPERTIES.match(text, start, end).end(), end  # type: ignore[union-attr]


def _remove(document: Document, text: str, entry: Keys) -> Edit:
    """Takes an entry out of its list."""
    way, index = entry[:-1], int(entry[-1])
    count = len(follow(document.value, way))
    start, end = document.extent(entry)
    first, last = _find_content(document, text, way)
    if text[first] == "[":
        if index:
            return document.extent((*way, index - 1))[1], end, ""
        if count > 1:
            return start, document.extent((*way, 1))[0], ""
        return start, _COMMA.match(text, end).end(), ""  # type: ignore[union-attr]
    if count == 1:
        return first, len(text[:last].rstrip()), "[]"
    return text.rindex("\n", 0, start) + 1, text.index("\n", len(text[:end].rstrip())) + 1, ""


def _append(document: Document, text: str, way: Keys, name: str) -> Edit:
    """Adds a name at the end of a list."""
    start, end = _find_content(document, text, way)
    count = len(follow(document.value, way))
    if text[start] == "[":
        stop = document.extent((*way, count - 1))[1] if count else end - 1
        return stop, stop, f", {name}" if count else name
    indent = start - text.rindex("\n", 0, start) - 1
    last = _find_end(document, text, way)
    stop = text.find("\n", last)
    stop = len(text) if stop < 0 else stop
    return stop, stop, f"\n{' ' * indent}- {name}"


def _find_end(document: Document, text: str, way: Keys) -> int:
    """Where the last value inside the one that `way` leads to ends: comments after it are not its own."""
    value = follow(document.value, way)
    while isinstance(value, dict | list) and value:
        key = list(value)[-1] if isinstance(value, dict) else len(value) - 1
        way, value = (*way, key), value[key]
    return len(text[: document.extent(way)[1]].rstrip())
