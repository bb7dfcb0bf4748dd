"""An author's own templates, and what of their folder these take in."""

import re
from collections.abc import Collection, Iterable, Iterator
from fnmatch import filter as match_names
from glob import escape
from itertools import product
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, nodes
from mkdocs.config.defaults import MkDocsConfig

from trackbook.mkdocs_plugin.linked_files import list_files

_NO_TEMPLATE = re.compile(r"\.(css|m?js|map|json|md|txt|ya?ml|pdf|woff2?|[ot]tf|png|jpe?g|gif|webp|avif|ico)$", re.I)
"""How the names of files end that are templates only where another one takes them in."""
_BEYOND = re.compile(
    r"\b(nav|pages|files|build_date_utc|previous_page|next_page|parent|ancestors|now|random|previous|next)\b"
    r"|\bconfig\.(plugins|hooks|watch|docs_dir|site_dir|config_file_path|dev_addr)\b"
)
"""Words with which a template looks at more than its own page."""
_Taking = nodes.Extends | nodes.Include | nodes.Import | nodes.FromImport
_jinja = Environment(autoescape=True)


def read_templates(folder: Path) -> dict[str, bytes]:
    """What is in a folder that is a template by its name, by its path there."""
    return {name: path.read_bytes() for name, path in sorted(list_files(folder).items()) if _is_template(name)}


def read_own(config: MkDocsConfig, theme: Path) -> dict[str, bytes]:
    """The templates that come neither from us, whose folder is `theme`, nor with an installed theme.

    Beside them stands what they take in, whatever its name.
    """
    own = Path(config.theme.custom_dir or theme)
    files = {} if own.resolve() == theme.resolve() else list_files(own)
    found = {name: path.read_bytes() for name, path in files.items() if _is_template(name)}
    waiting = list(found.values())
    while waiting:
        for name in _list_taken(waiting.pop(), files.keys() - found.keys()):
            found[name] = files[name].read_bytes()
            waiting.append(found[name])
    return found


def looks_beyond(config: MkDocsConfig, theme: Path) -> bool:
    """Whether a template of the author's own may show what belongs to other pages, or takes in one that may."""
    own = read_own(config, theme)
    ours = list_files(theme).keys() | own.keys()
    return any(_BEYOND.search(text.decode("utf-8", "replace")) or _takes_others(text, ours) for text in own.values())


def _is_template(name: str) -> bool:
    return not name.startswith("assets/") and not _NO_TEMPLATE.search(name)


def _list_taken(template: bytes, names: Iterable[str]) -> set[str]:
    """Which of the names a template may refer to."""
    return {name for pattern in _list_all_patterns(template) for name in match_names(names, pattern)}


def _takes_others(template: bytes, ours: Collection[str]) -> bool:
    """Whether it may refer to a template that is not among ours, such as Material's."""
    patterns = (pattern for pattern in _list_all_patterns(template) if not pattern.startswith(".icons/"))
    return any("*" in pattern or not match_names(ours, pattern) for pattern in patterns)


def _list_all_patterns(template: bytes) -> list[str]:
    """What the names look like that a template refers to."""
    try:
        parsed = _jinja.parse(template.decode("utf-8", "replace"))
    except (TemplateSyntaxError, RecursionError):  # who renders it says so, or knows more tags
        return ["*"]
    taking = (node.template for node in parsed.find_all(nodes.Stmt) if isinstance(node, _Taking))
    return [pattern for template in taking for pattern in _list_patterns(template)]


def _list_patterns(name: nodes.Expr) -> Iterator[str]:
    """What the value of an expression looks like, as far as it is written there."""
    match name:
        case nodes.Const(value=str(text)):
            yield escape(text)
        case nodes.List(items=parts) | nodes.Tuple(items=parts):
            yield from (pattern for part in parts for pattern in _list_patterns(part))
        case nodes.CondExpr(expr1=one, expr2=other):
            yield from (pattern for part in (one, other) if part for pattern in _list_patterns(part))
        case nodes.Concat(nodes=parts):
            yield from map("".join, product(*map(_list_patterns, parts)))
        case nodes.Add(left=one, right=other):
            yield from map("".join, product(_list_patterns(one), _list_patterns(other)))
        case _:
            yield "*"
