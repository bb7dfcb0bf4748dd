"""A module's folder and cheatsheet to one module."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from trackbook.issue import CourseError
from trackbook.model import (
    MODULE_KINDS,
    Concept,
    Credit,
    DataFile,
    Deferral,
    Finding,
    Kind,
    Module,
    Need,
    Objective,
    Page,
    Source,
    Stated,
    is_slug,
    suggest_slug,
)
from trackbook.reading.front_matter import LessonShape, OverviewShape
from trackbook.reading.outline import ConceptShape, CreditShape
from trackbook.reading.page import PageReading, WidgetType, read_page
from trackbook.reading.yaml import Document, read_yaml


def locate_page(track: str, module: str, kind: Kind) -> str:
    """The path of a module's page, relative to the course root."""
    return f"cheatsheets/{track}/{module}.md" if kind == "cheatsheet" else f"lessons/{track}/{module}/{kind}.md"


def split_key(key: str) -> tuple[str, str]:
    """Track and module of `track/module`. Raises CourseError when that is no key of a module."""
    track, _, module = key.partition("/")
    if not (is_slug(track) and is_slug(module)):
        wanted = f"{suggest_slug(track)}/{suggest_slug(module or 'module')}"
        raise CourseError(f'"{key}" is not track/module in lower-case letters, digits and hyphens: try {wanted}')
    return track, module


def split_new_key(key: str) -> tuple[str, str]:
    """The same of a name that is to be given. Raises CourseError when YAML would read it as no text, such as `null`."""
    for part in split_key(key):
        if read_yaml(part, key)[0].value != part:
            raise CourseError(f'"{key}": YAML reads "{part}" as something else than text: choose another name')
    return split_key(key)


def read_module(
    root: Path,
    module: Module,
    files: frozenset[str],
    widgets: Mapping[str, WidgetType],
    *,
    data: Mapping[str, DataFile],
    findings: list[Finding],
) -> Module:
    """The module with what its pages say; pages that are missing are left out."""
    pages: dict[Kind, Page] = {}
    for kind in MODULE_KINDS:
        path = locate_page(module.track, module.id, kind)
        if path in files:
            reading = read_page(root, path, kind, widgets, data)
            findings += reading.findings
            pages[kind] = reading.page
            module = _add_front_matter(module, reading)
    title = module.title or next((page.title for page in pages.values()), "") or module.id
    return replace(module, pages=pages, title=title)


def _add_front_matter(module: Module, reading: PageReading) -> Module:
    front, locate = reading.front, reading.document.locate
    if isinstance(front, LessonShape):
        concepts = make_concepts(front.teaches, module.track, module.key, reading.document, ("teaches",))
        return replace(module, teaches=concepts, stated={**module.stated, **_list_stated(reading, "lesson", "minutes")})
    if not isinstance(front, OverviewShape):
        return module
    return replace(
        module,
        title=front.title,
        summary=front.summary,
        objectives=tuple(
            Objective(name, text, locate(("objectives", name))) for name, text in front.objectives.items()
        ),
        needs=tuple(Need(name, locate(("needs", index))) for index, name in enumerate(front.needs)),
        defers=tuple(
            Deferral(
                shape.to,
                tuple(Need(name, _locate_deferred(reading, index, i)) for i, name in enumerate(shape.concepts)),
                locate(("defers",)),
            )
            for index, shape in enumerate(front.defers)
        ),
        difficulty=front.difficulty,
        math=front.math,
        practice_minutes=front.practice_minutes,
        stated={**module.stated, **_list_stated(reading, "practice", "practice_minutes")},
        credit=make_credit(front.source, locate(("source", "url"))),
        was=tuple(Need(name, locate(("was", index))) for index, name in enumerate(front.was)),
    )


def _list_stated(reading: PageReading, kind: Kind, key: str) -> dict[Kind, Stated]:
    minutes = reading.document.value.get(key)
    return {kind: Stated(minutes, reading.document.locate((key,)))} if minutes is not None else {}


def _locate_deferred(reading: PageReading, index: int, concept: int) -> Source:
    single = isinstance(reading.document.value.get("defers"), dict)
    deferral: tuple[int | str, ...] = ("defers",) if single else ("defers", index)
    return reading.document.locate((*deferral, "concepts", concept))


def make_credit(shape: CreditShape | None, source: Source) -> Credit | None:
    return Credit(shape.title, shape.url, tuple(shape.authors), source) if shape else None


def make_concepts(
    shapes: Mapping[str, ConceptShape], track: str, module: str | None, document: Document, keys: tuple[int | str, ...]
) -> tuple[Concept, ...]:
    return tuple(
        Concept(
            id=concept,
            name=shape.name or concept.replace("-", " "),
            definition=shape.definition,
            track=track,
            source=document.locate((*keys, concept)),
            taught_in=module,
            match=tuple(shape.match),
            lines=document.span((*keys, concept)),
        )
        for concept, shape in shapes.items()
    )
