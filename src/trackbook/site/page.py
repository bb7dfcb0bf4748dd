"""Makes a page: published Markdown → HTML → slots filled → the document around it → the last touch."""

import json
import os
import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from trackbook.cache.digest import hash_parts
from trackbook.cache.memo import Ask, Memo
from trackbook.cache.store import Store
from trackbook.issue import CourseError
from trackbook.publishing import SitePage, SiteSource
from trackbook.publishing.addresses import address
from trackbook.publishing.site_source import Draft
from trackbook.site.files import SiteFiles
from trackbook.site.finish.page import Finished, finish_page
from trackbook.site.host import Frame, Host, PageView
from trackbook.site.links import Message
from trackbook.site.markdown import PageRenderer, Rendered
from trackbook.site.offline.resources import list_named
from trackbook.site.search.records import make_record_body
from trackbook.site.templates import find_lost_template


@dataclass(frozen=True, slots=True)
class MadePage:
    """What is known of a made page.

    `lost` is what the policy forbids and was taken away, `named` what a browser that keeps the page has to keep beside
    it, `anchors` what links can lead to, `links` those to anchors (as in `Rendered`). `html` names the page as it is
    published, in the store, and `words` what search is to find of it, if anything; `measured` are SHA-256 and bytes.
    """

    lost: list[str]
    named: list[str]
    anchors: list[str]
    links: list[tuple[str, str, str]]
    messages: list[Message]
    html: str
    words: str | None
    measured: tuple[str, int]


class PageMaker:
    """Makes the pages of one site; each step is kept by what goes into it. `dates` are the days of change, by uri."""

    def __init__(
        self,
        host: Host,
        source: SiteSource,
        files: SiteFiles,
        frame: Frame,
        dates: Mapping[str, str],
        *,
        store: Store,
    ) -> None:
        self.host, self.source, self.files, self.frame, self.dates = host, source, files, frame, dates
        self.memo = Memo(store, self._answer)
        self._renderer = PageRenderer(host)
        self._contents: dict[str, str] = {}
        self.taken_in: set[Path] = set()
        """The files that pages take in by `--8<--`, or would if they were there."""

    def name(self, uri: str) -> str:
        """Names all that goes into a page but the answers to what it asks; empty where that is not known."""
        name = self.source.name(uri) if self.host.digest else ""
        frame = self.frame.describe(str(self.source.pages[uri].meta.get("track", ""))) if name else ""
        return hash_parts("page", self.host.digest, name, self.dates[uri], frame) if name else ""

    def make(self, uri: str) -> MadePage:
        """The page at a uri, which is among the site's pages."""
        return self.memo.recall(MadePage, self.name(uri), lambda ask: self._publish(uri, ask))

    def find_html(self, uri: str, made: MadePage) -> str:
        """The page as it is published."""
        return self.read(made.html) or self._make(uri, self.source.pages[uri].draft, self.memo.ask)[1]

    def find_words(self, uri: str, made: MadePage) -> str:
        """What search is to find of a page, if anything."""
        return self.read(made.words or "") or self._make(uri, self.source.pages[uri].draft, self.memo.ask)[2]

    def read(self, name: str) -> str | None:
        """A text of a page by the name that `MadePage` gives it; None when it is lost. Threads may ask for it."""
        kept = self.memo.store.get(name)
        return kept.decode("utf-8", "surrogatepass") if kept is not None else None

    def finish(self, html: str, url: str, ask: Ask | None = None) -> Finished:
        """The last touch on the HTML of the page at this address."""

        def read_file(there: str) -> bytes | None:
            path = posixpath.normpath(posixpath.join(url, there))
            (ask or self.memo.ask)(f"picture {path}")
            return self.files.read(path)

        def find_size(there: str) -> int | None:
            path = posixpath.normpath(posixpath.join(unquote(url), unquote(urlsplit(there).path)))
            size = (ask or self.memo.ask)(f"size {path}")
            return int(size) if size else None

        return finish_page(html, self.frame.language.say, read_file, find_size)

    def view(self, uri: str) -> PageView:
        """A page as templates see it, without its content."""
        return PageView(uri, read_meta(self.source.pages[uri]), self.dates[uri], self.source.find_edit_url(uri))

    def _publish(self, uri: str, ask: Ask) -> MadePage:
        """The page, by what is published of it: that may be the same though other things changed."""
        page, view = self.source.pages[uri], self.view(uri)
        draft, frame = page.draft, self.frame.describe(str(page.meta.get("track", "")))
        told = (
            self.host.digest,
            uri,
            json.dumps(view.meta),
            view.date,
            view.edit_url,
            draft.markdown,
            *draft.parts,
            frame,
        )
        key = hash_parts("published page", *told) if self.host.digest else ""
        return self.memo.recall(MadePage, key, lambda ask: self._make(uri, draft, ask)[0], ask)

    def _make(self, uri: str, draft: Draft, ask: Ask) -> tuple[MadePage, str, str]:
        """What is known of the page, its HTML, and its words."""
        place, path = address(uri), self.source.pages[uri].source
        if path and self.host.trusted and (lost := find_lost_template(self.source.course.pages[path], self.host)):
            raise CourseError(f"{lost.place}: {lost.message} {lost.hint}")
        rendered = self._render(uri, draft.markdown, ask)
        content, markdown = draft.fill(rendered.content), draft.fill(draft.markdown)
        view = replace(self.view(uri), markdown=markdown, content=content, toc=tuple(rendered.toc))
        finished = self.finish(self.host.render_page(view, self.frame), place, ask)
        named = list_named(f"{place}index.html", finished.html, finished.tree)
        words = make_record_body(finished.tree)
        names = self._keep(finished.html), self._keep(words) if words else None
        anchors = sorted(list_anchors(content))
        measured = measure_content(encode_page(finished.html))
        made = MadePage(finished.lost, named, anchors, rendered.links, rendered.messages, *names, measured)
        return made, finished.html, words or ""

    def _render(self, uri: str, markdown: str, ask: Ask) -> Rendered:
        digest = self.host.markdown_digest
        key = hash_parts("markdown", digest, uri, markdown) if digest else ""

        def render(ask: Ask) -> Rendered:
            def take_in(path: str) -> None:
                ask(f"snippet {os.path.relpath(path, self.host.root)}")

            return self._renderer.render(uri, markdown, lambda there: bool(ask(f"file {there}")), take_in)

        return self.memo.recall(Rendered, key, render, ask)

    def _keep(self, text: str) -> str:
        """Put a text into the store under a name that only it has."""
        name = hash_parts("text", text)
        self.memo.store.put(name, text.encode("utf-8", "surrogatepass"))
        return name

    def _answer(self, question: str) -> str:
        kind, _, path = question.partition(" ")
        if kind == "file":
            return "there" if path in self.source.pages or path in self.source.copies else ""
        if kind == "size":
            return str(self.source.course.sizes.get(self.source.copies.get(path, ""), ""))
        if question not in self._contents:
            found = self._take_in(path) if kind == "snippet" else self.files.read(path)
            self._contents[question] = "" if found is None else hash_parts(found)
        return self._contents[question]

    def _take_in(self, path: str) -> bytes | None:
        file = self.host.root / path
        self.taken_in.add(file)
        return file.read_bytes() if file.is_file() else None


def read_meta(page: SitePage) -> dict[str, Any]:
    """The front matter as a host would read it from the page's file."""
    meta: dict[str, Any] = json.loads(json.dumps(dict(page.meta), default=str, skipkeys=True))
    return meta


def list_anchors(html: str) -> set[str]:
    """What links can lead to."""
    named = (node.attributes for node in LexborHTMLParser(html).css("[id], a[name]"))
    return {anchor for attributes in named for name in ("id", "name") if (anchor := attributes.get(name))}


def locate_page(uri: str) -> str:
    """The path of a page's file in the site."""
    return f"{unquote(address(uri))}index.html"


def encode_page(html: str) -> bytes:
    """The bytes of a page's file."""
    return html.encode("utf-8", "xmlcharrefreplace")


def measure_content(content: bytes) -> tuple[str, int]:
    """SHA-256 and length."""
    return sha256(content).hexdigest(), len(content)


def measure_file(path: Path) -> tuple[str, int]:
    """The same of a file, which may be larger than the memory."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest(), path.stat().st_size
