"""Times per phase as a drawing: a bar a phase, a piece of it a module, its lesson beside its practice."""

from collections.abc import Iterator
from dataclasses import dataclass

from trackbook.exporters.report.facts import ModuleFacts, Report
from trackbook.exporters.report.graph import Label
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
    thickness: float
    bars: tuple[Bar, ...]


def draw_bars(report: Report, width: float) -> Bars:
    """Every phase, all on one scale. Nobody knows the time of planned modules: they are as long as the mean."""
    known = {facts.module.key: facts for facts in report.modules}
    mean = round(sum(facts.lesson + facts.practice for facts in report.modules) / max(1, len(report.modules))) or 1
    phases = [(track, at, phase) for track in report.course.tracks for at, phase in enumerate(track.phases, 1)]
    longest = max((sum(_length(known.get(m.key), mean) for m in phase.modules) for *_, phase in phases), default=1)
    bars: list[Bar] = []
    y = 0.0
    for track, at, phase in phases:
        written = [known[module.key] for module in phase.modules if module.key in known]
        time = describe_time(sum(facts.lesson + facts.practice for facts in written), len(phase.modules) - len(written))
        room = width - measure(time, _SIZE) - 16
        title = break_lines(f"{track.number}.{at} {phase.title}", room, _SIZE)
        labels = tuple(Label(line, 0, y + (n + 0.75) * _LEADING) for n, line in enumerate(title))
        y += len(title) * _LEADING + 4
        pieces: list[Piece] = []
        x = 0.0
        for module in phase.modules:
            for piece in _cut(known.get(module.key), module.title, mean):
                pieces.append(Piece(piece[0], piece[1], x, max(1.0, piece[2] / longest * width - _BETWEEN)))
                x += piece[2] / longest * width
        bars.append(Bar(labels, Label(time, width, labels[0].y), y, tuple(pieces)))
        y += _BAR + _GAP
    return Bars(width, max(0.0, y - _GAP), _BAR, tuple(bars))


def describe_time(minutes: int, planned: int) -> str:
    """Such as "2 h 5 min, 3 planned"."""
    hours, rest = divmod(minutes, 60)
    time = " ".join([*([f"{hours} h"] if hours else []), *([f"{rest} min"] if rest else [])])
    return ", ".join([*([time] if time else []), *([f"{planned} planned"] if planned else [])])


def _length(facts: ModuleFacts | None, mean: int) -> int:
    return facts.lesson + facts.practice if facts else mean


def _cut(facts: ModuleFacts | None, title: str, mean: int) -> Iterator[tuple[str, str, int]]:
    if facts is None:
        yield f"{title}: planned", "planned", mean
        return
    yield f"{title}: lesson, {facts.lesson} min", "lesson", facts.lesson
    yield f"{title}: practice, {facts.practice} min", "practice", facts.practice
