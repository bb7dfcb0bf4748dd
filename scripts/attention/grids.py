"""Grids of shaded cells, drawn from packed numbers."""

from base64 import b64decode, b64encode
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

ABOVE, BELOW = "#A8431E", "#1F5FBF"


def pack_levels(levels: np.ndarray) -> str:
    """Base64 of int8, row by row; 127 stands for 1."""
    return b64encode(np.rint(levels * 127).astype(np.int8).tobytes()).decode()


def read_levels(blob: str) -> list[float]:
    return (np.frombuffer(b64decode(blob), dtype=np.int8) / 127).tolist()


@dataclass
class Grids:
    """Square grids of one drawing, in so many shades of each color."""

    shades: int
    cells: dict[tuple[str, int], list[str]] = field(default_factory=lambda: defaultdict(list))
    frames: list[str] = field(default_factory=list)

    def add(self, x: int, y: int, cell: int, levels: Sequence[float], ink: str = "") -> None:
        """Levels from -1 to 1, row by row, in the color `ink`, or in one for each sign."""
        side = round(len(levels) ** 0.5)
        size = side * cell
        self.frames.append(f"M{x} {y}h{size}v{size}h-{size}z")
        for at, level in enumerate(levels):
            color = ink or (ABOVE if level > 0 else BELOW)
            path = f"M{x + at % side * cell} {y + at // side * cell}h{cell}v{cell}h-{cell}z"
            self.cells[color, round(abs(level) * self.shades)].append(path)

    def draw(self, height: int, title: str, texts: Sequence[str]) -> str:
        """The whole drawing, with words beside the grids."""
        filled = [
            f'<path d="{"".join(paths)}" fill="{color}" fill-opacity="{shade / self.shades:.2f}"/>'
            for (color, shade), paths in sorted(self.cells.items())
            if shade
        ]
        frame = f'<path d="{"".join(self.frames)}" fill="none" stroke="#8A8577"/>'
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 358 {height}" width="358" height="{height}" '
            'role="img" font-family="Figtree, system-ui, sans-serif" font-size="14" fill="#1F2328">\n'
            f"<title>{title}</title>\n" + "\n".join([*texts, *filled, frame]) + "\n</svg>\n"
        )
