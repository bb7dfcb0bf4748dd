"""What a page may load: one policy for all, and for what a page plays or shows in a frame no more than that."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; font-src 'self';"
    " connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'"
)
"""The Content Security Policy of every page."""
SERVED = "media-src 'none'; object-src 'none'; frame-src 'none'"
"""That of pages while their author writes: hosts write scripts into them, but what plays there plays everywhere."""

_OWN = (
    ("media-src", "video[src], audio[src], source[src], track[src]"),
    ("object-src", "object[data], embed[src]"),
    ("frame-src", "object[data], embed[src]"),  # Chromium shows a document in a frame of its own
    ("frame-src", "iframe[src]"),
)
"""Directives, and the elements that need them for the site's own files."""


def allow_shown(page: LexborHTMLParser) -> None:
    """Widen the policy of a page, if it has one, by the site's own files that it plays, and the hosts it may ask."""
    meta = page.css_first("meta[http-equiv=Content-Security-Policy]")
    if meta is None:
        return
    parts = (part.strip().partition(" ") for part in (meta.attributes.get("content") or "").split(";"))
    directives = {name: sources for name, _, sources in parts if name}
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
