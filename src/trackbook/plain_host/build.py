"""`trackbook build --host plain`."""

from functools import partial
from pathlib import Path

from trackbook.cache.store import Store
from trackbook.plain_host.host import PlainHost
from trackbook.site import build
from trackbook.site.course import open_store
from trackbook.site.site import Site, open_site


def build_site(root: Path, progress: build.Progress | None = None, *, cache: bool = True) -> Path:
    """Build the course in `root` and put the result in the place of its last site. Returns the site's folder.

    Raises CourseError as a build with MkDocs does.
    """
    host, store = PlainHost(root), open_store(root) if cache else Store()
    write = partial(build.write_course, host, store, partial(open_again, root), progress=progress)
    build.build_site(root, host.site_dir, write)
    store.close()
    return host.site_dir


def open_again(root: Path) -> Site:
    """The site in another process."""
    return open_site(PlainHost(root), open_store(root))
