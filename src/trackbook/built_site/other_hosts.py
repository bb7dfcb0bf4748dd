"""What a page loads from other hosts, or without encryption: nothing."""

from collections.abc import Iterator

from trackbook.built_site.check import site_check, tell_once
from trackbook.built_site.site import Followed, Site
from trackbook.model import Finding


@site_check
def site_asks_nobody_else(site: Site) -> Iterator[Finding]:
    """A page loads nothing from another host: no script, style, font, picture or frame, and connects to none.

    Whoever runs that host learns who reads what; the page breaks when they change or go; no one can read it offline.
    Ordinary links are fine.
    """

    def say(one: Followed) -> Finding:
        message = f'"{one.reference.value}" asks another host.'
        return Finding(site.locate(one), message, "keep the file in the course, and name it from there")

    asked = (one for one in site.list_followed("resource", "connection") if one.target.is_elsewhere)
    return tell_once(((one.target.url, one) for one in asked if not _is_mixed(site, one)), say)


@site_check
def site_asks_nothing_in_the_open(site: Site) -> Iterator[Finding]:
    """A page loads nothing, and sends nothing, by plain `http:` (mixed content).

    On a page that came by https browsers block it, or warn; anyone on the way could read and change it.
    """

    def say(one: Followed) -> Finding:
        message = f'"{one.reference.value}" is asked for by plain http.'
        return Finding(site.locate(one), message, "keep the file in the course, or write https:")

    sent = (one for one in site.list_followed("link") if one.reference.attribute in ("action", "formaction"))
    found = (*site.list_followed("resource", "connection"), *sent)
    return tell_once(((one.target.url, one) for one in found if _is_mixed(site, one)), say)


def _is_mixed(site: Site, one: Followed) -> bool:
    return one.reference.value.strip().lower().startswith("http:") and not site.address.startswith("http:")
