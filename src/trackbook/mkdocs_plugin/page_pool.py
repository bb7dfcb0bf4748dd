"""All pages of a site, made by as many processes as there are processors."""

import gc
import os
from dataclasses import dataclass
from pathlib import Path

from trackbook.mkdocs_plugin.made_pages import MadePage
from trackbook.mkdocs_plugin.page_maker import PageMaker
from trackbook.mkdocs_plugin.recall import Asked
from trackbook.spreading import spread

_AT_ONCE = 1_000
"""Pages after which a process that was copied has touched enough memory to be ended."""

_makers: dict[str, PageMaker] = {}
"""What this process makes pages with, by their state. A copied process has it from the start."""
_draining: set[int] = set()


@dataclass(frozen=True, slots=True)
class _Work:
    """Makes pages in any process. `state` names the site; a new process builds it from `config_file`."""

    state: str
    config_file: str
    site_dir: str
    owner: int

    def __call__(self, uri: str) -> tuple[tuple[Asked, MadePage] | None, dict[str, bytes]]:
        """What became of a page, and what is to be kept; nothing when this process would make another site's."""
        if self.state not in _makers:
            from trackbook.mkdocs_plugin.build import prepare_site  # builds know this module

            maker = prepare_site(Path(self.config_file), self.site_dir)
            _makers[self.state] = maker
            maker.same = maker.state == self.state
        maker = _makers[self.state]
        if not maker.same:
            return None, {}
        if os.getpid() == self.owner:
            return _make(maker, uri), {}
        if os.getpid() not in _draining:
            _draining.add(os.getpid())
            maker.store.begin_draining()
        return _make(maker, uri), maker.store.drain()


def make_pages(maker: PageMaker) -> None:
    """Make all pages of the site, or recall what became of them; of a new site the other files as well."""
    maker.recall_all()
    others = () if maker.made else maker.others
    uris = [uri for uri in maker.site.pages if uri not in maker.made]
    if not uris:
        return
    state = maker.state
    _makers[state] = maker
    try:
        work = _Work(state, maker.config.config_file_path or "", maker.config.site_dir, os.getpid())
        asked = [*uris, *others]
        for uri, (made, entries) in zip(asked, spread(work, asked, most=_AT_ONCE), strict=True):
            for key, entry in entries.items():
                maker.store.put_packed(key, entry)
            if made is not None:
                maker.made[uri] = made
    finally:
        del _makers[state]
        gc.collect()
    maker.keep_all()


def _make(maker: PageMaker, uri: str) -> tuple[Asked, MadePage] | None:
    """A page; of other files only what they are made of is kept."""
    if uri in maker.site.pages:
        return maker.make(uri)
    maker.others[uri]()
    return None
