"""`trackbook serve` with MkDocs: page by page, or by whole builds where others have a hand in the pages."""

import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Collection, Sequence
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit
from weakref import finalize

from trackbook.cache.ending import clearing, make_temporary_folder
from trackbook.cache.store import Store, open_store
from trackbook.issue import CourseError
from trackbook.mkdocs_plugin.build import build_whole, open_host
from trackbook.mkdocs_plugin.config import load_config
from trackbook.mkdocs_plugin.host import list_watched
from trackbook.model import Course
from trackbook.reading.outline import OUTLINE
from trackbook.serving.app import App
from trackbook.serving.server import following, listen
from trackbook.serving.workbench import Workbench
from trackbook.site.host import OtherPagesError
from trackbook.site.live import LiveSite, Opened, PageByPage, Show
from trackbook.site.theme import find_theme

log = logging.getLogger("trackbook")


def serve_site(
    root: Path, host: str, ports: Sequence[int], announce: Callable[[str], None], *, poll: bool = False
) -> None:
    """Serve the course at the first free one of the ports until a signal ends it; each change shows at once.

    Calls `announce` with its address once there is an answer to every request. `poll` looks for changes where no system
    tells of them.
    """
    os.environ.setdefault("TRACKBOOK_START", "spawn")  # a copy of a process with threads may hang
    config = load_config(root)
    if not (root / OUTLINE).is_file():
        Workbench(root).read()  # says so
    mount = "/" + urlsplit(config.site_url or "/").path.strip("/")
    mount = mount.rstrip("/") + "/"
    script = (find_theme() / "assets" / "overlay.js").read_bytes()
    with listen(host, ports) as server:
        address = f"http://{f'[{host}]' if ':' in host else host}:{server.server_port}"
        site = open_live(root, f"{address}{mount}")
        with clearing(site.store.leave), following(App(site, script, mount), server, root, poll=poll):
            announce(f"{address}/")
            server.serve_forever()


def open_live(root: Path, url: str, store: Store | None = None) -> LiveSite:
    """The site of the course in `root`, which stands at `url`, as it is while an author writes."""
    store = store or open_store(root)
    return LiveSite(root, partial(_open, root, url, store), partial(_WholeSite, root, url), store)


def _open(root: Path, url: str, store: Store) -> Opened:
    try:
        return PageByPage(open_host(root, command="serve", url=url), store)
    except OtherPagesError:
        return _WholeSite(root, url)


class _WholeSite:
    """A site that MkDocs builds whole at each change, in a process of its own: so nothing of an author's code stays."""

    def __init__(self, root: Path, url: str) -> None:
        self._root, self._url = root, url
        self._config = load_config(root)
        self._folder = make_temporary_folder()
        finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        log.warning("Plugins, hooks or templates have a hand in the pages: the whole site is built at each change.")

    @property
    def watched(self) -> Collection[Path]:
        return list_watched(self._root, self._config)

    def show(self, course: Course) -> Show:
        """Raises CourseError with the last line that MkDocs says when it can't build the site."""
        del course  # MkDocs reads it from the disk
        command = [sys.executable, "-P", "-m", __name__, str(self._root), self._folder, self._url]
        done = subprocess.run(command, cwd=self._root, capture_output=True, text=True, check=False)
        if done.returncode:
            said = [line for line in done.stderr.splitlines() if line.strip()]
            raise CourseError(said[-1] if said else f"MkDocs ended with exit code {done.returncode}, and said nothing")
        return self._read

    def _read(self, path: str) -> bytes | None:
        file = Path(self._folder) / (f"{path}index.html" if not path or path.endswith("/") else path)
        return file.read_bytes() if file.is_file() else None


if __name__ == "__main__":
    build_whole(Path(sys.argv[1]), Path(sys.argv[2]), command="serve", url=sys.argv[3])
