"""What pages depend on beside the course: settings, templates and icons, each as it is right now."""

import json
import os
import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from trackbook.cache.digest import fingerprint, hash_parts
from trackbook.mkdocs_plugin.config import find_root
from trackbook.site.extensions import SNIPPETS, name_module
from trackbook.site.snippets import depends_on_files_alone
from trackbook.site.theme import find_theme

_BUILT_IN = (
    *("abbr", "admonition", "attr_list", "codehilite", "def_list", "extra", "fenced_code", "footnotes"),
    *("legacy_attrs", "legacy_em", "md_in_html", "meta", "nl2br", "sane_lists", "smarty", "tables", "toc", "wikilinks"),
)
_PACKAGES = ("markdown.", "pymdownx.", "material.", "trackbook.")
OF_PAGES = ("material.extensions.preview",)
"""Extensions that look for MkDocs' own pages."""
_READING_FILES = ("pymdownx.b64", "pymdownx.pathconverter")
_UNSHOWN = ("plugins", "theme", "nav", "pages", "site_dir", "docs_dir", "config_file_path", "hooks", "watch", "extra")
"""Settings that no page shows, or that are named apart from the others."""
_PAGE_EVENTS = (
    *("files", "nav", "env", "pre_page", "page_read_source", "page_markdown", "page_content", "page_context"),
    *("post_page", "template_context", "pre_template", "post_template"),
)
_OTHER_PAGES = ("extra_templates",)
"""Settings by which MkDocs makes more pages."""
_INHERIT = re.compile(r"""^INHERIT:\s*["']?([^"'#\n]+)""", re.MULTILINE)


def is_alone(config: MkDocsConfig, plugin: object) -> bool:
    """Whether nobody but `plugin` has a hand in the pages. An author's own code may have one in whatever it likes."""
    methods = [method for event in _PAGE_EVENTS for method in config.plugins.events[event]]
    ours = all(getattr(method, "__self__", None) is plugin for method in methods)
    known = all(_is_of(name, _PACKAGES) and name not in OF_PAGES for name in config["markdown_extensions"])
    return ours and known and not config.hooks and not any(config.get(name) for name in _OTHER_PAGES)


def hash_markdown(config: MkDocsConfig) -> str:
    """Names the Markdown extensions and their options; empty where what they make depends on other things too."""
    extensions, options = config["markdown_extensions"], config["mdx_configs"]
    if not all(map(_is_known, extensions)) or _calls_others(options) or not depends_on_files_alone(options):
        return ""
    icons = [part for folder in list_icon_folders(config) for part in _hash_folder(Path(folder))]
    told = [extensions, _name_paths(options, find_root(config)), str(config.validation), str(config.use_directory_urls)]
    return hash_parts("markdown", fingerprint(), _write(told), *icons)


def _name_paths(options: Mapping[str, Any], root: Path) -> Mapping[str, Any]:
    """The options, in which the folders of snippets are named from the course's root, wherever that lies."""

    def name(told: Mapping[str, Any]) -> Mapping[str, Any]:
        return {**told, "base_path": [os.path.relpath(base, root) for base in told["base_path"]]}

    return {
        extension: name(told) if name_module(extension) == SNIPPETS else told for extension, told in options.items()
    }


def hash_settings(config: MkDocsConfig) -> str:
    """Names all that stands in mkdocs.yml, and every template; empty where templates get more than data."""
    extra = {name: value for name, value in config.extra.items() if name != "trackbook"}
    theme = {name: value for name, value in config.theme.items() if name != "locale"}
    if not _is_data(extra) or not _is_data(theme):
        return ""
    told = {name: value for name, value in config.items() if name not in _UNSHOWN}
    told["mdx_configs"] = _name_paths(config["mdx_configs"], find_root(config))
    files = [path.read_bytes() for path in list_settings_files(config)]
    templates = [part for folder in list_template_folders(config) for part in _hash_folder(folder)]
    return hash_parts(
        "settings", fingerprint(), _write([told, extra, theme, str(config.theme.locale)]), *files, *templates
    )


def list_settings_files(config: MkDocsConfig) -> list[Path]:
    """mkdocs.yml, and the files that it inherits from; none where the host reads what it is told by a pipe."""
    found: list[Path] = []
    path: Path | None = Path(config.config_file_path or "")
    while path and path.is_file() and path not in found:
        found.append(path)
        inherits = _INHERIT.search(path.read_text("utf-8", "replace"))
        path = path.parent / inherits[1].strip() if inherits else None
    return found


def list_template_folders(config: MkDocsConfig) -> list[Path]:
    """Ours and the author's; what is installed is named by its version."""
    own = Path(config.theme.custom_dir) if config.theme.custom_dir else find_theme()
    return [find_theme()] if own.resolve() == find_theme().resolve() else [find_theme(), own]


def list_icon_folders(config: MkDocsConfig) -> list[str]:
    """Folders of an author's own icons, which Material's extension shows in Markdown (`custom_icons`)."""
    options = config["mdx_configs"].get("pymdownx.emoji", {}).get("options") or {}
    return [str(folder) for folder in options.get("custom_icons") or ()]


def _hash_folder(folder: Path) -> Iterator[str]:
    """The path and the content of every file in a folder, whatever it is. Links lead on; a circle counts once."""
    seen: set[Path] = set()

    def walk(place: Path) -> Iterator[Path]:
        if place.resolve() in seen:
            return
        seen.add(place.resolve())
        for path in sorted(place.iterdir()) if place.is_dir() else ():
            yield from walk(path) if path.is_dir() else [path]

    for path in walk(folder):
        if path.is_file():
            yield from (str(path.relative_to(folder)), hash_parts(path.read_bytes()))


def _is_known(extension: object) -> bool:
    """Whether what it makes depends on the text and its options alone."""
    return _is_of(extension, _PACKAGES) and str(extension).partition(":")[0] not in _READING_FILES


def _is_of(extension: object, packages: tuple[str, ...]) -> bool:
    name = extension.partition(":")[0] if isinstance(extension, str) else ""
    return name in _BUILT_IN or name.startswith(packages)


def _is_data(value: Any) -> bool:
    """Whether a value is data that says all of itself."""
    if isinstance(value, dict):
        return all(map(_is_data, value.values()))
    if isinstance(value, list | tuple):
        return all(map(_is_data, value))
    return value is None or isinstance(value, str | int | float | date)


def _calls_others(value: Any) -> bool:
    """Whether a function of an author's stands in the options."""
    if isinstance(value, dict):
        return any(map(_calls_others, value.values()))
    if isinstance(value, list | tuple):
        return any(map(_calls_others, value))
    if isinstance(value, partial):
        return _calls_others([value.func, value.args, value.keywords])
    return callable(value) and not str(getattr(value, "__module__", "")).startswith(_PACKAGES)


def _write(value: object) -> str:
    """The same text in every process, whatever the keys are. Objects come from mkdocs.yml, whose text is told too."""
    return json.dumps(_sort(value), default=_name)


def _sort(value: Any) -> Any:
    if isinstance(value, dict):
        return sorted([f"{type(key).__name__} {key}", _sort(held)] for key, held in value.items())
    return list(map(_sort, value)) if isinstance(value, list | tuple) else value


def _name(value: object) -> object:
    if isinstance(value, partial):
        return [_name(value.func), list(value.args), value.keywords]
    return f"{type(value).__qualname__} {getattr(value, '__qualname__', '')}"
