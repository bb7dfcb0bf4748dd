"""What each page says about itself."""

import re
from collections.abc import Iterator

from trackbook.built_site.check import site_check, tell_once
from trackbook.built_site.site import Site
from trackbook.model import Finding

_LONGEST = 60
"""Signs of a formula that a message quotes."""


@site_check
def site_page_has_title(site: Site) -> Iterator[Finding]:
    """Each page of the site has a title that says something.

    It stands on the tab, in bookmarks, in search results, and is the first thing a screen reader says.
    """
    for page in site.pages.values():
        if not page.title:
            yield Finding(site.place(page.path, value="<head"), "the page has no title.", "write <title>…</title>")


@site_check
def site_page_has_description(site: Site) -> Iterator[Finding]:
    """Each page of the site has a description, unless it only sends its reader on.

    Search engines and chats show it below the title; without one they pick words from the page, often its navigation.
    """
    for page in site.pages.values():
        if not page.description and all(reference.role != "redirect" for reference in page.references):
            hint = "give its source a `summary:` or `description:`, or the site a `site_description:`"
            yield Finding(site.place(page.path, value="<head"), "the page has no description.", hint)


@site_check
def site_page_has_language(site: Site) -> Iterator[Finding]:
    """Each page of the site says which language it is in.

    A screen reader reads it with the voice of another language otherwise, and browsers offer to translate it.
    """

    def say(path: str) -> Finding:
        message = "the page does not say its language."
        return Finding(site.place(path, value="<html"), message, 'write <html lang="en">')

    return tell_once(((None, page.path) for page in site.pages.values() if not page.language), say)


@site_check
def site_id_is_unique(site: Site) -> Iterator[Finding]:
    """No two elements of a page have the same id.

    A link to the second leads to the first, a label names the wrong field, and scripts find the wrong part.
    """

    def say(place: tuple[str, str]) -> Finding:
        path, repeated = place
        message = f'a second element has the id "{repeated}".'
        return Finding(site.place(path, "id", repeated, 2), message, "give it an id of its own")

    places = ((page.path, repeated) for page in site.pages.values() for repeated in page.repeated)
    return tell_once(((place[1], place) for place in places), say)


@site_check
def site_formula_is_mathml(site: Site) -> Iterator[Finding]:
    """No article shows raw TeX: every formula in it is MathML.

    Nobody can read a formula in that form, and no screen reader can speak it. Code may show TeX.
    """

    def say(place: tuple[str, str]) -> Finding:
        path, latex = place
        begin = re.split(r"""[\n<>&"']""", latex)[0]
        text = latex if len(latex) <= _LONGEST else f"{latex[:_LONGEST]}…"
        hint = "correct the formula as `trackbook check` says, and list `trackbook.mathml` in the settings of the site"
        return Finding(site.place(path, value=begin), f'"{" ".join(text.split())}" is raw TeX.', hint)

    places = ((page.path, latex) for page in site.pages.values() for latex in page.raw_tex)
    return tell_once(((place[1], place) for place in places), say)


@site_check
def site_cheatsheet_fits_one_page(site: Site) -> Iterator[Finding]:
    """A cheatsheet prints on one page, of A4 and of Letter (`--print` measures it in Chromium).

    It is made to hang beside a desk: what runs over to a second page is not looked at.
    """
    for path, sheets in site.sheets.items():
        over = [f"{count} pages of {paper}" for paper, count in sheets.items() if count != 1]
        if over:
            message = f"the cheatsheet takes {' and '.join(over)}."
            yield Finding(site.place(path, value="<h1"), message, "cut what the lesson says already")
