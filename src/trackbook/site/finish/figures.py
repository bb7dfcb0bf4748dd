"""Pictures in a page: drawings stand in it, in its own type and colors, and every other picture knows its size."""

import posixpath
import re
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

import imagesize
import yaml
from selectolax.lexbor import LexborHTMLParser, LexborNode

ReadFile = Callable[[str], bytes | None]
HEAVIEST_DRAWING = 40_000
"""Bytes up to which a drawing stands in the page itself."""

_COLORS = yaml.safe_load(Path(__file__).with_name("colors.yaml").read_text("utf-8"))
_TOKENS: Mapping[str, str] = {color: token for token, colors in _COLORS.items() for color in colors}
_COLOR = re.compile(r"#[0-9a-fA-F]{6}\b")
_ID = re.compile(r'\bid="([^"]+)"')
_FORBIDDEN = re.compile(r"<(script|style|foreignObject|image|a)\b|\bstyle=|\bon\w+=|href=\"(?!#)", re.IGNORECASE)
_PROLOGUE = re.compile(r"\A.*?(?=<svg\b)", re.DOTALL)
_TITLE = re.compile(r"<title>.*?</title>\s*", re.DOTALL)
_BOX = re.compile(rb'<svg\b[^>]*\bviewBox="[-\d.]+[ ,]+[-\d.]+[ ,]+([\d.]+)[ ,]+([\d.]+)"')
_SIDES = {"left": "tb-float-start", "right": "tb-float-end"}
"""What HTML says by an attribute that it has given up."""
_OUTER = re.compile(r"\A<svg\b([^>]*)>")


def place_figures(page: LexborHTMLParser, article: LexborNode, read_file: ReadFile) -> None:
    """A picture alone in its paragraph becomes a figure; one among words only learns its size."""
    for number, image in enumerate(article.css("img")):
        address = image.attributes.get("src") or ""
        content = None if ":" in address or address.startswith("/") else read_file(unquote(address))
        size = measure(content) if content else None
        if size and "width" not in image.attributes:
            image.attrs["width"], image.attrs["height"] = map(str, size)
        if number:
            image.attrs["loading"] = "lazy"
        if (side := image.attributes.get("align")) in _SIDES:
            del image.attrs["align"]
            image.attrs["class"] = " ".join(filter(None, [image.attributes.get("class"), _SIDES[side]]))
        _place(page, image, content)


def _place(page: LexborHTMLParser, image: LexborNode, content: bytes | None) -> None:
    paragraph = image.parent
    alone = paragraph is not None and paragraph.tag == "p" and not paragraph.text(strip=True)
    floats = "tb-float" in (image.attributes.get("class") or "")
    if paragraph is None or not alone or floats or len(paragraph.css("img")) != 1 or paragraph.css_first("a"):
        return
    within = paragraph.parent is not None and paragraph.parent.tag == "figure"  # of an author's, or with a caption
    figure = page.create_node("figure")
    frame = page.create_node("div")
    frame.attrs["class"] = "tb-scroll"
    drawing = inline_drawing(content, image.attributes.get("alt") or "", image.attributes.get("src") or "")
    if drawing is None:
        frame.insert_child(image)
    else:
        frame.insert_child(LexborHTMLParser(drawing).css("svg")[0])
    if within:
        paragraph.replace_with(frame)
        return
    figure.insert_child(frame)
    paragraph.replace_with(figure)


def inline_drawing(content: bytes | None, alt: str, address: str) -> str | None:
    """The SVG as markup for a page; None when it is none, too heavy, or holds what a page can't take in."""
    if not content or len(content) > HEAVIEST_DRAWING or b"<svg" not in content[:1000]:
        return None
    text = _TITLE.sub("", _PROLOGUE.sub("", content.decode("utf-8", "replace")), count=1)
    outer = _OUTER.match(text)
    if outer is None or _FORBIDDEN.search(text):
        return None
    prefix = re.sub(r"\W+", "-", posixpath.splitext(posixpath.basename(address))[0])
    for name in set(_ID.findall(text)):
        text = text.replace(f'id="{name}"', f'id="{prefix}-{name}"').replace(f"#{name})", f"#{prefix}-{name})")
        text = text.replace(f'href="#{name}"', f'href="#{prefix}-{name}"')
    text = _COLOR.sub(lambda color: _TOKENS.get(color[0].lower(), color[0]), text)
    label = alt.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    attributes = re.sub(r'\s(?:role|aria-\w+|font-family|class|width|height)="[^"]*"', "", outer[1])
    size = measure(content)
    sized = f' width="{size[0]}" height="{size[1]}"' if size else ""
    named = f' role="img" aria-label="{label}"' if alt else ' aria-hidden="true"'
    text = _OUTER.sub("", text)
    return f'<svg class="tb-drawing"{attributes}{sized}{named}>{text.strip()}'


def measure(content: bytes) -> tuple[int, int] | None:
    """Width and height of a picture in pixels; of a drawing without them those of its view box; else None."""
    try:
        width, height = imagesize.get(BytesIO(content))
    except (ValueError, OSError):
        return None
    if width > 0 and height > 0:
        return round(width), round(height)
    box = _BOX.search(content[:2000])
    return (round(float(box[1])), round(float(box[2]))) if box else None
