"""Inline text: read by the parser of the checks, around what other extensions make of the rest."""

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, STX, AtomicString, code_escape
from markdown_it.token import Token

from trackbook.github.elements import make_element, make_formula
from trackbook.github.notes import find_notes
from trackbook.github.pieces import INLINE, Pieces
from trackbook.markdown import parse_inline, plain_text, read_title

_TAGS = {"em_open": "em", "strong_open": "strong", "s_open": "del", "link_open": "a"}
_LIKE_ENTITY = re.compile(r"&(?=#?\w+;)")
_STRAY = re.compile(r"&(?=#?\w+;)|`")
"""What would become something else in a plain text."""
_LIST = re.compile(r"""\{:?(?=[^{}]*[.#=])(?:[^{}"']|"[^"]*"|'[^']*')*\}""")
"""A list of attributes."""
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_SIGNS_BEHIND = re.compile(rf"(?:{STX}[^{ETX}]*{ETX})+\s*\Z")
_HEADING = re.compile(r"h[1-6]")
_SUBSCRIPT = "pymdownx.tilde"
_OF_HIGHLIGHT = ("#!", ":::")
"""Begin code whose language `pymdownx.inlinehilite` reads."""


class InlinePieces:
    """Two steps around Python-Markdown's own: `opening` sets elements apart, `closing` puts them where they belong.

    Between the two, signs stand for elements, so that patterns of other extensions find a text that they know.
    """

    def __init__(self, md: Markdown, pieces: Pieces) -> None:
        self.pieces, self._md = pieces, md
        self.opening, self.closing = _Opening(md, self), _Closing(md, self)

    def flatten(self, text: str) -> str:
        """The text with signs for all that is no plain text; those of others at its end are no part of it."""
        end = _SIGNS_BEHIND.search(text)
        if end and end[0]:
            return self.flatten(text[: end.start()]) + end[0]
        tokens = parse_inline(text, self.pieces.environment)
        open_elements: list[tuple[Element, list[str]]] = []
        parts: list[str] = []
        for token in tokens:
            if token.type in _TAGS and not self._is_subscript(token):
                open_elements.append((self._make_element(token), parts))
                parts = []
            elif token.type.removesuffix("_close") + "_open" in _TAGS and not self._is_subscript(token):
                element, outer = open_elements.pop()
                element.text = "".join(parts)
                parts = [*outer, self.pieces.add_inline(element)]
            else:
                parts.append(self._write(token))
        return "".join(parts)

    def _make_element(self, token: Token) -> Element:
        attributes: dict[str, str] = {
            name: _LIKE_ENTITY.sub("&amp;", str(token.attrs[name])) for name in ("href", "title") if name in token.attrs
        }
        return Element(_TAGS[token.type], attributes)

    def _write(self, token: Token) -> str:
        match token.type:
            case "text_special" if not (token.info == "escape" and len(token.content) > 1):  # such as `\\ref{…}`
                return _PUNCTUATION.sub(_protect, token.content)
            case "softbreak":
                return "\n"
            case "hardbreak":
                return f"{self.pieces.add_inline(Element('br'))}\n"
            case "code_inline":
                return self._write_code(token)
            case "html_inline":
                return self.pieces.add_html(token.content)
            case "image":
                return self.pieces.add_inline(_make_image(token))
            case "math_inline":
                return self.pieces.add_inline(make_formula(token.content, display=False))
            case "footnote_ref":
                return self._write_note(token.meta["label"])
            case "s_open" | "s_close":
                return token.markup
        return _STRAY.sub(_protect, token.content)

    def _write_code(self, token: Token) -> str:
        if token.content.startswith(_OF_HIGHLIGHT) and "backtick" in self._md.inlinePatterns:
            return f"{token.markup}{token.content}{token.markup}"
        return self.pieces.add_inline(make_element("code", AtomicString(code_escape(token.content))))

    def _write_note(self, label: str) -> str:
        """The mark for the extension that knows footnotes, which comes to it later than to what stands behind it."""
        if notes := find_notes(self._md):
            notes.addFootnoteRef(label)
        return f"[^{label}]"

    def _is_subscript(self, token: Token) -> bool:
        """Whether the author wants `~a~` for what stands below the line, as `pymdownx.tilde` has it."""
        return token.markup == "~" and any(
            type(part).__module__ == _SUBSCRIPT and part.getConfig("subscript")
            for part in self._md.registeredExtensions
        )


class _Opening(Treeprocessor):
    def __init__(self, md: Markdown, inline: InlinePieces) -> None:
        super().__init__(md)
        self._inline = inline

    def run(self, root: Element) -> None:
        for element in [*root.iter()]:
            if isinstance(element.tag, str) and _HEADING.fullmatch(element.tag):
                title = parse_inline(element.text or "", self._inline.pieces.environment)
                self._inline.pieces.titles.append((element, read_title(title)[0]))
            if element.text and not isinstance(element.text, AtomicString):
                element.text = self._inline.flatten(element.text)
            if element.tail and element is not root and not isinstance(element.tail, AtomicString):
                element.tail = self._inline.flatten(element.tail)
        root.extend(self._inline.pieces.inline)  # where patterns of other extensions find their texts


class _Closing(Treeprocessor):
    def __init__(self, md: Markdown, inline: InlinePieces) -> None:
        super().__init__(md)
        self._inline = inline

    def run(self, root: Element) -> None:
        apart = {*map(id, self._inline.pieces.inline)}
        root[:] = [element for element in root if id(element) not in apart]
        self._settle(root)

    def _settle(self, element: Element) -> None:
        """Put the elements that signs stand for into this one, and into all in it."""
        text, first = self._split(element.text)
        element.text = text
        children = [*first]
        for child in [*element]:
            tail, more = self._split(child.tail)
            child.tail = tail
            children += [child, *more]
        if len(children) != len(element):
            element[:] = children
        for child in children:
            self._settle(child)

    def _split(self, text: str | None) -> tuple[str | None, list[Element]]:
        """What comes before the first sign, and the elements, each with the text behind it."""
        if not text or STX not in text or not (signs := [*INLINE.finditer(text)]):
            return text, []
        ends = [*(sign.start() for sign in signs[1:]), len(text)]
        elements = []
        for sign, end in zip(signs, ends, strict=True):
            element = self._inline.pieces.inline[int(sign[1])]
            element.tail = _end_list(text[sign.end() : end])
            elements.append(element)
        return text[: signs[0].start()], elements


def _end_list(text: str) -> str:
    """The text behind an element, whose list of attributes ends at its own brace and may run over several lines.

    Python-Markdown's `attr_list` reads to the last brace of the first line.
    """
    found = _LIST.match(text)
    if not found:
        return text
    rest = text[found.end() :].replace("}", f"{STX}{ord('}')}{ETX}")
    return f"{' '.join(found[0].split())}{rest}"


def _protect(sign: re.Match[str]) -> str:
    """A sign of the text that no extension takes for one of its own."""
    return "&amp;" if sign[0] == "&" else f"{STX}{ord(sign[0])}{ETX}"


def _make_image(token: Token) -> Element:
    attributes: Sequence[tuple[str, str]] = [
        ("alt", plain_text(token.children or ())),
        ("src", str(token.attrs["src"])),
    ]
    if "title" in token.attrs:
        attributes = [*attributes, ("title", str(token.attrs["title"]))]
    return Element("img", {name: _LIKE_ENTITY.sub("&amp;", value) for name, value in attributes})
