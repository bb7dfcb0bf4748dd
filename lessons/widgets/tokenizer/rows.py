"""The row of each token in a table of embeddings, and which rows lie nearest: the same arithmetic as rows.ts."""

from base64 import b64decode
from dataclasses import dataclass
from math import sqrt
from struct import unpack

TOP, STEP, MIDDLE = 127, 8, 14


@dataclass(frozen=True)
class Rows:
    """Whole numbers from -127 to 127, which stand for -1 to 1."""

    width: int
    numbers: tuple[int, ...]

    def find(self, token: int) -> tuple[int, ...]:
        return self.numbers[token * self.width : (token + 1) * self.width]

    def list_nearest(self, token: int, count: int) -> list[int]:
        """The tokens whose rows have the largest cosine with this one's; none for a row of zeros."""
        row = self.find(token)
        if not any(row):
            return []
        others = [other for other in range(len(self.numbers) // self.width) if other != token and any(self.find(other))]
        return sorted(others, key=lambda other: (-measure_cosine(row, self.find(other)), other))[:count]


def read_rows(width: int, packed: str) -> Rows:
    data = b64decode(packed)
    return Rows(width, unpack(f"{len(data)}b", data))


def measure_cosine(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    product = sum(left * right for left, right in zip(one, other, strict=True))
    return product / sqrt(sum(left * left for left in one) * sum(right * right for right in other))


def draw_row(row: tuple[int, ...]) -> str:
    """A bar for each number, upward if it is above zero, in a drawing that is two times `MIDDLE` high."""
    bars = (f"M{at * STEP + 1} {MIDDLE}h6v{-number * (MIDDLE - 1) / TOP:.1f}h-6z" for at, number in enumerate(row))
    return "".join(bar for bar, number in zip(bars, row, strict=True) if number)
