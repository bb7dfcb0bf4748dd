"""The second pass: each link's address becomes the path it leads to, now that every page is known."""

import posixpath
from collections.abc import Iterable, Mapping, Set
from dataclasses import replace
from urllib.parse import unquote

from trackbook.model import Fence, Link, Page, Track
from trackbook.reading.module import locate_page
from trackbook.reading.outline import OUTLINE
from trackbook.reading.record import RECORD


def link_page(page: Page, places: Mapping[str, str]) -> Page:
    """The page with the target of every link that leads to a file, a module or a track of the course."""
    return page.with_body(lambda page: _link_body(page, places))


def _link_body(page: Page, places: Mapping[str, str]) -> Page:
    if next(page.all_links, None) is None:
        return page
    fences = tuple(_link_fence(fence, page.path, places) for fence in page.fences)
    return replace(page, links=_link_all(page.links, page.path, places), fences=fences)


def list_places(tracks: Iterable[Track], files: Set[str]) -> Mapping[str, str]:
    """What a link may lead to, by the path an author would write."""
    places = {path: path for path in files if path not in (OUTLINE, RECORD)}
    for track in tracks:
        places[f"lessons/{track.id}"] = f"lessons/{track.id}/"
        for module in track.modules:
            overview = locate_page(track.id, module.id, "overview")
            if not module.planned and overview in files:
                places[f"lessons/{module.key}"] = overview
    return places


def resolve_link(link: Link, page: str, places: Mapping[str, str]) -> Link:
    """The link with its target, a key of `Course.pages`, a file, or a track's folder `lessons/<track>/`."""
    if link.is_external:
        return link
    address, _, fragment = link.href.partition("#")
    path = unquote(address.partition("?")[0])
    if not path:
        return replace(link, target=page, fragment=unquote(fragment))
    if path.startswith("/"):
        return replace(link, fragment=unquote(fragment))
    full = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
    return replace(link, target=places.get(full), fragment=unquote(fragment))


def _link_fence(fence: Fence, page: str, places: Mapping[str, str]) -> Fence:
    return replace(fence, links=_link_all(fence.links, page, places)) if fence.links else fence


def _link_all(links: Iterable[Link], page: str, places: Mapping[str, str]) -> tuple[Link, ...]:
    return tuple(resolve_link(link, page, places) for link in links)
