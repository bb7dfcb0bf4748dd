"""The weights as bars: a row per query, cut into a part for each key. bars.ts redraws them."""

from collections.abc import Sequence

from .arithmetic import Matrix, write_fixed

ACROSS, HIGH, APART = 340, 26, 52


def draw_bars(weights: Matrix) -> list[dict[str, object]]:
    """For each row its height on the page and its parts: where each begins, how wide it is, if its name fits in."""
    return [{"y": 18 + row * APART, "parts": _cut(shares)} for row, shares in enumerate(weights)]


def _cut(shares: Sequence[float]) -> list[dict[str, object]]:
    parts: list[dict[str, object]] = []
    begin = 0.0
    for share in shares:
        parts.append(
            {"x": write_fixed(begin * ACROSS, 2), "width": write_fixed(share * ACROSS, 2), "fits": share > 0.25}
        )
        begin += share
    return parts
