"""Where an address leads: to a path of the site, elsewhere, or nowhere that is a place (`mailto:`, `data:`)."""

from typing import NamedTuple
from urllib.parse import quote, unquote, urljoin, urlsplit

UNKNOWN = "https://site.invalid"
"""Stands for the host of a site that does not say where it will stand (RFC 2606)."""


class Target(NamedTuple):
    """`path` is relative to the site's root, decoded; None where the address leaves the site."""

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

    @property
    def shown(self) -> str:
        """The address as a reader of the site would say it."""
        return self.url if self.path is None else f"/{self.path}"


def resolve(site: str, here: str, value: str) -> Target:
    """Follow the address `value` from `here`: a path of the site, or a whole address."""
    root = urljoin(f"{UNKNOWN}/", site)
    url = urljoin(urljoin(root, quote(here)) if "://" not in here else here, value.strip())
    parts = urlsplit(url)
    own = urlsplit(root)
    if parts.scheme not in ("http", "https") or parts.netloc.lower() != own.netloc.lower():
        return Target(url)
    path = parts.path or "/"
    if f"{path}/" == own.path:
        path = own.path
    if not path.startswith(own.path):
        return Target(path)
    return Target(url, unquote(path[len(own.path) :]), unquote(parts.fragment.partition(":~:")[0]))
