"""Convolution on small grids, and which pixels a number comes from: the same arithmetic as slide.ts."""

from collections.abc import Sequence
from dataclasses import dataclass

Grid = Sequence[Sequence[float]]
Span = tuple[int, int]
"""The first and the last of some rows or columns, counted from 0."""


@dataclass(frozen=True)
class Layer:
    """A square kernel, how far it moves each time, and how wide a frame of zeros lies around what it reads."""

    kernel: Grid
    stride: int
    padding: int


def frame(grid: Grid, padding: int) -> Grid:
    width = len(grid[0]) + 2 * padding if grid else 0
    side = [0.0] * padding
    rows = [[*side, *row, *side] for row in grid]
    return [[0.0] * width] * padding + rows + [[0.0] * width] * padding if grid else []


def count_places(size: int, layer: Layer) -> int:
    """Relationship 6 of https://arxiv.org/abs/1603.07285; 0 where the kernel is too large."""
    return max(0, (size + 2 * layer.padding - len(layer.kernel)) // layer.stride + 1)


def lay(framed: Grid, layer: Layer, row: int, column: int) -> list[tuple[float, float]]:
    """The weights of the kernel, each with the number below it."""
    top, left = row * layer.stride, column * layer.stride
    return [
        (weight, framed[top + down][left + right])
        for down, weights in enumerate(layer.kernel)
        for right, weight in enumerate(weights)
    ]


def convolve(grid: Grid, layer: Layer) -> Grid:
    """The feature map, without rows where no place fits."""
    if not grid or not (columns := count_places(len(grid[0]), layer)):
        return []
    framed = frame(grid, layer.padding)
    return [
        [sum(weight * number for weight, number in lay(framed, layer, row, column)) for column in range(columns)]
        for row in range(count_places(len(grid), layer))
    ]


def look_down(at: int, layer: Layer) -> Span:
    """Which rows of a framed grid lie below a row of its map; columns go alike."""
    return at * layer.stride, at * layer.stride + len(layer.kernel) - 1


def widen(size: int, stride: int, layers: int) -> list[int]:
    """The width of the receptive field after 1, 2, … layers with kernels of this size."""
    return [1 + (size - 1) * sum(stride**below for below in range(layer + 1)) for layer in range(layers)]
