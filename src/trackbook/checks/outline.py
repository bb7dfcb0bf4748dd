"""The outline and the folders agree."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from trackbook.checks.check import check
from trackbook.issue import find_close, suggest
from trackbook.model import MODULE_KINDS, Course, Finding, Source, Track
from trackbook.reading.module import locate_page
from trackbook.reading.outline import UNTITLED


@check
def listed_module_exists(course: Course) -> Iterator[Finding]:
    """Every module that the outline lists has its folder, or is marked as planned.

    A learner would meet a lesson that isn't there.
    """
    misnamed = find_misnamed(course)
    for track in course.tracks:
        if meant := misnamed.get(track.id):
            message = (
                f'there is no folder lessons/{track.id}/, and no track is called "{meant}" as lessons/{meant}/ is.'
            )
            yield Finding(track.source, message, f'Did you mean "{meant}"?')
    for module in course.modules:
        if module.track in misnamed:
            continue
        if not module.planned and not module.pages and not course.is_closed(f"lessons/{module.key}"):
            inside = [path.split("/") for path in course.files if path.startswith(f"lessons/{module.track}/")]
            folders = {parts[2] for parts in inside if len(parts) > 3}
            hint = f"`trackbook new module {module.key}` makes it, or list it with `planned: true`"
            hint = suggest(module.id, folders - {other.id for other in course.modules}) or hint
            message = f'the module "{module.id}" is listed, but lessons/{module.key}/ does not exist.'
            yield Finding(module.source, message, hint)


def find_misnamed(course: Course) -> Mapping[str, str]:
    """For each track whose id is that of no folder, a folder of a near name that is no track's."""
    folders = {path.split("/")[1] for path in course.files if path.startswith("lessons/") and path.count("/") > 1}
    free = folders - {track.id for track in course.tracks} - {"data"}
    lost = (
        track for track in course.tracks if track.id not in folders and any(not part.planned for part in track.modules)
    )
    found = {track.id: find_close(track.id, free) for track in lost} if free else {}
    return {name: meant for name, meant in found.items() if meant}


@check
def course_has_one_title(course: Course) -> Iterator[Finding]:
    """The title of the course stands in the outline; a `site_name:` in `mkdocs.yml` says the same, or is not there.

    The site bears the outline's title. Only `mkdocs build` itself asks for a `site_name:`.
    """
    name = course.settings.find("site_name")
    if name is not None and str(name).strip() != course.title.strip() and course.title != UNTITLED:
        message = f'"site_name" is "{name}", but the title of the course is "{course.title}".'
        hint = "write that title, or remove the line, which `mkdocs build` alone asks for"
        yield Finding(course.settings.locate("site_name"), message, hint)


@check
def course_has_a_home(course: Course) -> Iterator[Finding]:
    """The course has a home page, `docs/index.md`.

    Every page links to it, and the bare address of the site opens it.
    """
    if "docs/index.md" not in course.files:
        yield Finding(Source("docs/index.md"), "the course has no home page.", "write docs/index.md")


@check
def module_is_complete(course: Course) -> Iterator[Finding]:
    """A module has its overview, lesson, practice and cheatsheet.

    Learners rely on finding all four: the face, the explanation, the practice that makes it stay, the page to print.
    """
    spelled = {path.lower(): path for path in course.files}
    for module in course.modules:
        for kind in MODULE_KINDS:
            if module.pages and kind not in module.pages:
                path = locate_page(module.track, module.id, kind)
                if course.is_closed(path):
                    continue  # it may be there
                hint = f"rename {spelled[path]} to {path}" if path in spelled else f"write {path}"
                if f"lessons/{module.key}" in course.files:
                    hint = f"lessons/{module.key} is a file: make a folder of that name, and {hint}"
                yield Finding(module.source, f'the module "{module.id}" has no {kind} page.', hint)


@check
def planned_module_says_what_it_will_be(course: Course) -> Iterator[Finding]:
    """A planned module has a title, a summary and the concepts it will teach.

    The track page shows it, and promises to it are kept by what it says it will teach.
    """
    for module in course.modules:
        if module.planned and not (module.summary and module.teaches):
            lacking = "summary" if not module.summary else "teaches"
            message = f'the planned module "{module.id}" lacks "{lacking}".'
            yield Finding(module.source, message, f"add a line `{lacking}: …`")


@check
def track_has_its_own_number(course: Course) -> Iterator[Finding]:
    """Tracks have different numbers, and stand in the order of their numbers.

    "Track 5" has to mean one track.
    """
    for before, track in pairwise(course.tracks):
        if track.number <= before.number:
            message = f'the track "{track.id}" has number {track.number}, after "{before.id}" with {before.number}.'
            yield Finding(track.source, message, f"number it {before.number + 1}, or move it")


@check
def track_leads_somewhere(course: Course) -> Iterator[Finding]:
    """A track has modules here, or says where it is taught.

    A track with neither is an empty page.
    """
    for track in course.tracks:
        if not track.modules and not track.elsewhere:
            hint = "list phases with modules, or add `elsewhere: {title: …, url: …}`"
            yield Finding(track.source, f'the track "{track.id}" has no modules and is not taught elsewhere.', hint)


@check
def tracks_form_no_cycle(course: Course) -> Iterator[Finding]:
    """The tracks that a track builds on exist, and none of them builds on it in turn.

    In a circle of tracks there is none to begin with.
    """
    for track in course.tracks:
        for need in track.builds_on:
            if course.track(need.concept) is None:
                yield report_unknown_track(course, need.concept, need.source)
        cycle = _find_cycle(course, track, (track.id,), set())
        if cycle and track.id == min(cycle):
            message = f"tracks build on each other in a circle: {' → '.join(cycle)}."
            yield Finding(track.source, message, "remove one `builds_on`")


def report_unknown_track(course: Course, name: str, source: Source) -> Finding:
    hint = suggest(name, {track.id for track in course.tracks}) or "name a track of the outline"
    return Finding(source, f'"{name}" is not a track.', hint)


def _find_cycle(course: Course, track: Track, way: tuple[str, ...], seen: set[str]) -> tuple[str, ...]:
    """The way from the track back to the first of `way`; from those already `seen` there is none."""
    for need in track.builds_on:
        if need.concept == way[0]:
            return (*way, need.concept)
        before = course.track(need.concept)
        if before and before.id not in seen:
            seen.add(before.id)
            if cycle := _find_cycle(course, before, (*way, before.id), seen):
                return cycle
    return ()
