"""The Markdown that is on in every course, without asking."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from trackbook.markdown import slugify
from trackbook.site import diagrams, references
from trackbook.site.icons import find_names, show_emoji

Options = dict[str, dict[str, Any]]
EMOJI, SNIPPETS, _FENCES = "pymdownx.emoji", "pymdownx.snippets", "pymdownx.superfences"

_OF_MATERIAL = ("material.", "materialx.")
"""Functions of these show emoji as pictures of another host; ours find the same icons."""


def complete_extensions(listed: Iterable[Any], given: Mapping[str, Any], root: Path) -> tuple[list[Any], Options]:
    """The extensions of Python-Markdown that a course in `root` uses, and their options.

    `listed` are the author's, in their order, `given` their options; each of these counts more than ours.
    """
    names = list(listed)
    known = {name_module(name): name for name in names}
    options: Options = {name: dict(told or {}) for name, told in given.items()}
    for name, ours in _list_options().items():
        written = known.get(name, name)
        if name not in known:
            names.append(name)
        options[written] = {**ours, **options.get(written, {})}
    _keep_inside(options[known.get(SNIPPETS, SNIPPETS)], root)
    _draw_icons(options[known.get(EMOJI, EMOJI)])
    _draw_diagrams(options[known.get(_FENCES, _FENCES)])
    return names, options


def name_module(extension: object) -> str:
    """One name for the ways in which an author may write it."""
    name = extension.partition(":")[0] if isinstance(extension, str) else type(extension).__module__
    return name.removeprefix("markdown.extensions.")


def _list_options() -> Mapping[str, Mapping[str, Any]]:
    return {
        "trackbook.mathml": {},
        references.__name__: {},
        "abbr": {},
        "admonition": {},
        "attr_list": {},
        "footnotes": {"USE_DEFINITION_ORDER": False},
        "toc": {"permalink": True, "slugify": slugify},
        "pymdownx.blocks.caption": {"types": _list_captions()},
        "pymdownx.caret": {"superscript": False},
        "pymdownx.details": {},
        EMOJI: {"emoji_index": find_names, "emoji_generator": show_emoji, "title": "none"},
        "pymdownx.highlight": {
            "pygments_lang_class": True,
            "stripnl": False,
            "anchor_linenums": False,
            "linenums_style": "pymdownx-inline",
        },
        "pymdownx.inlinehilite": {},
        "pymdownx.keys": {},
        "pymdownx.mark": {},
        "pymdownx.quotes": {"callouts": True},
        SNIPPETS: {"base_path": ["."], "restrict_base_path": True, "url_download": False},
        _FENCES: {},
        "pymdownx.tabbed": {"alternate_style": True},
        "pymdownx.tasklist": {},
        "pymdownx.tilde": {"subscript": False},
    }


def _list_captions() -> list[Any]:
    """The site numbers them (`finish/numbers.py`), so that they are counted in the language of the course."""
    numbered = ({"name": f"{kind}-caption", "prefix": "", "classes": f"tb-{kind}"} for kind in ("figure", "table"))
    return ["caption", *numbered]


def _keep_inside(snippets: dict[str, Any], root: Path) -> None:
    """Have paths begin at the course's root, wherever the command is started."""
    told = snippets["base_path"]
    bases = [told] if isinstance(told, str | os.PathLike) else list(told)
    snippets["base_path"] = [str(root / base) if isinstance(base, str) else base for base in bases]


def _draw_icons(emoji: dict[str, Any]) -> None:
    """Where an author names Material's functions, as its documentation says, ours take their place."""
    for key, ours in (("emoji_index", find_names), ("emoji_generator", show_emoji)):
        if str(getattr(emoji[key], "__module__", "")).startswith(_OF_MATERIAL):
            emoji[key] = ours


def _draw_diagrams(fences: dict[str, Any]) -> None:
    """Beside the fences that an author adds; one for Mermaid, as Material's documentation says, is ours already."""
    ours = {"name": diagrams.NAME, "class": diagrams.NAME, "format": diagrams.show_source}
    others = [fence for fence in fences.get("custom_fences") or () if fence.get("name") != diagrams.NAME]
    fences["custom_fences"] = [*others, {**ours, "validator": diagrams.read_header}]
