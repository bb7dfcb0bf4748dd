"""Runs MkDocs for the command line: a whole build into a fresh folder."""

import logging
import shutil
from collections.abc import Callable
from pathlib import Path

from mkdocs.commands import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.structure.files import get_files

from trackbook.issue import CourseError
from trackbook.mkdocs_plugin.host import load_host
from trackbook.mkdocs_plugin.page_maker import PageMaker
from trackbook.mkdocs_plugin.plugin import TrackbookPlugin
from trackbook.mkdocs_plugin.rendering import make_renderer, set_markdown_options
from trackbook.mkdocs_plugin.spare import Spare
from trackbook.mkdocs_plugin.swap import replacing
from trackbook.mkdocs_plugin.theme import add_theme
from trackbook.reading import CourseReader
from trackbook.reading.files import SOURCE_FOLDERS
from trackbook.store import Store
from trackbook.widgets import load_widgets

Progress = Callable[[int, int], None]
GENERATOR = b'<meta name="generator" content="Trackbook">'
"""In the head of every page."""


def build_site(root: Path, progress: Progress | None = None, *, cache: bool = True) -> Path:
    """Build the course in `root` and put the result in the place of its last site. Returns the site's folder.

    Without `cache`, nothing of earlier builds is used, and nothing is kept for later ones.
    Raises CourseError when the course has errors, or MkDocs anything to warn of; the last site then stays as it was.
    """
    config = load_host(root, strict=True)
    site = Path(config.site_dir).resolve()
    _refuse_to_overwrite(root.resolve(), site)
    plugin = config.plugins["trackbook"]
    assert isinstance(plugin, TrackbookPlugin)
    plugin.progress = progress
    plugin.store = None if cache else Store()
    plugin.spare = spare = Spare(root / ".cache" / "last-site") if cache else None
    lock = root / ".cache" / "trackbook" / "build.lock"
    with replacing(site, lock, spare.lay_by if spare else shutil.rmtree) as new:
        config.site_dir = str(new)
        try:
            config.plugins.on_startup(command="build", dirty=False)
            mkdocs_build.build(config)
        except Abort:  # the host has said why
            raise CourseError("the last site stays as it was") from None
        except MkDocsException as error:
            raise CourseError(str(error)) from None
        finally:
            config.plugins.on_shutdown()
    return site


def prepare_site(config_file: Path, site_dir: str) -> PageMaker:
    """What makes the pages of the site that `config_file` describes, as a build would set it up. It says nothing."""
    logging.disable()
    config = load_config(config_file=str(config_file), strict=False, site_dir=site_dir)
    config.plugins.on_startup(command="build", dirty=False)
    plugin = config.plugins["trackbook"]
    assert isinstance(plugin, TrackbookPlugin)
    plugin.read = lambda root: CourseReader(root, load_widgets(), plugin.store).read()
    config = config.plugins.on_config(config)
    files = get_files(config)
    add_theme(files, config)
    config.plugins.on_files(files, config=config)
    return plugin.maker


def _refuse_to_overwrite(root: Path, site: Path) -> None:
    """Raises CourseError when the site's folder holds, or lies in, what the author wrote."""
    for name in (*SOURCE_FOLDERS, "overrides", "src", ".git"):
        folder = root / name
        if site.is_relative_to(folder) or folder.is_relative_to(site):
            raise CourseError(f"mkdocs.yml: site_dir {site.name}/ would overwrite {name}/: name a folder of its own")
    if site.exists() and not _is_site(site):
        raise CourseError(f"{site} holds something that is not a site: move it, or name another site_dir in mkdocs.yml")


def _is_site(folder: Path) -> bool:
    """Whether the folder is empty, or holds a site that was built before: its first page says by what."""
    if not folder.is_dir():
        return False
    page = folder / "index.html"
    ours = page.is_file() and GENERATOR in page.read_bytes()
    return ours or (folder / "sitemap.xml").is_file() or not any(folder.iterdir())


def load_renderer(root: Path, *, mathml: bool = True) -> Callable[[str], str]:
    """Markdown to HTML with the extensions that the course's `mkdocs.yml` lists, formulas as MathML or LaTeX."""
    config = load_host(root)
    set_markdown_options(config)
    return make_renderer(config, mathml=mathml)


def load_site_url(root: Path) -> str:
    """The address of the site that `mkdocs.yml` gives; empty where it gives none."""
    return load_host(root).site_url or ""
