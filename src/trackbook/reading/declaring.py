"""What the front matter of an overview and of a lesson says about their module."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from trackbook.model import Concept, Credit, Deferral, Keys, Kind, Need, Objective, Source, Stated
from trackbook.reading.document import Document
from trackbook.reading.front_matter import LessonShape, OverviewShape, PageShape
from trackbook.reading.outline import ConceptShape, CreditShape


@dataclass(frozen=True, slots=True)
class Declared:
    """The fields of a module by the same names; `teaches` is the lesson's, the rest is the overview's."""

    title: str = ""
    summary: str = ""
    objectives: tuple[Objective, ...] = ()
    teaches: tuple[Concept, ...] = ()
    needs: tuple[Need, ...] = ()
    defers: tuple[Deferral, ...] = ()
    difficulty: str = "standard"
    math: str = "none"
    practice_minutes: int = 10
    stated: Mapping[Kind, Stated] = field(default_factory=dict)
    credit: Credit | None = None
    was: tuple[Need, ...] = ()
    news: tuple[tuple[str, str], ...] = ()


def declare(front: PageShape, document: Document) -> Declared:
    if isinstance(front, LessonShape):
        _, track, module = document.path.split("/")[:3]
        concepts = make_concepts(front.teaches, track, f"{track}/{module}", document, ("teaches",))
        return Declared(teaches=concepts, stated=_list_stated(document, "lesson", "minutes"))
    return _declare_overview(front, document) if isinstance(front, OverviewShape) else Declared()


def _declare_overview(front: OverviewShape, document: Document) -> Declared:
    locate = document.locate
    return Declared(
        title=front.title,
        summary=front.summary,
        objectives=tuple(
            Objective(name, text, locate(("objectives", name))) for name, text in front.objectives.items()
        ),
        needs=tuple(Need(name, locate(("needs", index))) for index, name in enumerate(front.needs)),
        defers=tuple(
            Deferral(
                shape.to,
                tuple(Need(name, _locate_deferred(document, index, i)) for i, name in enumerate(shape.concepts)),
                locate((*_name_deferral(document, index), "to")),
            )
            for index, shape in enumerate(front.defers)
        ),
        difficulty=front.difficulty,
        math=front.math,
        practice_minutes=front.practice_minutes,
        stated=_list_stated(document, "practice", "practice_minutes"),
        credit=make_credit(front.source, locate(("source", "url"))),
        was=tuple(Need(name, locate(("was", index))) for index, name in enumerate(front.was)),
        news=tuple((one.day.isoformat(), one.text) for one in front.news),
    )


def _list_stated(document: Document, kind: Kind, key: str) -> dict[Kind, Stated]:
    minutes: Any = document.value.get(key)
    return {kind: Stated(minutes, document.locate((key,)))} if minutes is not None else {}


def _locate_deferred(document: Document, index: int, concept: int) -> Source:
    return document.locate((*_name_deferral(document, index), "concepts", concept))


def _name_deferral(document: Document, index: int) -> Keys:
    return ("defers",) if isinstance(document.value.get("defers"), dict) else ("defers", index)


def make_credit(shape: CreditShape | None, source: Source) -> Credit | None:
    return Credit(shape.title, shape.url, tuple(shape.authors), source) if shape else None


def make_concepts(
    shapes: Mapping[str, ConceptShape], track: str, module: str | None, document: Document, keys: Keys
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
