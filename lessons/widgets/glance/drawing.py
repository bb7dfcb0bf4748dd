"""Words in a row, as wide as they are long, and the arcs above them. drawing.ts moves the arcs."""

from collections.abc import Sequence

LEAST = 0.025
"""A smaller share is not drawn."""


def measure_spans(names: Sequence[Sequence[str]]) -> list[int]:
    """How many of the columns each word takes."""
    return [min(14, max(4, *map(len, pair)) + 2) if pair != ("",) else 7 for pair in names]


def draw_arcs(shares: Sequence[float], focus: int, spans: Sequence[int]) -> list[dict[str, str]]:
    """For each word: the way from the focus to it, its width in pixels, how opaque it is."""
    return [
        {
            "way": write_way(focus, to, spans),
            "width": f"{0.75 + 13 * share:.2f}",
            "opacity": f"{min(1, 0.3 + 1.4 * share):.2f}" if share >= LEAST and to != focus else "0",
        }
        for to, share in enumerate(shares)
    ]


def write_way(focus: int, to: int, spans: Sequence[int]) -> str:
    """The higher the further they lie apart. A unit across is a column; 100 units are the height."""
    start, end = (2 * sum(spans[:at]) + spans[at] for at in (focus, to))
    top = f"{75 - 105 * abs(end - start) / (2 * sum(spans)):.1f}"
    return f"M{start} 100C{start} {top} {end} {top} {end} 100"


def shade(share: float) -> int:
    """In tenths: 0 is plain; what is drawn is 1 at least."""
    return max(1, int(10 * share + 0.5)) if share >= LEAST else 0
