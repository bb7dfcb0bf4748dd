"""YAML text to a document: safely, and in one way only."""

import re
from typing import Any

import yaml
from yaml.constructor import ConstructorError, SafeConstructor
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from trackbook.model import Finding, Source
from trackbook.reading.document import Document
from trackbook.reading.escapes import find_eaten
from trackbook.reading.yaml_errors import explain_error, find_cut

CODE = "yaml-is-sound"
_DEEPEST = 40
MOST_VALUES = 20_000
"""Of those that aliases alone make, beside four for each that is written."""
_TEXT = "tag:yaml.org,2002:str"
_ENDLESS = 10**9
_LEAD = re.compile(r"\n[ ?:-]*")
"""What indents a line, and may begin blocks in it."""
_OTHER_BREAK = re.compile("[\r\x85\u2028\u2029]")
"""What YAML takes for the end of a line, and nobody else."""
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Constructor(SafeConstructor):
    """Says of a value that can't be made where it stands."""

    def construct_object(self, node: Node, deep: bool = False) -> Any:
        if node.tag == _TEXT and isinstance(node, ScalarNode):  # as most are
            return node.value
        try:
            return super().construct_object(node, deep)
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            problem = str(error) if isinstance(error, ValueError) else f"it is no {node.tag.rpartition(':')[2]}"
            raise ConstructorError(None, None, problem, node.start_mark) from None


def read_yaml(
    text: str,
    path: str,
    first_line: int = 1,
    constructor: type[Constructor] = Constructor,
) -> tuple[Document, list[Finding]]:
    """The document in `text`; an empty one, with what is wrong, when it can't be read or isn't safe to."""
    empty = Document({}, None, path, first_line)

    def refuse(message: str, hint: str, line: int, column: int | None = None) -> tuple[Document, list[Finding]]:
        last = text.count("\n") - text.endswith("\n")
        place = Source(path, first_line + line, column) if line <= last else Source(path, first_line + max(last, 0))
        return empty, [Finding(place, message, hint, CODE)]

    if _OTHER_BREAK.search(text):  # which would end a line for YAML alone, and every place below would be another
        text = _OTHER_BREAK.sub(" ", text)
    try:
        if (line := _find_depth(text)) is not None:
            return refuse(f"more than {_DEEPEST} levels stand inside each other.", "flatten the structure", line)
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        slip = explain_error(text, error)
        return refuse(slip.message, slip.hint, slip.line, None if slip.column is None else slip.column + 1)
    except (yaml.YAMLError, ValueError) as error:
        return refuse(f"this is not YAML: {' '.join(str(error).split())}.", "remove the character it names", 0)
    if node is None:
        return empty, []
    if "*" in text and "&" in text and _unfolds_too_far(node):
        return refuse(f"aliases unfold to more than {MOST_VALUES:,} values.", "write the values out", 0)
    doubles = [
        Finding(
            Source(path, first_line + key.start_mark.line, key.start_mark.column + 1),
            f'the key "{key.value}" stands here twice; it was first set in line {first_line + first.start_mark.line}.',
            "keep one of them",
            CODE,
        )
        for key, first in _find_doubles(node, set())
    ]
    if " #" in text:
        doubles += [
            _tell_cut(Source(path, first_line + line, column + 1), value)
            for value, line, column in find_cut(node, text, set())
        ]
    if '"' in text and "\\" in text:
        doubles += [_tell_eaten(path, first_line, command, value) for command, value in find_eaten(node, text)]
    try:
        value = constructor().construct_document(node)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or node.start_mark
        return refuse(f"a value can't be read: {error.problem}.", "write it as plain text, in quotes", mark.line)
    return Document(value, node, path, first_line), doubles


def _tell_cut(place: Source, value: str) -> Finding:
    hint = "put the whole text in quotes, or two spaces before what is a comment"
    return Finding(place, f'"{value}" ends before " #", which begins a comment.', hint, "value-is-whole")


def _tell_eaten(path: str, first_line: int, command: str, value: Node) -> Finding:
    place = Source(path, first_line + value.start_mark.line, value.start_mark.column + 1)
    message = (
        f'of "{command}" no more than "{command[2:]}" is left: in double quotes, YAML reads "{command[:2]}" itself.'
    )
    return Finding(place, message, f"put the text in single quotes, or write `\\{command}`", "value-is-whole")


def _find_depth(text: str) -> int | None:
    """The line where nesting goes too deep, if it does. Events come one by one: no recursion to overflow."""
    depth = 0
    most = 2 * max(map(len, _LEAD.findall("\n" + text))) + text.count("[") + text.count("{")  # a column begins two
    if most <= _DEEPEST:
        return None
    for event in yaml.parse(text, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            return int(event.start_mark.line) if event.start_mark else 0
    return None


def _unfolds_too_far(node: Node) -> bool:
    known: dict[int, int] = {}
    return _count_values(node, known) > MOST_VALUES + 5 * len(known)


def _count_values(node: Node, known: dict[int, int]) -> int:
    """How many values the node unfolds to, each alias counted wherever it is used; a loop counts as too many."""
    if id(node) in known:
        return known[id(node)]
    known[id(node)] = _ENDLESS
    total = 1
    if isinstance(node, MappingNode):
        total += sum(_count_values(part, known) for pair in node.value for part in pair)
    elif isinstance(node, SequenceNode):
        total += sum(_count_values(part, known) for part in node.value)
    known[id(node)] = total
    return total


def _find_doubles(node: Node, seen: set[int]) -> list[tuple[Node, Node]]:
    if id(node) in seen or not isinstance(node, MappingNode | SequenceNode):
        return []
    seen.add(id(node))
    if isinstance(node, SequenceNode):
        return [double for part in node.value for double in _find_doubles(part, seen)]
    found: list[tuple[Node, Node]] = []
    first: dict[str, Node] = {}
    for key, value in node.value:
        name = str(key.value)
        if name in first:
            found.append((key, first[name]))
        first.setdefault(name, key)
        found.extend(_find_doubles(value, seen))
    return found
