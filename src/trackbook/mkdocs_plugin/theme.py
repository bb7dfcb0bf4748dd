"""The theme's folder, and the built assets it names."""

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from trackbook.issue import CourseError

_PACKAGE = Path(__file__).parent.parent


def find_theme() -> Path:
    """The folder of templates: inside the installed package, or `overrides/` of a checkout."""
    for folder in (_PACKAGE / "theme", _PACKAGE.parent.parent / "overrides"):
        if (folder / "main.html").is_file():
            return folder
    raise CourseError("the theme is missing from this installation of trackbook: install it again")


def add_theme(files: Files, config: MkDocsConfig) -> None:
    """Add the files of the theme as the host does, but sooner."""
    files.add_files_from_theme(Environment(loader=_Shown(config.theme.dirs)), config)


class _Shown(FileSystemLoader):
    """Does not look into hidden folders, of which the host takes nothing: Material has thousands of icons there."""

    def list_templates(self) -> list[str]:
        return sorted({name for folder in self.searchpath for name in _list_shown(Path(folder))})


def _list_shown(root: Path) -> Iterator[str]:
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from ((Path(folder) / name).relative_to(root).as_posix() for name in names)


def read_manifest(theme: Path) -> Mapping[str, list[str]]:
    """The names of the built styles, scripts and fonts to preload.

    `styles_of_…` are those of one kind of page, or of the widget with this tag; `tags` are of widgets that have some.
    """
    path = theme / "assets" / "manifest.json"
    try:
        manifest = json.loads(path.read_text("utf-8"))
        keys = ("styles", "early", "scripts", "preload", "workers", "files")
        found: dict[str, list[str]] = {key: list(manifest[key]) for key in keys}
        tags = {f"tb-{name}": styles for name, styles in manifest["widgets"].items()}
        sheets = {f"styles_of_{name}": list(styles) for name, styles in {**manifest["pages"], **tags}.items()}
        return {**found, **sheets, "tags": list(tags)}
    except (OSError, ValueError, KeyError):
        raise CourseError(
            "the browser code is not built: `pip install -e .` builds it, and says what is missing when it can't"
        ) from None
