"""What of the host's configuration a page hangs on, as text that is the same in every process."""

import json
import re
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from trackbook.hashing import hash_parts
from trackbook.mkdocs_plugin.inherited import list_settings_files
from trackbook.mkdocs_plugin.own_icons import list_icons
from trackbook.mkdocs_plugin.own_templates import read_own, read_templates

_BUILT_IN = (
    *("abbr", "admonition", "attr_list", "codehilite", "def_list", "extra", "fenced_code", "footnotes"),
    *("legacy_attrs", "legacy_em", "md_in_html", "meta", "nl2br", "sane_lists", "smarty", "tables", "toc", "wikilinks"),
)
_PACKAGES = ("markdown.", "pymdownx.", "material.", "trackbook.")
_READING_FILES = ("pymdownx.snippets", "pymdownx.b64", "pymdownx.pathconverter")
_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")
_APART = (
    "plugins",
    "theme",
    "nav",
    "pages",
    "site_dir",
    "docs_dir",
    "config_file_path",
    "hooks",
    "watch",
    "extra",
    "dev_addr",
)
"""Settings that no page shows, or that are told apart from the others."""
_PAGE_EVENTS = (
    *("files", "nav", "env", "pre_page", "page_read_source", "page_markdown", "page_content"),
    *("page_context", "post_page", "template_context", "pre_template", "post_template"),
)


def are_known(config: MkDocsConfig) -> bool:
    """Whether all that the Markdown extensions make hangs on the text and their options: others may read files."""
    return all(_is_known(name) for name in config["markdown_extensions"]) and not _calls_others(config["mdx_configs"])


def describe_extensions(config: MkDocsConfig) -> str:
    """The Markdown extensions, their options, and the icons of an author's own that one of them shows."""
    return _write([config["markdown_extensions"], config["mdx_configs"], list_icons(config)])


def describe_settings(config: MkDocsConfig, theme: Path) -> str:
    """All that stands in mkdocs.yml, and the templates. `theme` is the folder of ours."""
    told = {name: value for name, value in config.items() if name not in _APART}
    extra = {name: value for name, value in config.extra.items() if name != "trackbook"}
    written = [path.read_bytes() for path in list_settings_files(config)]
    templates = [*read_templates(theme).items(), *sorted(read_own(config, theme).items())]
    parts = [part for template in templates for part in template]
    return hash_parts(_write([told, extra, dict(config.theme), str(config.theme.locale)]), *written, *parts)


def is_alone(config: MkDocsConfig, plugin: object) -> bool:
    """Whether nobody but `plugin` has a hand in the pages. An author's own code may have one in whatever it likes."""
    methods = [method for event in _PAGE_EVENTS for method in config.plugins.events[event]]
    return not config.hooks and all(getattr(method, "__self__", None) is plugin for method in methods)


def is_plain(config: MkDocsConfig) -> bool:
    """Whether templates get nothing but data from the settings, which says all of itself."""
    told = [value for name, value in config.extra.items() if name != "trackbook"]
    return _is_data([*told, *(value for name, value in config.theme.items() if name != "locale")])


def _is_known(name: object) -> bool:
    text = name.partition(":")[0] if isinstance(name, str) else ""
    return text in _BUILT_IN or (text.startswith(_PACKAGES) and text not in _READING_FILES)


def _is_data(value: Any) -> bool:
    """Whether a value is data that JSON says in full."""
    if isinstance(value, dict):
        return all(map(_is_data, value.values()))
    if isinstance(value, list | tuple):
        return all(map(_is_data, value))
    return value is None or isinstance(value, str | int | float | date)


def _calls_others(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_calls_others, value.values()))
    if isinstance(value, list | tuple):
        return any(map(_calls_others, value))
    if isinstance(value, partial):
        return _calls_others([value.func, value.args, value.keywords])
    return callable(value) and not str(getattr(value, "__module__", "")).startswith(_PACKAGES)


def _write(value: object) -> str:
    return json.dumps(_sort(value), default=_name)


def _sort(value: Any) -> Any:
    """The same with pairs in the place of dictionaries, whose keys may be of any kind."""
    if isinstance(value, dict):
        return sorted([f"{type(key).__name__} {key}", _sort(held)] for key, held in value.items())
    return list(map(_sort, value)) if isinstance(value, list | tuple) else value


def _name(value: object) -> object:
    """What JSON has no word for. Objects came from mkdocs.yml, whose text is told beside."""
    if isinstance(value, partial):
        return [_name(value.func), list(value.args), value.keywords]
    if hasattr(value, "__qualname__"):
        return f"{getattr(value, '__module__', '')}.{value.__qualname__}"
    return _ADDRESS.sub("", repr(value))
