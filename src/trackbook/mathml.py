"""LaTeX to MathML while the site is built, so that a page's maths needs no script."""

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
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
    """The same MathML with inline styles turned into classes: the site's policy allows no inline style."""
    mathml = mathml.replace(' scriptlevel="0"', "")
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


class MathMLExtension(Extension):
    """Python-Markdown extension `trackbook.mathml`, for formulas that `trackbook.github` finds."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the host's name)
        md.treeprocessors.register(_FormulaTreeprocessor(md), "trackbook-mathml", 1)


makeExtension = MathMLExtension  # noqa: N816 (the host's name)
