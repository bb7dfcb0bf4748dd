"""`mkdocs.yml`, and the files that it inherits from, to the settings of the site: nothing in them is run."""

import os
import posixpath
from collections.abc import Callable, Iterator
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from trackbook.cache.digest import hash_parts
from trackbook.model import SETTINGS, Finding, Keys, Setting, SiteSettings, Source
from trackbook.reading import python_names
from trackbook.reading.document import Document
from trackbook.reading.files import Content, decode_text
from trackbook.reading.yaml import CODE, Constructor, read_yaml

Read = Callable[[str], Content]
Exists = Callable[[str], bool]
_VARIABLE = "!ENV"


class _Constructor(Constructor):
    """Takes the tags of MkDocs as what they say: variables of the environment, paths, names of Python."""


def _construct_variable(constructor: Any, node: Node) -> Any:
    """`!ENV NAME`, or `!ENV [NAME, …, default]`."""
    nodes = node.value if isinstance(node, SequenceNode) else [node]
    default = constructor.construct_object(nodes[-1], deep=True) if isinstance(node, SequenceNode) and nodes else None
    told = next((os.environ[name] for name in _list_names(node) if name in os.environ), None)
    return default if told is None else _read_value(told)


def _list_names(node: Node) -> list[str]:
    """The variables that an `!ENV` asks for."""
    nodes = node.value[:-1] if isinstance(node, SequenceNode) else [node]
    return [part.value for part in nodes if isinstance(part, ScalarNode)]


def _read_value(text: str) -> Any:
    """What YAML makes of a variable's text, as long as that is one value."""
    try:
        value = yaml.safe_load(text)
    except yaml.YAMLError:
        return text
    return text if isinstance(value, dict | list) else value


def _construct_text(_: Any, node: Node) -> str:
    return str(node.value) if isinstance(node, ScalarNode) else ""


_Constructor.add_constructor(_VARIABLE, _construct_variable)
_Constructor.add_constructor("!relative", _construct_text)
_Constructor.add_multi_constructor(python_names.PREFIX, python_names.construct_name)


def read_settings(read: Read, exists: Exists) -> tuple[SiteSettings, tuple[Finding, ...]]:
    """The settings, and what is wrong with the files they stand in. `exists` tells whether a file is there."""
    documents: list[Document] = []
    findings: list[Finding] = []
    path = SETTINGS
    while exists(path) and path not in [document.path for document in documents]:
        text, trouble = decode_text(read(path))
        document, unsound = read_yaml(text, path, constructor=_Constructor)
        if document.node is not None and not isinstance(document.value, dict):
            unsound.append(Finding(document.locate(()), f"{path} holds no settings.", _KEYS, CODE))
            document = Document({}, None, path)
        unsound += _find_code(document)
        documents.append(document)
        findings += trouble + unsound
        if "INHERIT" not in document.value:
            break
        path = posixpath.normpath(posixpath.join(posixpath.dirname(path), str(document.value["INHERIT"])))
    entries = {entry.keys: entry for entry in _list_settings(documents)}
    inherits = {("INHERIT",)} if documents and not exists(path) else set()
    unread = any(document.node is None for document in documents) and bool(findings)
    files = tuple(document.path for document in documents)
    variables = tuple(variable for document in documents for variable in _list_variables(document))
    return SiteSettings(entries, files, frozenset(inherits), unread, variables), tuple(findings)


def _find_code(document: Document) -> Iterator[Finding]:
    """Each tag by which the file would name code that is no helper of an extension."""
    for node in _list_nodes(document.node):
        if refusal := python_names.find_refusal(node):
            yield Finding(_locate(node, document), *refusal, CODE)


def _list_variables(document: Document) -> Iterator[tuple[str, Source]]:
    for node in _list_nodes(document.node):
        if node.tag == _VARIABLE:
            yield from ((name, _locate(node, document)) for name in _list_names(node))


def _locate(node: Node, document: Document) -> Source:
    return Source(document.path, node.start_mark.line + 1, node.start_mark.column + 1)


def _list_nodes(node: Node | None) -> Iterator[Node]:
    """All of a file, each once, though aliases lead to it several times."""
    seen: set[int] = set()
    waiting = [node] if node else []
    while waiting:
        part = waiting.pop()
        if id(part) in seen:
            continue
        seen.add(id(part))
        yield part
        if isinstance(part, MappingNode | SequenceNode):
            waiting += (each for entry in part.value for each in (entry if isinstance(entry, tuple) else [entry]))


_KEYS = "write each setting as `key: value`"


def _list_settings(documents: list[Document]) -> Iterator[Setting]:
    merged: dict[str, object] = {}
    for document in reversed(documents):
        merged = _merge(merged, document.value)
    return _walk(merged, (), documents)


def _merge(old: Any, new: Any) -> Any:
    """As MkDocs does: keys go into each other, a list takes the place of another."""
    if isinstance(old, dict) and isinstance(new, dict):
        return {**old, **{key: _merge(old.get(key), value) for key, value in new.items()}}
    return new


def _walk(value: Any, keys: Keys, documents: list[Document]) -> Iterator[Setting]:
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        way = (*keys, key if isinstance(key, int) and isinstance(value, list) else str(key))
        home = next((document for document in documents if _holds(document.value, way)), documents[0])
        yield Setting(way, part, home.locate(way))
        yield from _walk(part, way, documents)


def _holds(value: Any, keys: Keys) -> bool:
    for key in keys:
        if isinstance(value, dict):
            value = {str(name): part for name, part in value.items()}
        if not (key in value if isinstance(value, dict) else isinstance(value, list) and isinstance(key, int)):
            return False
        if isinstance(value, list) and isinstance(key, int) and key >= len(value):
            return False
        value = value[key]
    return True


def name_settings(settings: SiteSettings) -> str:
    """Names all that the settings say."""
    told = [f"{entry.keys} {entry.value!r} {entry.source}" for entry in settings.entries.values()]
    return hash_parts("site settings", *told, *settings.files, repr(sorted(map(repr, settings.absent))))
