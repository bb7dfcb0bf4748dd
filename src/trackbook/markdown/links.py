"""Links and images, and what rewrites their addresses."""

import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from itertools import takewhile
from typing import Any

from markdown_it.token import Token

from trackbook.markdown.inline import BREAKS, plain_text
from trackbook.markdown.places import ContentPlaces
from trackbook.model import Link, Source

_DEFINITION = re.compile(r"\]:\s*(?:<(?P<inside>[^>\n]*)>|(?P<plain>\S+))")
_TITLE = re.compile(r"""(?P<close>>?)\s+("[^"]*"|'[^']*'|\([^)]*\))""")


def list_links(inline: Token, source: Source, places: ContentPlaces | None, block_end: int) -> Iterator[Link]:
    """The links and images of an inline token, whose block begins at `source`; `places` finds their addresses."""
    line, children = source.line, inline.children or []
    for index, token in enumerate(children):
        if token.type in BREAKS:
            line += 1
        elif token.type in ("link_open", "image"):
            if "start" in token.meta:  # code and formulas hide line breaks
                line = source.line + inline.content.count("\n", 0, token.meta["start"])
            image = token.type == "image"
            href = str(token.attrs["src" if image else "href"])
            inside = takewhile(lambda child: child.type != "link_close", children[index + 1 :])
            text = token.content if image else plain_text(inside)
            span = places.place(token.meta.get("span")) if places else None
            if (
                "span" in token.meta or token.info == "auto" or not href
            ):  # a reference link takes its address from its definition
                yield Link(
                    href, text, str(token.attrs.get("title", "")), source._replace(line=line), image, span, block_end
                )
            if image and token.children:
                line += sum(child.type in BREAKS for child in token.children)


def list_referred_images(inline: Token) -> Iterator[str]:
    """The addresses of images that take them from a definition."""
    images = (token for token in inline.children or () if token.type == "image" and "span" not in token.meta)
    yield from (str(image.attrs["src"]) for image in images)


def list_definition_links(
    definitions: Mapping[str, Any],
    text: str,
    starts: Sequence[int],
    path: str,
    first_line: int,
    *,
    images: Container[str],
) -> Iterator[Link]:
    """A link for each definition that reference links, or `images`, take their address from."""
    for label, definition in definitions.items():
        first, end = definition["map"]
        found = _DEFINITION.search(text, starts[first], starts[end] if end < len(starts) else len(text))
        group = "inside" if found and found["inside"] is not None else "plain"
        span = found.span(group) if found else None
        source = Source(path, first_line + first)
        href, title = str(definition["href"]), str(definition.get("title") or "")
        if href == "#":  # `[//]: # (…)`, which is how some write a comment
            continue
        yield Link(href, label.lower(), title, source, href in images, span, end)


def replace_links(text: str, links: Sequence[Link], rewrite: Callable[[Link], tuple[str, str | None]]) -> str:
    """The same Markdown with each link's address, and its title where one is given, as `rewrite` says."""
    spans = {link.span: link for link in links if link.span}
    parts: list[str] = []
    done = 0
    for (start, end), link in sorted(spans.items()):
        address, title = rewrite(link)
        parts += (text[done:start], address or "<>" * (text[start - 1] != "<"))  # else a title would be the address
        done = end
        if title is not None and (found := _TITLE.match(text, end)):
            quoted = title.replace('"', "&quot;")
            parts.append(f'{found["close"]} "{quoted}"')
            done = found.end()
    return "".join([*parts, text[done:]])
