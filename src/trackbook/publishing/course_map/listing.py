"""The map in words: every stop with what it needs, from whom, and what it leads to."""

from collections.abc import Callable, Iterator, Sequence

from trackbook.language.words import Language
from trackbook.publishing.cards import View
from trackbook.publishing.course_map.network import Line, Stop, Tie, TieKind

FindStop = Callable[[str], Stop | None]
_SIDES: tuple[tuple[str, TieKind, bool], ...] = (
    ("map.needs", "needs", True),
    ("map.takes_up", "defers", True),
    ("map.leads_to", "needs", False),
    ("map.leaves", "defers", False),
)
"""A label, and the ties under it: their kind, and whether the stop is their target."""


def view_list(lines: Sequence[Line], ties: Sequence[Tie], find_stop: FindStop, language: Language) -> list[View]:
    """Every line with its stops as the list shows them. `find_stop` knows the stops at both ends of the ties."""
    touching: dict[tuple[str, TieKind, bool], list[Tie]] = {}
    for tie in ties:
        touching.setdefault((tie.source, tie.kind, False), []).append(tie)
        touching.setdefault((tie.target, tie.kind, True), []).append(tie)

    def view_stop(line: Line, stop: Stop) -> View:
        groups = [
            {"label": language.say(label), "links": list(_view_links(line, found, incoming, find_stop))}
            for label, kind, incoming in _SIDES
            if (found := touching.get((stop.key, kind, incoming)))
        ]
        return {"stop": stop, "groups": groups}

    return [
        {
            **view_stop(line, line.head),
            "stretches": [
                {"title": stretch.title, "stops": [view_stop(line, stop) for stop in stretch.stops]}
                for stretch in line.stretches
            ],
        }
        for line in lines
    ]


def _view_links(line: Line, ties: Sequence[Tie], incoming: bool, find_stop: FindStop) -> Iterator[View]:
    own = {stop.key for stop in line.stops}
    for tie in ties:
        key = tie.source if incoming else tie.target
        if other := find_stop(key):
            text = other.title if key in own else other.name
            yield {"text": text, "url": other.url, "concepts": [concept.name for concept in tie.concepts]}
