"""Python-Markdown as pages and the texts in widgets use it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.inlinepatterns import InlineProcessor as Pattern
from markdown.treeprocessors import InlineProcessor
from markdown.util import Registry

from trackbook.cache.digest import hash_parts
from trackbook.cache.store import Store
from trackbook.site.extensions import SNIPPETS, name_module
from trackbook.site.finish.inert import clean_part
from trackbook.site.host import Host
from trackbook.site.links import Exists, LinkTreeprocessor, Message
from trackbook.site.snippets import Note, follow_snippets

PAGE_EXTENSIONS = ("trackbook.github", __name__)
"""The names under which Python-Markdown finds our extensions, which stand last."""
_SIGNS: Mapping[str, str] = {
    **{"backtick": "`", "footnote": "[", "delimiter": "~=^", "emoji": ":", "trackbook-references": "\\"},
    **dict.fromkeys(("keys", "keys-custom"), "+"),
    "trackbook-minus": "-",
    **dict.fromkeys((f"smarty-quotes-{number}" for number in range(15)), "\"'"),
}
"""One of these signs stands in every text that the inline pattern of this name matches."""
_PRIORITIES = {"inline": 20, "smarty": 6}
"""The steps of Python-Markdown and of its extension that try inline patterns, each with its place among the others."""
_MINUS = r"(?<![^\s(\[])-(?=\d)"
_WORDS = re.compile(r"[^\W\d_]+(?:(?:[,;:.?!]?[ ]|[-–’])[^\W\d_]+)*[,;:.?!]?")
"""Letters with single marks between them: no extension that is known makes anything of it but a paragraph."""
_NUMBER = re.compile(r"\d+[.)]")
"""An answer such as "8.", which alone would be a list without text."""
_ONE_PARAGRAPH = re.compile(r"\A<p>((?:(?!</?p>).)*)</p>\Z", re.DOTALL)


class InlineByBlock(InlineProcessor):
    """Tries on each block only the patterns that may match there: the same HTML in half the time."""

    def __init__(self, md: Markdown, patterns: Registry[Pattern]) -> None:
        super().__init__(md)
        names = {patterns[name]: name for name in _SIGNS if name in patterns}
        self._signed = [(pattern, _SIGNS.get(names.get(pattern, ""))) for pattern in patterns]
        self._signs = sorted(set("".join(signs for _, signs in self._signed if signs)))
        self._possible: dict[str, list[Pattern]] = {}

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        for block in list(tree):
            self.inlinePatterns = self._list_possible("".join(block.itertext()))  # type: ignore[assignment]
            if self.inlinePatterns:
                holder = Element(tree.tag)
                holder.append(block)
                super().run(holder, ancestors)
                at = list(tree).index(block)
                tree[at : at + 1] = list(holder)
        return tree

    def _list_possible(self, text: str) -> list[Pattern]:
        met = "".join([sign for sign in self._signs if sign in text])
        if met not in self._possible:
            found = (pattern for pattern, signs in self._signed if signs is None or not set(signs).isdisjoint(met))
            self._possible[met] = list(found)
        return self._possible[met]


class PageExtension(Extension):
    """What our pages need. It stands last among the extensions, so that it knows the inline patterns of all."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the host's name)
        if "smarty" in md.treeprocessors:
            md.inlinePatterns.register(Minus(_MINUS, md), "trackbook-minus", 1)
        for name, priority in _PRIORITIES.items():
            if name in md.treeprocessors and type(step := md.treeprocessors[name]) is InlineProcessor:
                md.treeprocessors.register(InlineByBlock(md, step.inlinePatterns), name, priority)  # type: ignore[arg-type]


class Minus(Pattern):
    """The hyphen before a number is a minus sign, where quotation marks curl as well.

    Anchors are made of headings, which stay as they are.
    """

    ANCESTOR_EXCLUDES = ("h1", "h2", "h3", "h4", "h5", "h6")

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]  # noqa: N802
        del data
        return "−", *m.span()


def makeExtension(**options: Any) -> PageExtension:  # noqa: N802 (the host's name)
    return PageExtension(**options)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page's Markdown as HTML, in which slots are still open.

    `toc` holds the tokens of Python-Markdown's extension; `links` those that name an anchor: uri of the page they lead
    to, anchor, and how the author writes it.
    """

    content: str
    toc: list[dict[str, Any]]
    links: list[tuple[str, str, str]]
    messages: list[Message]


class PageRenderer:
    """Makes HTML of the Markdown of pages.

    With extensions of which none keeps anything of one page for the next, all pages share an instance of the parser.
    """

    def __init__(self, host: Host) -> None:
        self._host = host
        self._parser = _Parser(host.extensions, host.options) if host.markdown_digest else None

    def render(self, uri: str, text: str, exists: Exists, take_in: Note) -> Rendered:
        """The HTML of the page at a uri. `take_in` hears of each file that the text takes in."""
        parser = self._parser or _Parser(self._host.extensions, self._host.options)
        follow_snippets(parser.markdown, self._host.options, take_in)
        links = LinkTreeprocessor(parser.markdown, uri, exists)
        parser.markdown.treeprocessors.register(links, "trackbook-links", 0)
        content = parser.convert(text)
        return Rendered(content, getattr(parser.markdown, "toc_tokens", []), links.to_anchors, links.messages)


class _Parser:
    """Python-Markdown for many texts, each of which is read as if it were the first."""

    def __init__(self, extensions: Sequence[Any], options: Mapping[str, Any]) -> None:
        self.markdown = Markdown(extensions=[*extensions], extension_configs=dict(options))
        parts = self.markdown.registeredExtensions
        self._notes = [(part, part.unique_prefix) for part in parts if isinstance(part, FootnoteExtension)]

    def convert(self, text: str) -> str:
        self.markdown.reset()
        for notes, prefix in self._notes:
            notes.unique_prefix = prefix  # it counts the texts of one instance
        return self.markdown.convert(text)


class TextRenderer:
    """A function from the Markdown of a text in a widget to HTML; one paragraph comes without the `<p>` around it.

    Where it is not known what the host's extensions depend on, nothing is kept.
    """

    def __init__(self, host: Host, store: Store | None = None, *, mathml: bool = True) -> None:
        left_out = {SNIPPETS, *([] if mathml else ["trackbook.mathml"])}  # nobody would follow what a text takes in
        extensions = [name for name in host.extensions if name_module(name) not in left_out]
        self._parser = _Parser(extensions, {**host.options, "toc": {**host.options.get("toc", {}), "permalink": False}})
        self._digest = hash_parts(host.markdown_digest, str(mathml)) if host.markdown_digest else ""
        self._store = store if self._digest else None

    def __call__(self, text: str) -> str:
        if (self._digest and _WORDS.fullmatch(text)) or _NUMBER.fullmatch(text):
            return text
        html = clean_part(self._parser.convert(text))
        only = _ONE_PARAGRAPH.match(html)
        return only[1] if only else html

    def recall(self, parts: tuple[str, ...], make: Callable[[], str]) -> str:
        """What was made of these parts before, else what `make` gives. It may call this renderer."""
        if self._store is None:
            return make()
        key = hash_parts("text", self._digest, *parts)
        return self._store.recall(key, lambda: make().encode("utf-8", "surrogatepass")).decode("utf-8", "surrogatepass")
