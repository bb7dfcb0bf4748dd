"""Whether every address in a site leads to something that is there, and asks no other host for a part of a page."""

from collections.abc import Iterator

from trackbook.built_site.check import site_check, tell_once
from trackbook.built_site.site import Followed, Role, Site
from trackbook.issue import suggest
from trackbook.model import Finding, Source


@site_check
def site_link_lands(site: Site) -> Iterator[Finding]:
    """A link of the site leads to a page or file of the site.

    Navigation, pager and cards are made from the course by templates: no one wrote those links, so no one looks at
    them, and a reader who follows one is lost.
    """
    return _tell_lost(site, "link", "page or file")


@site_check
def site_resource_lands(site: Site) -> Iterator[Finding]:
    """Each picture, script, style, font and frame that a page asks for is a file of the site.

    What is missing shows only in a browser: as a hole, as a page without its design, as a widget that never wakes.
    """
    return _tell_lost(site, "resource", "file")


@site_check
def site_canonical_lands(site: Site) -> Iterator[Finding]:
    """The address by which a page wants to be known, and the picture it is shared with, are of the site.

    Search engines list the canonical address in place of the page: when it leads nowhere, the page is not found.
    """
    return _tell_lost(site, "canonical", "page or file")


@site_check
def site_entry_lands(site: Site) -> Iterator[Finding]:
    """What a sitemap, feed, web app manifest or list of files to keep offline names is there.

    Nobody reads these files but machines, and those give up in silence: no icon, no offline lesson, no page found.
    """
    for file in site.lists.values():
        if file.trouble:
            message = "the file can't be read from this line on."
            yield Finding(Source(file.path, file.trouble), message, "build the site again")
    yield from _tell_lost(site, "entry", "page or file")


@site_check
def site_redirect_lands(site: Site) -> Iterator[Finding]:
    """A page that sends its reader on leads to a page of the site, and not in a circle.

    Bookmarks and links of others hang on former addresses; a redirect that leads nowhere, or in a circle, loses them.
    """
    yield from _tell_lost(site, "redirect", "page")
    onward = {one.file.path: site.find(one.target.path or "") for one in _list_own(site, "redirect")}
    for one in _list_own(site, "redirect"):
        seen, path = {one.file.path}, onward[one.file.path]
        while path in onward and path not in seen:
            seen.add(path)
            path = onward[path]
        if path == one.file.path:
            message = f'"{one.reference.value}" leads back to this page in the end: the redirect goes in a circle.'
            yield Finding(site.locate(one), message, "send the reader to a page that stays")


@site_check
def site_anchor_lands(site: Site) -> Iterator[Finding]:
    """The part of a page that an address names after `#` is there.

    A browser shows the top of the page instead, and says nothing: readers look for what the link promised.
    """

    def say(one: Followed) -> Finding:
        page = site.pages[site.find(one.target.path or "") or ""]
        where = page.path.removesuffix("index.html")
        message = f'"{one.reference.value}" leads to #{one.target.fragment}, and /{where} has no such id.'
        hint = suggest(one.target.fragment, page.anchors) or "name the id of a heading or element there"
        return Finding(site.locate(one), message, hint)

    own = _list_own(site, "link", "resource", "redirect")
    lost = ((one.target.url, one) for one in own if not _is_there(site, one))
    return tell_once(lost, say)


@site_check
def site_missing_page_works_anywhere(site: Site) -> Iterator[Finding]:
    """The addresses in 404.html are whole: they begin with `/` or the site's address.

    A host shows this page in place of any that is missing, however deep: what is relative leads elsewhere from there.
    """
    for one in _list_own(site, "link", "resource"):
        value = one.reference.value
        if one.file.path == "404.html" and not one.file.base and not value.startswith(("/", "#")) and "//" not in value:
            message = f'"{value}" is relative: it leads elsewhere from each address that is missing.'
            yield Finding(site.locate(one), message, f'write "{site.path}{one.target.path}"')


@site_check
def site_asks_nobody_else(site: Site) -> Iterator[Finding]:
    """A page loads nothing from another host: no script, style, font, picture or frame, and connects to none.

    Whoever runs that host learns who reads what; the page breaks when they change or go; no one can read it offline.
    Ordinary links are fine, and so is an `embed`: it loads nothing before its reader asks.
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


def _tell_lost(site: Site, role: Role, what: str) -> Iterator[Finding]:
    def say(one: Followed) -> Finding:
        value, target = one.reference.value, one.target
        hint = f"name a {what} of the site"
        if not value.strip() or not target.url:
            message = f'"{value}" is no address.'
        elif target.is_beside:
            message = f'"{value}" leads to {target.url}, outside of the site at {site.path}.'
            hint = "write it relative, or say where the site will stand: `--site-url`"
        else:
            message = f'"{value}" leads to /{target.path}, and the site has no such {what}.'
            hint = _suggest(site, target.path or "") or hint
        return Finding(site.locate(one), message, hint)

    return tell_once(((one.target.url, one) for one in site.list_followed(role) if _is_lost(site, one)), say)


def _is_lost(site: Site, one: Followed) -> bool:
    value, target = one.reference.value, one.target
    if target.path is None:
        return not target.url or (target.is_beside and "//" not in value)
    return (one.reference.role == "resource" and not value.strip()) or site.find(target.path) is None


def _is_there(site: Site, one: Followed) -> bool:
    """Whether the target has the part that is asked for; the top of a page always is."""
    page = site.pages.get(site.find(one.target.path or "") or "")
    fragment = one.target.fragment
    return page is None or fragment.lower() in ("", "top") or fragment in page.anchors


def _list_own(site: Site, *roles: Role) -> Iterator[Followed]:
    return (one for one in site.list_followed(*roles) if one.target.path is not None)


def _suggest(site: Site, path: str) -> str:
    near = site.nearest.find(path).removesuffix("index.html")
    return suggest(f"/{path}", {f"/{near}"}) if near else ""


def _is_mixed(site: Site, one: Followed) -> bool:
    return one.reference.value.strip().lower().startswith("http:") and not site.address.startswith("http:")
