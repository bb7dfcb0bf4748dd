"""Files and folders among the sources that the outline does not list."""

from collections.abc import Collection, Iterable, Iterator, Set

from trackbook.model import Finding, Source, Track
from trackbook.reading.outline import OUTLINE


def find_unlisted(tracks: Iterable[Track], files: Set[str], pages: Collection[str]) -> Iterator[Finding]:
    """A finding for each folder or page that would never be published."""
    modules = {module.key: module for track in tracks for module in track.modules}
    named = {track.id for track in tracks} | {"data"}
    seen: set[str] = set()
    for path in sorted(files):
        top, _, rest = path.partition("/")
        parts = rest.split("/")
        if top == "docs" or path == OUTLINE or (top == "lessons" and parts[0] == "data"):
            continue
        fact = "is nowhere in the outline"
        if len(parts) > 1 and parts[0] not in named:
            place, hint = f"{top}/{parts[0]}", f"list a track with `id: {parts[0]}` in {OUTLINE}, or remove the folder"
        elif top == "lessons" and len(parts) > 2 and f"{parts[0]}/{parts[1]}" not in modules:
            place = f"{top}/{parts[0]}/{parts[1]}"
            hint = f"list `{parts[1]}` under a phase of {parts[0]} in {OUTLINE}, or remove the folder"
        elif top == "lessons" and len(parts) > 2 and modules[f"{parts[0]}/{parts[1]}"].planned:
            place = f"{top}/{parts[0]}/{parts[1]}"
            fact = "holds pages, but the outline says that it is planned"
            hint = f"list it in {OUTLINE} as `- {parts[1]}`, without `planned: true`, or remove the folder"
        elif path.endswith(".md") and path not in pages:
            place = path
            hint = (
                "name it overview.md, lesson.md or practice.md"
                if top == "lessons"
                else (f"name it after a module that {OUTLINE} lists, or remove it")
            )
        else:
            continue
        if place not in seen:
            seen.add(place)
            yield Finding(Source(place), f'"{place}" {fact}.', hint, "source-has-its-place")
