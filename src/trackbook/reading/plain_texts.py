"""Texts in YAML that pages show as they stand: marks in them would be shown, and so would curved quotes."""

import re
from collections.abc import Container, Iterator

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from trackbook.model import Finding, Source
from trackbook.reading.document import Document

_CODE = "text-is-plain"
_TEXTS = frozenset(("title", "summary", "description", "definition", "name"))
_OF_TEXTS = frozenset(("objectives", "teaches", "authors"))
"""What stands under these keys is text, too."""
_SIGN = re.compile(r"[\[\]*_`$\\~&<>{=+#|]")
"""Most texts have none of these, and so no mark."""
_TAGS = (
    "a|b|i|em|strong|code|sub|sup|br|span|kbd|p|div|u|s|small|img|script|style|iframe|form|input|button|h[1-6]|ul|ol|li|hr"
    "|table|tr|td|th|pre|svg|math|video|audio|object|embed|details|summary|mark|del|ins|title|meta|base|link|body|html"
)
_MARKS = re.compile(
    rf"""!?\[[^\[\]]+\]\([^()\s]*\)|\]\(|(?<!\w)!\[|\[\^[^\]\s]+\]|\[\[[^\[\]\n]+\]\]|\]\[[^\W\d]
    |(?<![\w*])\*{{2,3}}(?=[^\s*])[^*]*[^*\s]\*{{2,3}}|(?<![\w*/])\*\*(?!kw|args)(?=[^\W\d_]{{2}})|(?<=[^\W\d_]{{2}})\*\*(?![\w*/])
    |(?<![\w*])\*(?=\w)[^*]*\w\*(?![\w*])|(?<!\w)_(?=\w)[^_]*\w_(?!\w)|(?<!\w)__(?=\w)[^_]+\ [^_]+__(?!\w)
    |`[^`]+`|`(?=\w)|(?<=\w)`|~~(?=\S)[^~]+~~|(?<![\w=])==(?=\w)[^=]+==(?!=)|(?<![\w+])\+\+\w[\w+-]*\+\+(?!\+)
    |\$(?=\S)[^$]*[\\^_{{}}=][^$]*\$|\$[a-zA-Z]\$|\$\$\S|\\\(.+?\\\)|\\\[.+?\\\]|\\[()\[\]*_`$\#~]|(?<![\w:\\])\\[a-zA-Z]{{2,}}\{{
    |\{{\{{[^{{}}\n]*\}}\}}|\{{%[^\n]*?%\}}|-8<-|\A\#{{1,6}}\ |\A\|\ .*\|\Z
    |&(?:\#\d+|\#x[0-9a-fA-F]+|amp|lt|gt|nbsp|quot|[mn]dash|hellip|copy|shy);
    |<(?:{_TAGS})(?=[\s/>])[^<>]*>|(?<!\w)</[a-zA-Z][\w-]*\s*>|<!--|-->\Z|-->(?=<)""",
    re.VERBOSE,
)
_ICON = re.compile(r"(?<![\w:]):[a-z][a-z0-9_+-]*:(?![\w:])")
_CURVED = {"“": "”", "„": "“”", "‘": "’", "‚": "‘’", "”": "”", "«": "»", "»": "«"}
"""Opening quotes, and what may close them."""


def find_marks(document: Document, markdown: Container[str] = ()) -> Iterator[Finding]:
    """A finding for each text that is plain, and holds Markdown, LaTeX or HTML; under the keys `markdown` none is."""
    for keys, node in _list_scalars(document.node):
        is_text = keys[-1:] and keys[-1] in _TEXTS and keys[-1] not in markdown
        if is_text or _OF_TEXTS.intersection(keys[:-1]):
            found = _find_mark(node.value)
            if found and "match" not in keys and "url" not in keys:
                mark = " ".join(found[0].split())[:60]
                message = f'"{mark}" is shown as it stands, since this text is plain.'
                hint = "write words alone: Markdown, formulas and HTML belong into the page below, or into a widget"
                yield Finding(_locate(document, node), message, hint, _CODE)


def _find_mark(text: str) -> re.Match[str] | None:
    found = _MARKS.search(text) if _SIGN.search(text) else None
    return found or (_ICON.search(text) if text.count(":") > 1 else None)


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
