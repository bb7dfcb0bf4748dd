"""A YAML document: plain values, of which every key still knows its line and column."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from trackbook.model import Keys, Source

_BOOL = "tag:yaml.org,2002:bool"


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML document: its value and the way back from a value's path to its place. Lines count from `first_line`."""

    value: Any
    node: Node | None
    path: str
    first_line: int = 1

    def locate(self, keys: Keys) -> Source:
        """The place of the key (or list entry) that `keys` leads to; of the nearest one above when it isn't there."""
        node = self.node
        named = node
        for key in keys:
            name, inner = _step_named(node, key)
            if inner is None:
                break
            named, node = name, inner
        if named is None:
            return Source(self.path, self.first_line)
        mark = named.start_mark
        return Source(self.path, self.first_line + mark.line, mark.column + 1)

    def written(self, keys: Keys) -> str:
        """What stands in the text where `keys` leads, of one value; nothing of several."""
        node = self.node
        for key in keys:
            node = _step(node, key)
        return str(node.value) if isinstance(node, ScalarNode) and not node.style else ""

    def span(self, keys: Keys) -> tuple[int, int]:
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

    def extent(self, keys: Keys) -> tuple[int, int]:
        """Where the value that `keys` leads to begins and ends in the YAML text; of the nearest one above."""
        node = self.node
        for key in keys:
            node = _step(node, key) or node
        return (node.start_mark.index, node.end_mark.index) if node else (0, 0)

    def repair(self, additions: Iterable[tuple[Keys, str, object]], misfits: Iterable[Keys]) -> "Document":
        """The document with more keys, which the text does not have, and without the `misfits`; lines stay the same.

        An addition is the way to where it goes, its name, and what stands there.
        """
        value, node = unshare(self.value), _copy(self.node)
        for keys, name, part in additions:
            follow(value, keys)[name] = part
        for *way, key in sorted(misfits, key=_order, reverse=True):  # from the end, so that places before it stay
            del follow(value, way)[key]
            inner = node
            for step in way:
                inner = _step(inner, step)
            if isinstance(inner, MappingNode):
                inner.value = [pair for pair in inner.value if pair[0].value != str(key)]
            elif isinstance(inner, SequenceNode) and isinstance(key, int):
                del inner.value[key]
        return replace(self, value=value, node=node)


def follow(value: Any, keys: Iterable[int | str]) -> Any:
    """The part of a value that `keys` lead to."""
    for key in keys:
        value = value[key]
    return value


def _order(keys: Keys) -> list[tuple[bool, int, str]]:
    return [(False, key, "") if isinstance(key, int) else (True, 0, str(key)) for key in keys]


def unshare(value: Any) -> Any:
    """The value, with mappings and lists of its own at every level: by an alias, one may stand in two places."""
    if isinstance(value, dict):
        return {key: unshare(part) for key, part in value.items()}
    return [unshare(part) for part in value] if isinstance(value, list) else value


def _copy(node: Node | None) -> Node | None:
    """The node, with lists of its own at every level."""
    if isinstance(node, MappingNode):
        pairs = [(key, _copy(value)) for key, value in node.value]
        return MappingNode(node.tag, pairs, node.start_mark, node.end_mark, node.flow_style)
    if isinstance(node, SequenceNode):
        return SequenceNode(node.tag, [*map(_copy, node.value)], node.start_mark, node.end_mark, node.flow_style)
    return node


def _is_true(text: str) -> bool:
    return text.lower() in ("yes", "true", "on")


def _step(node: Node | None, key: int | str) -> Node | None:
    return _step_named(node, key)[1]


def _step_named(node: Node | None, key: int | str) -> tuple[Node | None, Node | None]:
    """What the key leads to, after what names it: the key itself, or the entry of a list."""
    if isinstance(node, MappingNode):
        for name, value in reversed(node.value):  # the last one counts; those that `<<` brings come before its own
            if name.value == str(key) or (isinstance(key, bool) and name.tag == _BOOL and _is_true(name.value) is key):
                return name, value
    elif isinstance(node, SequenceNode) and isinstance(key, int) and key < len(node.value):
        return node.value[key], node.value[key]
    return None, None
