"""The site's sign, drawn once and made into every form that browsers ask for: a T of track, with its stations."""

from collections.abc import Callable, Mapping
from functools import cache
from io import BytesIO
from typing import Literal

from PIL import Image, ImageDraw

Kind = Literal["ground", "sign"]
COLORS: Mapping[Kind, tuple[str, str]] = {"ground": ("#a8431e", "#f2a27e"), "sign": ("#fcfbf8", "#14171c")}
"""Light and dark."""
_GRID = 32
"""Places and sizes are on a square of this many."""
_CORNER = 7
_STOPS = ((7.5, 10.5), (24.5, 10.5), (16, 24))
_TRACK = ((_STOPS[0], _STOPS[1]), ((16, 10.5), _STOPS[2]))
_WIDTH = 4
_ROUNDS: tuple[tuple[float, Kind], ...] = ((4.5, "sign"), (1.8, "ground"))
"""The radii of a stop: the smaller round upon the larger makes it a ring."""


def _write_svg() -> str:
    lines = (f"M{x:g} {y:g}L{right:g} {bottom:g}" for (x, y), (right, bottom) in _TRACK)
    parts = [
        f'<rect width="{_GRID}" height="{_GRID}" rx="{_CORNER}" class="ground"/>',
        *(f'<path d="{line}" stroke-width="{_WIDTH}"/>' for line in lines),
        *(f'<circle cx="{x:g}" cy="{y:g}" r="{r:g}" class="{kind}"/>' for r, kind in _ROUNDS for x, y in _STOPS),
    ]
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
    for line in _TRACK:
        pen.line([(margin + x * scale, margin + y * scale) for x, y in line], COLORS["sign"][0], round(_WIDTH * scale))
    for radius, kind in _ROUNDS:
        for x, y in _STOPS:
            middle, height, reach = margin + x * scale, margin + y * scale, radius * scale
            pen.ellipse((middle - reach, height - reach, middle + reach, height + reach), COLORS[kind][0])
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
