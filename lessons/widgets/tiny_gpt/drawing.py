"""Weights and vectors as paths of upright strokes; drawing.ts draws the same."""

from ..transformer import Vector

APART, HIGH, MIDDLE = 4, 24, 16


def draw_bars(shares: Vector) -> str:
    """A stroke up from the floor for each share; none for what is next to nothing."""
    strokes = ((at, share * HIGH) for at, share in enumerate(shares))
    return "".join(f"M{2 + at * APART} {HIGH}v-{rise:.1f}" for at, rise in strokes if rise >= 0.05)


def draw_strip(vector: Vector, most: float) -> str:
    """A stroke up or down from the middle for each number."""
    rises = (f"{-number / most * (MIDDLE - 1):.1f}" for number in vector)
    return "".join(f"M{2 + at * APART} {MIDDLE}v{rise}" for at, rise in enumerate(rises))
