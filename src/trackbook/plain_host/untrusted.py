"""What of a course's settings would run code, of the course or of its choice: an untrusted build leaves it out."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from trackbook.issue import CourseError
from trackbook.model import OWN_WIDGETS, SiteSettings, Source
from trackbook.site.settings import is_needed
from trackbook.widgets import load_widgets

_OF_MARKDOWN = (
    *("abbr", "admonition", "attr_list", "def_list", "extra", "fenced_code", "footnotes", "legacy_attrs", "legacy_em"),
    *("md_in_html", "meta", "nl2br", "sane_lists", "smarty", "tables", "toc", "wikilinks"),
)
_OF_PYMDOWN = (
    *("arithmatex", "betterem", "caret", "critic", "details", "emoji", "escapeall", "extra", "fancylists", "highlight"),
    *("inlinehilite", "keys", "magiclink", "mark", "progressbar", "quotes", "saneheaders", "smartsymbols", "striphtml"),
    *("superfences", "tabbed", "tasklist", "tilde", "blocks.admonition", "blocks.caption", "blocks.definition"),
    *("blocks.details", "blocks.html", "blocks.tab"),
)
"""Without those whose options lead to files: codehilite, b64, pathconverter, and snippets, which are on with ours."""
_ADDRESS = "SITE_URL"
_LISTS = {"hooks": "a hook", "extra_templates": "a template", "extra_javascript": "a script"}


def is_harmless(extension: str) -> bool:
    """Whether an extension of Markdown is of a package that Trackbook brings, and looks at its text alone."""
    package, _, name = extension.partition(".")
    return extension.removeprefix("markdown.extensions.") in _OF_MARKDOWN or (
        package == "pymdownx" and name in _OF_PYMDOWN
    )


def keep_inside(settings: SiteSettings, root: Path) -> None:
    """Raise CourseError when settings come from elsewhere than the course, or have the site written there.

    A variable may be a password of whoever builds: a setting that pages show would publish it.
    """
    for path in settings.files:
        if not is_inside(root / path, root):
            place = settings.locate("INHERIT")
            raise CourseError(
                f'{place.path}:{place.line}: "{path}" is not in the course, and an untrusted build reads nothing else:'
                " write its settings here"
            )
    for name, place in settings.variables:
        if name != _ADDRESS and name in os.environ:
            raise CourseError(
                f'{place.path}:{place.line}: "{name}" is a variable of your environment, which an untrusted build keeps'
                " to itself: unset it, or take the line away"
            )
    if not is_inside(root / (settings.find_text("site_dir") or "site"), root):
        place = settings.locate("site_dir")
        raise CourseError(
            f"{place.path}:{place.line}: the site's folder is not in the course, and an untrusted build writes nothing"
            " elsewhere: name one in it by `site_dir:`"
        )


def is_inside(path: Path, root: Path) -> bool:
    """Whether a path is in the course, wherever links on its way lead."""
    return path.resolve().is_relative_to(root.resolve())


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
