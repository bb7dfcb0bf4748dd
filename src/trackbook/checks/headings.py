"""Headings: the outline that a screen reader reads."""

from collections.abc import Iterator
from itertools import pairwise

from trackbook.checks.check import Settings, check, page_advice, page_check
from trackbook.issue import find_close
from trackbook.language.prose import flatten_words
from trackbook.model import Course, Finding, Heading, Page, Source
from trackbook.model.blank import shows_nothing


@page_check
def page_has_one_title(page: Page, _: Settings) -> Iterator[Finding]:
    """A page has exactly one heading of level 1, and begins its headings with it.

    It is the page's title in tabs, search results and for those who listen to the page.
    """
    titles = [heading for heading in page.headings if heading.level == 1]
    if page.path == "docs/index.md" and page.meta.get("template"):
        return
    if not titles:
        yield Finding(Source(page.path, page.first_line), "the page has no title.", "begin it with a line `# Title`")
    elif page.headings[0].level != 1:
        yield Finding(page.headings[0].source, "a heading stands before the title.", "move the line `# …` to the top")
    for heading in page.headings:
        if heading.text and shows_nothing(heading.text):
            yield Finding(heading.source, f'the heading "{heading.text}" shows nothing.', "write its words")
    for heading in titles[1:]:
        yield Finding(heading.source, f'"{heading.text}" is a second title.', f"write ## {heading.text}")


@page_check
def heading_skips_no_level(page: Page, _: Settings) -> Iterator[Finding]:
    """A heading is at most one level below the one before it.

    Those who move from heading to heading take a gap for something they missed.
    """
    for before, heading in pairwise(page.headings):
        if heading.level > before.level + 1:
            message = f'"{heading.text}" is of level {heading.level}, right below level {before.level}.'
            yield Finding(heading.source, message, f"write {'#' * (before.level + 1)} {heading.text}")


@check
def title_is_the_module_title(course: Course) -> Iterator[Finding]:
    """The overview's heading is the module's `title:`.

    The pager, the track page and search show one, the page the other: they must be the same words.
    """
    for module in course.modules:
        overview = module.pages.get("overview")
        first = next((heading for heading in overview.headings if heading.level == 1), None) if overview else None
        if first and module.title and first.text != module.title:
            message = f'the heading is "{first.text}", the title in front matter "{module.title}".'
            yield Finding(first.source, message, "make them the same")


@page_advice
def heading_stands_once_on_its_page(page: Page, _: Settings) -> Iterator[Finding]:
    """No two headings of a page have the same words.

    In a table of contents and by ear they can't be told apart, and a link to the second breaks when they change places.
    """
    first: dict[str, Heading] = {}
    for heading in page.headings:
        earlier = first.setdefault(flatten_words(heading.text), heading)
        if earlier is not heading:
            message = f'"{heading.text}" is also the heading of line {earlier.source.line}.'
            yield Finding(heading.source, message, "say in each what tells it from the other")


@page_check
def page_has_the_sections_its_course_asks_for(page: Page, settings: Settings) -> Iterator[Finding]:
    """A page has every section that the outline lists for its kind under `sections:`.

    Learners find their way in the tenth lesson as in the first, and no lesson goes without, say, its easy mistakes.
    Letter case and punctuation make no difference, nor do order and level.
    """
    written = {flatten_words(heading.text): heading.text for heading in page.headings}
    for section in settings.sections.get(page.kind, ()):
        if flatten_words(section) not in written:
            hint = f"add a section `## {section}`"
            if close := find_close(section, written.values()):
                hint = f'rename the section "{close}", or {hint}'
            message = f'this {page.kind} has no section "{section}", which the outline asks for.'
            yield Finding(Source(page.path, page.first_line), message, hint)
