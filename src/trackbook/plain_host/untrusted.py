"""What of a course's settings would run code, of the course or of its choice: an untrusted build leaves it out."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from trackbook.model import OWN_WIDGETS, SiteSettings, Source
from trackbook.site.settings import is_needed
from trackbook.widgets import load_widgets

_KNOWN = (
    *("abbr", "admonition", "attr_list", "codehilite", "def_list", "extra", "fenced_code", "footnotes"),
    *("legacy_attrs", "legacy_em", "md_in_html", "meta", "nl2br", "sane_lists", "smarty", "tables", "toc", "wikilinks"),
)
_PACKAGES = ("markdown.extensions.", "pymdownx.")
_READING = ("pymdownx.b64", "pymdownx.pathconverter", "pymdownx.snippets")
"""Options of these let pages show files from anywhere. Snippets are on in every course, with options of ours."""
_LISTS = {"hooks": "a hook", "extra_templates": "a template", "extra_javascript": "a script"}


def is_harmless(extension: str) -> bool:
    """Whether an extension of Markdown is of a package that Trackbook brings, and looks at its text alone."""
    return extension in _KNOWN or (extension.startswith(_PACKAGES) and extension not in _READING)


def list_left_out(settings: SiteSettings, root: Path) -> Iterator[tuple[Source, str]]:
    """Each thing that an untrusted build leaves out, and where it is asked for."""
    if custom := settings.find_text("theme", "custom_dir"):
        yield settings.locate("theme", "custom_dir"), f'the templates in "{custom}"'
    for plugin in settings.plugins:
        if plugin.name != "trackbook" and plugin.is_on and is_needed(plugin.name):
            yield plugin.source, f'the plugin "{plugin.name}"'
    for name, kind in _LISTS.items():
        for entry in settings.list_below(name):
            yield entry.source, f'{kind}, "{_name(entry.value)}"'
    for entry in settings.list_below("markdown_extensions"):
        name = str(entry.keys[-1]) if isinstance(entry.keys[-1], str) else _name(entry.value)
        if not is_harmless(name):
            yield entry.source, f'the Markdown extension "{name}"'
    for widget in load_widgets(root, run=False).values():
        if widget.root:
            place = Source(f"{OWN_WIDGETS}/{widget.folder.name}/__init__.py")
            yield place, f'the widget "{widget.name}", in whose place pages say so'


def _name(value: object) -> str:
    if isinstance(value, Mapping):
        return str(value.get("path") or next(iter(value), ""))
    return str(value)
