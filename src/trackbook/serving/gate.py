"""Whom the server answers: who asks for it by a name of its own, from its own pages. And what protects answers."""

import logging
import socket
from collections.abc import Iterable
from http import HTTPStatus
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

SECRET = "/_trackbook/"
"""What the server tells to its own pages alone stands below this path."""
FRAMES = "frame-ancestors 'self'"
OWN = "default-src 'none'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'"
"""The Content Security Policy of what the server itself says."""
POLICY = "Content-Security-Policy"
PROTECTION = (
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "SAMEORIGIN"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)
"""Goes with every answer."""
_LOCAL = "localhost"
log = logging.getLogger(__name__)


class Gate:
    """The application behind a look at who asks. `host` is the address or name that the server listens at.

    A page elsewhere may have its own name lead to this machine (DNS rebinding), and would then read a draft.
    """

    def __init__(self, app: "WSGIApplication", host: str) -> None:
        self._app, self._host = app, host.lower()

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            if all(name != POLICY for name, _ in headers):
                headers = [*headers, (POLICY, f"{OWN}; {FRAMES}")]
            return start_response(status, [*headers, *PROTECTION], *rest)

        host = environ.get("HTTP_HOST")
        if host is None and environ.get("SERVER_PROTOCOL") == "HTTP/1.1":
            return refuse(start, 400, "A request has to say in a Host header whom it asks.")
        if host is not None and not is_own(host, self._host):
            return refuse(
                start, 421, f'This is `trackbook serve`. It does not answer to the name "{host}".\n{self._names}'
            )
        origin = environ.get("HTTP_ORIGIN")
        if origin is not None and urlsplit(origin).netloc != host and environ.get("PATH_INFO", "").startswith(SECRET):
            return refuse(start, 403, "This is for pages of this server alone.")
        try:
            return self._app(environ, start)
        except Exception:
            log.exception("%s was not answered.", environ.get("PATH_INFO"))
            return refuse(start, 500, "This could not be answered; the terminal says more.")

    @property
    def _names(self) -> str:
        own = "localhost, 127.0.0.1 and [::1]"
        if is_any(self._host):
            own += ", any address of this machine and the name that it gives itself"
        elif not is_loopback(self._host):
            own += f" and {self._host}"
        return (
            f"It answers to {own}, so that no page elsewhere can read a draft by a name that leads here.\n"
            "Another name of this machine: trackbook serve --host NAME\n"
        )


def refuse(start: "StartResponse", status: int, why: str) -> list[bytes]:
    """An answer in plain text that says why there is no other."""
    body = f"{why.rstrip()}\n".encode()
    headers = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))]
    start(f"{status} {HTTPStatus(status).phrase}", [*headers, ("Cache-Control", "no-store")])
    return [body]


def is_own(asked: str, host: str) -> bool:
    """Whether a `Host` header names this machine, or what the server listens at.

    Any port will do: one that another program passes on is another one, and no page elsewhere gains by it. No name that
    a stranger owns leads to an address that is written as such, so whoever listens at all addresses answers to each.
    """
    name = _find_name(asked)
    if name is None:
        return False
    if name in (_LOCAL, host) or is_loopback(name):
        return True
    return is_any(host) and (_is_address(name) or name in _list_names())


def is_any(host: str) -> bool:
    """Whether it stands for all addresses of the machine."""
    return not host or (_is_address(host) and ip_address(host).is_unspecified)


def is_loopback(host: str) -> bool:
    return host == _LOCAL or (_is_address(host) and ip_address(host).is_loopback)


def _find_name(asked: str) -> str | None:
    """The name or address in a `Host` header, without its port and brackets; None where it is none."""
    try:
        parts = urlsplit(f"//{asked}")
        _ = parts.port  # raises ValueError
    except ValueError:
        return None
    return None if parts.netloc != asked or "@" in asked else (parts.hostname or "").removesuffix(".")


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _list_names() -> set[str]:
    """What this machine calls itself: at home it can be reached by that."""
    name = socket.gethostname().lower()
    return {name, f"{name.partition('.')[0]}.local"} - {""}
