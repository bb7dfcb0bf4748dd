"""Draws what the bench measured: seconds of a cold build over pages, a line each, both axes logarithmic.

`python -m tests.bench.speed.picture FROM.json TO.svg`
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, log10
from pathlib import Path
from xml.sax.saxutils import escape

from tests.bench.speed.figures import Medians
from tests.bench.speed.projects import PROJECTS
from tests.bench.speed.report import read_runs

WIDTH, HEIGHT = 720, 400
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 520, 44, 350
_LINE_OF_TEXT = 18
_PAGES_OF_A_MODULE = 4
_COLORS = {"ours": "#A8431E", "pruned": "#1F5FBF", "stock": "#1F5FBF", "zensical": "#57606A", "hugo": "#57606A"}
"""Light colors of the design, which turn with light and dark where a page shows the picture."""
_TITLE = "How long a build takes, by the size of the course"
_LABELS = 'aria-labelledby="speed-title speed-desc"'
_FONT = 'font-family="Figtree, system-ui, sans-serif" font-size="14"'
_STEPS = (("build cold", "", ""), ("build edited", ", after an edit", ' stroke-dasharray="6 4"'))


@dataclass(frozen=True)
class Line:
    title: str
    color: str
    dashes: str
    points: list[tuple[int, float]]
    """Pages and seconds."""


@dataclass(frozen=True)
class Scale:
    """Places numbers on a logarithmic axis."""

    low: float
    high: float
    start: float
    end: float

    def place(self, number: float) -> float:
        share = (log10(number) - log10(self.low)) / (log10(self.high) - log10(self.low))
        return round(self.start + share * (self.end - self.start), 1)


def main() -> None:
    source, target = sys.argv[1:]
    lines = list(make_lines(Medians(tuple(read_runs(Path(source))))))
    Path(target).write_text(draw(lines), encoding="utf-8", newline="\n")


def make_lines(medians: Medians) -> Iterator[Line]:
    for step, addition, dashes in _STEPS:
        for name, project in PROJECTS.items():
            points = [
                (size * _PAGES_OF_A_MODULE, medians.find(name, step, size, "wall") or 0)
                for size in medians.list_sizes(name, step)
            ]
            if points:
                yield Line(f"{project.title}{addition}", _COLORS[name], dashes, points)


def draw(lines: Sequence[Line]) -> str:
    pages = sorted({page for line in lines for page, _ in line.points})
    seconds = [second for line in lines for _, second in line.points]
    across = Scale(pages[0], pages[-1], _LEFT, _RIGHT)
    up = Scale(10.0 ** floor(log10(min(seconds))), 10.0 ** ceil(log10(max(seconds))), _BOTTOM, _TOP)
    whole = [line for line in lines if line.points[-1][0] == pages[-1]]
    labels = place_labels([up.place(line.points[-1][1]) for line in whole])
    parts = [
        f'<rect width="{WIDTH}" height="{HEIGHT}" rx="6" fill="#FCFBF8"/>',
        *_draw_axes(across, up, pages),
        *(_draw_line(line, across, up) for line in lines),
        *(_write(line, _RIGHT + 12, height + 5, "start") for line, height in zip(whole, labels, strict=True)),
        *(
            _write(line, across.place(line.points[-1][0]) - 6, up.place(line.points[-1][1]) - 9, "end")
            for line in lines
            if line not in whole
        ),
    ]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" {_LABELS} {_FONT}>'
    title = f'<title id="speed-title">{_TITLE}</title>'
    description = f'<desc id="speed-desc">{escape(describe(lines))}</desc>'
    return "\n  ".join([head, title, description, *parts]) + "\n</svg>\n"


def describe(lines: Sequence[Line]) -> str:
    """The picture in words."""
    return " ".join(f"{line.title}: {', '.join(map(_say_point, line.points))}." for line in lines)


def place_labels(heights: Sequence[float]) -> list[float]:
    """As near as can be to these heights, in their order, a line of text apart."""
    order = sorted(range(len(heights)), key=lambda number: heights[number])
    placed = list(heights)
    for upper, lower in pairwise(order):
        placed[lower] = max(placed[lower], placed[upper] + _LINE_OF_TEXT)
    return placed


def _say_point(point: tuple[int, float]) -> str:
    return f"{point[1]:.1f} seconds for {point[0]:,} pages"


def _draw_axes(across: Scale, up: Scale, pages: Sequence[int]) -> Iterator[str]:
    yield f'<text x="{_LEFT}" y="22" fill="#1F2328">Seconds until the site is built</text>'
    for power in range(round(log10(up.low)), round(log10(up.high)) + 1):
        height = up.place(10.0**power)
        yield f'<path d="M{_LEFT} {height}H{_RIGHT}" stroke="#D8D3C6"/>'
        yield f'<text x="{_LEFT - 10}" y="{height + 5}" text-anchor="end" fill="#57606A">{10.0**power:g}</text>'
    for page in pages:
        yield f'<text x="{across.place(page)}" y="{_BOTTOM + 22}" text-anchor="middle" fill="#57606A">{page:,}</text>'
    yield f'<text x="{_RIGHT}" y="{_BOTTOM + 44}" text-anchor="end" fill="#57606A">pages</text>'


def _draw_line(line: Line, across: Scale, up: Scale) -> str:
    places = [(across.place(page), up.place(second)) for page, second in line.points]
    way = "L".join(f"{x} {y}" for x, y in places)
    dots = "".join(f'<circle cx="{x}" cy="{y}" r="3.5" fill="{line.color}"/>' for x, y in places)
    return f'<path d="M{way}" fill="none" stroke="{line.color}" stroke-width="2"{line.dashes}/>{dots}'


def _write(line: Line, x: float, y: float, anchor: str) -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="{line.color}">{escape(line.title)}</text>'


if __name__ == "__main__":
    main()
