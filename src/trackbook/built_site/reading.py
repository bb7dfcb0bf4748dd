"""Reads a built site from disk: the one place of these checks that does."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from trackbook.built_site.html import read_page
from trackbook.built_site.lists import read_list
from trackbook.built_site.site import Site, SiteFile, SitePage
from trackbook.issue import CourseError


def read_site(folder: Path, address: str = "") -> Site:
    """Read the site in the folder. `address` is where it will stand; else what its pages call themselves tells.

    Raises CourseError when there is no page in it.
    """
    files = frozenset(_list_files(folder))
    pages = [
        read_page(path, (folder / path).read_bytes()) for path in sorted(files) if path.endswith((".html", ".htm"))
    ]
    if not pages:
        raise CourseError(f"there is no page in {folder}: `trackbook build` makes the site")

    def read(path: str) -> str:
        return (folder / path).read_text("utf-8", errors="replace")

    lists = [found for path in sorted(files) if (found := read_list(path, read))]
    return Site(
        f"{(address or find_address(pages, lists)).rstrip('/')}/",
        files,
        {page.path: page for page in pages},
        {found.path: found for found in lists},
        read,
    )


def find_address(pages: Iterable[SitePage], lists: Iterable[SiteFile]) -> str:
    """The address that most pages agree on by their canonical ones, else the shortest of the sitemap, else "/"."""
    named: Counter[str] = Counter()
    for page in pages:
        own = page.path.removesuffix("index.html")
        for role, attribute, value in page.references:
            if role == "canonical" and attribute == "href" and _is_whole(value):
                named[unquote(value).removesuffix(own) if unquote(value).endswith(own) else ""] += 1
    listed = (one.value for file in lists if file.path == "sitemap.xml" for one in file.references)
    best = next((address for address, _ in named.most_common() if address.endswith("/")), "")
    return best or min(filter(_is_whole, listed), key=len, default="/")


def _is_whole(address: str) -> bool:
    try:
        return address.startswith(("https://", "http://")) and bool(urlsplit(address).hostname)
    except ValueError:  # brackets around what is no address
        return False


def _list_files(folder: Path, below: str = "") -> Iterator[str]:
    """The paths of all plain files: no pipe, and nothing behind a link to a folder."""
    with os.scandir(folder / below) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _list_files(folder, f"{below}{entry.name}/")
            elif entry.is_file():
                yield below + entry.name
