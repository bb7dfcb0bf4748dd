"""A module under another name, with every link to it, and `was:` so that its old addresses lead there."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from trackbook.authoring.rename.move import Move, apply_edits
from trackbook.authoring.rename.outline import edit_outline, edit_was
from trackbook.authoring.rename.pages import list_page_edits
from trackbook.cache.made import replace_file
from trackbook.issue import CourseError, suggest
from trackbook.model import Course, Module
from trackbook.reading.files import read_text
from trackbook.reading.front_matter import split_front_matter
from trackbook.reading.git import move_in_index
from trackbook.reading.module import split_key, split_new_key
from trackbook.reading.outline import OUTLINE

__all__ = ["carry_out", "rename_module"]


def rename_module(root: Path, course: Course, old: str, new: str) -> list[str]:
    """Rename the module `old` (track/module) of a course without errors. Returns the paths of what changed.

    Raises CourseError, and changes nothing, when there is no such module or its new name is not free.
    """
    move = Move(old, new)
    module = _find_module(course, old)
    _check_free(root, course, module, new)
    texts = {OUTLINE: edit_outline(read_text(root, OUTLINE)[0], move)}
    for page in course.pages.values():
        text, _ = read_text(root, page.path)
        front = text[: len(text) - len(page.text)]
        body = apply_edits(page.text, list_page_edits(page, move))
        if page is module.pages.get("overview"):
            yaml = split_front_matter(text, page.path)[0]
            front = front.replace(yaml, edit_was(yaml, move), 1)
        if front + body != text:
            texts[page.path] = front + body
    written = {move.locate(path): _encode(text, (root / path).read_bytes()) for path, text in texts.items()}
    carry_out(root, [place for place in move.places if (root / place[0]).exists()], written)
    return list(written)


def _find_module(course: Course, key: str) -> Module:
    split_key(key)
    if module := course.module(key):
        return module
    now = next((module.key for module in course.modules if key in [former.concept for former in module.was]), None)
    hint = f'It is "{now}" today.' if now else suggest(key, [module.key for module in course.modules])
    raise CourseError(f'there is no module "{key}". {hint or f"{OUTLINE} lists them."}')


def _check_free(root: Path, course: Course, module: Module, new: str) -> None:
    track, _ = split_new_key(new)
    if course.track(track) is None:
        hint = suggest(track, [other.id for other in course.tracks]) or f"Add it to {OUTLINE} first."
        raise CourseError(f'there is no track "{track}". {hint}')
    if module.planned and track != module.track:
        raise CourseError(f'"{module.key}" is only planned: move its entry in {OUTLINE}')
    if course.module(new):
        raise CourseError(f'there is already a module "{new}": nothing was changed')
    for path in (f"lessons/{new}", f"cheatsheets/{new}.md"):
        if os.path.lexists(root / path):
            raise CourseError(f"{path} is already there: nothing was changed")
    for other in course.modules:
        if other is not module and new in [former.concept for former in other.was]:
            raise CourseError(f'"{new}" was the name of "{other.key}", which its old addresses still lead to')


def _encode(text: str, before: bytes) -> bytes:
    """The text as bytes, with the line ends and the mark at the begin that the file had."""
    mark = "\ufeff" if before.startswith(b"\xef\xbb\xbf") else ""
    return (mark + text.replace("\n", "\r\n" if b"\r\n" in before else "\n")).encode()


def carry_out(root: Path, places: Iterable[tuple[str, str]], texts: Mapping[str, bytes]) -> None:
    """Move each of `places`, then write `texts` by their new paths. What fails on the way is taken back."""
    moved: list[tuple[str, str]] = []
    before: dict[str, bytes] = {}
    try:
        for old, new in places:
            _move(root, old, new)
            moved.append((old, new))
        for path, text in texts.items():
            before[path] = (root / path).read_bytes()
            replace_file(root / path, text)
    except OSError:
        for path, text in before.items():
            replace_file(root / path, text)
        for old, new in reversed(moved):
            _move(root, new, old)
        raise


def _move(root: Path, old: str, new: str) -> None:
    """On the disk and, where git knows the files, in its index."""
    (root / new).parent.mkdir(parents=True, exist_ok=True)
    (root / old).rename(root / new)
    move_in_index(root, old, new)
