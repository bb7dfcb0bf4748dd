"""A host without a site generator: Python-Markdown, Jinja and our templates. It shows what the site needs of a host."""

from functools import partial
from pathlib import Path

from trackbook.plain_host.host import PlainHost
from trackbook.site import build
from trackbook.site.markdown import TextRenderer
from trackbook.site.settings import hold_settings


def build_site(
    root: Path,
    progress: build.Progress | None = None,
    *,
    cache: bool = True,
    relative: bool = False,
    trusted: bool = True,
) -> Path:
    """`trackbook build --host plain`. Returns the site's folder. Raises CourseError as a build with MkDocs does.

    Of a course that is not `trusted` no code runs, and nothing is believed that its folder holds of earlier builds.
    """
    open_host = partial(PlainHost, root, trusted=trusted)
    host = open_host()
    write = partial(build.write_site, host, open_host, progress)
    cache = cache and trusted
    return build.build_site(root, host.site_dir, write, cache=cache, relative=relative, trusted=trusted)


def load_renderer(root: Path, *, mathml: bool = True) -> TextRenderer:
    """Markdown to HTML without any code that the course brings or chooses."""
    return TextRenderer(PlainHost(root, trusted=False), mathml=mathml)


def load_site_url(root: Path) -> str:
    """The address of the site that `mkdocs.yml` gives; empty where it gives none."""
    return hold_settings(root).find_text("site_url")
