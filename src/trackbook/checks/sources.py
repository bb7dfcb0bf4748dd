"""The authors' files can be read, and each has its place."""

import re
import unicodedata
from collections.abc import Iterator

from trackbook.checks.check import ALL, Settings, advice, check, met_while_reading, page_check
from trackbook.issue import suggest
from trackbook.model import Course, Finding, Page, Source

_UNUSUAL = re.compile(
    r"""[<>:"\\|?*]|[. ](?:/|$)|(?:^|(?<=/))(?:con|prn|aux|nul|com[1-9]|lpt[1-9])(?=[./]|$)""", re.MULTILINE
)
"""Names and signs that Windows keeps for itself."""


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


@check
def file_name_works_everywhere(course: Course) -> Iterator[Finding]:
    """The name of a file or folder can be told from all others, and written, on every system.

    Windows and macOS take names that differ in case alone, or in how an accent is written, for one: whoever fetches
    the course there loses one of the two files. Windows refuses some names and signs altogether.
    """
    if _UNUSUAL.search("\n".join(course.files).lower()):
        for path in sorted(course.files):
            if found := next((part for part in path.split("/") if _UNUSUAL.search(part.lower())), None):
                hint = "rename it; letters, digits, hyphens and underscores work everywhere"
                yield Finding(Source(path), f'Windows has no files named "{found}".', hint)
    yield from _find_clashes(course)


def _find_clashes(course: Course) -> Iterator[Finding]:
    """Files and folders whose names are one elsewhere; those without a place in the course are told by that."""
    places: dict[str, str] = {}
    told = {finding.source.path for finding in met_while_reading(course, "source-has-its-place")}
    for path in sorted(course.files):
        parts = path.split("/")
        around = ["/".join(parts[:size]) for size in range(1, len(parts) + 1)]
        for here in around if told.isdisjoint(around) else ():
            known = places.setdefault(unicodedata.normalize("NFC", here).casefold(), here)
            if known != here and here not in told:
                told.add(here)
                message = f'"{here}" differs from "{known}" in case, or in how accents are written, alone.'
                yield Finding(Source(here), message, "rename one of the two")


@check
def picture_can_be_shown(course: Course) -> Iterator[Finding]:
    """A picture is what its name says, whole, and not too large to be shown.

    A browser shows a broken sign in its place, on some devices only, and nobody who wrote the page may see it.
    """
    yield from met_while_reading(course, "picture-can-be-shown")


@advice
def value_is_whole(course: Course) -> Iterator[Finding]:
    r"""A text in YAML is whole: ` #` ends it, for a comment, and in double quotes a backslash takes a letter with it.

    A title such as `C # and D` would be published without its end, and `"$\nabla$"` as "abla" behind a line break; both
    look right in their source.
    """
    yield from met_while_reading(course, "value-is-whole")
