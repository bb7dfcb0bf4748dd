"""What is a formula in a text, and what only looks like one."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from markdown_it.token import Token

from trackbook.model import Formula, Source

_CODE = re.compile(
    r"[\\`](?<!\\.)(?:(?<=\\)\\(?P<even>(?:\\{2})*)(?=`)|(?<=`)(?P<marks>`*)(?!`).+?(?<!`)`(?P=marks)(?!`))", re.DOTALL
)
_INLINE = re.compile(
    r"""
    [\\$](?<!\\.)(?:
    (?<=\\)\\(?P<even>(?:\\{2})*)(?=\$|\\\()
    |(?<=\$)(?!\s)(?P<dollar>(?:\\.|[^\\$\x02\x03]++)++)(?<!\s)\$
    |(?<=\\)\((?P<round>(?:\\[^)]|[^\\\x02\x03]++)++)\\\)
    )
    """,
    re.DOTALL | re.VERBOSE,
)
"""Both begin with the sign alone, for which `re` looks much faster than for a place where one may stand."""
_OF_FORMULA, _TAKEN = "\x02", "\x03"
"""Stand for each sign of a formula, and of code or what a backslash or a comment takes from the text."""
_PLAIN = re.compile(r"\\[\\$]")
_COMMENT = re.compile(r"<!--(?:(?!<!--).)*?-->", re.DOTALL)
_OPENING = "\x04\x04"
"""Stands for a sign that opens a formula which nothing closes."""
_COMMANDS = (
    "alpha|beta|gamma|delta|epsilon|varepsilon|zeta|eta|theta|iota|kappa|lambda|mu|nu|xi|pi|rho|sigma|tau|upsilon|phi|"
    "varphi|chi|psi|omega|Gamma|Delta|Theta|Lambda|Xi|Pi|Sigma|Phi|Psi|Omega|times|cdot|cdots|ldots|dots|le|leq|ge|geq|"
    "ne|neq|approx|equiv|infty|sum|prod|int|partial|nabla|forall|exists|notin|subset|subseteq|cup|cap|rightarrow|"
    "leftarrow|Rightarrow|mapsto|mathbb|mathcal|mathbf|mathrm|frac|sqrt|left|right|item|quad|pm|propto|langle|rangle|"
    "newpage|clearpage|pagebreak|linebreak|newline|noindent|bigskip|medskip|smallskip|tableofcontents|maketitle|hfill"
)
"""Commands of LaTeX that say no more than a word."""
_SET_APART = "put it on lines of its own, with no blank line inside"
_REMEDIES = (
    (
        r"\$\$|\$\x02+\$|(?m:^[ ]*\\[\[\]][ ]*$)",
        f"{_SET_APART}; the sign itself is `\\$`",
    ),
    (r"\\(?:begin|end)\{[a-zA-Z]", "put it between `$$` and `$$`, on lines of its own"),
    (
        r"\$(?=[^$\n]*\\[a-zA-Z]{2})|\$\x03+\$|(?<![\w$])\$(?=[a-zA-Z](?![\w$'’]|_\w{3})|[a-zA-Z]_[\w{]|[a-zA-Z0-9]{1,3}\^)"
        r"|[\^_]\{?\w+\}?\$(?!\w)|\$[ ](?=[^$\n]*[\^_\\][^$\n]*[ ]\$)",
        "write `$…$` with no space just inside the dollar signs and no pair of backquotes; the sign itself is `\\$`",
    ),
    (
        rf"{_OPENING}(?=[^\n]*(?:\\[a-zA-Z]{{2}}|\^))|\\\[(?=[^\n]*(?:\\[a-zA-Z]{{2}}|\^)[^\n]*\\\])",
        "write `$…$` within a line, or put it between `$$` and `$$`, on lines of its own",
    ),
    (
        rf"(?<![\w:\\])\\(?!(?:label|ref|eqref)\{{)(?:[a-zA-Z]{{2,}}\*?\{{|(?:{_COMMANDS})(?![a-zA-Z]))",
        "put a formula between `$` and `$`, and write Markdown in the place of other commands",
    ),
)
"""What is left in a text that looks like LaTeX, and what makes a formula of it."""
_STRAYS = [(re.compile(pattern), remedy) for pattern, remedy in _REMEDIES]
_NO_TEXT = re.compile(r"<code\b[^<>]*>[^<]*</code>|<[^<>]*>")
_LIKE_CODE = re.compile(r"\s*<(?:script|style|pre|textarea|!|\?)", re.IGNORECASE)
_NOT_IN_HTML = "put it outside of the HTML element around it, in which all is shown as it stands"
_SAY_IN_WORDS = "say it in words: no formula can stand in the text of an image"


class Span(NamedTuple):
    """A formula in a line, with where it begins and ends."""

    start: int
    end: int
    latex: str


def list_formulas(token: Token, source: Source, environment: Mapping[str, Any]) -> Iterable[Formula]:
    """The formulas of the block that a token is, which begins at `source`, and the first place that looks like one."""
    if token.type == "inline" and ("$" in token.content or "\\" in token.content):
        return _list_inline(token, source, environment.get("formulas", {}))
    if is_formula(token):
        return [Formula(token.content.strip(), True, source)]
    return _list_in_html(token, source) if token.type == "html_block" else ()


def is_formula(token: Token) -> bool:
    """Whether a block is a formula: between marks, or in a fence that says `math`."""
    return token.type == "math_block" or (token.type == "fence" and token.info.strip() == "math")


def _list_inline(inline: Token, source: Source, known: Mapping[str, tuple[list[Span], str]]) -> Iterator[Formula]:
    """`known` holds what the parser has found already."""
    text = inline.content
    spans, rest = known.get(text) or find_formulas(text)
    for span in spans:
        yield Formula(span.latex.strip(), False, _place(text, span.start, source))
    for image in (child for child in inline.children or () if child.type == "image"):
        if find_formulas(image.content)[0]:
            yield Formula(image.content, False, source, _SAY_IN_WORDS)
    found = ((stray, remedy) for pattern, remedy in _STRAYS if (stray := pattern.search(rest)))
    for stray, remedy in sorted(found, key=lambda pair: pair[0].start())[:1]:
        line = text[: stray.start()].count("\n")
        yield Formula(text.split("\n")[line].strip(), False, _place(text, stray.start(), source), remedy)


def _list_in_html(html: Token, source: Source) -> Iterator[Formula]:
    """What looks like a formula inside of a block of HTML, where none becomes one."""
    if not _LIKE_CODE.match(html.content):
        text = _NO_TEXT.sub(lambda tag: re.sub(r"[^\n]", " ", tag[0]), html.content)
        for span in find_formulas(text)[0]:
            yield Formula(span.latex, False, _place(text, span.start, source), _NOT_IN_HTML)


def find_formulas(text: str) -> tuple[list[Span], str]:
    """The formulas in a paragraph's text, and the text without them, code and comments, in as many signs."""
    if "$" not in text and "\\" not in text:
        return [], text
    rest = _blank(text, _CODE, _TAKEN)[0] if "`" in text else text
    if "<!--" in rest:
        rest = _COMMENT.sub(lambda comment: _TAKEN * len(comment[0]), rest)
    if r"\)" not in text:  # else each that opens would be followed to the end
        rest = rest.replace(r"\(", _OPENING)
    rest, found = _blank(rest, _INLINE, _OF_FORMULA)
    spans = [Span(*match.span(), match["dollar"] or match["round"]) for match in found]
    return spans, _PLAIN.sub(lambda match: _TAKEN * len(match[0]), rest)


def _blank(text: str, pattern: re.Pattern[str], sign: str) -> tuple[str, list[re.Match[str]]]:
    """The text with a sign for each of what matches, and the matches; backslashes in pairs are plain signs."""
    parts, matches, end = list[str](), list[re.Match[str]](), 0
    while match := pattern.search(text, end):
        length = match.end() - match.start()
        if match["even"] is not None:
            text = f"{text[: match.start()]}{_TAKEN * length}{text[match.end() :]}"
        else:
            matches.append(match)
        parts += [text[end : match.start()], (sign if match["even"] is None else _TAKEN) * length]
        end = match.end()
    return "".join([*parts, text[end:]]), matches


def _place(text: str, offset: int, source: Source) -> Source:
    return source._replace(line=source.line + text.count("\n", 0, offset))
