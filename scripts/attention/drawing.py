"""What drawings of the lessons share: their width, colors, words and frame."""

from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path

WIDTH, MARGIN = 358, 14
"""Pixels of the text column of a phone, and of the space at both sides of what is drawn in it."""
INK, MUTED, LINE, ACCENT, BLUE, TINT = "#1F2328", "#57606A", "#8A8577", "#A8431E", "#1F5FBF", "#F6E3DA"


def write(x: float, y: float, text: str, size: int = 14, *, anchor: str = "", fill: str = INK, weight: int = 0) -> str:
    place = f' text-anchor="{anchor}"' if anchor else ""
    bold = f' font-weight="{weight}"' if weight else ""
    return f'<text x="{x:g}" y="{y:g}" font-size="{size}"{place}{bold} fill="{fill}">{escape(text, quote=False)}</text>'


def frame(title: str, height: int, lines: list[str]) -> str:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        'role="img" font-family="Figtree, system-ui, sans-serif">'
    )
    body = "\n".join("  " + line for line in lines)
    ground = f'<rect width="{WIDTH}" height="{height}" rx="6" fill="#FCFBF8"/>'
    return f"{head}\n  <title>{escape(title, quote=False)}</title>\n  {ground}\n{body}\n</svg>\n"


def write_drawings(drawings: Mapping[Path, Callable[[], str]]) -> None:
    for file, draw in drawings.items():
        file.write_text(draw(), encoding="utf-8")
