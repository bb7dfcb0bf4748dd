"""All pages of a site, made by as many processes as there are processors."""

import gc
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
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

    def __call__(self, uri: str) -> MadePage | None:
        """None when this process would make another page than that which was asked for."""
        if self.state not in _makers:
            from trackbook.mkdocs_plugin.build import prepare_site  # builds know this module

            maker = prepare_site(Path(self.config_file), self.site_dir)
            _makers[self.state] = maker
            maker.same = name_state(maker) == self.state
        maker = _makers[self.state]
        if not maker.same:
            return None
        if os.getpid() == self.owner:
            return maker.make(uri)[0]
        if os.getpid() not in _draining:
            _draining.add(os.getpid())
            maker.store.begin_draining()
        made = maker.make(uri)[0]
        return replace(made, packed=made.packed | maker.store.drain())


def make_pages(maker: PageMaker, uris: Sequence[str]) -> None:
    """Make these pages, and keep what became of them."""
    state = name_state(maker)
    _makers[state] = maker
    try:
        work = _Work(state, maker.config.config_file_path or "", maker.config.site_dir, os.getpid())
        for made in spread(work, uris):
            if made is not None:
                maker.keep(made)
    finally:
        del _makers[state]
        gc.collect()


def name_state(maker: PageMaker) -> str:
    """Names the site, so that two processes can tell whether they make the same."""
    pages = sorted(maker.site.course.pages.values(), key=lambda page: page.path)
    told = [part for page in pages for part in (page.path, page.digest or page.text)]
    return hash_parts(maker.settings, repr(sorted(maker.dates.items())), *told)
