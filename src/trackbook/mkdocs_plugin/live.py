"""`trackbook serve`: the course as MkDocs makes it, which follows every edit and tells the author what is off."""

import logging
import os
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from trackbook.mkdocs_plugin.host import load_host
from trackbook.mkdocs_plugin.live_site import LiveSite
from trackbook.mkdocs_plugin.theme import find_theme
from trackbook.reading.outline import OUTLINE
from trackbook.serving import App, Server, Workbench, ending_by_signal, following

log = logging.getLogger("mkdocs.plugins.trackbook")


def serve_site(root: Path, address: str, announce: Callable[[], None], *, poll: bool = False) -> None:
    """Serve the course at `address` (host:port) until interrupted; each change shows at once.

    Calls `announce` once there is an answer to every request. `poll` looks for changes where no system tells of them.
    """
    os.environ.setdefault("TRACKBOOK_START", "spawn")  # a copy of a process with threads may hang
    config = load_host(root)
    if not (root / OUTLINE).is_file():
        Workbench(root).read()  # says so
    mount = "/" + urlsplit(config.site_url or "/").path.strip("/")
    mount = mount.rstrip("/") + "/"
    host, _, port = address.rpartition(":")
    script = (find_theme() / "assets" / "overlay.js").read_bytes()
    try:
        with Server(host, int(port)) as server, ending_by_signal(server):
            site = LiveSite(root, f"http://{address}{mount}")
            try:
                with following(App(site, script, mount), server, root, poll=poll):
                    announce()
                    server.serve_forever()
            finally:
                site.store.flush()
    except KeyboardInterrupt:
        log.info("Ended.")
