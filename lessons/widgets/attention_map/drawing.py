"""Arcs from a word to those that it takes from, and the small picture of all heads. drawing.ts moves the arcs."""

from collections.abc import Sequence

from .table import Sentence

ROW = 30
CELL = 14
_LOOP = 7


def draw_arcs(shares: Sequence[float], focus: int) -> list[dict[str, str]]:
    """For each word, from top to bottom: the way from the focus to it, its width in pixels, how opaque it is."""
    return [
        {
            "way": write_way(focus, to, len(shares)),
            "width": f"{0.75 + 13 * share:.2f}",
            "opacity": f"{min(1, 0.3 + 1.4 * share):.2f}" if share >= 0.005 else "0",
        }
        for to, share in enumerate(shares)
    ]


def write_way(focus: int, to: int, count: int) -> str:
    """From row to row, further out the further they lie apart; a loop where a word takes from itself."""
    start, end = ROW * focus + ROW // 2, ROW * to + ROW // 2
    if focus == to:
        return f"M0 {start - _LOOP}C22 {start - _LOOP} 22 {start + _LOOP} 0 {start + _LOOP}"
    out = f"{18 + 112 * abs(focus - to) / (count - 1):.2f}"
    return f"M0 {start}C{out} {start} {out} {end} 0 {end}"


def shade(share: float) -> int:
    """In tenths: 0 is plain, 10 the deepest."""
    return int(10 * share + 0.5)


def draw_heads(side: Sentence, columns: int) -> dict[str, str]:
    """A mark for each head, as large as the larger weight from the focus to one of the two candidates.

    A square takes more from the first of them, a ring more from the second, a dash as much from both, in 255ths.
    """
    squares, rings, dashes = [], [], []
    for at in range(side.count_heads()):
        row = side.row(at, side.focus)
        first, second = (row[candidate] for candidate in side.candidates)
        x, y = CELL * (at % columns) + CELL // 2, CELL * (at // columns) + CELL // 2
        half = round(1 + 5.2 * (max(first, second) / 255) ** 0.5, 1)
        if first > second:
            squares.append(f"M{x - half:g} {y - half:g}h{2 * half:g}v{2 * half:g}h{-2 * half:g}z")
        elif first < second:
            rings.append(
                f"M{x - half:g} {y}a{half:g} {half:g} 0 1 0 {2 * half:g} 0a{half:g} {half:g} 0 1 0 {-2 * half:g} 0z"
            )
        else:
            dashes.append(f"M{x - 2} {y}h4")
    return {"squares": "".join(squares), "rings": "".join(rings), "dashes": "".join(dashes)}
