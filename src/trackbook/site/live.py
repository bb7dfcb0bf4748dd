"""The site while an author writes: a page is made when someone asks for it."""

import gc
from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path
from threading import RLock
from typing import Protocol

from trackbook.cache.store import Store
from trackbook.language.words import Language, load_language
from trackbook.model import Course
from trackbook.publishing.addresses import list_written
from trackbook.reading.dates import read_commits
from trackbook.reading.files import SOURCE_FOLDERS
from trackbook.serving.site import Report, Response, guess_type
from trackbook.serving.workbench import Reading, Workbench
from trackbook.site.finish.policy import find_policy
from trackbook.site.host import Host, OtherPagesError
from trackbook.site.page import encode_page
from trackbook.site.search.index import FOLDER, describe_loans
from trackbook.site.site import Site

Show = Callable[[str], bytes | None]
"""What stands at a path of the site, or None. Raises OtherPagesError when that can't be made by itself."""


class Opened(Protocol):
    """A host that is set up by the settings on disk. It shows one state of the course after another."""

    @property
    def watched(self) -> Collection[Path]: ...

    def show(self, course: Course) -> Show: ...


Open = Callable[[], Opened]


class LiveSite:
    """The site of the course in `root`. Its one state is the course as last read.

    `open_host` sets up a host; `open_whole` one that builds the whole site at each change, for where pages can't be
    made one by one.
    """

    def __init__(self, root: Path, open_host: Open, open_whole: Open, store: Store) -> None:
        self.root, self.store = root, store
        self._open_host, self._open_whole = open_host, open_whole
        self._bench = Workbench(root, store)
        self._reads, self._lock, self._judging = RLock(), RLock(), RLock()
        self._reading: Reading | None = None
        self._host: Opened | None = None
        self._show: Show | None = None
        self._is_left = False
        """Whether an earlier host is to be cleared away."""
        self._is_behind = False
        """Whether the host is of settings that are no longer those on disk, because no site can be made with them."""

    @property
    def language(self) -> Language:
        return load_language(self._reading.course.language if self._reading else "en")

    @property
    def watched(self) -> Collection[Path]:
        try:
            watched = (self._host or self._open_host()).watched
        except (Exception, SystemExit):  # hooks may do anything, and what follows the disk must not end by it
            return [self.root]
        return [*watched, self.root] if self._is_behind else watched  # settings may name what is yet to come

    @property
    def report(self) -> Report:
        """Waits until the course is checked."""
        reading = self._reading
        if reading is None:
            return Report()
        with self._judging:
            report = Report(reading.issues, list_written(reading.course), reading.kept)
        self.store.flush()
        if self._is_left:
            self._is_left = False
            gc.collect()
        return report

    def answer(self, path: str) -> Response | None:
        if self._show is None:
            self.refresh()
        with self._lock:
            assert self._show
            try:
                content = self._show(path)
            except OtherPagesError:
                assert self._reading
                self._host = self._open_whole()
                self._show = self._host.show(self._reading.course)
                content = self._show(path)
        name = f"{path}index.html" if not path or path.endswith("/") else path
        if content is None:
            return None
        kind = guess_type(name)
        return Response(kind, content, policy=find_policy(kind, content))

    def refresh(self, changed: Collection[str] | None = None) -> None:
        """When it raises, all answers stay as they were."""
        with self._reads:
            reading = self._bench.read(changed)
            with self._lock:
                self._take(reading, changed)

    def _take(self, reading: Reading, changed: Collection[str] | None) -> None:
        if self._host is None or changed is None or self._is_behind or not all(map(_is_source, changed)):
            self._is_behind = True
            host = self._open_host()
            self._show, self._host = host.show(reading.course), host
            self._is_behind, self._is_left = False, True
        else:
            self._show = self._host.show(reading.course)
        self._reading = reading


class PageByPage:
    """A host that makes one page at a time."""

    def __init__(self, host: Host, store: Store) -> None:
        self._host, self._store = host, store
        self._commits = read_commits(host.root)
        self._site: Site | None = None
        self._taken_in: set[Path] = set()

    @property
    def watched(self) -> Collection[Path]:
        if self._site:
            self._taken_in |= self._site.pages.taken_in.copy()
        return [*self._host.watched, *self._taken_in]

    def show(self, course: Course) -> Show:
        self._site = Site(self._host, course, self._store, self._commits, serving=True)
        return partial(make_answer, self._site)


def make_answer(site: Site, path: str) -> bytes | None:
    """What stands at a path of the site: it is made now. The search index is that of the last built site."""
    if uri := _find_uri(site, path):
        return encode_page(site.pages.find_html(uri, site.pages.make(uri)))
    if path.startswith(f"{FOLDER}/"):
        if note := describe_loans(site.host.site_dir, site.language).get(path):
            return note.encode()
        file = site.host.site_dir / path
        return file.read_bytes() if file.is_file() else None
    if path in site.host.templates:
        return site.render_template(path)
    return site.files.read(f"{path}index.html" if path.endswith("/") else path)


def _find_uri(site: Site, path: str) -> str | None:
    folder = path.removesuffix("index.html").removesuffix("/")
    names = ("index", "README") if path in ("", "index.html") else (folder, f"{folder}/index", f"{folder}/README")
    ends = not path or path.endswith(("/", "index.html"))
    return next((f"{name}.md" for name in names if ends and f"{name}.md" in site.source.pages), None)


def _is_source(path: str) -> bool:
    return path.startswith(tuple(f"{folder}/" for folder in SOURCE_FOLDERS))
