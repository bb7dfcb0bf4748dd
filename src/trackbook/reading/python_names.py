"""Which functions of Python `mkdocs.yml` may name: those that Markdown extensions have for it, and no others."""

from pkgutil import resolve_name
from typing import Any

from yaml.nodes import MappingNode, Node, ScalarNode

from trackbook.issue import CourseError, find_close
from trackbook.model import PythonName

PREFIX = "tag:yaml.org,2002:python/"
_NAMED, _CALLED = "name:", "object/apply:"
_OF = {
    "markdown.extensions.toc": ("slugify", "slugify_unicode"),
    "material.extensions.emoji": ("twemoji", "to_svg"),
    "materialx.emoji": ("twemoji", "to_svg"),
    "pymdownx.emoji": (
        *("emojione", "gemoji", "twemoji", "to_alt", "to_png", "to_png_sprite", "to_svg", "to_svg_sprite"),
    ),
    "pymdownx.superfences": ("fence_code_format", "fence_div_format"),
}
MADE = (
    *("pymdownx.arithmatex.arithmatex_fenced_format", "pymdownx.arithmatex.arithmatex_inline_format"),
    "pymdownx.slugs.slugify",
)
"""Functions that make such a function, by `{kwds: …}`."""
NAMES = frozenset(f"{module}.{name}" for module, names in _OF.items() for name in names)
_EXAMPLE = "`!!python/name:pymdownx.superfences.fence_code_format`"


def find_refusal(node: Node) -> tuple[str, str] | None:
    """What is wrong with the tag of a node, and what to type instead; None where nothing is."""
    suffix = node.tag.removeprefix(PREFIX)
    name = suffix.removeprefix(_NAMED).removeprefix(_CALLED)
    if suffix == node.tag or (suffix.startswith(_NAMED) and name in NAMES):
        return None
    if suffix.startswith(_CALLED) and name in MADE and _read_keywords(node) is not None:
        return None
    close = find_close(name, {*NAMES, *MADE})
    if name in MADE and suffix.startswith(_CALLED):
        return f'"!!python/{suffix}" gets more than plain values.', "write them under `kwds:`, and nothing else"
    meant = f"!!python/{_CALLED if close in MADE else _NAMED}{close}"
    hint = f'Did you mean "{meant}"?' if close else f"write text, or a helper of an extension, such as {_EXAMPLE}"
    return f'"!!python/{suffix}" is code that no setting may name.', hint


def construct_name(constructor: Any, suffix: str, node: Node) -> PythonName | None:
    """What a tag names, which is neither looked up nor called; None where that is refused."""
    if find_refusal(node):
        return None
    kind, _, name = suffix.partition(":")
    keywords = ((key, constructor.construct_object(value)) for key, value in _read_keywords(node) or ())
    return PythonName(name, kind != "name", tuple(keywords))


def _read_keywords(node: Node) -> list[tuple[str, Node]] | None:
    """What stands under `kwds:`, where that is all, and plain values; None where it is not."""
    if not isinstance(node, MappingNode):
        return None
    given = {str(key.value): value for key, value in node.value}
    told = given.get("kwds")
    if given.keys() != {"kwds"} or not isinstance(told, MappingNode):
        return None
    plain = all(
        isinstance(part, ScalarNode) and not part.tag.startswith(PREFIX) for pair in told.value for part in pair
    )
    return [(key.value, value) for key, value in told.value] if plain else None


def look_up(named: PythonName) -> Any:
    """The function that is named, or that which it makes. Raises CourseError where there is none."""
    try:
        found = resolve_name(named.name)
        return found(**dict(named.keywords)) if named.is_called else found
    except (AttributeError, ImportError, TypeError, ValueError) as error:
        raise CourseError(f'mkdocs.yml: there is nothing in Python of the name "{named.name}" ({error})') from None
