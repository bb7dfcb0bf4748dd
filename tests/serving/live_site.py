"""A site of files in a folder, served in this process: what is changed there shows after `refresh`."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

from trackbook.language.words import Language, load_language
from trackbook.serving.app import App
from trackbook.serving.server import Server, following
from trackbook.serving.site import Report, Response, guess_type

SCRIPT = b"/* the overlay */"


class Folder:
    """It believes every path it is asked for: whatever the server lets through shows. Its pages may do anything."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.report = Report()
        self.language: Language = load_language("en")
        self.watched: Collection[Path] = [root]
        self.told: list[Collection[str] | None] = []
        self.asked: list[str] = []
        self.on_refresh: Callable[[], None] = lambda: None

    def answer(self, path: str) -> Response | None:
        self.asked.append(path)
        file = Path(self.root, path, *["index.html"] * (not path or path.endswith("/")))
        return Response(guess_type(file.name), file.read_bytes(), policy="") if file.is_file() else None

    def refresh(self, changed: Collection[str] | None) -> None:
        self.told.append(changed)
        self.on_refresh()

    def write(self, path: str, text: str) -> None:
        """At once: a file that is written in place is empty for a moment, and may be seen so."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        new = file.with_name(f".{file.name}.tmp")
        new.write_text(text, "utf-8")
        new.replace(file)


@contextmanager
def answering(
    site: Folder, root: Path, *, script: bytes = SCRIPT, mount: str = "/", port: int = 0
) -> Iterator[tuple[App, str]]:
    """The application and its address. The disk below `root` is followed."""
    app = App(site, script, mount)
    with Server("127.0.0.1", port) as server, following(app, server, root):
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield app, f"http://127.0.0.1:{server.server_port}{mount}"
        finally:
            server.shutdown()
            thread.join()


def ask(app: App, path: str, query: str = "", method: str = "GET", **headers: str) -> tuple[int, dict[str, str], str]:
    """Status, headers and body, without a server."""
    said: list[Any] = []
    raw = path.encode().decode("latin-1")
    environ = {"PATH_INFO": raw, "QUERY_STRING": query, "REQUEST_METHOD": method, **headers}
    body = app(environ, lambda *given: said.extend(given) or (lambda _: None))  # type: ignore[func-returns-value]
    assert len(said[1]) == len(dict(said[1]))
    return int(said[0].split()[0]), dict(said[1]), b"".join(body).decode()
