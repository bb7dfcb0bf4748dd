"""The share of first words recalled, by how many words came after: a line for each network."""

from collections.abc import Sequence

ACROSS, FLOOR = 320, 160


def draw_line(shares: Sequence[float]) -> str:
    """Through the share after no word, one word, two words, …"""
    apart = ACROSS / (len(shares) - 1)
    return "M" + "L".join(f"{at * apart:.1f} {draw_height(share)}" for at, share in enumerate(shares))


def draw_height(share: float) -> str:
    return f"{FLOOR * (1 - share):.1f}"
