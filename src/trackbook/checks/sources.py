"""The authors' files can be read, and each has its place."""

from collections.abc import Iterator

from trackbook.checks.check import ALL, Settings, advice, check, met_while_reading, page_check
from trackbook.issue import suggest
from trackbook.model import Course, Finding, Page


@check
def file_can_be_read(course: Course) -> Iterator[Finding]:
    """Every source is a regular UTF-8 file of at most 2 MB inside the course.

    A link that leads out of the course, a device, a huge file or hundreds of brackets that nothing closes are never
    what an author means, and can hang a build or publish something private.
    """
    yield from met_while_reading(course, "file-can-be-read")


@check
def yaml_is_sound(course: Course) -> Iterator[Finding]:
    """YAML in the outline, front matter and widgets can be read, safely and in one way only.

    A key that stands twice would silently lose a value; aliases that unfold without end would stop the build.
    """
    yield from met_while_reading(course, "yaml-is-sound")


@check
def outline_fits(course: Course) -> Iterator[Finding]:
    """The outline `lessons/course.yml` has the keys and values that an outline has.

    Everything hangs on the outline: a misspelt key there would drop a track without a word.
    """
    yield from met_while_reading(course, "outline-fits")


@check
def front_matter_fits(course: Course) -> Iterator[Finding]:
    """Front matter has the keys and values of its kind of page.

    A misspelt key is a wish that nobody grants; it is better to hear of it than to wonder.
    """
    yield from met_while_reading(course, "front-matter-fits")


@advice
def text_is_plain(course: Course) -> Iterator[Finding]:
    """Titles, summaries, objectives and definitions are plain text, in straight quotes or in none.

    They stand on cards, in search results and in the titles of windows, where no Markdown is understood: learners would
    see the marks.
    """
    yield from met_while_reading(course, "text-is-plain")


@check
def widget_data_fits(course: Course) -> Iterator[Finding]:
    """The YAML in a widget's fence is what that widget needs, and stands at the left margin.

    A question without a right answer, or a card without a back, fails the learner and nobody else would notice.
    """
    yield from met_while_reading(course, "widget-data-fits")


@check
def source_has_its_place(course: Course) -> Iterator[Finding]:
    """Every folder and page under `lessons/` and `cheatsheets/` is in the outline, and each page's name ends in `.md`.

    Work that no outline names is never published: either it was forgotten there, or it should go. By another ending,
    such as `.markdown` or `.MD`, a page would be published as a file to download.
    """
    yield from met_while_reading(course, "source-has-its-place")


@page_check
def allowance_names_a_check(page: Page, _: Settings) -> Iterator[Finding]:
    """Each key under `allow:` is the code of a check.

    An allowance for a check that does not exist hides nothing today and might hide something tomorrow.
    """
    for code, allowance in page.allow.items():
        if code not in ALL:
            hint = suggest(code, ALL) or "`trackbook explain` lists the checks"
            yield Finding(allowance.source, f'"{code}" under `allow:` is not a check.', hint)


@advice
def allowance_is_used(course: Course) -> Iterator[Finding]:
    """Each check that a page opts out of would have something to say about that page.

    An allowance that outlives its cause waits in silence, and hides the next slip of that kind.
    """
    yield from met_while_reading(course, "allowance-is-used")
