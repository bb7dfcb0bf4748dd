"""A page of a built site, read once: what it says about itself, and all that it refers to."""

import re
from collections import Counter
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from trackbook.built_site.site import Reference, Role, SitePage

_LOADING = frozenset(
    ("stylesheet", "icon", "apple-touch-icon", "mask-icon", "manifest", "preload", "modulepreload", "prefetch")
)
_CONNECTING = frozenset(("preconnect", "dns-prefetch"))
_RARE: dict[str, Role] = {
    "poster": "resource",
    "data": "resource",
    "background": "resource",
    "action": "link",
    "formaction": "link",
}
_KNOWN_BY = "meta[property='og:url'], meta[property='og:image'], meta[name='twitter:image']"
_CANDIDATE = re.compile(r"[\s,]*(\S*[^\s,])(?:\s[^,]*)?")
_REFRESH = re.compile(r"""[\d.\s]*[;,]\s*(?:url\s*=\s*)?["']?([^"']*)["']?\s*""", re.I)
_USED = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^)"']*))\s*\)|@import\s+["']([^"']+)""", re.I)
_MAYBE_TEX = re.compile(rb"arithmatex|\\[\[(]|\\begin\{|\$\$")
_TEX = re.compile(r"\\\[.{1,500}?\\\]|\\\(.{1,500}?\\\)|\$\$.{1,500}?\$\$|\\begin\{[a-zA-Z]+\*?\}", re.S)
_NO_PROSE = "code, pre, script, style, textarea, kbd, samp, math"
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.S)


def read_page(path: str, html: bytes) -> SitePage:
    """Read a page of the site: `path` is its own, relative to the site's root."""
    tree = LexborHTMLParser(html)
    title = tree.css_first("head > title")
    description = tree.css_first("meta[name=description i]")
    base = tree.css_first("base[href]")
    ids = Counter(node.id or "" for node in tree.css("[id]"))
    names = [node.attributes.get("name") or "" for node in tree.css("a[name]")]
    return SitePage(
        path,
        tuple(dict.fromkeys(_list_references(tree))),
        (base.attributes.get("href") or "") if base else "",
        title=title.text(strip=True) if title else "",
        description=(description.attributes.get("content") or "").strip() if description else "",
        language=(tree.root.attributes.get("lang") or "").strip() if tree.root else "",
        anchors=frozenset([*ids, *names]),
        repeated=tuple(sorted(one for one, count in ids.items() if count > 1)),
        raw_tex=tuple(_list_raw_tex(tree)) if _MAYBE_TEX.search(html) else (),
    )


def list_styles(css: str, attribute: str = "") -> Iterator[Reference]:
    """What a style sheet asks for, or an attribute of styles."""
    for match in _USED.finditer(_CSS_COMMENT.sub("", css)):
        yield Reference("resource", attribute, next(filter(None, match.groups()), "").strip())


def _list_raw_tex(tree: LexborHTMLParser) -> Iterator[str]:
    """TeX that a reader of an article sees as text. The tree is of no use afterwards."""
    for article in tree.css("article"):
        while node := article.css_first(_NO_PROSE):  # one may stand inside another
            node.decompose()
        while node := article.css_first(".arithmatex"):
            yield node.text(strip=True)
            node.decompose()
        yield from _TEX.findall(article.text())


def _list_references(tree: LexborHTMLParser) -> Iterator[Reference]:
    for node in tree.css("[href]"):
        attributes = node.attributes
        name = "href" if "href" in attributes else "xlink:href"
        if role := _find_role(node, attributes.get("rel") or ""):
            yield Reference(role, name, attributes.get(name) or "")
    yield from _list_attribute(tree, "src", "resource")
    for name in ("srcset", "imagesrcset"):
        for node in tree.css(f"[{name}]"):
            candidates = _CANDIDATE.findall(node.attributes.get(name) or "")
            yield from (Reference("resource", name, candidate) for candidate in candidates)
    for name, use in _RARE.items():
        yield from _list_attribute(tree, name, use)
    for node in tree.css(_KNOWN_BY):
        yield Reference("canonical", "content", node.attributes.get("content") or "")
    for node in tree.css("meta[http-equiv=refresh i]"):
        if match := _REFRESH.fullmatch(node.attributes.get("content") or ""):
            yield Reference("redirect", "content", match[1].strip())
    for node in tree.css("style"):
        yield from list_styles(node.text())
    for node in tree.css("[style]"):
        yield from list_styles(node.attributes.get("style") or "", "style")


def _list_attribute(tree: LexborHTMLParser, name: str, role: Role) -> Iterator[Reference]:
    return (Reference(role, name, node.attributes.get(name) or "") for node in tree.css(f"[{name}]"))


def _find_role(node: LexborNode, rel: str) -> Role | None:
    """What the `href` of an element is for; None where it is no address of its own."""
    if node.tag == "base":
        return None
    if node.tag != "link":
        return "link" if node.tag in ("a", "area") else "resource"
    kinds = frozenset(rel.lower().split())
    if "canonical" in kinds:
        return "canonical"
    if kinds & _LOADING:
        return "resource"
    return "connection" if kinds & _CONNECTING else "link"
