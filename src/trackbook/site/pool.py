"""All pages of a site, made by as many processes as there are processors."""

import gc
import logging
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from trackbook.cache.processes import spread
from trackbook.cache.store import Store
from trackbook.reading import CourseReader
from trackbook.reading.dates import read_commits
from trackbook.site.files import read_file
from trackbook.site.host import Host
from trackbook.site.page import MadePage
from trackbook.site.site import Site
from trackbook.widgets import load_widgets

_AT_ONCE = 700
"""Pages after which a process that was copied has touched enough memory to be ended."""
Open = Callable[[], Host]
"""Opens the same host in another process; it has to be picklable."""

_sites: dict[str, Site | None] = {}
"""What this process makes pages of, by their states; None where it would be another. A copy has it from the start."""
_draining: set[int] = set()


@dataclass(frozen=True, slots=True)
class _Work:
    """Makes pages, and other files that take long, in any process. `state` names the site; a new process opens it."""

    state: str
    open_host: Open
    store: Path | None
    owner: int

    def __call__(self, uri: str) -> tuple[MadePage | None, dict[str, bytes]]:
        """What became of a page, and what is to be kept; nothing when this process would make another site's."""
        if self.state not in _sites:
            opened = self._open()
            _sites[self.state] = opened if opened.state == self.state else None
        site = _sites[self.state]
        if site is None:
            return None, {}
        if os.getpid() == self.owner:
            return _make(site, uri), {}
        if os.getpid() not in _draining:
            _draining.add(os.getpid())
            site.store.begin_draining()
        return _make(site, uri), site.store.drain()

    def _open(self) -> Site:
        """The site of the course on disk, which is not checked: that was done, in another process."""
        logging.disable()
        host, store = self.open_host(), Store(self.store)
        course = CourseReader(host.root, load_widgets(host.root, run=host.trusted), store).read()
        return Site(host, course.without_passages(), store, read_commits(host.root))


def make_pages(site: Site, open_host: Open) -> Mapping[str, MadePage]:
    """Every page of the site by its uri; of a new site the slow files are made as well, and kept."""
    maker = site.pages
    names = {uri: maker.name(uri) for uri in site.source.pages}
    kept = maker.memo.find_many(MadePage, filter(None, names.values()))
    made = {uri: kept[name] for uri, name in names.items() if name in kept}
    missing = [uri for uri in names if uri not in made]
    if missing:
        state = site.state
        _sites[state] = site
        try:
            work = _Work(state, open_host, site.store.path, os.getpid())
            tasks = [*missing, *(() if made else (*site.source.texts, *site.slow))]
            for uri, (page, entries) in zip(tasks, spread(work, tasks, most=_AT_ONCE), strict=True):
                for key, entry in entries.items():
                    site.store.put_packed(key, entry)
                if page:
                    made[uri] = page
        finally:
            del _sites[state]
            gc.collect()
    return {uri: made.get(uri) or maker.make(uri) for uri in names}


def _make(site: Site, uri: str) -> MadePage | None:
    """A page; of other files only what they are made of is kept."""
    if uri in site.source.pages:
        return site.pages.make(uri)
    if uri in site.slow:
        read_file(site.slow[uri])
    else:
        _ = site.source.texts[uri]
    return None
