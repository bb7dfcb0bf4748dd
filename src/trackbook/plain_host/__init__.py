"""A host without a site generator: Python-Markdown, Jinja and our templates. It shows what the site needs of a host."""

from functools import partial
from pathlib import Path

from trackbook.plain_host.host import PlainHost
from trackbook.site import build


def build_site(
    root: Path, progress: build.Progress | None = None, *, cache: bool = True, relative: bool = False
) -> Path:
    """`trackbook build --host plain`. Returns the site's folder. Raises CourseError as a build with MkDocs does."""
    host = PlainHost(root)
    write = partial(build.write_site, host, partial(PlainHost, root), progress)
    return build.build_site(root, host.site_dir, write, cache=cache, relative=relative)
