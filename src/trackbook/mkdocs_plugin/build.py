"""`trackbook build` with MkDocs: page by page where nobody else has a hand in the pages, else by a build of its own."""

import logging
import shutil
from functools import partial
from pathlib import Path
from typing import Literal

from mkdocs.commands import build as mkdocs_build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException

from trackbook.cache.garbage import relax
from trackbook.cache.store import Store
from trackbook.issue import CourseError
from trackbook.mkdocs_plugin.config import load_config, set_markdown_options
from trackbook.mkdocs_plugin.host import MkDocsHost
from trackbook.mkdocs_plugin.inputs import is_alone
from trackbook.site import build
from trackbook.site.course import open_store
from trackbook.site.host import OtherPagesError
from trackbook.site.markdown import TextRenderer
from trackbook.site.site import Site, open_site

log = logging.getLogger("trackbook")


def build_site(root: Path, progress: build.Progress | None = None, *, cache: bool = True) -> Path:
    """Build the course in `root` and put the result in the place of its last site. Returns the site's folder.

    Without `cache`, nothing of earlier builds is used, and nothing is kept for later ones.
    Raises CourseError when the course has errors, or there is anything to warn of; the last site then stays as it was.
    """
    relax()
    site_dir = Path(load_config(root, strict=True).site_dir).resolve()
    store = open_store(root) if cache else Store()
    try:
        build.build_site(root, site_dir, partial(_write, root, store, progress))
    except Abort:  # MkDocs has said why
        raise CourseError("the last site stays as it was") from None
    except MkDocsException as error:
        log.error("%s", error)
        raise CourseError("the last site stays as it was") from None
    finally:
        store.flush()
        store.close()
    return site_dir


def _write(root: Path, store: Store, progress: build.Progress | None, new: Path) -> None:
    host = open_host(root)
    if host is not None:
        try:
            build.write_course(host, store, partial(open_again, root), new, progress=progress)
        except OtherPagesError:
            shutil.rmtree(new)
        else:
            return
    config = load_config(root, strict=True)
    config.site_dir = str(new)
    config.plugins.on_startup(command="build", dirty=False)
    try:
        mkdocs_build.build(config)
    finally:
        config.plugins.on_shutdown()


def open_host(root: Path, *, command: Literal["build", "serve"] = "build", url: str | None = None) -> MkDocsHost | None:
    """MkDocs for one page at a time; None where others have a hand in the pages: plugins, hooks, settings."""
    config = load_config(root, strict=command == "build")
    if url is not None:
        config.site_url = url
    config.plugins.on_startup(command=command, dirty=False)
    config = config.plugins.on_config(config)
    return MkDocsHost(config) if is_alone(config, config.plugins["trackbook"]) else None


def open_again(root: Path) -> Site:
    """The site in another process, as a build set it up."""
    host = open_host(root)
    assert host
    return open_site(host, open_store(root))


def load_renderer(root: Path, *, mathml: bool = True) -> TextRenderer:
    """Markdown to HTML with the extensions that the course's `mkdocs.yml` lists, formulas as MathML or LaTeX."""
    return MkDocsHost(_configure(root)).make_text_renderer(mathml=mathml)


def load_site_url(root: Path) -> str:
    """The address of the site that `mkdocs.yml` gives; empty where it gives none."""
    return load_config(root).site_url or ""


def _configure(root: Path) -> MkDocsConfig:
    config = load_config(root)
    set_markdown_options(config)
    return config
