"""The HTTP server around the application, and the thread that follows the disk."""

import errno
import io
import logging
import os
import socket
import socketserver
import time
import wsgiref.simple_server
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any

from trackbook.issue import CourseError
from trackbook.serving.app import App
from trackbook.serving.gate import FRAMES, OWN, POLICY, PROTECTION, Gate
from trackbook.serving.head import HEAD_SECONDS, HeadReader, LargeHeadError
from trackbook.serving.watching import watch

_ENDING_SECONDS = 5
_USED_UP = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)
log = logging.getLogger(__name__)


class Server(socketserver.ThreadingMixIn, wsgiref.simple_server.WSGIServer):
    """Listens from the moment it is made. Raises OSError where it can't."""

    allow_reuse_address = os.name == "posix"  # elsewhere two servers would share a port
    daemon_threads = True
    request_queue_size = 128  # a browser asks for much at once
    full_seconds = 0.2
    """How long it waits when the system grants no further connection: the one that asks stays in the queue."""
    _is_full = False

    def __init__(self, host: str, port: int, head_seconds: float = HEAD_SECONDS) -> None:
        if ":" in host:
            self.address_family = socket.AF_INET6
        self.host, self.head_seconds = host, head_seconds
        super().__init__((host, port), _Handler)

    def server_bind(self) -> None:
        """Its parent asks for the name of the host, which takes seconds on some machines."""
        socketserver.TCPServer.server_bind(self)
        host, port = self.server_address[:2]
        self.server_name, self.server_port = str(host), int(port)
        self.setup_environ()

    def get_request(self) -> tuple[socket.socket, Any]:
        """Its parent would ask again at once, and burn a processor for as long as nothing is granted."""
        try:
            request = super().get_request()
        except OSError as error:
            if error.errno in _USED_UP:
                if not self._is_full:
                    log.warning("Too many connections are open (%s): others wait.", error.strerror)
                self._is_full = True
                time.sleep(self.full_seconds)
            raise
        self._is_full = False
        return request

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Browsers go away in the middle of an answer whenever they like."""
        log.debug("%s of %s was not answered.", request, client_address, exc_info=True)


def listen(host: str, ports: Sequence[int]) -> Server:
    """A server at the first of these ports that is free. Raises CourseError where none is.

    Each is asked by taking it: of two servers that begin at once, none takes a port from the other.
    """
    if not host:
        raise CourseError("--host is empty: write an address of this machine, such as 127.0.0.1")
    for port in ports:
        try:
            return Server(host, port)
        except (TypeError, UnicodeError):
            raise CourseError(f'--host is "{host}", which is no name of a host: write one such as 127.0.0.1') from None
        except OSError as error:
            if len(ports) == 1 or error.errno not in (errno.EADDRINUSE, errno.EACCES):
                why = error.strerror or error
                raise CourseError(f"nothing can be served at {host}, port {port}: {why}; name another --port") from None
    raise CourseError(f"no port from {ports[0]} to {ports[-1]} is free at {host}: name one with --port")


class _Handler(wsgiref.simple_server.WSGIRequestHandler):
    server: Server
    raw_requestline: bytes
    wbufsize = -1
    disable_nagle_algorithm = True
    timeout = 60
    default_request_version = "HTTP/1.0"  # else an error is told without headers
    command = requestline = request_version = ""

    def setup(self) -> None:
        super().setup()
        self.rfile = io.BufferedReader(HeadReader(self.connection, self.server.head_seconds))

    def handle(self) -> None:
        try:
            super().handle()
        except LargeHeadError:
            self.send_error(431 if self.requestline else 414)

    def parse_request(self) -> bool:
        """What comes after the head has the time that an answer has."""
        self.requestline = str(self.raw_requestline, "iso-8859-1").rstrip("\r\n")
        whole = super().parse_request()
        self.connection.settimeout(self.timeout)
        return whole

    def end_headers(self) -> None:
        """What the application did not get to see is protected as well."""
        for name, value in ((POLICY, f"{OWN}; {FRAMES}"), *PROTECTION):
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *arguments: Any) -> None:
        log.debug(*arguments)


@contextmanager
def following(app: App, server: Server, root: Path, *, poll: bool = False) -> Iterator[None]:
    """Has the server answer by `app`, whose site follows the disk while the block runs; all has ended after it."""
    stop = Event()
    changes = watch(root, lambda: app.site.watched, stop, poll=poll)
    app.refresh(next(changes))
    server.set_app(Gate(app, server.host))
    thread = Thread(target=_follow, args=(app, changes), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        app.events.close()
        thread.join(_ENDING_SECONDS)


def _follow(app: App, changes: Iterable[Collection[str] | None]) -> None:
    for changed in changes:
        app.refresh(changed)
