"""`trackbook serve`: MkDocs' server, which here survives any edit and tells the author what is off."""

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from mkdocs.commands import build as mkdocs_build
from mkdocs.livereload import LiveReloadServer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingEmitter
from watchdog.utils.dirsnapshot import DirectorySnapshot, EmptyDirectorySnapshot

from trackbook.issue import CourseError, Issue
from trackbook.language import load_language
from trackbook.mkdocs_plugin.build import load_host
from trackbook.mkdocs_plugin.plugin import TrackbookPlugin
from trackbook.mkdocs_plugin.swap import replacing
from trackbook.mkdocs_plugin.theme import find_theme
from trackbook.model import Source
from trackbook.reading.files import SOURCE_FOLDERS
from trackbook.reading.outline import OUTLINE
from trackbook.serving import Overlay, Report, Workbench

POLL_SECONDS = 0.3
log = logging.getLogger("mkdocs.plugins.trackbook")


def serve_site(root: Path, address: str, announce: Callable[[], None]) -> None:
    """Serve the course at `address` (host:port) until interrupted, building again after each change.

    Calls `announce` once it is clear that there is something to serve.
    """
    config = load_host(root)
    bench = Workbench(root)
    if not (root / OUTLINE).is_file():
        bench.read()  # says so
    script = (find_theme() / "assets" / "overlay.js").read_bytes()
    announce()
    logging.getLogger("mkdocs").setLevel(logging.INFO)
    config.plugins.on_startup(command="serve", dirty=False)
    mount = urlsplit(config.site_url or "/").path
    host, _, port = address.rpartition(":")
    with TemporaryDirectory(prefix="trackbook-") as folder:
        server = LiveReloadServer(lambda: None, host, int(port), str(Path(folder, "site")), mount)
        overlay = Overlay(server.serve_request, script, load_language("en"), server.mount_path)
        site = _Site(root, bench, server, overlay)
        server.builder = site.build
        server.error_handler = site.show_error
        server.set_app(overlay)  # type: ignore[no-untyped-call, unused-ignore]
        server.observer = BaseObserver(_PatientEmitter, timeout=POLL_SECONDS)  # type: ignore[assignment]
        for name in (*SOURCE_FOLDERS, "mkdocs.yml"):
            server.watch(str(root / name))
        for path in config.watch:
            server.watch(str(path))
        try:
            site.build()
            config.plugins.on_serve(server, config=config, builder=server.builder)
            server.serve()  # type: ignore[no-untyped-call]
        except KeyboardInterrupt:
            log.info("Ended.")
        finally:
            server.shutdown()
            config.plugins.on_shutdown()


class _Site:
    """What the server shows. A build that fails, for whatever reason, leaves it as it was."""

    def __init__(self, root: Path, bench: Workbench, server: LiveReloadServer, overlay: Overlay) -> None:
        self.root, self.bench, self.server, self.overlay = root, bench, server, overlay

    def build(self) -> None:
        """Show the course as it stands now. Never raises an error: an author would have to start the server again."""
        shown = Path(self.server.root)
        try:
            with replacing(shown, shown.with_name("build.lock")) as new:
                report = self._build(new)
        except (Exception, SystemExit) as error:
            log.error("%s", error)
            log.debug("The site was not built.", exc_info=error)
            report = _add_failure(self.overlay.report, error)
        self.overlay.report = report

    def _build(self, new: Path) -> Report:
        reading = self.bench.read()
        self.overlay.report = replace(self.overlay.report, issues=reading.issues)
        config = load_host(self.root, site_dir=str(new))
        config.site_url = self.server.url
        plugin = config.plugins["trackbook"]
        assert isinstance(plugin, TrackbookPlugin)
        plugin.read = lambda _: (reading.course, reading.issues)
        mkdocs_build.build(config, serve_url=self.server.url)
        self.overlay.language = load_language(reading.course.language)
        return Report(reading.issues, plugin.sources, reading.kept)

    def show_error(self, code: int) -> bytes | None:
        """The site's own page for an address without one; it too goes when there is something new."""
        page = Path(self.server.root, f"{code}.html")
        content = page.read_bytes() if page.is_file() else b""
        return self.server._inject_js_into_html(content, self.server._visible_epoch)  # type: ignore[no-any-return, no-untyped-call, unused-ignore]


def _add_failure(report: Report, error: BaseException) -> Report:
    why = " ".join(str(error).split())
    message = why if isinstance(error, CourseError) else f"the site can't be built: {why}"
    hint = "mend it, or undo the last change; the terminal may say more"
    issue = Issue("site-is-built", Source("mkdocs.yml"), message, hint)
    others = [other for other in report.issues if other.code != issue.code]
    return replace(report, issues=(issue, *others), failed=True)


class _PatientEmitter(PollingEmitter):
    """Goes on watching when its folder goes, until the folder is back. watchdog's own then stops."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        take = self._take_snapshot

        def take_or_empty() -> DirectorySnapshot:
            try:
                return take()
            except (FileNotFoundError, NotADirectoryError):
                return EmptyDirectorySnapshot()

        self._take_snapshot = take_or_empty
