r"""`\label{name}` in a caption, and `\ref{name}` in the text, as LaTeX has them; the finished page numbers them."""

from re import Match
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

_MARK = r"\\(label|ref|eqref)\{([^{}\s]+)\}"


class _ReferencePattern(InlineProcessor):
    """Each mark becomes an element that shows what was written, until the page is finished."""

    def handleMatch(self, m: Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override] # noqa: N802
        del data
        kind = "label" if m[1] == "label" else "ref"
        mark = Element("span", {"class": f"tb-{kind}", "data-name": m[2], **({"id": m[2]} if kind == "label" else {})})
        mark.text = AtomicString(m[0])
        return mark, m.start(), m.end()


class ReferenceExtension(Extension):
    """Python-Markdown finds it by the name of this module."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the host's name)
        # After code, before what a backslash takes away.
        md.inlinePatterns.register(_ReferencePattern(_MARK, md), "trackbook-references", 185)


makeExtension = ReferenceExtension  # noqa: N816 (the host's name)
