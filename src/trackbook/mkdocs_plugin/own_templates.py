"""An author's own templates, and what of their folder these take in."""

import re
from collections.abc import Iterable, Iterator
from fnmatch import filter as match_names
from glob import escape
from itertools import product
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, nodes
from mkdocs.config.defaults import MkDocsConfig

_SUFFIXES = (".html", ".htm", ".xml", ".svg", ".j2", ".jinja", ".jinja2", ".tmpl", ".tpl")
_BEYOND = re.compile(
    r"\b(nav|pages|files|build_date_utc|previous_page|next_page|parent|ancestors|now|random|previous|next)\b"
)
"""Words with which a template looks at more than its own page."""
_Taking = nodes.Extends | nodes.Include | nodes.Import | nodes.FromImport
_jinja = Environment(autoescape=True)


def read_templates(folder: Path) -> dict[str, bytes]:
    """What is in a folder that is a template by its name, by its path there."""
    return {name: path.read_bytes() for name, path in sorted(_list_files(folder).items()) if _is_template(name)}


def read_own(config: MkDocsConfig, theme: Path) -> dict[str, bytes]:
    """The templates that come neither from us, whose folder is `theme`, nor with what is installed.

    Beside them stands what they take in, whatever its name.
    """
    files: dict[str, Path] = {}
    for folder in reversed(config.theme.dirs):  # the first goes before the others
        if _is_own(Path(folder), config) and Path(folder).resolve() != theme.resolve():
            files |= _list_files(Path(folder))
    found = {name: path.read_bytes() for name, path in files.items() if _is_template(name)}
    waiting = list(found.values())
    while waiting:
        for name in _list_taken(waiting.pop(), files.keys() - found.keys()):
            found[name] = files[name].read_bytes()
            waiting.append(found[name])
    return found


def looks_beyond(config: MkDocsConfig, theme: Path) -> bool:
    """Whether a template of the author's own may show what belongs to other pages."""
    return any(_BEYOND.search(text.decode("utf-8", "replace")) for text in read_own(config, theme).values())


def _is_own(folder: Path, config: MkDocsConfig) -> bool:
    """Whether an author's settings name it, or it lies in the course, where their code may have found it."""
    root = Path(config.config_file_path or "mkdocs.yml").resolve().parent
    installed = {"site-packages", "dist-packages"} & set(folder.parts)
    return str(folder) == config.theme.custom_dir or (folder.resolve().is_relative_to(root) and not installed)


def _list_files(folder: Path) -> dict[str, Path]:
    return {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}


def _is_template(name: str) -> bool:
    return name.endswith(_SUFFIXES) and not name.startswith("assets/")


def _list_taken(template: bytes, names: Iterable[str]) -> set[str]:
    """Which of the names a template may refer to."""
    try:
        parsed = _jinja.parse(template.decode("utf-8", "replace"))
    except (TemplateSyntaxError, RecursionError):  # who renders it says so, or knows more tags
        return set(names)
    taking = (node.template for node in parsed.find_all(nodes.Stmt) if isinstance(node, _Taking))
    patterns = (pattern for template in taking for pattern in _list_patterns(template))
    return {name for pattern in patterns for name in match_names(names, pattern)}


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
