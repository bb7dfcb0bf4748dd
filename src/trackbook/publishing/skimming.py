"""A course without what stands in its pages, which no page shows of another."""

from dataclasses import fields, replace

import msgspec

from trackbook.hashing import hash_parts
from trackbook.model import Course, Module, Page
from trackbook.timing import estimate_minutes

_ENCODER = msgspec.msgpack.Encoder(order="deterministic")


def skim(course: Course) -> Course:
    """What pages of the course show of each other: all but their texts."""
    tracks = (
        replace(
            track,
            phases=tuple(replace(phase, modules=tuple(map(_skim_module, phase.modules))) for phase in track.phases),
        )
        for track in course.tracks
    )
    return Course(
        id=course.id,
        title=course.title,
        summary=course.summary,
        language=course.language,
        direction=course.direction,
        tracks=tuple(tracks),
        plain=tuple(map(_skim_page, course.plain)),
        files=course.files,
    )


def name_skimmed(skimmed: Course) -> str:
    """Courses with equal names are equal."""
    return hash_parts(_ENCODER.encode([getattr(skimmed, field.name) for field in fields(skimmed)]))


def _skim_module(module: Module) -> Module:
    return replace(module, pages={kind: _skim_page(page) for kind, page in module.pages.items()})


def _skim_page(page: Page) -> Page:
    return Page(page.path, page.kind, "", title=page.title, minutes=estimate_minutes(page))
