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
NARROWEST = 560
"""Pixels that a figure with type in it takes at least; `overrides/styles/prose.css` says the same."""

_COLORS = yaml.safe_load(Path(__file__).with_name("colors.yaml").read_text("utf-8"))
_TOKENS: Mapping[str, str] = {color: token for token, colors in _COLORS.items() for color in colors}
_COLOR = re.compile(r"#[0-9a-fA-F]{6}\b")
_ID = re.compile(r'\bid="([^"]+)"')
_FORBIDDEN = re.compile(r"<(script|style|foreignObject|image|a)\b|\bstyle=|\bon\w+=|href=\"(?!#)", re.IGNORECASE)
_PROLOGUE = re.compile(r"\A.*?(?=<svg\b)", re.DOTALL)
_TITLE = re.compile(r"<title>.*?</title>\s*", re.DOTALL)
_BOX = re.compile(rb'<svg\b[^>]*\bviewBox="[-\d.]+[ ,]+[-\d.]+[ ,]+([\d.]+)[ ,]+([\d.]+)"')
_SIZED = re.compile(rb"""<svg\b[^>]*\swidth=["']\d|\A(?!\s*<)""")
"""A picture with a size of its own: a drawing that only has a view box is drawn in any."""
_SIDES = {"left": "tb-float-start", "right": "tb-float-end"}
"""What HTML says by an attribute that it has given up."""
_OUTER = re.compile(r"\A<svg\b([^>]*)>")


def place_figures(page: LexborHTMLParser, article: LexborNode, read_file: ReadFile) -> None:
    """A picture alone in its paragraph becomes a figure; one among words only learns its size."""
    for number, image in enumerate(article.css("img")):
        address = image.attributes.get("src") or ""
        content = read_file(unquote(address)) if is_own(address) else None
        asked = "width" in image.attributes or "height" in image.attributes
        if content and (size := measure(content)):
            _set_size(image, *size)
        if number:
            image.attrs["loading"] = "lazy"
        if (side := image.attributes.get("align")) in _SIDES:
            del image.attrs["align"]
            image.attrs["class"] = " ".join(filter(None, [image.attributes.get("class"), _SIDES[side]]))
        if (paragraph := stands_alone(image)) is not None and "tb-float" not in (image.attributes.get("class") or ""):
            _place(page, paragraph, _frame(page, image, content, asked=asked))


def is_own(address: str) -> bool:
    """Whether an address in a page is that of a file of the site."""
    return ":" not in address and not address.startswith("/")


def stands_alone(image: LexborNode) -> LexborNode | None:
    """The paragraph that holds a picture and nothing else, if one does."""
    paragraph = image.parent
    if paragraph is None or paragraph.tag != "p" or paragraph.text(strip=True):
        return None
    return paragraph if len(paragraph.css("img")) == 1 and paragraph.css_first("a") is None else None


def _set_size(image: LexborNode, width: int, height: int) -> None:
    """The size that its author asks for, in the shape that it has; else its own."""
    asked = {name: image.attributes[name] or "" for name in ("width", "height") if name in image.attributes}
    if not asked:
        image.attrs["width"], image.attrs["height"] = str(width), str(height)
    elif len(asked) == 1 and asked.get("width", "").isdecimal():
        image.attrs["height"] = str(round(int(asked["width"]) * height / width))
    elif len(asked) == 1 and asked.get("height", "").isdecimal():
        image.attrs["width"] = str(round(int(asked["height"]) * width / height))


def _place(page: LexborHTMLParser, paragraph: LexborNode, shown: LexborNode) -> None:
    """Put a picture in the place of its paragraph, in a figure: an author's, that of a caption, or a new one."""
    if paragraph.parent is not None and paragraph.parent.tag == "figure":
        paragraph.replace_with(shown)
        return
    figure = page.create_node("figure")
    figure.insert_child(shown)
    paragraph.replace_with(figure)


def _frame(page: LexborHTMLParser, image: LexborNode, content: bytes | None, *, asked: bool) -> LexborNode:
    """On a narrow screen, a large one moves inside a frame; a small one, or one of the size that is asked for, fits."""
    shown = image
    drawing = inline_drawing(content, image.attributes.get("alt") or "", image.attributes.get("src") or "")
    if drawing is not None:
        shown = LexborHTMLParser(drawing).css("svg")[0]
        for name in ("width", "height") if asked else ():
            shown.attrs[name] = image.attributes.get(name) or ""
    width = image.attributes.get("width") or ""
    sized = asked or (content is not None and _SIZED.search(content[:2000]) is not None)
    if sized and (not width.isdecimal() or int(width) < NARROWEST):
        return shown
    frame = page.create_node("div")
    frame.attrs["class"] = "tb-scroll"
    frame.insert_child(shown)
    return frame


def inline_drawing(content: bytes | None, alt: str, address: str) -> str | None:
    """The SVG as markup for a page; None when it is none, too heavy, or holds what a page can't take in."""
    if not content or len(content) > HEAVIEST_DRAWING or b"<svg" not in content[:1000]:
        return None
    text = _TITLE.sub("", _PROLOGUE.sub("", content.decode("utf-8", "replace")), count=1)
    text = _COLOR.sub(lambda color: _TOKENS.get(color[0].lower(), color[0]), text)
    outer = _OUTER.match(text)
    if outer is None or _FORBIDDEN.search(text):
        return None
    prefix = re.sub(r"\W+", "-", posixpath.splitext(posixpath.basename(address))[0])
    for name in set(_ID.findall(text)):
        text = text.replace(f'id="{name}"', f'id="{prefix}-{name}"').replace(f"#{name})", f"#{prefix}-{name})")
        text = text.replace(f'href="#{name}"', f'href="#{prefix}-{name}"')
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
