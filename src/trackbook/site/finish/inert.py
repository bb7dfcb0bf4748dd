"""What a page may not hold is taken out of it, whoever wrote it: the policy of the page is the second wall."""

import re
from collections.abc import Iterable

from selectolax.lexbor import LexborHTMLParser, LexborNode

from trackbook.model.forbidden import judge_address, judge_attribute, judge_element

_HANDLER = re.compile(r"""on(?<=[\s/"']on)[^\s=>]*\s*=""")
"""Stands wherever an element has one. (A pattern that begins with letters is fast.)"""
_ESCAPED = re.compile(r"\\0*(?:[57][25]|[46]c)")
"""A letter of `url` as a style may write it."""
_SIGNS = ("xlink:", "url(")
"""Where one stands, there may be what no selector finds."""
_NAMES = (
    *("style", "base", "iframe", "frame", "frameset", "portal", "fencedframe", "applet", "plaintext", "xmp", "noembed"),
    *("noframes", "template", "handler", "listener", "animate", "set", "animateTransform", "animateMotion", "object"),
    *("embed", "image", "use", "feImage"),
)
_RARE = re.compile(f"<(?:{'|'.join(_NAMES).lower()})(?![a-z-])")
"""Where one of these is written; most pages have none."""
_ALL_NAMES = ", ".join(_NAMES)
_ALWAYS = (
    'body form, body meta, body link, head meta[http-equiv], script, [href*=":"], [src], [style], [ping], [formaction],'
    " [srcset], [poster], [background]"
)
_OF_HEAD = ("content-security-policy", "content-type", "x-ua-compatible")
"""What a `<meta http-equiv>` may say in the head, which templates write."""
_ALIGNED = re.compile(r"text-align:\s*(left|right|center)")
_SIDES = {"left": "tb-start", "right": "tb-end", "center": "tb-center"}
_PLAIN = re.compile(
    r"[^<]*+(?:</?(?:p|em|strong|code|pre|br|[uo]l|li|su[bp]|table|thead|tbody|tr|t[hd]|math|m[ino]|mrow"
    r"|msu[bp]|msubsup|mfrac|msqrt|mtext|mspace)"
    r"(?: (?:class|display|lspace|rspace|stretchy|width)=\"[^\"<>]*+\")*+ ?/?>[^<]*+)*+"
)
"""What most texts of widgets are: elements and attributes of which nothing has to go."""
_WAYS = ("href", "src")
"""Where a script or a sheet of the frame is, which has been judged."""
_ROUNDS = 5
"""How often what was taken out may bring to light what has to go as well."""


def take_out(page: LexborHTMLParser, written: str) -> tuple[LexborHTMLParser, list[str]]:
    """The page without what is forbidden, and what that was. `written` is its text in small letters.

    Browsers read what is written of the page, not the page as it was read here, so where anything was out of order it
    is written and read until nothing more is found.
    """
    hidden = _may_hide(written)
    every = hidden or any(sign in written for sign in _SIGNS)
    lost = _take_once(page.css("*" if every else f"{_ALWAYS}, {_ALL_NAMES}" if _RARE.search(written) else _ALWAYS))
    for _ in range(_ROUNDS if lost or hidden else 0):
        page = LexborHTMLParser(page.html or "")
        more = _take_once(page.css("*"))
        lost += more
        if not more:
            break
    return page, lost


def clean_part(html: str) -> str:
    """A piece of HTML that comes onto a page later, without what is forbidden."""
    if _PLAIN.fullmatch(html):
        return html
    page, lost = take_out(LexborHTMLParser(f"<body><article>{html}"), html.lower())
    article = page.css_first("article")
    return (article.inner_html or "") if lost and article else html


def _may_hide(written: str) -> bool:
    """Whether a page holds anything that other readers may find in another place."""
    return (
        "<noscript" in written
        or _HANDLER.search(written) is not None
        or ("\\" in written and _ESCAPED.search(written) is not None)
    )


def _take_once(nodes: Iterable[LexborNode]) -> list[str]:
    lost: list[str] = []
    gone: list[LexborNode] = []
    for node in {node.mem_id: node for node in nodes}.values():  # one that several selectors fit comes several times
        tag = (node.tag or "").lower()
        attributes = node.attributes
        if _is_of_frame(node, tag):
            lost += _clean_attributes(node, tag, {name: attributes[name] for name in attributes if name not in _WAYS})
        elif judge_element(tag, attributes.get) or (
            tag == "noscript" and "</noscript" in (node.inner_html or "").lower()
        ):
            lost.append(f"<{tag}> inside the page")
            gone.append(node)
        else:
            lost += _clean_attributes(node, tag, attributes)
    for node in reversed(gone):  # what lies inside others first
        if node.tag == "form":
            node.unwrap()
        else:
            node.decompose()
    return lost


def _clean_attributes(node: LexborNode, tag: str, attributes: dict[str, str | None]) -> list[str]:
    lost: list[str] = []
    for name, given in attributes.items():
        value = given or ""
        if name == "style":
            del node.attrs[name]
            if aligned := _ALIGNED.search(value):
                node.attrs["class"] = " ".join(filter(None, [attributes.get("class"), _SIDES[aligned[1]]]))
            else:
                lost.append(f'style="{value}" of <{tag}>')
        elif judge_attribute(tag, name.lower(), value):
            del node.attrs[name]
            lost.append(f"{name}= of <{tag}>")
    return lost


def _is_of_frame(node: LexborNode, tag: str) -> bool:
    """Whether it is a part of what templates write around each page: its head and its scripts."""
    if tag == "meta":
        kind = (node.attributes.get("http-equiv") or "").strip().lower()
        return _find_outer(node) == "head" and (not kind or kind in _OF_HEAD)
    if address := node.attributes.get({"link": "href", "script": "src"}.get(tag, "")):
        outer = _find_outer(node)  # what an author writes may end the article
        return outer == "head" or (outer == "body" and not judge_address("script", "src", address))
    return False


def _find_outer(node: LexborNode) -> str:
    """The nearest of the parts of a page that an element stands in."""
    while (parent := node.parent) is not None and parent.tag not in ("article", "head", "body"):
        node = parent
    return (parent.tag or "") if parent is not None else ""
