"""The site's sign, drawn once and made into every form that browsers ask for: a T of track, with its stations."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Literal

from PIL import Image, ImageDraw

Kind = Literal["ground", "sign"]
COLORS: Mapping[Kind, tuple[str, str]] = {"ground": ("#a8431e", "#f2a27e"), "sign": ("#fcfbf8", "#14171c")}
"""Light and dark."""
_GRID = 32


@dataclass(frozen=True, slots=True)
class Line:
    """A stroke of the track, on a grid of 32."""

    start: tuple[float, float]
    end: tuple[float, float]
    width: float = 4


@dataclass(frozen=True, slots=True)
class Station:
    """A round stop; a smaller one upon it makes it a ring."""

    x: float
    y: float
    radius: float
    kind: Kind = "sign"


_STOPS = ((7.5, 10.5), (24.5, 10.5), (16, 24))
DRAWING: tuple[Line | Station, ...] = (
    Line(_STOPS[0], _STOPS[1]),
    Line((16, 10.5), _STOPS[2]),
    *(Station(x, y, 4.5) for x, y in _STOPS),
    *(Station(x, y, 1.8, "ground") for x, y in _STOPS),
)
_CORNER = 7


def _write_svg() -> str:
    parts = [f'<rect width="{_GRID}" height="{_GRID}" rx="{_CORNER}" class="ground"/>']
    for shape in DRAWING:
        if isinstance(shape, Line):
            (x, y), (right, bottom) = shape.start, shape.end
            parts.append(f'<path d="M{x:g} {y:g}L{right:g} {bottom:g}" stroke-width="{shape.width:g}"/>')
        else:
            parts.append(f'<circle cx="{shape.x:g}" cy="{shape.y:g}" r="{shape.radius:g}" class="{shape.kind}"/>')
    light, dark = (_write_style(theme) for theme in (0, 1))
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_GRID} {_GRID}">'
    return f"{head}<style>{light}@media(prefers-color-scheme:dark){{{dark}}}</style>{''.join(parts)}</svg>\n"


def _write_style(theme: int) -> str:
    ground, sign = COLORS["ground"][theme], COLORS["sign"][theme]
    return f".ground{{fill:{ground}}}.sign{{fill:{sign}}}path{{stroke:{sign}}}"


def _draw(size: int, corner: float = _CORNER, size_of_sign: float = 1) -> Image.Image:
    """The drawing as a square of `size` pixels, in its light colors."""
    fine = size * min(8, max(2, 1024 // size))  # averaged in the end, so that edges are smooth
    image = Image.new("RGBA", (fine, fine), f"{COLORS['ground'][0]}00")
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((0, 0, fine - 1, fine - 1), corner * fine / _GRID, COLORS["ground"][0])
    scale = fine * size_of_sign / _GRID
    margin = (fine - scale * _GRID) / 2
    for shape in DRAWING:
        if isinstance(shape, Line):
            points = [(margin + x * scale, margin + y * scale) for x, y in (shape.start, shape.end)]
            pen.line(points, COLORS["sign"][0], round(shape.width * scale))
        else:
            x, y, radius = (value * scale for value in (shape.x, shape.y, shape.radius))
            box = (margin + x - radius, margin + y - radius, margin + x + radius, margin + y + radius)
            pen.ellipse(box, COLORS[shape.kind][0])
    return image.resize((size, size), Image.Resampling.BOX)


def _write_png(image: Image.Image) -> bytes:
    file = BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()


def _write_ico(sizes: tuple[int, ...]) -> bytes:
    images = [_draw(size) for size in sizes]
    file = BytesIO()
    images[-1].save(file, "ICO", sizes=[(size, size) for size in sizes], append_images=images[:-1])
    return file.getvalue()


ICONS: Mapping[str, Callable[[], bytes]] = {
    "favicon.svg": lambda: _write_svg().encode(),
    "favicon.ico": lambda: _write_ico((16, 32, 48)),
    "apple-touch-icon.png": lambda: _write_png(_draw(180, corner=0)),
    "icon-192.png": lambda: _write_png(_draw(192)),
    "icon-512.png": lambda: _write_png(_draw(512)),
    # A device may cut off what lies outside a circle of four fifths.
    "icon-maskable-512.png": lambda: _write_png(_draw(512, corner=0, size_of_sign=0.8)),
}
"""What draws each icon, by its name at the site's root; the same bytes every time."""


@cache
def draw_icon(name: str) -> bytes:
    return ICONS[name]()
