"""The HTTP server around the application, and the thread that follows the disk."""

import errno
import logging
import os
import socket
import socketserver
import wsgiref.simple_server
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any

from trackbook.issue import CourseError
from trackbook.serving.app import App
from trackbook.serving.watching import watch

_ENDING_SECONDS = 5
log = logging.getLogger(__name__)


class Server(socketserver.ThreadingMixIn, wsgiref.simple_server.WSGIServer):
    """Listens from the moment it is made. Raises OSError where it can't."""

    allow_reuse_address = os.name == "posix"  # elsewhere two servers would share a port
    daemon_threads = True
    request_queue_size = 128  # a browser asks for much at once

    def __init__(self, host: str, port: int) -> None:
        if ":" in host:
            self.address_family = socket.AF_INET6
        super().__init__((host, port), _Handler)

    def server_bind(self) -> None:
        """Its parent asks for the name of the host, which takes seconds on some machines."""
        socketserver.TCPServer.server_bind(self)
        host, port = self.server_address[:2]
        self.server_name, self.server_port = str(host), int(port)
        self.setup_environ()

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
    wbufsize = -1
    disable_nagle_algorithm = True
    timeout = 60

    def log_message(self, *arguments: Any) -> None:
        log.debug(*arguments)


@contextmanager
def following(app: App, server: Server, root: Path, *, poll: bool = False) -> Iterator[None]:
    """Has the server answer by `app`, whose site follows the disk while the block runs; all has ended after it."""
    stop = Event()
    changes = watch(root, lambda: app.site.watched, stop, poll=poll)
    app.refresh(next(changes))
    server.set_app(app)
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
