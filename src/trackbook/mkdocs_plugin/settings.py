"""What of the host's configuration a page hangs on, as text that is the same in every process."""

import json
import re
from functools import partial
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from trackbook.hashing import hash_parts

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
_BEYOND = re.compile(
    r"\b(nav|pages|files|build_date_utc|previous_page|next_page|parent|ancestors|now|random|previous|next)\b"
)
"""Words with which a template looks at more than its own page."""


def are_known(config: MkDocsConfig) -> bool:
    """Whether all that the Markdown extensions make hangs on the text and their options: others may read files."""
    return all(_is_known(name) for name in config["markdown_extensions"]) and not _calls_others(config["mdx_configs"])


def describe_extensions(config: MkDocsConfig) -> str:
    return _write([config["markdown_extensions"], config["mdx_configs"]])


def describe_settings(config: MkDocsConfig, theme: Path) -> str:
    """All that stands in mkdocs.yml, and the templates. `theme` is the folder of ours."""
    told = {name: value for name, value in config.items() if name not in _APART}
    extra = {name: value for name, value in config.extra.items() if name != "trackbook"}
    path = Path(config.config_file_path or "")
    written = path.read_bytes() if path.is_file() else b""
    templates = [part for folder in (theme, *_list_own(config, theme)) for part in _read_templates(folder)]
    return hash_parts(_write([told, extra, dict(config.theme), str(config.theme.locale)]), written, *templates)


def is_alone(config: MkDocsConfig, plugin: object) -> bool:
    """Whether nobody but `plugin` has a hand in the pages."""
    methods = [method for event in _PAGE_EVENTS for method in config.plugins.events[event]]
    return all(getattr(method, "__self__", None) is plugin for method in methods)


def looks_beyond(config: MkDocsConfig, theme: Path) -> bool:
    """Whether a template of the author's own may show what belongs to other pages."""
    texts = (part for folder in _list_own(config, theme) for part in _read_templates(folder))
    return any(isinstance(text, bytes) and _BEYOND.search(text.decode("utf-8", "replace")) for text in texts)


def has_own_templates(config: MkDocsConfig, theme: Path) -> bool:
    return any(map(_read_templates, _list_own(config, theme)))


def _list_own(config: MkDocsConfig, theme: Path) -> list[Path]:
    """Folders of templates that come neither from us nor with an installed theme."""
    own = config.theme.custom_dir
    return [Path(own)] if own and Path(own).resolve() != theme.resolve() else []


def _read_templates(folder: Path) -> list[str | bytes]:
    paths = [path for path in sorted(folder.rglob("*")) if path.suffix in (".html", ".xml", ".svg", ".j2", ".jinja")]
    read = [path for path in paths if path.is_file() and path.relative_to(folder).parts[0] != "assets"]
    return [part for path in read for part in (path.relative_to(folder).as_posix(), path.read_bytes())]


def _is_known(name: object) -> bool:
    text = name if isinstance(name, str) else ""
    return text in _BUILT_IN or (text.startswith(_PACKAGES) and text not in _READING_FILES)


def _calls_others(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_calls_others, value.values()))
    if isinstance(value, list | tuple):
        return any(map(_calls_others, value))
    if isinstance(value, partial):
        return _calls_others([value.func, value.args, value.keywords])
    return callable(value) and not str(getattr(value, "__module__", "")).startswith(_PACKAGES)


def _write(value: object) -> str:
    return json.dumps(value, default=_name, sort_keys=True, skipkeys=True)


def _name(value: object) -> object:
    """What JSON has no word for. Objects came from mkdocs.yml, whose text is told beside."""
    if isinstance(value, partial):
        return [_name(value.func), list(value.args), value.keywords]
    if hasattr(value, "__qualname__"):
        return f"{getattr(value, '__module__', '')}.{value.__qualname__}"
    return _ADDRESS.sub("", repr(value))
