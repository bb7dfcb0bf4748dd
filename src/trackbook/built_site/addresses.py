"""Where an address leads: to a path of the site, to another host, or to no place at all (`mailto:`, `data:`)."""

from typing import NamedTuple
from urllib.parse import quote, unquote, urljoin, urlsplit

UNKNOWN = "https://site.invalid"
"""Stands for the host of a site that does not say where it will stand (RFC 2606)."""


class Target(NamedTuple):
    """`path` is relative to the site's root, decoded; None where the address leaves the site. No `url`: no address."""

    url: str
    path: str | None = None
    fragment: str = ""

    @property
    def is_elsewhere(self) -> bool:
        """Whether another host would be asked."""
        return self.path is None and urlsplit(self.url).scheme in ("http", "https") and not self.is_beside

    @property
    def is_beside(self) -> bool:
        """Whether it leads to the site's own host, but not into the site."""
        return self.url.startswith("/")


def resolve(site: str, here: str, value: str) -> Target:
    """Follow the address `value` from `here`: a path of the site, or a whole address. `site` ends with a slash."""
    root = urljoin(UNKNOWN, site)
    try:
        url = urljoin(here if "://" in here else urljoin(root, quote(here)), value.strip())
        parts = urlsplit(url)
    except ValueError:  # a host in brackets that is no IPv6 address
        return Target("")
    own = urlsplit(root)
    if parts.scheme not in ("http", "https") or parts.netloc.lower() != own.netloc.lower():
        return Target(url)
    path, top = unquote(parts.path) or "/", unquote(own.path)
    if not f"{path}/".startswith(top):
        return Target(path)
    return Target(url, path[len(top) :], unquote(parts.fragment.partition(":~:")[0]))
