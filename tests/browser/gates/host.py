"""A static host on this machine: gzip, cache headers and kept connections, as hosts of static sites give."""

import functools
import gzip
import http.server
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from urllib.parse import unquote, urlsplit

COMPRESSED = {".woff2", ".png", ".jpg", ".webp", ".ico", ".gz"}
NONE: Mapping[str, float] = {}


class StaticHandler(http.server.SimpleHTTPRequestHandler):
    """Answers as a static host does; `delays` holds back files by the end of their name, in seconds."""

    protocol_version = "HTTP/1.1"
    extensions_map = {
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript",
        ".woff2": "font/woff2",
        ".webmanifest": "application/manifest+json",
    }

    def __init__(self, *arguments: object, delays: Mapping[str, float] = NONE, directory: str) -> None:
        self.delays = delays
        super().__init__(*arguments, directory=directory)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = Path(self.translate_path(unquote(urlsplit(self.path).path)))
        time.sleep(self.delays.get(path.suffix, 0))
        if path.is_dir() and not urlsplit(self.path).path.endswith("/"):
            self.answer(HTTPStatus.MOVED_PERMANENTLY, b"", "text/html", {"Location": self.path + "/"})
            return
        path = path / "index.html" if path.is_dir() else path
        status = HTTPStatus.OK if path.is_file() else HTTPStatus.NOT_FOUND
        path = path if path.is_file() else Path(self.directory) / "404.html"
        content = path.read_bytes() if path.is_file() else b""
        hashed = "/assets/" in self.path
        caching = {"Cache-Control": "max-age=31536000, immutable" if hashed else "max-age=600"}
        if path.suffix not in COMPRESSED and "gzip" in self.headers.get("Accept-Encoding", ""):
            content = gzip.compress(content, 9, mtime=0)
            caching |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        self.answer(status, content, str(self.guess_type(path)), caching)

    def answer(self, status: HTTPStatus, content: bytes, kind: str, headers: Mapping[str, str]) -> None:
        text = kind.startswith("text/") or kind.endswith(("json", "xml", "javascript"))
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if text else kind)
        self.send_header("Content-Length", str(len(content)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (its parent's name)
        del format, args


class StaticHost(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that hangs up is no news."""


@contextmanager
def serve_site(folder: Path, delays: Mapping[str, float] = NONE) -> Iterator[str]:
    """Serves a built site on a free port while the context lasts; gives its address."""
    handler = functools.partial(StaticHandler, directory=str(folder), delays=delays)
    host = StaticHost(("127.0.0.1", 0), handler)
    threading.Thread(target=host.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{host.server_port}/"
    finally:
        host.shutdown()
        host.server_close()
