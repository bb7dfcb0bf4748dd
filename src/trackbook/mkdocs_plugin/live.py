"""`trackbook serve`: the course as MkDocs makes it, which follows every edit and tells the author what is off."""

import logging
from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from mkdocs.commands import build as mkdocs_build
from mkdocs.config.defaults import MkDocsConfig

from trackbook.language import load_language
from trackbook.mkdocs_plugin.build import load_host
from trackbook.mkdocs_plugin.plugin import TrackbookPlugin
from trackbook.mkdocs_plugin.swap import replacing
from trackbook.mkdocs_plugin.theme import find_theme
from trackbook.reading.files import SOURCE_FOLDERS
from trackbook.reading.outline import OUTLINE
from trackbook.serving import Answer, App, Report, Server, Workbench, following, guess_type

log = logging.getLogger("mkdocs.plugins.trackbook")


def serve_site(root: Path, address: str, announce: Callable[[], None], *, poll: bool = False) -> None:
    """Serve the course at `address` (host:port) until interrupted; each change shows at once.

    Calls `announce` once there is an answer to every request. `poll` looks for changes where no system tells of them.
    """
    config = load_host(root)
    if not (root / OUTLINE).is_file():
        Workbench(root).read()  # says so
    mount = "/" + urlsplit(config.site_url or "/").path.strip("/")
    mount = mount.rstrip("/") + "/"
    host, _, port = address.rpartition(":")
    script = (find_theme() / "assets" / "overlay.js").read_bytes()
    try:
        with Server(host, int(port)) as server, TemporaryDirectory(prefix="trackbook-") as folder:
            site = _BuiltSite(root, f"http://{address}{mount}", Path(folder, "site"))
            with following(App(site, script, mount), server, root, poll=poll):
                announce()
                server.serve_forever()
    except KeyboardInterrupt:
        log.info("Ended.")


class _BuiltSite:
    """The course built into a folder, as a whole, at each change."""

    def __init__(self, root: Path, url: str, shown: Path) -> None:
        self.root, self.url, self.shown = root, url, shown
        self.bench = Workbench(root)
        self.report, self.language, self.watched = Report(), load_language("en"), list_watched(root, load_host(root))

    def answer(self, path: str) -> Answer | None:
        file = Path(self.shown, path, *["index.html"] * (not path or path.endswith("/")))
        if not file.is_file():
            return None
        return Answer(guess_type(file.name), file.read_bytes())

    def refresh(self, changed: Collection[str] | None) -> None:
        del changed
        reading = self.bench.read()
        self.report = replace(self.report, issues=reading.issues)
        with replacing(self.shown, self.shown.with_name("build.lock")) as new:
            config = load_host(self.root, site_dir=str(new))
            self.watched = list_watched(self.root, config)
            config.site_url = self.url
            plugin = config.plugins["trackbook"]
            assert isinstance(plugin, TrackbookPlugin)
            plugin.read = lambda _: (reading.course, reading.issues)
            config.plugins.on_startup(command="serve", dirty=False)
            try:
                mkdocs_build.build(config, serve_url=self.url)
            finally:
                config.plugins.on_shutdown()
        self.language = load_language(reading.course.language)
        self.report = Report(reading.issues, plugin.sources, reading.kept)


def list_watched(root: Path, config: MkDocsConfig) -> Collection[Path]:
    """What a site is made of: its sources, and what mkdocs.yml names."""
    named: list[str] = ["mkdocs.yml", *SOURCE_FOLDERS, *config.watch, *map(str, config.hooks)]
    return {root / name for name in [*named, config.theme.custom_dir or "mkdocs.yml"]}
