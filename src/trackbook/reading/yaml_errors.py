"""What an author did where text is no YAML, and where: a parser says only where it gave up."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import yaml

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_GLUED = re.compile(r"\s*(?:- )*([^\W\d][\w-]*):([^\s/].*)")
"""A key whose value follows without a space."""
_LONGEST = 40
_TEXTS = ("title", "summary", "description", "definition", "front", "back", "ask", "text", "why", "hint", "name")
"""Keys of what learners read."""


class Slip(NamedTuple):
    """A fact with what to type instead; `line` and `column` count from 0."""

    message: str
    hint: str
    line: int
    column: int | None = None


def explain_error(text: str, error: yaml.MarkedYAMLError) -> Slip:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    lines, problem = text.split("\n"), error.problem or ""
    here = lines[line] if line < len(lines) else ""
    if "\t" in here[: len(here) - len(here.lstrip())] or "'\\t'" in problem:
        return Slip("a tab stands where YAML wants spaces.", "indent with spaces", line, column)
    slip = _find_open_quote(text, error, line) or _find_glued_key(lines, error, line) or _find_open_bracket(error, line)
    if slip:
        return slip
    if problem == "mapping values are not allowed in this context":
        return Slip('a second ": " stands in this value.', 'put the text in quotes: key: "one: two"', line, column)
    if here[column : column + 1] and "cannot start any token" in problem:
        message = f'a value can\'t begin with "{here[column]}", which means something else to YAML.'
        return Slip(message, "put the whole text in quotes", line, column)
    hint = "check quotes, colons and indentation near this place"
    return Slip(f"this is not YAML: {problem}.", hint, line, column)


def find_cut(node: yaml.Node, text: str, seen: set[int]) -> Iterator[tuple[str, int, int]]:
    """Each text that a " #" cuts off, with the line and column of the sign; a comment has two spaces before it."""
    if id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        for part in node.value:
            yield from find_cut(part, text, seen)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from find_cut(value, text, seen)
            if isinstance(value, yaml.ScalarNode) and value.value and not value.style and key.value in _TEXTS:
                begin, length = value.start_mark, len(value.value)
                if text.startswith(f"{value.value} #", begin.index):
                    yield value.value, begin.line, begin.column + length + 1


def _find_open_quote(text: str, error: yaml.MarkedYAMLError, line: int) -> Slip | None:
    quoted = _list_quoted(text)
    far = next((token for token in quoted if _swallows(text, token)), None)
    if error.context == "while scanning a quoted scalar" and error.context_mark and far is None:
        begin = error.context_mark
        quote = text[begin.index]
        message = f"a text begins with {quote} here, and no {quote} ends it."
        return Slip(message, f"write {quote} where the text ends", begin.line, begin.column)
    last = far or (quoted[-1] if quoted and quoted[-1].end_mark.line == line else None)
    if last is None or (far is None and error.problem != "did not find expected key"):
        return None
    begin, end = last.start_mark, last.end_mark
    quote = text[begin.index]
    if begin.line < end.line:
        message = f"a text begins with {quote} here, and the next {quote} stands in another line."
        return Slip(message, f"write {quote} where the text ends", begin.line, begin.column)
    told = _shorten(text[begin.index : end.index])
    ways = {'"': 'put the whole text in \', or write \\" for each " in it', "'": "write '' for each ' in it"}
    return Slip(f"more stands after {told}, which ends the text.", ways[quote], end.line, end.column)


def _list_quoted(text: str) -> list[yaml.ScalarToken]:
    """The texts in quotes, up to where nothing can be read any more."""
    found = []
    try:
        for token in yaml.scan(text, Loader=_Loader):
            if isinstance(token, yaml.ScalarToken) and token.style in ("'", '"'):
                found.append(token)
    except yaml.YAMLError:
        pass
    return found


def _swallows(text: str, token: yaml.ScalarToken) -> bool:
    """Whether it ends at a quote in another line that was to begin, or to end, another text."""
    end = token.end_mark
    return token.start_mark.line < end.line and text[end.index : end.index + 1].strip(",:]}") not in ("", "\n", " ")


def _shorten(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _find_glued_key(lines: list[str], error: yaml.MarkedYAMLError, line: int) -> Slip | None:
    """A key without a space after its colon: YAML takes it for text, and stumbles over what follows."""
    if error.context == "while scanning a simple key" and error.context_mark:
        at = error.context_mark.line
    elif error.problem == "mapping values are not allowed in this context":
        at = next((at for at in range(min(line, len(lines)) - 1, -1, -1) if lines[at].strip()), -1)
    else:
        return None
    found = _GLUED.match(lines[at]) if 0 <= at < len(lines) else None
    if found is None:
        return None
    return Slip(
        f'no space stands after "{found[1]}:".', f"write `{found[1]}: {_shorten(found[2])}`", at, found.start(1)
    )


def _find_open_bracket(error: yaml.MarkedYAMLError, line: int) -> Slip | None:
    begin = error.context_mark
    if error.context not in ("while parsing a flow sequence", "while parsing a flow mapping") or begin is None:
        return None
    opens, closes = ("[", "]") if "sequence" in error.context else ("{", "}")
    if begin.line == line:
        message = f'a "," or a "{closes}" is missing before this place.'
        column = error.problem_mark.column if error.problem_mark else begin.column
        return Slip(
            message, f'put a text with "," or ": " in it in quotes, and end the list with {closes}', line, column
        )
    message = f'"{opens}" opens here, and no "{closes}" closes it.'
    return Slip(message, f'write "{closes}" where it ends', begin.line, begin.column)
