"""LaTeX to MathML while the site is built, so that a page's maths needs no script."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.toc import strip_tags
from markdown.treeprocessors import Treeprocessor
from math_core import LatexError, LatexToMathML

_TERMINAL_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_NOT_IN_MATHML_CORE = re.compile(r"\\(boxed|cancel|bcancel|xcancel|enclose)\b")
TAG = "tag:"
"""Stands before a number that an author gives an equation, until the page is finished."""
_NUMBERED = re.compile(r"\\(?:label|tag\*?)\{")
_NUMBERING = re.compile(r"\\begin\{(?:equation|align|alignat|gather|multline|flalign)\*?\}")
_TAGGED = re.compile(r"\\tag\{")
_STYLES = {"text-align:left": "tb-left", "text-align:right": "tb-right", "text-align:center": "tb-center"}
_SIGN_FIRST = re.compile(r'(<mtd style="[^"]*text-align:\s*left[^"]*"><mo)(?: lspace="0" rspace="0")?(>[+−±∓]</mo>)')
_MARKED = 'class="arithmatex"'
_MARKED_FORMULA = re.compile(rf"<span {_MARKED}>\\\((.*?)\\\)</span>", re.DOTALL)
_PLACE = "\uffff"
"""Stands for a formula, while tags are taken from around it."""
_converter = LatexToMathML()


class FormulaError(ValueError):
    """Says in one line why a formula can't be read."""


def convert_formula(latex: str, *, display: bool) -> str:
    """MathML Core for one formula. Raises FormulaError with the reason in one line."""
    if found := _NOT_IN_MATHML_CORE.search(latex):
        raise FormulaError(f"{found[0]} has no form in MathML Core")
    latex = _number(latex) if display and _NUMBERED.search(latex) else latex
    try:
        mathml = _converter.convert_with_local_state(latex, displaystyle=display)
    except LatexError as error:
        lines = _TERMINAL_COLOUR.sub("", str(error)).strip().splitlines()
        raise FormulaError(lines[0].removeprefix("Error:").strip().rstrip(".")) from None
    return _without_styles(mathml)


def _number(latex: str) -> str:
    """A formula with a label or a tag is an equation; the page counts its equations, the converter each formula's."""
    latex = _TAGGED.sub(rf"\\tag{{{TAG}", latex)
    return latex if _NUMBERING.search(latex) else rf"\begin{{equation}}{latex}\end{{equation}}"


def _without_styles(mathml: str) -> str:
    """The same MathML with inline styles turned into classes: the site's policy allows no inline style.

    A sign at the start of an aligned part goes on with what stands before it, as in LaTeX; it is none of a number.
    """
    mathml = _SIGN_FIRST.sub(r'\1 form="infix"\2', mathml.replace(' scriptlevel="0"', ""))
    return re.sub(r' style="([^"]*)"', lambda found: f' class="{_name_styles(found[1])}"', mathml)


def _name_styles(style: str) -> str:
    parts = [part.replace(" ", "") for part in style.split(";") if part.strip()]
    return " ".join(
        _STYLES.get(part, "tb-math-" + re.sub(r"[^a-z0-9]+", "-", part.lower()).strip("-")) for part in parts
    )


class _FormulaTreeprocessor(Treeprocessor):
    """Replaces what `trackbook.github` marked as maths by MathML."""

    def run(self, root: Element) -> None:
        for parent in root.iter():
            for child in list(parent):
                if child.get("class") == "arithmatex":
                    self._replace(parent, child)
        named = {f"#{heading['id']}": heading["name"] for heading in self._name_headings()}
        for link in root.iter("a") if named else ():  # of a list of contents in the page
            if r"\(" in (link.text or "") and (name := named.get(link.get("href", ""))):
                link.text = self.md.htmlStash.store(name)

    def _name_headings(self) -> Iterator[dict[str, Any]]:
        """The headings with formulas, which the list of contents shows as MathML now. Their anchors are made before."""
        waiting = [*getattr(self.md, "toc_tokens", ())]
        while waiting:
            heading = waiting.pop()
            waiting += heading["children"]
            if _MARKED in heading["html"] and not heading["data-toc-label"]:
                formulas = map(_convert_marked, _MARKED_FORMULA.findall(heading["html"]))
                name = strip_tags(_MARKED_FORMULA.sub(_PLACE, heading["html"]))
                first, *others = name.split(_PLACE)
                pairs = zip(formulas, others, strict=False)
                heading["name"] = first + "".join(f"{formula}{part}" for formula, part in pairs)
                yield heading

    def _replace(self, parent: Element, child: Element) -> None:
        latex = "".join(child.itertext()).strip()
        display = latex.startswith(r"\[")
        try:
            html = convert_formula(latex[2:-2].strip(), display=display)
        except FormulaError:
            return  # the check `formula-can-be-read` names the place; the page shows the TeX
        holder = Element("p" if display else "span", {"class": "tb-formula"} if display else {})
        holder.text = self.md.htmlStash.store(html)
        holder.tail = child.tail
        parent[list(parent).index(child)] = holder


def _convert_marked(latex: str) -> str:
    """MathML for a formula in HTML; the formula itself where that can't be."""
    try:
        return convert_formula(unescape(latex).strip(), display=False)
    except FormulaError:
        return rf"\({latex}\)"


class MathMLExtension(Extension):
    """Python-Markdown extension `trackbook.mathml`, for formulas that `trackbook.github` finds."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the host's name)
        md.treeprocessors.register(_FormulaTreeprocessor(md), "trackbook-mathml", 1)


makeExtension = MathMLExtension  # noqa: N816 (the host's name)
