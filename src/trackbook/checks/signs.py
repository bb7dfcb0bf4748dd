"""Signs that nobody sees: control characters, and those that turn the order of other signs around."""

import re
from collections.abc import Iterator

from trackbook.checks.check import Settings, check, page_check
from trackbook.model import Course, Fence, Finding, Page, Source

_CONTROL = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_TURNING = "\u202d\u202e"
"""These lay their order upon all signs."""
_OPENING, _CLOSING = "\u202a\u202b\u2066\u2067\u2068", "\u202c\u2069"
"""These set a text apart from its line, and end that: fine in pairs."""
_SIGNS = re.compile(f"[{_TURNING}{_OPENING}{_CLOSING}]")
_SEEN = bytes({9, 10, 13, *range(0x20, 0x7F), *range(0x80, 0x100)})
_RARE = re.compile(rb"\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]|\xc2[\x80-\x9f]")
"""The signs above in UTF-8, of those that are not ASCII."""
_ESCAPED = re.compile(r"\\(?:[0abefv]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})")
"""How YAML writes a sign in double quotes, where LaTeX has a command: `\\frac` begins with a form feed there."""
_SHORT = dict(zip("0abefv", "\0\a\b\x1b\f\v", strict=True))
_UNESCAPE = "delete it; where it is LaTeX, put the text in 'single quotes', or in none"
_REMEDY = "delete it; an editor that shows invisible characters finds it"


@page_check
def text_has_no_hidden_signs(page: Page, _: Settings) -> Iterator[Finding]:
    """A page holds no control characters, and none that turn the order of its text around.

    Nobody sees them: what is read is then not what stands there, in code as in prose. Text from right to left needs
    none of those; marks (U+200E, U+200F) and isolates (U+2066 to U+2069) that are closed in their line are fine.
    """
    if _find_hidden(page.title) and not _may_hide(page.text):
        yield Finding(Source(page.path, 1), f'the title "{page.title}" holds {_find_hidden(page.title)}.', _REMEDY)
    if _may_hide(page.text):
        for number, line in enumerate(page.text.split("\n"), page.first_line):
            if fact := _find_hidden(line):
                yield Finding(Source(page.path, number), f"this line holds {fact}.", _REMEDY)
    for key, value in page.meta.items():
        if fact := next(filter(None, map(_find_hidden, _list_inner(value))), ""):
            yield Finding(Source(page.path, 1), f'"{key}" in front matter holds {fact}.', _REMEDY)
    for fence in page.fences if "\\" in page.text else ():
        for at, written in _list_written(fence):
            told = f'"{written}" in double quotes is a sign that nobody sees.'
            yield Finding(Source(page.path, at), told, _UNESCAPE)


@check
def title_has_no_hidden_signs(course: Course) -> Iterator[Finding]:
    """No title, name or text of the outline, of a concept or of `mkdocs.yml` holds such signs.

    They stand on every page that names the module, in search results and in the window's title.
    """
    for source, text in _list_texts(course):
        if fact := _find_hidden(text):
            yield Finding(source, f'"{text}" holds {fact}.', _REMEDY)


def _list_texts(course: Course) -> Iterator[tuple[Source, str]]:
    outline = Source("lessons/course.yml")
    yield from ((outline, text) for text in (course.title, course.summary))
    for track in course.tracks:
        yield from ((track.source, text) for text in (track.title, track.summary))
        yield from ((track.source, phase.title) for phase in track.phases)
        for module in track.modules:
            yield from ((module.source, text) for text in (module.title, module.summary) if not module.pages)
    for concept in course.concepts.values():
        yield from ((concept.source, text) for text in (concept.name, concept.definition))
    for setting in course.settings.entries.values():
        if isinstance(setting.value, str):
            yield setting.source, setting.value


def _may_hide(text: str) -> bool:
    """Whether it is worth a look: most texts are not, and are passed over at the speed of bytes."""
    data = text.encode("utf-8", "surrogatepass")
    return bool(data.translate(None, _SEEN)) or (not text.isascii() and _RARE.search(data) is not None)


def _list_written(fence: Fence) -> Iterator[tuple[int, str]]:
    """The signs in a widget's texts that nobody sees and that YAML was told to make, with their lines."""
    if fence.data is None or not _ESCAPED.search(fence.text):
        return
    hidden = {sign for text in _list_inner(fence.data) if _find_hidden(text) for sign in text}
    for found in _ESCAPED.finditer(fence.text) if hidden else ():
        sign = _SHORT.get(found[0][1]) or chr(min(int(found[0][2:], 16), 0x10FFFF))
        if sign in hidden and (_CONTROL.match(sign) or _SIGNS.match(sign)):
            yield fence.source.line + 1 + fence.text.count("\n", 0, found.start()), found[0]


def _list_inner(value: object) -> Iterator[str]:
    """Every text in a value of front matter, or of a widget."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _list_inner(inner)
    else:
        for inner in value if isinstance(value, list | tuple) else getattr(value, "__dict__", {}).values():
            yield from _list_inner(inner)


def _find_hidden(line: str) -> str:
    """What a line hides; nothing of most."""
    if line.isascii() and line.isprintable():
        return ""
    if found := _CONTROL.search(line.replace("\n", " ").replace("\t", " ")):
        return f"a control character (U+{ord(found[0]):04X})"
    depth = 0
    for found in _SIGNS.finditer(line):
        sign = found[0]
        depth += (sign in _OPENING) - (sign in _CLOSING)
        if sign in _TURNING or depth < 0:
            return f"a character that turns the order of the text around (U+{ord(sign):04X})"
    return "a character that sets text apart, and nothing that ends it in its line" if depth else ""
