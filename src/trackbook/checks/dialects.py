"""The syntax of other programs that make sites of Markdown: how one knows it, and what to write in its place."""

import re
from typing import Any, NamedTuple

from trackbook.checks.instead import FIGURE, FOOTNOTE, LINK, PLAIN, TARGET

_TEXT = "write the text itself; what is meant as it stands goes between backquotes"
_BEHIND = "write it behind a heading or an image, or in the line below a paragraph"
_TAKE_IN = 'write the text itself, or take in a file of the course by a line `--8<-- "lessons/data/file.md"`'


class Dialect(NamedTuple):
    """A kind of syntax: its pattern, in which `name` says what it is nearer, whose it is, and what to write instead."""

    pattern: re.Pattern[str]
    fact: str
    remedy: str = PLAIN
    of_templates: bool = False
    """Whether a plugin that fills templates makes something of it."""
    ends: bool = False
    """Whether it ends what another began."""
    of_extension: str = ""
    """The extension of Python-Markdown that makes something of it, where a course names that."""


def _shown(pattern: str, whose: str, remedy: str = PLAIN, **more: Any) -> Dialect:
    return Dialect(re.compile(pattern, re.MULTILINE), f"{whose}, and shown as it stands", remedy, **more)


_TAGS = "a|b|i|p|br|div|em|strong|span|img|sub|sup|code|kbd|details|summary|table|tr|td|ul|ol|li|u|s|small"
_BLOCK = "a block of Pandoc, MyST or Quarto"
BLOCK = _shown(r"^[ ]*:{3,}[ ]*(?:\{[ ]*[.#]?|[.#])?(?P<name>[\w-]+)[^\n]*", _BLOCK)
DIALECTS = (
    BLOCK,
    _shown(r"^[ ]*:{3,}[ ]*$", _BLOCK, "leave the line out", ends=True),
    _shown(r"\{(?P<name>[a-zA-Z][\w:+-]*)\}(?=`)", "a role of MyST"),
    _shown(r":(?P<name>ref|doc|math|term|numref|cite|eq|download|any|code|kbd|guilabel):(?=`)", "a role of Sphinx"),
    _shown(r"^[ ]*\.\. (?P<name>[a-zA-Z][\w-]*)::[^\n]*", "a directive of reStructuredText"),
    _shown(r"^[ ]*(?P<name>include|image|video)::[^\s\[]+\[[^\n]*\][ ]*$", "a macro of AsciiDoc", _TAKE_IN),
    _shown(r"^[ ]*\([\w:. -]+\)=[ ]*$", "a target of MyST", TARGET),
    _shown(r"(?<=\w)[.!?)]?\[\[[\w-]+\]\]\Z", "an anchor of another program", TARGET),
    _shown(r"!\[\[[^\]\n]+\]\]", "a file taken in by Obsidian", FIGURE),
    _shown(r"\{\{[<%][^\n]*?[%>]\}\}", "a shortcode of Quarto or Hugo", _TAKE_IN),
    _shown(r"\{\{#\w+[^\n}]*\}\}", "a directive of mdBook", _TAKE_IN),
    _shown(r"\{%[^\n]*?%\}", "a tag of Liquid or Jinja", _TEXT, of_templates=True),
    _shown(r"\{\{(?![<%#{])[^{}\n]*\}\}", "a variable of Liquid or Jinja", _TEXT, of_templates=True),
    _shown(r"\A\{:?[ ]*(?:[.#]|[\w-]+=)[^{}\n]*\}\Z", "a list of attributes apart from its block", _BEHIND),
    _shown(r"(?<=[^\s\[] )\{:?[ ]*[.#][a-zA-Z][^{},\n]*\}(?=[ ][\w\0])", "a list of attributes amid words", _BEHIND),
    Dialect(
        re.compile(
            r"^\{:[ ]*\.(?P<name>callout|challenge|checklist|discussion|keypoints|objectives|prereq|questions|solution"
            r"|testimonial)\b[^{}\n]*\}",
            re.MULTILINE,
        ),
        "a class of Carpentries lessons, which has no look here",
    ),
    _shown(r"^<(?P<name>[A-Z]\w*)[^\n]*", "an element of JSX"),
    _shown(
        r"^[ ]*/{3,}(?:[ ]*[\w-]+[^\n]*)?$",
        "the mark of a block that is not whole",
        "close a block by as many slashes as open it, and write more around another one; its options are `key: value`",
    ),
    _shown(r"^import\s[^\n]+\sfrom\s+[\"'][^\n]+", "a line of JSX", "leave it out"),
    _shown(r"\[-?@(?=[^\]\s,;]*\d)[^\]\n]+\]", "a citation of Pandoc", FOOTNOTE),
    _shown(r"\{![^\n{}]*!\}", "a file taken in by another program", _TAKE_IN),
    _shown(r"(?<=[\w.,;:)\0])\^\[(?=[^\]\n]*[^\W\d_]{2})[^\]\n]+\]", "a note of Pandoc", FOOTNOTE),
    _shown(r"\A%[ ][^\n]*", "a comment of MyST", "write `<!-- … -->`"),
    _shown(r"\A\+{3,}(?:[ ]*\{[^\n]*\})?[ ]*$", "a break of MyST", "leave it out, or write `---` for a rule"),
    _shown(r"\[\[(?=[^\W\d_])[^\[\]\n]+\]\]", "a link of a wiki", LINK),
    _shown(r"^[ ]*===[!+]*[ ]+[^\s\"'=][^\n]*", "a tab without quotes", 'write `=== "Name"`'),
    _shown(
        r"^[ ]*(?:!!!|\?\?\?\+?)[ ]?[\w\"][^\n]*",
        "the head of a callout or fold that is not whole",
        'write `!!! note "What it says"`, and below it what it holds, indented by 4 spaces',
    ),
    _shown(r"<!--[^\n]*", "a comment that never ends", "write `-->` behind it, in the same paragraph"),
    _shown(r"-->[ ]*\Z", "the end of a comment that nothing opens", "leave it out, or write `<!--` where it begins"),
    _shown(r"\A#{2,6}(?=[^\s#\0])[^\n]*|\A#{7,}[ ][^\n]*", "no heading", "write one to six `#` and a space: `## …`"),
    _shown(
        r"\A\[(?:|[ ][xX]|[xX][ ]|[ ][xX][ ])\](?=[ ])|\A\[[ xX]\](?=\w)",
        "no box of a task",
        "write `- [ ] …` or `- [x] …`",
    ),
    _shown(
        r"(?<=[\0 ])\{:?[ ]*(?:[.#][\w-]|(?:width|height|class|id|align|loading)=)[^{}\n]*\Z",
        "a list of attributes that never ends",
        "write `}` behind it",
    ),
    _shown(
        r"^([-+*])[^\W\d_][^\n]*(?=\n\1[^\W\d_])|^1\.[^\W\d_][^\n]*(?=\n2\.[^\W\d_])",
        "a list without spaces behind its marks",
        "write a space behind each: `- one`, `1. one`",
    ),
    _shown(r"&[a-zA-Z][a-zA-Z0-9]{1,30};", "no sign that HTML has a name for", "write the sign itself"),
    _shown(
        rf"<(?:/?[ ](?:{_TAGS})[ ]*>|/?(?:{_TAGS})[ ]+[\w-]+=[^<>\n]*+(?!>))",
        "a tag that is not whole",
        "write `<b>` without a space behind `<`, close its quotes, and put it between backquotes where it is text",
    ),
    _shown(
        r"&(?:nbsp|amp|lt|gt|quot|copy|[mn]dash|hellip)(?![\w;=])|&\#\w{1,8};",
        "no sign of HTML",
        "write the sign itself, or end its name with `;`",
    ),
    _shown(
        r"\{(?:--[^\n]+?--|\+\+[^\n]+?\+\+|~~[^\n]+?~>[^\n]*?~~|==[^\n]+?==|>>[^\n]+?<<)\}",
        "a mark of CriticMarkup",
        "write the text as it shall be, and keep what is said about it in `<!-- … -->`",
    ),
    _shown(
        r"\[(?P<tag>b|i|u|s|url|img|code|quote|color|size)(?:=[^\[\]\n]*)?\][^\n]*?\[/(?P=tag)\]", "a tag of BBCode"
    ),
    _shown(r"(?<!\S)%%[^%\n]+%%(?!\w)", "a comment of Obsidian", "write `<!-- … -->`"),
    _shown(
        r"^[ ]*[•◦▪‣●○][ \t][^\n]*(?=\n)|(?<=\n)[ ]*[•◦▪‣●○][ \t][^\n]*",
        "a list by a sign that Markdown does not know",
        "write `- one`, each on a line of its own",
    ),
    Dialect(
        re.compile(r"(?<=[^\W_])~[0-9+-]{1,3}~(?!~)"),
        "a subscript of Pandoc, and struck through here",
        "write `<sub>2</sub>`, or a formula between `$` and `$`",
        of_extension="pymdownx.tilde",
    ),
    _shown(
        r"(?<=[\w)\]])\^[\w+-]{1,8}\^(?![\w^])",
        "a superscript of Pandoc",
        "write `<sup>2</sup>`, or a formula between `$` and `$`",
        of_extension="pymdownx.caret",
    ),
    Dialect(
        re.compile(r"(?<=[\0 ])\{:?[ ]*#[\w-]+(?:[ ]+[^\W\d_][\w-]*)+[ ]*\}\Z"),
        "an id of several words, of which the first alone counts",
        "join them by hyphens, such as `{ #two-words }`",
    ),
    _shown(r"(?<![\w@./])@(?:fig|tbl|eq|sec|lst|thm)-[\w-]+", "a reference of Quarto", LINK),
)
"""What is left in a text as its author wrote it. What one of them takes is not there for the next."""
DIRECTIVE = Dialect(
    re.compile(r"\{+(?P<name>[a-zA-Z][\w:-]*)[^\n]*"),
    "a directive of MyST or a cell of Quarto, and its fence is shown as code",
    "write the text without a fence, or name the language alone, such as ```python",
)
"""What a fence says behind its marks."""
IN_WIDGETS = (
    *DIALECTS,
    _shown(r"^[ ]*-+8<-+[^\n]*", "a file that no text of a widget takes in", "write the text itself"),
)
"""What may be left in the text of a widget."""
INCLUSION = _shown(
    r"^[ ]*\{\{#(?:rustdoc_)?(?:include|playground)\b[^\n}]*\}\}[ ]*$",
    "a directive of mdBook",
    'write the code itself, or take in a file of the course by a line `--8<-- "lessons/data/file.py"`',
)
"""It stands alone in a line of code: there is where mdBook has it."""
