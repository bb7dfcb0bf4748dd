"""All pages of a site, made by as many processes as there are processors."""

import gc
import os
from dataclasses import dataclass
from pathlib import Path

from trackbook.hashing import hash_parts
from trackbook.mkdocs_plugin.page_maker import MadePage, PageMaker
from trackbook.spreading import spread

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

    def __call__(self, uri: str) -> tuple[MadePage | None, dict[str, bytes]]:
        """What became of a page, and what is to be kept; nothing when this process would make another site's."""
        if self.state not in _makers:
            from trackbook.mkdocs_plugin.build import prepare_site  # builds know this module

            maker = prepare_site(Path(self.config_file), self.site_dir)
            _makers[self.state] = maker
            maker.same = name_state(maker) == self.state
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
    """Make all pages and texts of the site, and keep what became of them."""
    state = name_state(maker)
    _makers[state] = maker
    try:
        work = _Work(state, maker.config.config_file_path or "", maker.config.site_dir, os.getpid())
        for made, entries in spread(work, [*maker.site.pages, *maker.site.texts]):
            for key, entry in entries.items():
                maker.store.put_packed(key, entry)
            if made is not None:
                maker.keep(made)
    finally:
        del _makers[state]
        gc.collect()


def _make(maker: PageMaker, uri: str) -> MadePage | None:
    """A page; of another text only what it is made of is kept."""
    if uri in maker.site.pages:
        return maker.make(uri)[0]
    maker.site.texts[uri]
    return None


def name_state(maker: PageMaker) -> str:
    """Names the site, so that two processes can tell whether they make the same."""
    pages = sorted(maker.site.course.pages.values(), key=lambda page: page.path)
    told = [part for page in pages for part in (page.path, page.digest or page.text)]
    return hash_parts(maker.settings, repr(sorted(maker.dates.items())), *told)
