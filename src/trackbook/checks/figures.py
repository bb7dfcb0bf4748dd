"""What isn't plain text: images and formulas."""

from collections.abc import Iterator

from trackbook.checks.check import check
from trackbook.mathml import FormulaError, convert_formula
from trackbook.model import Course, Finding


@check
def image_has_alt_text(course: Course) -> Iterator[Finding]:
    """Every image says in words what it shows.

    For those who can't see it, and for everybody while it doesn't load, the words are the image.

    Breaks:

        ![](bucket-line.svg)

    Keeps:

        ![Five people pass a bucket that leaks](bucket-line.svg)
    """
    for page in course.pages.values():
        for link in page.all_links:
            if link.image and not link.text.strip():
                yield Finding(
                    link.source, f'the image "{link.href}" has no alt text.', f"write ![what one sees]({link.href})"
                )


@check
def formula_can_be_read(course: Course) -> Iterator[Finding]:
    r"""Every formula is LaTeX that can become MathML.

    The page would show raw TeX otherwise, which nobody can read and no screen reader can speak.

    Breaks:

        $\frac{1}{$

    Keeps:

        $\frac{1}{2}$
    """
    for page in course.pages.values():
        for formula in page.all_formulas:
            try:
                convert_formula(formula.latex, display=formula.display)
            except FormulaError as error:
                yield Finding(
                    formula.source, f"the formula `{formula.latex}` can't be read: {error}.", "correct its LaTeX"
                )
