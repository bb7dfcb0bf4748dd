"""Makes of a built site one whose pages open as files, as from a stick.

Browsers load no modules there, and scripts can fetch nothing.
"""

import logging
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from trackbook.cache.store import Store
from trackbook.model import Course
from trackbook.publishing.addresses import CONTENTS, OFFLINE, REVIEW, address
from trackbook.site.offline.resources import list_fetched
from trackbook.site.relative.companions import locate_companion, write_companion
from trackbook.site.relative.pages import Scripts, open_as_file
from trackbook.site.search.index import FOLDER, FOLDERS
from trackbook.site.search.pagefind import PROGRAM, WORKER, make_plain
from trackbook.site.theme import DIAGRAMS, find_theme, read_manifest
from trackbook.site.widget_assets import add_widgets, recall_assets
from trackbook.widgets import Widget, load_widgets

log = logging.getLogger("trackbook")
_LEFT_OUT = (
    *("404.html", "robots.txt", "sitemap.xml", "manifest.webmanifest", "service-worker.js", address(OFFLINE)),
    *(f"{folder}/{WORKER}" for folder in FOLDERS),
)
"""How the paths of files begin that only a server, or a browser that asks one, has a use for."""
_FETCHED = (f"{FOLDER}/", address(CONTENTS), address(REVIEW))
"""Folders of files that our scripts fetch, and nobody else."""
_OPTIONAL, _SWAPPED = b"font-display:optional", b"font-display:swap"


def make_relative(site: Path, root: Path, store: Store, *, run: bool = True) -> None:
    """Change the new `site` of the course in `root`, which may share files with the last one: none is written over.

    Raises CourseError for a widget whose script is a module and nothing else.
    """
    scripts, written = _list_assets(load_widgets(root, run=run), store, drawn=(site / DIAGRAMS).is_dir())
    for path in [path for path in _list_files(site) if path in scripts.modules or path.startswith(_LEFT_OUT)]:
        (site / path).unlink()
    for folder in (address(OFFLINE), DIAGRAMS):
        shutil.rmtree(site / folder, ignore_errors=True)
    for path, content in written.items():
        _put(site / path, content)
    files = set(_list_files(site))
    fetched = {path for path in files if path.startswith(_FETCHED) and not path.endswith((".html", PROGRAM))}
    for path in sorted(path for path in files if path.endswith(".html")):
        fetched |= _open_page(site, path, files, scripts) & files
    for path in sorted(fetched):
        _put(site / locate_companion(path), write_companion((site / path).read_bytes()))
        if path.startswith(_FETCHED):
            (site / path).unlink()
    for program in (site / folder / PROGRAM for folder in FOLDERS):
        if program.is_file():
            _put(program, make_plain(program.read_bytes()))


def _list_assets(widgets: Mapping[str, Widget], store: Store, *, drawn: bool) -> tuple[Scripts, Mapping[str, bytes]]:
    """The plain scripts of the course's pages; and these and the styles by their paths, with what they hold.

    `drawn` says that the site has diagrams.
    """
    theme = find_theme()
    manifest = read_manifest(theme)
    _, shown = add_widgets(Course(widgets=widgets), manifest, theme, store)
    modules = {*shown["scripts"], *(path for path in shown["files"] if path.endswith(".js"))} - {*manifest["early"]}
    common, drawing = manifest["relative"]
    written, elements = {path: (theme / path).read_bytes() for path in (common, *[drawing] * drawn)}, {}
    # As fonts can't be asked for ahead, optional ones would never be seen.
    written |= {path: (theme / path).read_bytes().replace(_OPTIONAL, _SWAPPED) for path in shown["styles"]}
    if own := [widget for widget in widgets.values() if widget.root and widget.is_run]:
        plain = recall_assets(own, "", store)
        elements = {f"tb-{widget}": f"assets/{name}" for widget, name in plain.scripts.items()}
        written |= {f"assets/{name}": plain.files[name] for name in plain.scripts.values()}
    return Scripts(common, elements, modules, dict.fromkeys(manifest["diagrams"], drawing)), written


def _open_page(site: Path, path: str, files: set[str], scripts: Scripts) -> set[str]:
    """Change a page, and tell of modules on it that are none of ours. Returns the files that its widgets fetch."""
    try:
        html = (site / path).read_text("utf-8")
    except UnicodeDecodeError:  # a file of the author's, no page
        return set()
    page = open_as_file(path, html, files, scripts)
    for module in page.modules:
        log.warning(
            "%s: %s is a module, which pages opened as files can't load: write it as a plain script.", path, module
        )
    if page.html is not None:
        _put(site / path, page.html.encode("utf-8", "xmlcharrefreplace"))
    return list_fetched(path, html)


def _list_files(site: Path) -> Iterator[str]:
    for folder, _, names in os.walk(site):
        for name in names:
            yield (Path(folder, name).relative_to(site)).as_posix()


def _put(path: Path, content: bytes) -> None:
    """Write a new file; one that was there may be the last site's, too."""
    path.unlink(missing_ok=True)
    path.write_bytes(content)
