"""A WSGI layer around whatever serves the site: it answers for the issues, and adds the overlay to each page."""

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote

from trackbook.language import Language
from trackbook.serving.report import Report

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

ISSUES = "/_trackbook/issues.json"
SCRIPT = "/_trackbook/overlay.js"


class Overlay:
    """`report` and `language` change with each build.

    `GET /_trackbook/issues.json` gives all issues, as `trackbook check --json` does; with `?page=` and the path of a
    page, what the overlay shows there (`Report.describe_page`). `mount` is the path at which the site stands.
    """

    def __init__(self, app: "WSGIApplication", script: bytes, language: Language, mount: str = "/") -> None:
        self.app, self.script, self.language, self.mount = app, script, language, mount
        self.report = Report()

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path == ISSUES:
            body = self._answer(parse_qs(environ.get("QUERY_STRING", ""))).encode()
            return _respond(start_response, "application/json", body)
        if path == SCRIPT:
            return _respond(start_response, "text/javascript", self.script)
        return self._add_overlay(environ, start_response)

    def _answer(self, query: dict[str, list[str]]) -> str:
        if "page" not in query:
            return self.report.list_issues()
        address = unquote(query["page"][0]).removeprefix(self.mount).removesuffix("index.html")
        return self.report.describe_page(address)

    def _add_overlay(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        status, headers = "", [("", "")]

        def hear(said: str, given: list[tuple[str, str]], _error: Any = None, /) -> Any:
            nonlocal status, headers
            status, headers = said, given

        parts = self.app(environ, hear)
        if not any(name.lower() == "content-type" and kind.startswith("text/html") for name, kind in headers):
            start_response(status, headers)
            return parts
        page = b"".join(parts)
        if hasattr(parts, "close"):
            parts.close()
        body, end, rest = page.rpartition(b"</body>")
        page = b"".join([body, self._tag(), end, rest]) if end else page + self._tag()
        kept = [(name, value) for name, value in headers if name.lower() != "content-length"]
        start_response(status, [*kept, ("Content-Length", str(len(page)))])
        return [page]

    def _tag(self) -> bytes:
        texts = {key: text for key, text in self.language.texts.items() if key.startswith("overlay.")}
        block = json.dumps(texts, ensure_ascii=False).replace("<", "\\u003c")
        return (
            f'<script type="application/json" id="tb-overlay-texts">{block}</script>'
            f'<script type="module" src="{SCRIPT}"></script>'
        ).encode()


def _respond(start_response: "StartResponse", kind: str, body: bytes) -> list[bytes]:
    headers = [("Content-Type", f"{kind}; charset=utf-8"), ("Content-Length", str(len(body)))]
    start_response("200 OK", [*headers, ("Cache-Control", "no-store")])
    return [body]
