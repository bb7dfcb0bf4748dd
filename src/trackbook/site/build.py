"""A whole build: the site in a fresh folder, which then takes the place of the last one."""

import gzip
import logging
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from trackbook.cache.ending import clearing
from trackbook.cache.garbage import relax
from trackbook.cache.made import find_real
from trackbook.cache.store import Store, open_store
from trackbook.issue import CourseError
from trackbook.publishing.addresses import address
from trackbook.reading.files import SOURCE_FOLDERS
from trackbook.site.files import put_file, share_file, write_file
from trackbook.site.host import Host
from trackbook.site.links import Message
from trackbook.site.offline.manifests import write_manifests
from trackbook.site.page import MadePage, encode_page, locate_page, measure_content
from trackbook.site.pool import Open, make_pages
from trackbook.site.relative import make_relative
from trackbook.site.search.index import indexing
from trackbook.site.site import Site, open_site
from trackbook.site.swap import LOCK, replacing
from trackbook.site.theme import DIAGRAMS

Progress = Callable[[int, int], None]
log = logging.getLogger("trackbook")


def build_site(
    root: Path,
    folder: Path,
    write: Callable[[Path, Store], None],
    *,
    cache: bool = True,
    relative: bool = False,
    trusted: bool = True,
) -> Path:
    """Have `write` fill a new folder, and put that in the place of the last site of the course in `root`.

    Without `cache`, nothing of earlier builds is used, and nothing is kept for later ones. Pages of a `relative` site
    open as files, too. Of a course that is not `trusted` no code runs. When `write` raises, the last site stays as it
    was. Raises CourseError when `folder` holds what no build wrote, and what is new would take its place.
    """
    relax()
    refuse_sources(root.resolve(), folder)
    store = open_store(root) if cache else Store()
    try:
        with clearing(store.leave), replacing(folder, root / LOCK) as new:
            write(new, store)
            if relative:
                make_relative(new, root, store, run=trusted)
    finally:
        store.flush()
        store.close()
    return folder


def write_site(host: Host, open_host: Open, progress: Progress | None, folder: Path, store: Store) -> None:
    """Write the site of the course on disk; what the last one has already is shared with it.

    `open_host` opens the host in other processes. Raises CourseError when there is anything to warn of.
    """
    site = open_site(host, store, strict=True)
    last = host.site_dir if host.trusted else folder / ".last"  # what a stranger left there may be anything: none
    made = make_pages(site, open_host)
    messages = list(list_messages(site, made))
    for level, text in messages:
        log.log(level, "%s", text)
    with indexing(site.pages, made, folder, last):
        for path in _list_files(site, made):
            put_file(folder / path, site.files.find(path) or bytes, last / path)
        for number, (uri, page) in enumerate(made.items(), 1):
            write_page(site, uri, page, folder, last)
            if progress:
                progress(number, len(made))
        _write_templates(site, folder)
        write_manifests(folder, site, made)
    if any(level >= logging.WARNING for level, _ in messages):
        raise CourseError("the last site stays as it was")


def _list_files(site: Site, made: Mapping[str, MadePage]) -> Iterator[str]:
    """The files beside the pages; those that draw diagrams where a page has one."""
    drawn = any(path.startswith(DIAGRAMS) for page in made.values() for path in page.named)
    return (path for path in site.files if drawn or not path.startswith(DIAGRAMS))


def list_messages(site: Site, made: Mapping[str, MadePage]) -> Iterator[Message]:
    """What is to be said of the pages: by who rendered them, of what the policy forbids, of links to no anchor."""
    level = site.host.strict_anchors
    for uri, page in made.items():
        yield from page.messages
        for what in page.lost:
            yield (
                logging.WARNING,
                f"{address(uri) or './'}: {what} was left out: the site's security policy forbids it.",
            )
    for uri, page in made.items():
        for there, anchor, href in page.links:
            if there in made and anchor not in made[there].anchors:
                lost = "on this page" if there == uri else f"in '{there}'"
                yield level, f"Doc file '{uri}' contains a link '{href}', but there is no such anchor {lost}."


def write_page(site: Site, uri: str, page: MadePage, folder: Path, last: Path) -> None:
    path, before = folder / locate_page(uri), last / locate_page(uri)
    path.parent.mkdir(parents=True, exist_ok=True)
    if _is_measured(before, page.measured) and share_file(before, path):
        return
    path.write_bytes(encode_page(site.pages.find_html(uri, page)))


def _is_measured(path: Path, measured: tuple[str, int]) -> bool:
    try:
        return (
            not path.is_symlink()
            and path.stat().st_size == measured[1]
            and measure_content(path.read_bytes()) == measured
        )
    except OSError:
        return False


def _write_templates(site: Site, folder: Path) -> None:
    for name in site.host.templates:
        content = site.render_template(name)
        write_file(folder / name, content)
        if name == "sitemap.xml":
            write_file(folder / f"{name}.gz", _zip(content, max(site.dates.values())))


def _zip(content: bytes, day: str) -> bytes:
    packed = BytesIO()
    time = datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()
    with gzip.GzipFile("sitemap.xml", "wb", fileobj=packed, mtime=time) as file:
        file.write(content)
    return packed.getvalue()


def refuse_sources(root: Path, site: Path) -> None:
    """Raises CourseError when the site's folder holds, or lies in, what the author wrote."""
    for name in (*SOURCE_FOLDERS, "overrides", "src", ".git", ".cache/trackbook"):
        folder = find_real(root / name)
        if site.is_relative_to(folder) or folder.is_relative_to(site):
            raise CourseError(f"mkdocs.yml: site_dir {site.name}/ would overwrite {name}/: name a folder of its own")
