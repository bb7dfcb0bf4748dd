"""The theme's folder, and the built assets it names."""

import json
from collections.abc import Mapping
from pathlib import Path

from trackbook.issue import CourseError

_PACKAGE = Path(__file__).parent.parent


def find_theme() -> Path:
    """The folder of templates: inside the installed package, or `overrides/` of a checkout."""
    for folder in (_PACKAGE / "theme", _PACKAGE.parent.parent / "overrides"):
        if (folder / "main.html").is_file():
            return folder
    raise CourseError("the theme is missing from this installation of trackbook: install it again")


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
