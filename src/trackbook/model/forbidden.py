"""What raw HTML may not hold, by element and attribute: `check` names it, and no page is published with it."""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple


class Forbidden(NamedTuple):
    """Why something has no place on a page, and what to write instead."""

    fact: str
    remedy: str


Get = Callable[[str], str | None]
"""Gives an attribute of an element by its name."""
_BY_WIDGET = "leave it out: what a learner can do is a widget, and `trackbook new widget NAME` begins one"
_BY_CLASS = "give it a class, and say how that looks in a file under `extra_css:` of mkdocs.yml"
_BY_EMBED = "write an `embed` fence, which loads it when a learner asks for it, or a link"
_BY_LINK = "link to the page that has it"
_BESIDE = "save the file beside the page, and write its name"
_DATA = ("application/json", "application/ld+json")
"""Kinds of `<script>` that hold data."""

SCRIPTED = "taken from the page, which runs no script of its own"
STYLED = "taken from the page, which has styles in files alone"
BLOCKED = "blocked by the page's policy, which asks no other host"
UNOPENED = "an address that no browser opens from a page"
_AWAY = Forbidden(
    "taken from the page, which leads nobody away by itself", "write a link, which a learner follows or not"
)
_ALIEN = Forbidden("taken from the page, which is no place for it", "leave it out")
_ASKING = "taken from the page, which asks no other host"
_IN_SETTINGS = "save it in docs/, and name it under `extra_javascript:` of mkdocs.yml"
_SHEETS = "save it in docs/, and name it under `extra_css:` of mkdocs.yml"

ELEMENTS: Mapping[str, Forbidden] = {
    "style": Forbidden(STYLED, _BY_CLASS),
    "form": Forbidden("dead on the site, from which nothing can be sent", "link to the page that has the form"),
    "base": Forbidden("blocked by the page's policy", "write every address as it is from the page"),
    **dict.fromkeys(("frame", "frameset", "portal", "fencedframe", "applet"), Forbidden(_ASKING, _BY_LINK)),
    **dict.fromkeys(("plaintext", "xmp", "noembed", "noframes"), _ALIEN),
    **dict.fromkeys(("handler", "listener"), Forbidden(SCRIPTED, _BY_WIDGET)),
}
"""Those that no page has, whatever their attributes."""
_LOADING = frozenset(
    {"src", "data", "poster", "background", "srcset", "imagesrcset", "lowsrc", "dynsrc", "classid", "code"}
)
"""Attributes by which an element asks for what it shows."""
_LINKS = frozenset({"href", "xlink:href", "action", "formaction"})
_ADDRESSES = _LOADING | _LINKS | {"to", "from", "values", "by", "cite", "longdesc", "altimg", "codebase", "archive"}
_PAINTS = frozenset(
    {"fill", "stroke", "filter", "mask", "clip-path", "cursor", "marker-start", "marker-mid", "marker-end"}
)
"""Attributes of drawings that may name a file: `fill="url(…)"`."""
_LOADED = frozenset(
    {"link", "use", "image", "feimage", "script", "tref", "mpath", "textpath", "lineargradient", "pattern"}
)
"""Elements that load what their `href` names."""
_FRAMES = frozenset({"iframe", "frame", "object", "embed", "portal", "script", "use", "track"})
"""Elements in which a picture would be a document of its own, which runs what it holds."""
_REMEDIES: Mapping[tuple[str, str], str] = {
    ("iframe", "src"): _BY_EMBED,
    ("script", "src"): _IN_SETTINGS,
    ("link", "href"): _SHEETS,
}

_GAPS = re.compile(r"[\t\n\r]")
_ENDS = "".join(map(chr, range(0x21)))
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_CODE = frozenset({"javascript", "vbscript", "livescript", "mocha", "jscript"})
_CLOSED = frozenset(
    {"file", "data", "blob", "filesystem", "about", "view-source", "jar", "mhtml", "resource", "chrome", "res"}
)
_LOCAL = re.compile(r"(?:ms-|search-ms|shell|mk|mid|cid|its)", re.IGNORECASE)
"""Schemes that start programs of the reader's computer, or read from it."""
_PICTURE = re.compile(
    r"data:image/(?:png|jpeg|gif|webp|avif|bmp|svg\+xml|x-icon|vnd\.microsoft\.icon)[;,]", re.IGNORECASE
)
_ALIGNED = re.compile(r"\s*text-align:\s*(?:left|right|center)\s*;?\s*")
"""A style that the site has a class for."""
_DATA_URL = re.compile(r"""url\(\s*(?:"data:[^"]*"|'data:[^']*'|data:[^)]*)\s*\)""", re.IGNORECASE)
_NAMESPACE = re.compile(r"/\*.*?\*/|@namespace[^;]*;", re.DOTALL | re.IGNORECASE)
_ASKING_CSS = re.compile(r"""["'(]\s*(?:(?:https?|ftp|wss?|javascript|file):|[/\\]{2})""", re.IGNORECASE)
_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?")
_PIECES = re.compile(r"[^\s,][^\s]*")


def judge_element(tag: str, get: Get) -> Forbidden | None:
    """What is to be said of an element as a whole."""
    if tag == "script":
        if (get("type") or "").strip().lower() in _DATA:
            return None
        source = get("src")
        fact = BLOCKED if source and is_elsewhere(clean_address(source)) else SCRIPTED
        return Forbidden(fact, _IN_SETTINGS if source else _BY_WIDGET)
    if tag == "link":
        address = clean_address(get("href") or "")
        return Forbidden(BLOCKED if is_elsewhere(address) else _ASKING, _SHEETS)
    if tag == "meta":
        return _AWAY if get("http-equiv") is not None else None
    if tag in ("animate", "set", "animatetransform", "animatemotion"):
        name = (get("attributename") or get("attributeName") or "").strip().lower()
        return Forbidden(SCRIPTED, _BY_WIDGET) if name in _LINKS | _LOADING or name.startswith("on") else None
    if tag == "template":
        return _ALIEN if get("shadowrootmode") is not None or get("shadowroot") is not None else None
    return ELEMENTS.get(tag)


def judge_attribute(tag: str, name: str, value: str) -> Forbidden | None:
    """What is to be said of one attribute, whatever else stands in its element."""
    if name.startswith("on") and len(name) > 2:
        return Forbidden(SCRIPTED, _BY_WIDGET)
    if name == "style":
        return None if _ALIGNED.fullmatch(value) else Forbidden(STYLED, _BY_CLASS)
    if name == "srcdoc":
        return Forbidden("taken from the page, which has one document", "write it as Markdown")
    if name == "ping":
        return Forbidden("taken from the page, which tells nobody what is followed", "leave it out")
    if name in ("action", "formaction"):
        return ELEMENTS["form"]
    if name in _PAINTS:
        return Forbidden(BLOCKED, _BESIDE) if asks_elsewhere(value) else None
    return judge_address(tag, name, value) if name in _ADDRESSES else None


def judge_address(tag: str, name: str, value: str) -> Forbidden | None:
    """What is to be said of where an attribute leads."""
    for piece in (
        _PIECES.findall(value) if name.endswith("srcset") else value.split(";") if name == "values" else [value]
    ):
        address = clean_address(piece)
        loads = name in _LOADING or tag in _LOADED
        if found := refuse_scheme(address, picture=loads and tag not in _FRAMES):
            return found
        if loads and is_elsewhere(address):
            return Forbidden(BLOCKED, _REMEDIES.get((tag, name), _BESIDE))
    return None


def refuse_scheme(address: str, *, picture: bool = False) -> Forbidden | None:
    """Why a page holds no address of this scheme; a `picture` may stand in the address itself."""
    found = _SCHEME.match(address)
    if found is None:
        return None
    scheme = found[1].lower()
    if scheme in _CODE:
        return Forbidden(SCRIPTED, _BY_WIDGET)
    if len(scheme) == 1 or scheme in _CLOSED or _LOCAL.match(scheme):
        return (
            None
            if picture and _PICTURE.match(address)
            else Forbidden(UNOPENED, "link to a page, or to a file beside it")
        )
    return None


def is_elsewhere(address: str) -> bool:
    """Whether a clean address is on another host, or may be."""
    return address.replace("\\", "/").startswith("//") or (
        (found := _SCHEME.match(address)) is not None and found[1].lower() not in ("data", "mailto", "tel")
    )


def clean_address(written: str) -> str:
    """The address as a browser reads it (https://url.spec.whatwg.org/#concept-basic-url-parser)."""
    return _GAPS.sub("", written.strip(_ENDS))


def asks_elsewhere(css: str) -> bool:
    """Whether a style names a file of another host, or runs anything."""
    if "(" not in css and "@import" not in css and "\\" not in css:
        return False
    plain = _ESCAPE.sub(lambda found: chr(min(int(found[1], 16), 0x10FFFF)), css)
    return _ASKING_CSS.search(_DATA_URL.sub("", _NAMESPACE.sub("", plain))) is not None
