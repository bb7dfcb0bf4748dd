"""What a page may load: one policy for all, and for what a page plays or shows in a frame no more than that."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; font-src 'self';"
    " connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'"
)
"""The Content Security Policy of every page."""
SERVED = "media-src 'none'; object-src 'none'; frame-src 'none'"
"""What pages say while their author writes: the server of MkDocs writes scripts into them. Our own sends the rest."""
PICTURE = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"
"""That of an SVG: what it may do as a picture, it may do as a page."""

_OWN = (
    ("media-src", "video[src], audio[src], source[src], track[src]"),
    ("object-src", "object[data], embed[src]"),
    ("frame-src", "object[data], embed[src]"),  # Chromium shows a document in a frame of its own
    ("frame-src", "iframe[src]"),
)
"""Directives, and the elements that need them for the site's own files."""
_META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)"')


def find_policy(kind: str, content: bytes) -> str:
    """What a server says of a file: of a page what it says once it is published, of what runs nothing nothing."""
    if kind.startswith("image/svg+xml"):
        return PICTURE
    if not kind.startswith(("text/", "application/xml", "application/json", "application/manifest+json")):
        return ""
    head = content.partition(b"</head>")[0].decode(errors="replace") if kind.startswith("text/html") else ""
    said = _META.search(head)
    further = {name: sources for name, sources in _split(said[1] if said else "") if name in dict(_OWN)}
    plain = {name: sources for name, sources in further.items() if sources.isascii() and sources.isprintable()}
    return "; ".join([POLICY, *(f"{name} {sources}" for name, sources in plain.items() if sources != "'none'")])


def _split(policy: str) -> Iterator[tuple[str, str]]:
    for part in policy.split(";"):
        name, _, sources = part.strip().partition(" ")
        if name:
            yield name, sources


def allow_shown(page: LexborHTMLParser) -> None:
    """Widen the policy of a page, if it has one, by the site's own files that it plays, and the hosts it may ask."""
    meta = page.css_first("meta[http-equiv=Content-Security-Policy]")
    if meta is None:
        return
    directives = dict(_split(meta.attributes.get("content") or ""))
    needed: dict[str, list[str]] = {}
    for name, source in _list_needed(page):
        if source not in needed.setdefault(name, []):
            needed[name].append(source)
    if needed:
        directives |= {name: " ".join(sources) for name, sources in needed.items()}
        meta.attrs["content"] = "; ".join(f"{name} {sources}" for name, sources in directives.items())


def _list_needed(page: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    for name, selector in _OWN:
        if any(_is_own(node.attributes.get("src") or node.attributes.get("data") or "") for node in page.css(selector)):
            yield name, "'self'"
    for embed in page.css("tb-embed[data-player]"):
        address = urlsplit(embed.attributes.get("data-player") or "")
        if address.scheme == "https":
            yield "frame-src", f"https://{address.netloc}"


def _is_own(address: str) -> bool:
    parts = urlsplit(address)
    return not parts.scheme and not parts.netloc
