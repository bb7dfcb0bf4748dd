"""Texts in YAML that pages show as they stand: marks in them would be shown, and so would curved quotes."""

import re
from collections.abc import Iterator

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from trackbook.model import Finding, Source
from trackbook.reading.document import Document

_CODE = "text-is-plain"
_TEXTS = frozenset(("title", "summary", "description", "definition", "name"))
_OF_TEXTS = frozenset(("objectives", "teaches", "authors"))
"""What stands under these keys is text, too."""
_MARKS = re.compile(
    r"""!?\[[^\[\]]+\]\([^()\s]*\)|\*\*(?=\S)[^*]+\*\*|(?<![\w*])\*(?=\w)[^*]*\w\*(?![\w*])|(?<!\w)_(?=\w)[^_]*\w_(?!\w)
    |`[^`]+`|\$(?=\S)[^$]*[\\^_{}=][^$]*\$|\$[a-zA-Z]\$|\\\(.+?\\\)|(?<![\w:\\])\\[a-zA-Z]{2,}\{|~~(?=\S)[^~]+~~
    |&(?:\#\d+|\#x[0-9a-fA-F]+|amp|lt|gt|nbsp|quot|[mn]dash|hellip|copy|shy);
    |</?(?:a|b|i|em|strong|code|sub|sup|br|span|kbd|p|div|u|s|small|img)(?=[\s/>])[^<>]*>""",
    re.VERBOSE,
)
_CURVED = {"“": "”", "„": "“”", "‘": "’", "‚": "‘’", "”": "”", "«": "»", "»": "«"}
"""Opening quotes, and what may close them."""


def find_marks(document: Document) -> Iterator[Finding]:
    """A finding for each text that is plain, and holds Markdown, LaTeX or HTML."""
    for keys, node in _list_scalars(document.node):
        if (keys[-1:] and keys[-1] in _TEXTS) or _OF_TEXTS.intersection(keys[:-1]):
            found = _MARKS.search(node.value)
            if found and "match" not in keys and "url" not in keys:
                message = f'"{found[0]}" is shown as it stands, since this text is plain.'
                hint = "write words alone: Markdown, formulas and HTML belong into the page below, or into a widget"
                yield Finding(_locate(document, node), message, hint, _CODE)


def find_curved_quotes(document: Document) -> Iterator[Finding]:
    """A finding for each value in curved quotes, which YAML takes for part of it."""
    for _, node in _list_scalars(document.node):
        text = node.value
        if not node.style and len(text) > 1 and text[-1] in _CURVED.get(text[0], ()):
            message = f"{text[:60]} is shown with its quotes, since they are curved."
            yield Finding(_locate(document, node), message, f'write straight ones, or none: "{text[1:-1][:60]}"', _CODE)


def _list_scalars(root: Node | None) -> Iterator[tuple[tuple[str, ...], ScalarNode]]:
    """Every value with the keys that lead to it, once: an alias repeats what was there before."""
    waiting: list[tuple[tuple[str, ...], Node]] = [((), root)] if root else []
    met: set[int] = set()
    while waiting:
        keys, node = waiting.pop()
        if id(node) in met:
            continue
        met.add(id(node))
        if isinstance(node, ScalarNode):
            yield keys, node
        elif isinstance(node, SequenceNode):
            waiting += [(keys, entry) for entry in node.value]
        elif isinstance(node, MappingNode):
            waiting += [((*keys, str(key.value)), value) for key, value in node.value]


def _locate(document: Document, node: Node) -> Source:
    mark = node.start_mark
    return Source(document.path, document.first_line + mark.line, mark.column + 1)
