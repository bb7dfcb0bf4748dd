"""What isn't plain text: images, formulas, tables and code."""

import posixpath
import re
from collections.abc import Iterator

from trackbook.checks.check import Settings, advice, page_advice, page_check
from trackbook.mathml import FormulaError, convert_formula
from trackbook.model import Course, Finding, Page, Source, name_medium

MOST_BYTES = 300_000
_LIGHTEN = "draw it as SVG, or scale it to 1,600 pixels across and save it as WebP"
_LIGHTEN_SVG = "leave out points that nobody sees (`svgo` does), or save it as WebP of 1,600 pixels across"
_ALT = re.compile(r"""\{:?[^{}]*?\balt\s*=\s*(?:"[^"\n]+"|'[^'\n]+'|[^\s"'{}]+)""")
_LONGEST = 60
"""Signs of a line that a message quotes."""


@page_check
def image_has_alt_text(page: Page, _: Settings) -> Iterator[Finding]:
    """Every image says in words what it shows.

    For those who can't see it, and for everybody while it doesn't load, the words are the image.
    """
    told = _list_lines_with_alt(page)
    for link in page.all_links:
        if link.image and not link.raw and not link.text.strip() and link.source.line not in told:
            message = f'the image "{link.href}" has no alt text.'
            yield Finding(link.source, message, f"write ![what one sees]({link.href})")
    for element in page.all_elements:
        if element.tag == "img" and not element.get("alt"):
            address = element.get("src")
            message = f'the image "{address.value if address else ""}" has no alt text.'
            hint = 'write alt="what one sees"; alt="" says that it only adorns the page'
            yield Finding(Source(page.path, element.line), message, hint)


def _list_lines_with_alt(page: Page) -> set[int]:
    """Where a list of attributes says what an image shows: `![](sun.png){ alt="The sun" }`."""
    return {
        leftover.find_line(found.start()) for leftover in page.all_leftovers for found in _ALT.finditer(leftover.text)
    }


@page_check
def image_lies_in_the_course(page: Page, _: Settings) -> Iterator[Finding]:
    """Every image is a file of the course, and so is all else that `![…](…)` shows.

    A page asks no other host for anything: what lies elsewhere stays empty. And if it could be shown, it would be gone
    offline, and when the other site changes.
    """
    for link in page.all_links:
        if link.image and link.is_external and not link.href.startswith("data:"):
            path = link.href.partition("?")[0].partition("#")[0]
            what, name = name_medium(path) or "image", posixpath.basename(path) or "image.png"
            message = f'the {what} "{link.href}" lies on another host, which the page does not ask.'
            hint = f"save it beside the page, and write `{name}` in the place of its address"
            yield Finding(link.source, message, hint)


@page_check
def formula_can_be_read(page: Page, _: Settings) -> Iterator[Finding]:
    """Every formula is LaTeX that can become MathML.

    The page would show raw TeX otherwise, which nobody can read and no screen reader can speak.
    """
    for formula in page.all_formulas:
        if formula.remedy:
            continue  # the site shows it as text, and the next check says so
        try:
            convert_formula(formula.latex, display=formula.display)
        except FormulaError as error:
            yield Finding(formula.source, f"the formula `{formula.latex}` can't be read: {error}.", "correct its LaTeX")


@page_check
def formula_is_recognized(page: Page, _: Settings) -> Iterator[Finding]:
    """What is written as a formula is read as one.

    Where it stands or how it is marked, the site would show its raw TeX as text, and no other check would look at it.
    """
    for formula in page.all_formulas:
        if formula.remedy:
            text = formula.latex if len(formula.latex) <= _LONGEST else f"{formula.latex[:_LONGEST]}…"
            yield Finding(formula.source, f'"{text}" is shown as it stands, and not as a formula.', formula.remedy)


@advice
def image_is_light(course: Course) -> Iterator[Finding]:
    """An image weighs at most 300 kB.

    On a slow phone line, 1.6 million bits a second, that is a second and a half of waiting, for each image.
    """
    for page in course.pages.values():
        for link in page.all_links:
            size = course.sizes.get(link.target or "", 0)
            if link.image and size > MOST_BYTES and not name_medium(link.target or ""):
                message = f'the image "{link.href}" weighs {-(-size // 1000):,} kB, above {MOST_BYTES // 1000}.'
                yield Finding(link.source, message, _LIGHTEN_SVG if link.href.lower().endswith(".svg") else _LIGHTEN)


@page_advice
def table_has_headers(page: Page, _: Settings) -> Iterator[Finding]:
    """Every column of a table has a header; above the names of the rows, in the first, it may be empty.

    Who hears a table hears a cell with its header, and without one only a number.
    """
    for table in page.tables:
        empty = [number for number, head in enumerate(table.header, 1) if not head]
        if empty in ([], [1]) and (empty != [1] or len(table.header) > 1):
            continue
        columns = f"column{'s' * (len(empty) > 1)} {', '.join(map(str, empty))}"
        yield Finding(table.source, f"{columns} of the table has no header.", "say above it what stands in it")


@page_advice
def code_names_its_language(page: Page, _: Settings) -> Iterator[Finding]:
    """A block of code says its language.

    It is colored by it, and programs that read pages aloud or search them know what it is.
    """
    for fence in page.fences:
        if not fence.language and fence.closed:
            hint = "write it after the marks, such as ```python; ```text is for plain text and drawings"
            yield Finding(fence.source, "the block of code does not say its language.", hint)


@page_check
def fence_is_closed(page: Page, _: Settings) -> Iterator[Finding]:
    """A fence ends with as many marks as it began with.

    All that follows an open one is code. It may be the end of a fence above, which holds marks and so ended early.
    """
    for fence in page.fences:
        if not fence.closed:
            hint = "close it with ```; if it should end a fence that holds ``` itself, write ```` around that one"
            yield Finding(fence.source, "a fence opens here and never closes.", hint)
