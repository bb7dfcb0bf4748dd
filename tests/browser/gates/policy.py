"""One policy on every page, with what plays there, first in its head; nothing inline; nothing stopped in a browser."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode
from tests.browser.gates.site import BuiltSite, Result
from tests.browser.gates.visits import visit_pages

POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; font-src 'self';"
    " connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'"
)
DATA = {"application/json", "application/ld+json"}
OWN = {"media-src": "video, audio", "object-src": "object, embed", "frame-src": "object, embed, iframe"}
"""What a page may load of the site's own beyond that, where it has one of these elements."""


def measure(site: BuiltSite, pages: Mapping[str, str]) -> Result:
    files = sorted(site.folder.rglob("*.html"))
    breaches = [breach for file in files for breach in read_page(file, file.relative_to(site.folder).as_posix())]
    visits = visit_pages(site, pages)
    for visit in visits:
        breaches += [f"{visit.view}: {said}" for said in [*visit.violations, *visit.errors]]
    return Result(f"{len(breaches)} in {len(files)} files, {len(visits)} visits", breaches)


def read_page(file: Path, name: str) -> Iterator[str]:
    page = LexborHTMLParser(file.read_text("utf-8"))
    yield from (f"{name}: {fact}" for fact in [*check_head(page), *check_elements(page)])


def check_head(page: LexborHTMLParser) -> Iterator[str]:
    children = [node for node in page.css("head > *") if not node.attributes.get("charset")]
    metas = page.css("meta[http-equiv=Content-Security-Policy i]")
    if len(metas) != 1:
        yield f"{len(metas)} policies"
        return
    if children[0].attributes.get("content") != metas[0].attributes.get("content"):
        yield f"the policy comes after <{children[0].tag}>"
    if metas[0].attributes.get("content") != "; ".join([POLICY, *list_further(page)]):
        yield f'the policy is "{metas[0].attributes.get("content")}"'


def list_further(page: LexborHTMLParser) -> Iterator[str]:
    """What a page with something that plays allows: that, and the hosts that it asks after a click."""
    players = [node.attributes.get("data-player") or "" for node in page.css("tb-embed")]
    hosts = dict.fromkeys("/".join(player.split("/")[:3]) for player in players)
    for name, elements in OWN.items():
        sources = ["'self'"] if page.css_first(elements) else []
        if sources := [*sources, *(hosts if name == "frame-src" else ())]:
            yield f"{name} {' '.join(sources)}"


def check_elements(page: LexborHTMLParser) -> Iterator[str]:
    for script in page.css("script:not([src])"):
        if script.attributes.get("type") not in DATA:
            yield f"an inline script: {script.text()[:60]}"
    yield from (f"a <style>: {style.text()[:60]}" for style in page.css("style"))
    yield from (f"style= on {say_tag(node)}" for node in page.css("[style]"))
    for node in page.css("*"):
        yield from (f"{name}= on {say_tag(node)}" for name in node.attributes if name.startswith("on"))
        if (node.attributes.get("href") or "").strip().lower().startswith("javascript:"):
            yield f"a javascript: address on {say_tag(node)}"


def say_tag(node: LexborNode) -> str:
    return f'<{node.tag} class="{node.attributes.get("class") or ""}">'
