"""Promises and deferrals: what one page says of another."""

from collections.abc import Iterable, Iterator

from trackbook.checks.check import advice, check
from trackbook.checks.outline import report_unknown_track
from trackbook.issue import suggest
from trackbook.model import Concept, Course, Finding, Promise


@check
def promise_is_kept(course: Course) -> Iterator[Finding]:
    """A link titled "promise: …" leads to the lesson that teaches that concept, or to its track while it is planned.

    "Track 5 goes deep on this" is a promise to the learner, and the course keeps its word.
    """
    for promise in course.promises:
        concept = course.concepts.get(promise.concept)
        if promise.link.target is None:
            continue  # link-lands says so already
        if concept is None:
            where = _name_target(course, promise)
            message = f'"{promise.concept}" is promised here, but {where} teaches it.'
            hint = _suggest_teaching("the promise", promise.concept, course.concepts)
            yield Finding(promise.link.source, message, hint)
        elif (right := _place(course, concept)) and promise.link.target != right:
            message = f'"{promise.concept}" is promised here, but {promise.link.target} does not teach it.'
            yield Finding(promise.link.source, message, f"link to {right}")


@check
def deferral_is_kept(course: Course) -> Iterator[Finding]:
    """What a module defers to a track, a lesson of that track teaches.

    The overview tells learners where the rest is taught; they will go and look.
    """
    for module in course.modules:
        for deferral in module.defers:
            track = course.track(deferral.track)
            if track is None:
                yield report_unknown_track(course, deferral.track, deferral.source)
                continue
            known = {concept.id for part in (track.teaches, *(m.teaches for m in track.modules)) for concept in part}
            for left in deferral.concepts:
                if left.concept not in known:
                    message = f'"{left.concept}" is deferred to track {track.number}, but no page of it teaches that.'
                    yield Finding(left.source, message, _suggest_teaching("it here", left.concept, known))


@advice
def promised_page_is_written(course: Course) -> Iterator[Finding]:
    """The lesson that keeps a promise is written, not only planned.

    The site shows the promise as planned and leads to the track page: honest, but a debt.
    """
    for promise in course.promises:
        concept = course.concepts.get(promise.concept)
        module = course.module(concept.taught_in) if concept else None
        if module and module.planned:
            message = f'"{promise.concept}" is promised here; {module.key}, which will teach it, is planned.'
            yield Finding(promise.link.source, message, f"write lessons/{module.key}/, or leave it as it is for now")


def _suggest_teaching(what: str, concept: str, known: Iterable[str]) -> str:
    close = suggest(concept, known)
    return f"add it to `teaches:` of the page that explains it, or drop {what}{f'. {close}' if close else ''}"


def _place(course: Course, concept: Concept) -> str | None:
    """The path that a promise of the concept has to lead to; None where the course can't tell yet."""
    module = course.module(concept.taught_in)
    if module is None or module.planned:
        return f"lessons/{concept.track}/"
    return module.pages["lesson"].path if "lesson" in module.pages else None


def _name_target(course: Course, promise: Promise) -> str:
    owner = course.owners.get(promise.link.target or "")
    name = owner.track if owner else (promise.link.target or "").removeprefix("lessons/").rstrip("/")
    track = course.track(name)
    return f"no page of track {track.number}" if track else "no page of the course"
