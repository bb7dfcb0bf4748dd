"""Pictures in a page: drawings stand in it, in its own type and colors, and every other picture knows its size."""

import posixpath
import re
from collections.abc import Callable
from io import BytesIO
from urllib.parse import unquote

import imagesize
from selectolax.lexbor import LexborHTMLParser, LexborNode

ReadFile = Callable[[str], bytes | None]
HEAVIEST_DRAWING = 40_000
"""Bytes up to which a drawing stands in the page itself."""

_TOKENS = {
    "#fcfbf8": "var(--tb-paper)",
    "#ffffff": "var(--tb-raised)",
    "#f4f1ea": "var(--tb-tint)",
    "#1f2328": "var(--tb-text)",
    "#57606a": "var(--tb-muted)",
    "#8a8577": "var(--tb-control)",
    "#a8431e": "var(--tb-accent)",
    "#1f5fbf": "var(--tb-query)",
    "#1a6b3c": "var(--tb-good)",
    "#8a5300": "var(--tb-warning)",
    "#b3261e": "var(--tb-error)",
    **dict.fromkeys(("#c9cdd2", "#d8d3c6", "#cfcabc", "#d8d4c8", "#e2ddd1"), "var(--tb-line)"),
    **dict.fromkeys(("#fbede6", "#fae9e1", "#f6e3da"), "color-mix(in srgb, var(--tb-accent) 14%, var(--tb-paper))"),
    **dict.fromkeys(("#f5d6c8", "#efc0ac"), "color-mix(in srgb, var(--tb-accent) 30%, var(--tb-paper))"),
    "#e9aa90": "color-mix(in srgb, var(--tb-accent) 45%, var(--tb-paper))",
}
"""The light colors that authors draw with, as the site's tokens: a drawing is then right in the dark as well."""

_COLOR = re.compile(r"#[0-9a-fA-F]{6}\b")
_ID = re.compile(r'\bid="([^"]+)"')
_FORBIDDEN = re.compile(r"<(script|style|foreignObject|image|a)\b|\bstyle=|\bon\w+=|href=\"(?!#)", re.IGNORECASE)
_PROLOGUE = re.compile(r"\A.*?(?=<svg\b)", re.DOTALL)
_TITLE = re.compile(r"<title>.*?</title>\s*", re.DOTALL)
_BOX = re.compile(rb'<svg\b[^>]*\bviewBox="[-\d.]+[ ,]+[-\d.]+[ ,]+([\d.]+)[ ,]+([\d.]+)"')
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
        _place(page, image, content)


def _place(page: LexborHTMLParser, image: LexborNode, content: bytes | None) -> None:
    paragraph = image.parent
    alone = paragraph is not None and paragraph.tag == "p" and not paragraph.text(strip=True)
    if paragraph is None or not alone or len(paragraph.css("img")) != 1 or paragraph.css_first("a"):
        return
    figure = page.create_node("figure")
    frame = page.create_node("div")
    frame.attrs["class"] = "tb-scroll"
    drawing = inline_drawing(content, image.attributes.get("alt") or "", image.attributes.get("src") or "")
    if drawing is None:
        frame.insert_child(image)
    else:
        frame.insert_child(LexborHTMLParser(drawing).css("svg")[0])
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
