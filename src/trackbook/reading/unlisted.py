"""Files and folders among the sources that the outline does not list, or that no name makes a page."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import PurePosixPath

from trackbook.issue import find_close
from trackbook.model import Finding, Module, Source, Track, is_slug, suggest_slug
from trackbook.reading.outline import OUTLINE

CODE = "source-has-its-place"
_LIKE_PAGE = re.compile(r"\.(?:markdown|mdown|mkdn?|mdwn|md(?:\.txt)?)$", re.IGNORECASE)
_OF_LESSONS = ("overview", "lesson", "practice")


def find_unlisted(tracks: Iterable[Track], files: Set[str], pages: Collection[str]) -> Iterator[Finding]:
    """A finding for each folder or page that would never be published."""
    tracks = tuple(tracks)
    modules = {module.key: module for track in tracks for module in track.modules}
    search = _Search([track.id for track in tracks], modules, files, pages)
    seen: set[str] = set()
    for path in sorted(files):
        place, hint = search.look_at(path)
        if place and place not in seen:
            seen.add(place)
            planned = any(place == f"lessons/{key}" and module.planned for key, module in modules.items())
            fact = "holds pages, but the outline says that it is planned" if planned else "is nowhere in the outline"
            yield Finding(Source(place), f'"{place}" {fact}.', hint, CODE)
    yield from (found for path in sorted(files) if (found := _find_misnamed(path, files, seen)))


def _find_misnamed(path: str, files: Set[str], told: Set[str]) -> Finding | None:
    """A file that would be a page by another ending of its name."""
    ending = _LIKE_PAGE.search(path)
    if not ending or path.endswith(".md") or path.startswith("lessons/data/"):
        return None
    if any(str(folder) in told for folder in PurePosixPath(path).parents):
        return None
    right = f"{path[: ending.start()]}.md"
    message = f'"{path}" is no page: the name of a page ends in ".md".'
    hint = f"join it with {right}, which is there, or remove it" if right in files else f"rename it to {right}"
    return Finding(Source(path), message, hint, CODE)


@dataclass(frozen=True, slots=True)
class _Search:
    """What the outline lists, and what is on the disk."""

    tracks: list[str]
    modules: Mapping[str, Module]
    files: Set[str]
    pages: Collection[str]

    def look_at(self, path: str) -> tuple[str, str]:
        """The folder or page without a place that this file belongs to, and what to do; empty where it has one."""
        top, *parts = path.split("/")
        beside = top == "lessons" and len(parts) > 3 and parts[-1].lower() == "readme.md"  # in a folder of pictures
        if top == "docs" or path == OUTLINE or path.startswith("lessons/data/") or beside:
            return "", ""
        if len(parts) > 1 and parts[0] not in [*self.tracks, "data"]:
            return f"{top}/{parts[0]}", self._hint_at_track(top, parts[0])
        if top == "lessons" and len(parts) > 2:
            module = self.modules.get(f"{parts[0]}/{parts[1]}")
            if module is None:
                return f"{top}/{parts[0]}/{parts[1]}", _hint_at_module(*parts[:2])
            if module.planned:
                return (
                    f"{top}/{module.key}",
                    f"list it in {OUTLINE} as `- {module.id}`, without `planned: true`, or remove the folder",
                )
        if not path.endswith(".md") or path in self.pages:
            return "", ""
        if top == "lessons" and len(parts) > 3:
            folder = f"{top}/{'/'.join(parts[:3])}"
            new = suggest_slug(parts[2])
            hint = (
                f"move it to lessons/{parts[0]}/{new}: no module stands inside another; then list `{new}` in {OUTLINE}"
            )
            return folder, hint
        return path, self._hint_at_page(top, parts)

    def _hint_at_track(self, top: str, name: str) -> str:
        slug = suggest_slug(name)
        if slug in self.tracks:
            return f"move what is in it to {top}/{slug}"
        empty = [track for track in self.tracks if not any(path.startswith(f"{top}/{track}/") for path in self.files)]
        if close := find_close(name.lower(), empty):
            return f"rename it to {top}/{close}"
        return f"list a track with `id: {slug}` in {OUTLINE}, or remove the folder"

    def _hint_at_page(self, top: str, parts: list[str]) -> str:
        """What the author probably meant, where nothing of that name is there."""
        name, folder = parts[-1].removesuffix(".md"), "/".join([top, *parts[:-1]])
        if f"{parts[0]}/{name}" in self.modules and top == "cheatsheets":  # a planned one
            return f"list `{name}` in {OUTLINE} without `planned: true`, or remove the page"
        names = [module.id for module in self.modules.values() if module.track == parts[0]]
        names = [*_OF_LESSONS] if top == "lessons" else names
        close = find_close(name.lower(), [other for other in names if f"{folder}/{other}.md" not in self.pages])
        if close and len(parts) == (3 if top == "lessons" else 2):
            return f"rename it to {close}.md"
        if top == "lessons":
            return "name it overview.md, lesson.md or practice.md"
        return f"name it after a module that {OUTLINE} lists, or remove it"


def _hint_at_module(track: str, name: str) -> str:
    listed = f"list `{suggest_slug(name)}` under a phase of {track} in {OUTLINE}, or remove the folder"
    return listed if is_slug(name) else f"rename it to lessons/{track}/{suggest_slug(name)}, and {listed}"
