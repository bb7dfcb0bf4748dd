"""YAML text to plain values whose every key still knows its line and column."""

import copy
from dataclasses import dataclass, replace
from typing import Any

import yaml
from yaml.constructor import SafeConstructor
from yaml.nodes import MappingNode, Node, SequenceNode

from trackbook.model import Finding, Source

CODE = "yaml-is-sound"
_DEEPEST = 40
MOST_VALUES = 20_000
_ENDLESS = 10**9
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML document: its value and the way back from a value's path to its place. Lines count from `first_line`."""

    value: Any
    node: Node | None
    path: str
    first_line: int = 1

    def locate(self, keys: tuple[int | str, ...]) -> Source:
        """The place of the key (or list entry) that `keys` leads to; of the nearest one above when it isn't there."""
        node, place = self.node, Source(self.path, self.first_line)
        if node is not None:
            place = self._source(node)
        for key in keys:
            inner = _step(node, key)
            if inner is None:
                break
            named = [pair[0] for pair in node.value if pair[1] is inner] if isinstance(node, MappingNode) else [inner]
            place, node = self._source(named[0]), inner
        return place

    def span(self, keys: tuple[int | str, ...]) -> tuple[int, int]:
        """The first and the last line of the key or list entry that `keys` leads to, with all that belongs to it."""
        node = self.node
        for key in keys:
            node = _step(node, key)
        first = self.locate(keys).line
        if node is None:
            return first, first
        end = node.end_mark
        beyond = end.column == 0 or (isinstance(node, MappingNode | SequenceNode) and not node.flow_style)
        return first, max(first, self.first_line + end.line - beyond)

    def extent(self, keys: tuple[int | str, ...]) -> tuple[int, int]:
        """Where the value that `keys` leads to begins and ends in the YAML text; of the nearest one above."""
        node = self.node
        for key in keys:
            node = _step(node, key) or node
        return (node.start_mark.index, node.end_mark.index) if node else (0, 0)

    def leave_out(self, keys: tuple[int | str, ...]) -> "Document":
        """The document without the key or entry that `keys` leads to; lines stay what they were."""
        value, node = copy.deepcopy(self.value), copy.deepcopy(self.node)
        inner_value, inner_node = value, node
        for key in keys[:-1]:
            inner_value, inner_node = inner_value[key], _step(inner_node, key)
        del inner_value[keys[-1]]
        if isinstance(inner_node, MappingNode):
            inner_node.value = [pair for pair in inner_node.value if pair[0].value != str(keys[-1])]
        elif isinstance(inner_node, SequenceNode) and isinstance(keys[-1], int):
            del inner_node.value[keys[-1]]
        return replace(self, value=value, node=node)

    def add(self, keys: tuple[int | str, ...], name: str, part: object) -> "Document":
        """The document with one more key, which the text does not have, at the place that `keys` leads to."""
        value = copy.deepcopy(self.value)
        inner = value
        for key in keys:
            inner = inner[key]
        inner[name] = part
        return replace(self, value=value)

    def _source(self, node: Node) -> Source:
        return Source(self.path, self.first_line + node.start_mark.line, node.start_mark.column + 1)


def _step(node: Node | None, key: int | str) -> Node | None:
    if isinstance(node, MappingNode):
        return next((value for name, value in node.value if name.value == str(key)), None)
    if isinstance(node, SequenceNode) and isinstance(key, int) and key < len(node.value):
        return node.value[key]  # type: ignore[no-any-return]
    return None


def read_yaml(
    text: str, path: str, first_line: int = 1, most_values: int = MOST_VALUES
) -> tuple[Document, list[Finding]]:
    """The document in `text`; an empty one, with what is wrong, when it can't be read or isn't safe to."""
    empty = Document({}, None, path, first_line)

    def refuse(message: str, hint: str, line: int, column: int | None = None) -> tuple[Document, list[Finding]]:
        return empty, [Finding(Source(path, first_line + line, column), message, hint, CODE)]

    try:
        line = _find_depth(text)
        if line is not None:
            return refuse(f"more than {_DEEPEST} levels stand inside each other.", "flatten the structure", line)
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        return refuse(*_explain_error(text, error, line), line, column + 1)
    except (yaml.YAMLError, ValueError) as error:
        return refuse(f"this is not YAML: {' '.join(str(error).split())}.", "remove the character it names", 0)
    if node is None:
        return empty, []
    if _count_values(node, {}) > most_values:
        return refuse(f"aliases unfold to more than {most_values:,} values.", "write the values out", 0)
    doubles = [
        Finding(
            Source(path, first_line + key.start_mark.line, key.start_mark.column + 1),
            f'the key "{key.value}" stands here twice; it was first set in line {first_line + first.start_mark.line}.',
            "keep one of them",
            CODE,
        )
        for key, first in _find_doubles(node, set())
    ]
    try:
        value = SafeConstructor().construct_document(node)
    except (yaml.YAMLError, ValueError, TypeError, OverflowError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error)
        return refuse(
            f"a value can't be read: {problem}.", "write it as plain text, in quotes", mark.line if mark else 0
        )
    return Document(value, node, path, first_line), doubles


def _find_depth(text: str) -> int | None:
    """The line where nesting goes too deep, if it does. Events come one by one: no recursion to overflow."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            return int(event.start_mark.line) if event.start_mark else 0
    return None


def _explain_error(text: str, error: yaml.MarkedYAMLError, line: int) -> tuple[str, str]:
    lines = text.split("\n")
    here = lines[line] if line < len(lines) else ""
    if "\t" in here[: len(here) - len(here.lstrip())] or "'\\t'" in (error.problem or ""):
        return "a tab stands where YAML wants spaces.", "indent with spaces"
    if error.problem == "mapping values are not allowed in this context":
        return 'a second ": " stands in this value.', 'put the text in quotes: key: "one: two"'
    return f"this is not YAML: {error.problem}.", "check quotes, colons and indentation near this place"


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
