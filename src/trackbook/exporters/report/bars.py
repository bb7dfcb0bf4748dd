"""Times per phase as a drawing: a bar a phase, a piece of it a module, its lesson beside its practice."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from trackbook.exporters.report.facts import ModuleFacts, Report
from trackbook.exporters.report.graph import Label
from trackbook.model import Module
from trackbook.publishing.course_map.labels import break_lines, measure

_SIZE, _LEADING = 14.0, 19.0
_BAR, _GAP, _BETWEEN = 18.0, 22.0, 2.0


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a bar: `kind` is lesson, practice or planned."""

    name: str
    kind: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Bar:
    title: tuple[Label, ...]
    time: Label
    y: float
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    width: float
    height: float
    bars: tuple[Bar, ...]


def draw_bars(report: Report, width: float) -> Bars:
    """Every phase, all on one scale. Nobody knows the time of planned modules: they are as long as the mean."""
    known = {facts.module.key: facts for facts in report.modules}
    mean = round(sum(facts.minutes for facts in report.modules) / max(1, len(report.modules))) or 1
    phases = [(track, at, phase) for track in report.course.tracks for at, phase in enumerate(track.phases, 1)]
    cuts = [
        [part for module in phase.modules for part in _cut(module, known.get(module.key), mean)] for *_, phase in phases
    ]
    longest = max((sum(minutes for *_, minutes in parts) for parts in cuts), default=1)
    bars: list[Bar] = []
    y = 0.0
    for (track, at, phase), parts in zip(phases, cuts, strict=True):
        written = [known[module.key] for module in phase.modules if module.key in known]
        time = describe_time(sum(facts.minutes for facts in written), len(phase.modules) - len(written))
        room = width - measure(time, _SIZE) - 16
        title = break_lines(f"{track.number}.{at} {phase.title}", room, _SIZE)
        labels = tuple(Label(line, 0, y + (n + 0.75) * _LEADING) for n, line in enumerate(title))
        y += len(title) * _LEADING + 4
        lengths = [minutes / longest * width for *_, minutes in parts]
        pieces = tuple(
            Piece(name, kind, x, max(1.0, length - _BETWEEN))
            for (name, kind, _), x, length in zip(parts, accumulate(lengths, initial=0.0), lengths, strict=False)
        )
        bars.append(Bar(labels, Label(time, width, labels[0].y), y, pieces))
        y += _BAR + _GAP
    return Bars(width, max(0.0, y - _GAP), tuple(bars))


def describe_time(minutes: int, planned: int) -> str:
    """Such as "2 h 5 min, 3 planned"."""
    hours, rest = divmod(minutes, 60)
    time = " ".join([*([f"{hours} h"] if hours else []), *([f"{rest} min"] if rest else [])])
    return ", ".join([*([time] if time else []), *([f"{planned} planned"] if planned else [])])


def _cut(module: Module, facts: ModuleFacts | None, mean: int) -> Iterator[tuple[str, str, int]]:
    """The parts of a module: the name, the kind and the minutes of each."""
    if facts is None:
        yield f"{module.title}: planned", "planned", mean
        return
    yield f"{module.title}: lesson, {facts.lesson} min", "lesson", facts.lesson
    yield f"{module.title}: practice, {facts.practice} min", "practice", facts.practice
