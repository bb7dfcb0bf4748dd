"""Syntax that a page does not understand: it would be shown as it stands, or be lost, without a word."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher, get_close_matches

from trackbook.checks.check import Settings, check, met_while_reading, page_check
from trackbook.checks.dialects import (
    BLOCK,
    DIALECTS,
    DIRECTIVE,
    IN_WIDGETS,
    INCLUSION,
    Dialect,
)
from trackbook.checks.elements import is_known_element
from trackbook.checks.instead import say_for_element, say_instead
from trackbook.checks.once import Met, quote, tell_once
from trackbook.issue import find_close
from trackbook.markdown.shortcodes import list_emoji
from trackbook.model import Course, Fence, Finding, Page, Slip, Source
from trackbook.widgets import Widget

_FILLING_TEMPLATES = frozenset({"macros", "git-revision-date-localized"})
_RESOLVING_REFERENCES = frozenset({"autorefs", "mkdocstrings"})
_TAKING_BLOCKS = "mkdocstrings"
"""Plugins of MkDocs that make something of what nobody else understands."""
_SHOWING = frozenset({"", "text", "markdown", "md", "handlebars", "hbs"})
"""Languages of fences that show such syntax and don't mean it."""
_REFERENCE = re.compile(r"(?<![\w\]\0`])!?\[([^\[\]\n]+)\]\[(?!\^)([^\[\]\n]*)\]")
_NAMING = ("icon", "keys", "slashes", "options", "kind", "html")
"""Slips of which a name is unknown, or what stands with it, and marks where nobody reads them."""
_CLOSE = 0.75
"""How near the name of an emoji is that may be meant."""
_NEAR = 0.85
"""How near a name is that is one letter off."""
_LETTER = re.compile(r"[^\W\d_]")
_KEY = re.compile(r"^(?:- )?([a-z_]+):", re.MULTILINE)
_TAKES_IN = re.compile(r"""^[ \t]*-+8<-+[^\n]*|(?<![;-])-{1,}8<-{1,}[ ]*["'][^\n]*""", re.MULTILINE)


@page_check
def syntax_is_understood(page: Page, settings: Settings) -> Iterator[Finding]:
    """A page holds no syntax of other programs that make sites of Markdown, and no name of an icon that is none.

    Pages that come from Pandoc, MyST, Quarto, Jekyll, mdBook or JSX bring it along, and a learner would see it as text,
    or nothing. Each kind is told once a page, where it first stands. Code and formulas may hold whatever they like.
    """
    met = [*_list_in_text(page, settings), *_list_in_fences(page, settings), *_list_unknown_elements(page)]
    met += [named for slip in page.all_slips if slip.kind in _NAMING and (named := _describe_name(slip, settings))]
    yield from tell_once(page, met)


@page_check
def fence_names_a_widget(page: Page, settings: Settings) -> Iterator[Finding]:
    """A fence that is meant to be a widget says its name as it is.

    With a slip in the name it is code like any other, and the page shows what stands in it, answers and all.
    """
    for fence in page.fences:
        if meant := _find_meant(fence, settings):
            message = f'"{fence.language}" is no widget: the page would show this fence as code, answers and all.'
            yield Finding(fence.source, message, f'Did you mean "{meant}"?')


@page_check
def reference_is_defined(page: Page, settings: Settings) -> Iterator[Finding]:
    """The label of a link `[text][label]` is defined on its page.

    Without a line `[label]: address` there is no link, and the page shows the brackets.
    """
    for leftover in page.all_leftovers if not _RESOLVING_REFERENCES & settings.plugins else ():
        for found in _REFERENCE.finditer(leftover.text):
            label = quote(found[2] or found[1])
            if _LETTER.search(label):  # numbers are places in a table
                line = leftover.find_line(found.start())
                message = f'"{quote(found[0])}" is no link, since nothing on the page defines "{label}".'
                yield Finding(
                    Source(page.path, line), message, f"add a line `[{label}]: address`, with what it leads to"
                )


@check
def snippet_is_there(course: Course) -> Iterator[Finding]:
    """Each file that a page takes in by `--8<-- "file"` lies in the course, under that name.

    What isn't found is left out, and nobody misses it but the learner.
    """
    yield from met_while_reading(course, "snippet-is-there")
    for page in course.pages.values():
        lines = page.text.split("\n") if "8<-" in page.text else []
        for leftover in page.leftovers if lines else ():
            for found in _TAKES_IN.finditer(leftover.text):
                line = leftover.find_line(found.start())
                if not _TAKES_IN.match(lines[line - page.first_line]):
                    message = f'"{quote(found[0].strip())}" takes nothing in, since it does not begin its line.'
                    hint = "write it on a line of its own, with nothing but spaces before it"
                    yield Finding(Source(page.path, line), message, hint)


def _list_in_text(page: Page, settings: Settings) -> Iterator[Met]:
    filled, taken = not _FILLING_TEMPLATES.isdisjoint(settings.plugins), _TAKING_BLOCKS in settings.plugins
    parts = [(page.leftovers, DIALECTS), *((fence.leftovers, IN_WIDGETS) for fence in page.fences)]
    for leftover, dialects in ((leftover, dialects) for leftovers, dialects in parts for leftover in leftovers):
        text = leftover.text
        for dialect in dialects:
            known = (filled and dialect.of_templates) or (taken and dialect is BLOCK)
            known |= dialect.of_extension in settings.extensions
            met = [*dialect.pattern.finditer(text)]
            if not known:
                yield from (_describe(dialect, found, leftover.find_line(found.start())) for found in met)
            if met:
                text = dialect.pattern.sub(lambda found: re.sub(r"[^\n]", "\0", found[0]), text)


def _list_in_fences(page: Page, settings: Settings) -> Iterator[Met]:
    for fence in page.fences:
        directive = DIRECTIVE.pattern.match(fence.language)
        if directive and not _find_meant(fence, settings):
            yield _describe(DIRECTIVE, directive, fence.source.line)
        if fence.language not in settings.widgets and fence.language.lower() not in _SHOWING:
            for found in INCLUSION.pattern.finditer(fence.text):
                yield _describe(INCLUSION, found, fence.source.line + 1 + fence.text.count("\n", 0, found.start()))


def _list_unknown_elements(page: Page) -> Iterator[Met]:
    for element in page.all_elements:
        if not is_known_element(element.name):
            tag = f"<{element.name}>"
            yield Met(tag, element.line, "no element of HTML, and lost on the page", say_for_element(element.name))


def _describe_name(slip: Slip, settings: Settings) -> Met | None:
    """What is to be said of a slip, unless an extension that the course names may understand it."""
    text, line, other, asked = slip.text, slip.line, slip.other, settings.extensions
    if slip.kind == "icon" and "custom_icons" not in repr(asked.get("pymdownx.emoji")):
        meant = get_close_matches(text, list_emoji(), 1, _CLOSE)
        remedy = f'Did you mean "{meant[0]}"?' if meant else "write the sign itself; as text it goes between backquotes"
        return Met(text, line, "no emoji and no icon, and shown as it stands", remedy)
    if slip.kind == "keys" and "key_map" not in repr(asked.get("pymdownx.keys")):
        return Met(text, line, f'shown as it stands, since no keyboard has "{other}"', "write its name as on a key")
    if slip.kind == "slashes" and not any(name.startswith("pymdownx.blocks.") for name in asked):
        fact = "a block that no extension of this course knows, and shown as it stands"
        return Met(text, line, fact, say_instead(other))
    if slip.kind == "options" and "pymdownx.blocks.caption" not in asked:
        remedy = "write `attrs: {id: name}`, or leave them out"
        return Met(other, line, "no option of a caption, which is shown as it stands", remedy)
    if slip.kind == "html":
        remedy = "write it on lines of its own between blank lines, or as HTML"
        return Met(text, line, "Markdown in a block of HTML, and shown as it stands", remedy)
    if slip.kind == "kind":
        return Met(text, line, "a callout of a kind that has no look", f'Did you mean "{other}"?')
    return None


def _describe(dialect: Dialect, found: re.Match[str], line: int) -> Met:
    name = found["name"] if "name" in dialect.pattern.groupindex else ""
    return Met(found[0].strip(), line, dialect.fact, say_instead(name, dialect.remedy), dialect.ends)


def _find_meant(fence: Fence, settings: Settings) -> str:
    """The widget that the fence is meant to be, which has another name; nothing where it may be code."""
    if fence.language in settings.widgets:
        return ""
    name = fence.language.lower().replace("_", "-")
    if name in settings.widgets:
        return name
    name = name.strip("{}.:-")
    close = find_close(name, settings.widgets)
    widget, keys = settings.widgets.get(close), set(_KEY.findall(fence.text))
    known = keys & widget.data.model_fields.keys() if isinstance(widget, Widget) else ()
    if _squash(name) == _squash(close):
        return close
    enough = 1 if SequenceMatcher(None, name, close).ratio() > _NEAR else 2
    return close if len(known) >= enough and 2 * len(known) >= len(keys) else ""


def _squash(name: str) -> str:
    """The name without what is easily added or lost: hyphens, a plural, a letter that stands twice."""
    singular = re.sub(r"(?<=z)es$|s$", "", name.replace("-", ""))
    return re.sub(r"(.)\1", r"\1", singular)
