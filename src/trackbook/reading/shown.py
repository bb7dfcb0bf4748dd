"""Names for what pages show of each other: all of a course but what stands in its pages."""

from collections.abc import Iterable
from dataclasses import replace

import msgspec

from trackbook.cache.digest import hash_parts
from trackbook.language.timing import estimate_minutes
from trackbook.model import Module, Page, Practised, Track
from trackbook.reading.plan import Plan

_ENCODER = msgspec.msgpack.Encoder(order="deterministic")


def name_module(module: Module) -> str:
    """Names what other pages show of a module."""
    pages = [_brief(page) for page in module.pages.values()]
    return hash_parts(_ENCODER.encode((replace(module, pages={}), pages)))


def name_track(track: Track) -> str:
    """The same of a track, by its modules' names."""
    phases = [(phase.title, [module.shown for module in phase.modules]) for phase in track.phases]
    return hash_parts(_ENCODER.encode((replace(track, phases=()), phases)))


def name_course(plan: Plan, tracks: Iterable[Track], plain: Iterable[Page], files: str) -> str:
    """The same of a course, by its tracks' names and that of the list of its files."""
    told = (plan.id, plan.title, plan.summary, plan.language, plan.direction, repr(plan.was), files)
    return hash_parts(*told, *(track.shown for track in tracks), _ENCODER.encode(list(map(_brief, plain))))


def _brief(page: Page) -> tuple[str, str, str, int, int, tuple[Practised, ...]]:
    return page.path, page.kind, page.title, estimate_minutes(page), page.cards, page.practised
