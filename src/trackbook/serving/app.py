"""The WSGI application: the site below its mount path, an overlay on each page, and what that asks."""

import errno
import html
import json
import logging
from collections.abc import Collection, Iterable
from dataclasses import replace
from hashlib import sha256
from http import HTTPStatus
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, unquote

from trackbook.formats.as_json import format_json
from trackbook.language.words import Language
from trackbook.serving.events import Events
from trackbook.serving.gate import FRAMES, POLICY, refuse
from trackbook.serving.ranges import read_range
from trackbook.serving.site import Report, Response, Site, guess_type

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

EVENTS = "/_trackbook/events"
ISSUES = "/_trackbook/issues.json"
PAGE = "/_trackbook/page.json"
SCRIPT = "/_trackbook/overlay.js"
_HTML = guess_type("page.html")
_TEXTS = (".md", ".yml")
_LONGEST, _LONGEST_STEP = 2000, 255
"""Bytes of a path, and of a name in it, which no file system has longer."""
log = logging.getLogger(__name__)


class App:
    """`mount` is the path at which the site stands, `script` that of the overlay.

    `GET /_trackbook/issues.json` gives all issues, as `trackbook check --json` does; with `?page=` and the path of a
    page, what the overlay shows there. `GET /_trackbook/page.json?page=` gives the name and the status that the page
    has now, and does not wait for checks. `GET /_trackbook/events` tells of each refresh.
    """

    def __init__(self, site: Site, script: bytes, mount: str = "/") -> None:
        self.site, self.script, self.mount = site, script, mount
        self.events = Events()
        self._failure: BaseException | None = None

    def refresh(self, changed: Collection[str] | None) -> None:
        """Let the site follow a change, then tell who looks at it. Never raises an error: the author is told."""
        try:
            self.site.refresh(changed)
            self._failure = None
        except (Exception, SystemExit) as error:
            self._failure = error
            _log(error)
        self.events.tell(PurePosixPath(path).name for path in changed or () if not path.endswith(_TEXTS))

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "").encode("latin-1").decode("utf-8", "replace")
        query, method = environ.get("QUERY_STRING", ""), environ.get("REQUEST_METHOD", "GET")
        if method not in ("GET", "HEAD"):
            start_response(_say(405), [("Allow", "GET, HEAD"), ("Content-Length", "0")])
            return []
        if path == EVENTS and method == "GET":
            start_response(_say(200), [("Content-Type", "text/event-stream"), ("Cache-Control", "no-store")])
            return self.events.stream()
        if is_long(path):
            return refuse(start_response, 414, f"No name here has more than {_LONGEST_STEP} bytes.")
        answer = self._answer(path, query)
        if answer.status == 404 and (way := self._find_way(path)):
            address = quote(way) + (f"?{query}" if query else "")
            start_response(_say(302), [("Location", address), ("Content-Length", "0")])
            return []
        tag = f'"{name_body(answer.body)}"'
        known = answer.status == 200 and tag in environ.get("HTTP_IF_NONE_MATCH", "")
        answer, part = (answer, []) if known else cut(answer, tag, environ)
        headers = [("Content-Type", answer.kind), ("Content-Length", str(len(answer.body))), *part]
        headers += [("Cache-Control", "no-cache"), ("ETag", tag), ("Accept-Ranges", "bytes")]
        headers.append((POLICY, "; ".join(filter(None, [answer.policy, FRAMES]))))
        start_response(_say(304 if known else answer.status), headers)
        return [] if known or method == "HEAD" else [answer.body]

    def _answer(self, path: str, query: str) -> Response:
        asked = unquote(parse_qs(query).get("page", [""])[0])
        if path == PAGE:
            return Response(guess_type(path), json.dumps(self._name_page(asked)).encode())
        if path == ISSUES:
            body = self._describe_page(asked) if asked else format_json(self._report().issues)
            return Response(guess_type(path), body.encode())
        if path == SCRIPT:
            return Response(guess_type(path), self.script)
        try:
            answer = self._find(path)
        except (Exception, SystemExit) as error:
            _log(error)
            said = f'<!doctype html><html lang="en"><title>Error</title><body><p>{html.escape(str(error))}</p></body>'
            answer = Response(_HTML, said.encode(), 500)
        return add_overlay(answer, self.site.language)

    def _name_page(self, path: str) -> dict[str, str | int]:
        try:
            answer = self._find(path)
        except (Exception, SystemExit):
            return {"page": "", "status": 500}
        return {"page": name_body(answer.body), "status": answer.status}

    def _describe_page(self, path: str) -> str:
        report = self._report()
        try:
            self._find(path)
        except (Exception, SystemExit) as error:
            report = report.add_failure(error)
        address = path.removeprefix(self.mount).removesuffix("index.html")
        return json.dumps(report.describe_page(address), ensure_ascii=False)

    def _report(self) -> Report:
        return self.site.report.add_failure(self._failure) if self._failure else self.site.report

    def _find_way(self, path: str) -> str:
        """Where to go on from a path without an answer: from the root to the site, to a folder by its slash; or ""."""
        if path == "/" != self.mount:
            return self.mount
        return f"{path}/" if not path.endswith("/") and self._look_up(f"{path}/") else ""

    def _find(self, path: str) -> Response:
        """What the site shows at a path of this server, if need be its own page for an address without one."""
        if answer := self._look_up(path):
            return answer
        missing = self.site.answer("404.html") or Response(_HTML, b"<h1>404 Not Found</h1>")
        return replace(missing, status=404)

    def _look_up(self, path: str) -> Response | None:
        below = path.removeprefix(self.mount)
        if not path.startswith(self.mount) or not _is_plain(below) or is_long(path):
            return None
        try:
            return self.site.answer(below)
        except OSError as error:
            if (
                error.errno == errno.ENAMETOOLONG
            ):  # the folder of the course has a long name itself, or its disk short ones
                return None
            raise


def cut(answer: Response, tag: str, environ: "WSGIEnvironment") -> tuple[Response, list[tuple[str, str]]]:
    """The part of an answer that is asked for, of the state that the asker knows, and what says which part it is."""
    size, asked = len(answer.body), environ.get("HTTP_RANGE", "")
    part = read_range(asked, size) if answer.status == 200 and asked else None
    if part is None or environ.get("HTTP_IF_RANGE", tag) != tag:
        return answer, []
    if not part:
        return replace(answer, body=b"", status=416), [("Content-Range", f"bytes */{size}")]
    told = f"bytes {part.start}-{part.stop - 1}/{size}"
    return replace(answer, body=answer.body[part.start : part.stop], status=206), [("Content-Range", told)]


def name_body(body: bytes) -> str:
    """A name that no other body has."""
    return sha256(body).hexdigest()[:32]


def add_overlay(answer: Response, language: Language) -> Response:
    """HTML with the overlay at its end; anything else as it is."""
    if not answer.kind.startswith("text/html"):
        return answer
    texts = {key: text for key, text in language.texts.items() if key.startswith("overlay.")}
    block = json.dumps(texts, ensure_ascii=False).replace("<", "\\u003c")
    tag = (
        f'<script type="application/json" id="tb-overlay-texts" data-page="{name_body(answer.body)}"'
        f' data-status="{answer.status}">{block}</script><script type="module" src="{SCRIPT}"></script>'
    ).encode()
    body, end, rest = answer.body.rpartition(b"</body>")
    return replace(answer, body=b"".join([body, tag, end, rest]) if end else answer.body + tag)


def is_long(path: str) -> bool:
    """Whether a path is longer than that of any file."""
    data = path.encode("utf-8", "replace")
    return len(data) > _LONGEST or any(len(step) > _LONGEST_STEP for step in data.split(b"/"))


def _is_plain(path: str) -> bool:
    """Whether a path names something below the root, in one way."""
    steps = path.removesuffix("/").split("/") if path else []
    return not any(step in ("", ".", "..") for step in steps) and not any(sign in path for sign in "\\\0")


def _say(status: int) -> str:
    return f"{status} {HTTPStatus(status).phrase}"


def _log(error: BaseException) -> None:
    log.error("%s", error)
    log.debug("What went wrong:", exc_info=error)
