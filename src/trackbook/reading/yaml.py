"""YAML text to plain values whose every key still knows its line and column."""

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import yaml
from yaml.constructor import ConstructorError, SafeConstructor
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from trackbook.model import Finding, Source

CODE = "yaml-is-sound"
_DEEPEST = 40
MOST_VALUES = 20_000
_ENDLESS = 10**9
_LEAD = re.compile(r"\n([^\w\n]*)")
"""What stands before a line's first word: only there can blocks begin, a column deeper each."""
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
        node = self.node
        named = node
        for key in keys:
            name, inner = _step_named(node, key)
            if inner is None:
                break
            named, node = name, inner
        return Source(self.path, self.first_line) if named is None else self._source(named)

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

    def repair(
        self, additions: Iterable[tuple[tuple[int | str, ...], str, object]], misfits: Iterable[tuple[int | str, ...]]
    ) -> "Document":
        """The document with more keys, which the text does not have, and without the `misfits`; lines stay the same.

        An addition is the way to where it goes, its name, and what stands there.
        """
        value, node = _unshare(self.value), _copy(self.node)
        for keys, name, part in additions:
            _follow(value, keys)[name] = part
        for *way, key in sorted(misfits, key=_order, reverse=True):  # from the end, so that places before it stay
            del _follow(value, way)[key]
            inner = node
            for step in way:
                inner = _step(inner, step)
            if isinstance(inner, MappingNode):
                inner.value = [pair for pair in inner.value if pair[0].value != str(key)]
            elif isinstance(inner, SequenceNode) and isinstance(key, int):
                del inner.value[key]
        return replace(self, value=value, node=node)

    def _source(self, node: Node) -> Source:
        return Source(self.path, self.first_line + node.start_mark.line, node.start_mark.column + 1)


def _follow(value: Any, keys: Iterable[int | str]) -> Any:
    for key in keys:
        value = value[key]
    return value


def _order(keys: tuple[int | str, ...]) -> list[tuple[bool, int, str]]:
    return [(False, key, "") if isinstance(key, int) else (True, 0, key) for key in keys]


def _unshare(value: Any) -> Any:
    """The value, with mappings and lists of its own at every level: by an alias, one may stand in two places."""
    if isinstance(value, dict):
        return {key: _unshare(part) for key, part in value.items()}
    return [_unshare(part) for part in value] if isinstance(value, list) else value


def _copy(node: Node | None) -> Node | None:
    """The node, with lists of its own at every level."""
    if isinstance(node, MappingNode):
        pairs = [(key, _copy(value)) for key, value in node.value]
        return MappingNode(node.tag, pairs, node.start_mark, node.end_mark, node.flow_style)
    if isinstance(node, SequenceNode):
        return SequenceNode(node.tag, [*map(_copy, node.value)], node.start_mark, node.end_mark, node.flow_style)
    return node


_TEXT, _MAPPING, _LIST = (f"tag:yaml.org,2002:{kind}" for kind in ("str", "map", "seq"))
_SCALARS = frozenset(f"tag:yaml.org,2002:{kind}" for kind in ("null", "bool", "int", "float", "timestamp"))


class _Constructor(SafeConstructor):
    """Says of a value that can't be made where it stands."""

    def construct_object(self, node: Node, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep)
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            problem = str(error) if isinstance(error, ValueError) else f"it is no {node.tag.rpartition(':')[2]}"
            raise ConstructorError(None, None, problem, node.start_mark) from None

    def construct_plain(self, node: Node) -> Any:
        """The value in a shorter way.

        Raises LookupError when there is more than lists of scalars, and mappings of which no two keys are the same.
        """
        if isinstance(node, ScalarNode):
            if node.tag == _TEXT:
                return node.value
            if node.tag in _SCALARS:
                return self.construct_object(node)
        elif isinstance(node, MappingNode) and node.tag == _MAPPING:
            if len({key.value for key, _ in node.value if isinstance(key, ScalarNode)}) == len(node.value):
                return {self.construct_plain(key): self.construct_plain(value) for key, value in node.value}
        elif isinstance(node, SequenceNode) and node.tag == _LIST:
            return [self.construct_plain(part) for part in node.value]
        raise LookupError(node.tag)


def _step(node: Node | None, key: int | str) -> Node | None:
    return _step_named(node, key)[1]


def _step_named(node: Node | None, key: int | str) -> tuple[Node | None, Node | None]:
    """What the key leads to, after what names it: the key itself, or the entry of a list."""
    if isinstance(node, MappingNode):
        wanted = str(key)
        for name, value in reversed(node.value):  # the last one counts; those that `<<` brings come before its own
            if name.value == wanted:
                return name, value
    elif isinstance(node, SequenceNode) and isinstance(key, int) and key < len(node.value):
        return node.value[key], node.value[key]
    return None, None


def read_yaml(
    text: str, path: str, first_line: int = 1, most_values: int = MOST_VALUES
) -> tuple[Document, list[Finding]]:
    """The document in `text`; an empty one, with what is wrong, when it can't be read or isn't safe to."""
    empty = Document({}, None, path, first_line)

    def refuse(message: str, hint: str, line: int, column: int | None = None) -> tuple[Document, list[Finding]]:
        last = text.count("\n") - text.endswith("\n")
        place = Source(path, first_line + line, column) if line <= last else Source(path, first_line + max(last, 0))
        return empty, [Finding(place, message, hint, CODE)]

    try:
        line = _find_depth(text) if _may_be_deep(text) else None
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
    if ("*" in text or len(text) > most_values // 2) and _count_values(node, {}) > most_values:
        return refuse(f"aliases unfold to more than {most_values:,} values.", "write the values out", 0)
    with suppress(LookupError, yaml.MarkedYAMLError):
        return Document(_Constructor().construct_plain(node), node, path, first_line), []
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
        value = _Constructor().construct_document(node)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or node.start_mark
        return refuse(f"a value can't be read: {error.problem}.", "write it as plain text, in quotes", mark.line)
    return Document(value, node, path, first_line), doubles


def _may_be_deep(text: str) -> bool:
    """Whether a look at indentation and brackets leaves that open. A list may stand in the column of its key."""
    if any(sign in text for sign in "\r\x85\u2028\u2029"):  # end lines, too
        return True
    return 2 * max(map(len, _LEAD.findall("\n" + text))) + 2 + text.count("[") + text.count("{") > _DEEPEST


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
