"""`trackbook build` with MkDocs: page by page where nobody else has a hand in the pages, else by a build of its own."""

import logging
import os
from functools import partial
from pathlib import Path
from typing import Any, Literal

from mkdocs.commands import build as mkdocs_build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException

from trackbook.cache.store import Store
from trackbook.issue import CourseError
from trackbook.mkdocs_plugin.config import load_config, set_markdown_options
from trackbook.mkdocs_plugin.host import MkDocsHost
from trackbook.mkdocs_plugin.inputs import is_alone
from trackbook.site import build
from trackbook.site.host import OtherPagesError
from trackbook.site.markdown import TextRenderer

Command = Literal["build", "serve"]
log = logging.getLogger("trackbook")


def build_site(
    root: Path, progress: build.Progress | None = None, *, cache: bool = True, relative: bool = False
) -> Path:
    """Build the course in `root` and put the result in the place of its last site. Returns the site's folder.

    Without `cache`, nothing of earlier builds is used, and nothing is kept for later ones. Pages of a `relative` site
    open as files, too.
    Raises CourseError when the course has errors, or there is anything to warn of; the last site then stays as it was.
    """
    site_dir = Path(os.path.realpath(load_config(root, strict=True).site_dir))  # `resolve` fails in a circle of links
    try:
        return build.build_site(root, site_dir, partial(_write, root, progress), cache=cache, relative=relative)
    except MkDocsException as error:
        if not isinstance(error, Abort):  # of which MkDocs has said why
            log.error("%s", error)
        raise CourseError("the last site stays as it was") from None


def _write(root: Path, progress: build.Progress | None, new: Path, store: Store) -> None:
    try:
        build.write_site(open_host(root), partial(open_host, root), progress, new, store)
    except OtherPagesError:
        build_whole(root, new)


def build_whole(root: Path, folder: Path, *, command: Command = "build", url: str | None = None) -> None:
    """Have MkDocs fill the folder, as it builds any site."""
    config = _load(root, command, url)
    config.site_dir = str(folder)
    plugin: Any = config.plugins["trackbook"]
    plugin.replaces = False
    try:
        mkdocs_build.build(config)
    finally:
        config.plugins.on_shutdown()


def open_host(root: Path, *, command: Command = "build", url: str | None = None) -> MkDocsHost:
    """MkDocs for one page at a time. Raises OtherPagesError where others have a hand in the pages."""
    config = _load(root, command, url)
    config = config.plugins.on_config(config)
    if not is_alone(config, config.plugins["trackbook"]):
        raise OtherPagesError("plugins, hooks or settings have a hand in the pages")
    return MkDocsHost(config)


def _load(root: Path, command: Command, url: str | None) -> MkDocsConfig:
    config = load_config(root, strict=command == "build")
    if url is not None:
        config.site_url = url
    config.plugins.on_startup(command=command, dirty=False)
    return config


def load_renderer(root: Path, *, mathml: bool = True) -> TextRenderer:
    """Markdown to HTML with the extensions that the course's `mkdocs.yml` lists, formulas as MathML or LaTeX."""
    config = load_config(root)
    set_markdown_options(config)
    return TextRenderer(MkDocsHost(config), mathml=mathml)


def load_site_url(root: Path) -> str:
    """The address of the site that `mkdocs.yml` gives; empty where it gives none."""
    return load_config(root).site_url or ""
