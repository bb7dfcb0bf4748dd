"""Drawings that a phone shows whole: none is wider than its column, and what is written in them can be read there."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).parents[2]
COLUMN, SMALLEST = 358, 12
"""Pixels of the text column of a screen that is 390 wide, and of the smallest type."""
DRAWINGS = sorted([*(ROOT / "lessons").glob("*/*/*.svg"), *(ROOT / "cheatsheets").glob("*/*.svg")])


@pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_drawing_fits_a_phone(path: Path) -> None:
    root = ElementTree.parse(path).getroot()
    assert int(root.attrib["width"]) <= COLUMN
    sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)"', path.read_text("utf-8"))]
    assert min(sizes) >= SMALLEST
