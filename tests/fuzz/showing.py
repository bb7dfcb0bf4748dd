"""What a page shows raw: marks of Markdown, TeX or HTML that were meant to be read. And what a browser would run."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from trackbook.cache.store import Store
from trackbook.mkdocs_plugin.build import open_host
from trackbook.model import Course
from trackbook.reading.dates import Commits
from trackbook.site.site import Site

_STORE = Store()
"""What most courses have alike is made once."""
_RAW = {
    "Markdown": re.compile(
        r"(?<!\*)(?:(?<=[^\s\w])\*{2,3}|(?<!\w)\*{2,3}(?=\S)|(?<=\w)\*{2,3}(?!\w))(?!\*)"
        r"|__\w|\w__|(?<!~)~~(?!~)"
        r"|`|==\w|\]\(|\]\[|(?<!\w)!\[|\[\^|\[\[|^#{1,6} \w"
        r"|^ *[-*+] \[[ x]\]|^\| .*\|.*\|$"
        r"|^ {0,3}(?:!!!|\?\?\?|===|:::|///)|--8<--|\{\{|\{%|:material-|\{ ?[.#]\w|^\[[^]]+\]:|(?<!\S)%%[^%\n]+%%(?!\w)"
        r"|<<<<<<<|>>>>>>>",
        re.MULTILINE,
    ),
    "TeX": re.compile(r"\$\$|\\(?:begin|end|frac|sum|sqrt|text|alpha|label|ref|mathbb)\b|\\[()\[\]]|\$[^$\s]+\$"),
    "HTML": re.compile(
        r"</?[a-zA-Z][\w-]*(?:\s[^<>]*)?/?>|<!--|-->$|&(?:amp|lt|gt|nbsp|quot|#\d+|#x[0-9a-f]+);", re.MULTILINE
    ),
}
_RULE = re.compile(r"^(?:-{3,}|={3,}|\+{3,})$", re.MULTILINE)
"""A line of a paragraph; behind a word it is a dash."""
_NAME = re.compile(r"(?<!\w)__(\w+?)__(?!\w)")
"""So Python names what it keeps for itself, and where a page shows this no parser took it for strong."""
_UNREAD = "pre, code, math, script, style, template, noscript, svg, kbd, .tb-raw"
"""In these all is shown as it stands."""
_DATA = ("application/json", "application/ld+json", "speculationrules")
_LEADS_AWAY = ("javascript", "vbscript", "data", "file")
_ADDRESSES = ("href", "src", "action", "formaction", "xlink:href", "srcdoc", "data", "poster", "ping", "background")


def render_pages(course: Course, root: Path) -> Iterator[tuple[str, str]]:
    """Each page of the site as `serve` shows it, after its name."""
    site = Site(open_host(root, command="serve", url="http://127.0.0.1/"), course, _STORE, Commits(), serving=True)
    for uri in site.source.pages:
        yield uri, site.pages.find_html(uri, site.pages.make(uri))


def find_raw(html: str) -> Iterator[tuple[str, str, str]]:
    """Of each piece that is shown raw its kind, itself, and what stands around it."""
    text = _NAME.sub(r"  \1  ", show_text(html))
    for kind, pattern in _RAW.items():
        for found in pattern.finditer(text):
            yield kind, found[0], text[max(0, found.start() - 60) : found.end() + 60]
    for node in LexborHTMLParser(html).css("p, li, dd, dt, td, th, h1, h2, h3, h4, h5, h6"):
        for found in _RULE.finditer(node.text()):
            yield "Markdown", found[0], node.text()[:120]


def show_text(html: str) -> str:
    """What the body of a page shows, block by block in lines of their own."""
    tree = LexborHTMLParser(html)
    for node in tree.css(_UNREAD):
        node.decompose()
    return "\n".join(tree.body.text(separator="\n", strip=True).splitlines()) if tree.body else ""


def find_dangers(html: str) -> Iterator[str]:
    """What in a page runs, leads elsewhere by itself, or takes what a reader types."""
    tree = LexborHTMLParser(html)
    for node in tree.css("base, object, embed, form[action], meta[http-equiv=refresh]"):
        yield str(node.tag)
    for node in tree.css("script"):
        source = node.attributes.get("src")
        if not source and node.attributes.get("type") not in _DATA:
            yield f"script {node.text()[:60]}"
        elif source and urlsplit(source).netloc:
            yield f"script {source}"
    for node in tree.css("*"):
        yield from _judge_attributes(node)


def _judge_attributes(node: LexborNode) -> Iterator[str]:
    for name, value in node.attributes.items():
        if name.startswith("on") or name == "srcdoc":
            yield f"{node.tag} {name}"
        elif name in _ADDRESSES and value:
            scheme = re.sub(r"[\x00-\x20]", "", value).partition(":")[0].lower()
            if scheme in _LEADS_AWAY and not value.startswith("data:image/"):
                yield f"{node.tag} {name}={value[:60]}"
