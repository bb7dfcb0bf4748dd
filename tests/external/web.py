"""A web of one server on this machine: it answers by a script, and logs what it was asked."""

import ssl
from collections.abc import Mapping, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Condition, Event, Thread
from typing import Any

Script = Mapping[str, Sequence[Mapping[str, Any]]]
"""By path, the replies in their order; the last one stays. `never: true` holds a request back until the end."""


class Web(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, script: Script, tls: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.script = {path: list(replies) for path, replies in script.items()}
        self.log: list[str] = []
        self.agents: set[str] = set()
        self.end = Event()
        self.lock = Condition()
        if tls:
            self.socket = tls.wrap_socket(self.socket, server_side=True)
        self.address = f"http{'s' if tls else ''}://127.0.0.1:{self.server_port}"

    def __enter__(self) -> "Web":
        Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.end.set()
        self.shutdown()
        self.server_close()

    def wait_for(self, line: str, seconds: float) -> bool:
        with self.lock:
            return self.lock.wait_for(lambda: line in self.log, seconds)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away early is what some tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        web = self.server
        assert isinstance(web, Web)
        with web.lock:
            web.log.append(f"{self.command} {self.path}")
            web.agents.add(self.headers["User-Agent"])
            web.lock.notify_all()
        replies = web.script.get(self.path, [{"status": 404}])
        reply = replies.pop(0) if isinstance(replies, list) and len(replies) > 1 else replies[0]
        if self.command in reply.get("only", self.command):
            self._answer(web, reply)
        else:
            self._answer(web, {"status": 405})

    do_HEAD = do_GET  # noqa: N815

    def _answer(self, web: Web, reply: Mapping[str, Any]) -> None:
        if reply.get("never"):
            web.end.wait()
            self.close_connection = True
            return
        if raw := reply.get("raw"):
            self.wfile.write(raw.encode())
            self.close_connection = True
            return
        body = str(reply.get("body", "")).encode() * reply.get("times", 1)
        self.send_response(reply.get("status", 200))
        self.send_header("Content-Type", reply.get("type", "text/html"))
        self.send_header("Content-Length", str(len(body) + reply.get("owes", 0)))
        for name, value in reply.get("headers", {}).items():
            self.send_header(name, str(value).replace("SERVER", web.address))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)
        self.close_connection = "owes" in reply

    def log_message(self, *_: object) -> None:
        """Tests read `log`."""
