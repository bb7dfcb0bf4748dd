"""How many sheets of paper the cheatsheets of a built site take: printed by Chromium, which only this asks for."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from trackbook.built_site.addresses import UNKNOWN
from trackbook.built_site.site import Site
from trackbook.cache.programs import find_program
from trackbook.issue import CourseError

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserType, Page, Route

PAPERS = ("A4", "Letter")
_INSTALL = "--print asks Chromium: `pip install playwright pypdf`, then `playwright install chromium`"


def measure_sheets(site: Site, folder: Path) -> Mapping[str, Mapping[str, int]]:
    """How many pages each cheatsheet of the site takes when printed, by its path and the paper.

    Raises CourseError when there is no Playwright, or no Chromium, on this machine.
    """
    sheets = [path for path in site.pages if is_cheatsheet(site, path)]
    with _open_chromium() as browser, browser.new_context(java_script_enabled=False) as context:
        context.route("**/*", lambda route: _answer(route, folder))
        page = context.new_page()
        counts = {}
        for path in sheets:
            page.goto(f"{UNKNOWN}/{quote(path)}", wait_until="networkidle")
            counts[path] = count_sheets(page)
        return counts


def is_cheatsheet(site: Site, path: str) -> bool:
    """Whether a page is a module's cheatsheet, and not what leads from a former address to one."""
    stays = all(reference.role != "redirect" for reference in site.pages[path].references)
    return stays and path.count("/") == 3 and path.endswith("/cheatsheet/index.html")


def count_sheets(page: "Page") -> dict[str, int]:
    """How many pages of each paper an open page takes when printed."""
    from pypdf import PdfReader

    return {paper: len(PdfReader(BytesIO(page.pdf(format=paper))).pages) for paper in PAPERS}


def find_chromium(chromium: "BrowserType") -> str | None:
    """The system's Chromium or Chrome, else the one that Playwright installed, else None."""
    bundled = chromium.executable_path
    found = (find_program(name, Path.cwd()) for name in ("chromium", "chromium-browser", "google-chrome"))
    return next(filter(None, found), bundled if Path(bundled).is_file() else None)


@contextmanager
def _open_chromium() -> Iterator["Browser"]:
    try:
        import pypdf  # noqa: F401 (counts the pages)
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        raise CourseError(f"there is no {error.name}: {_INSTALL}") from None
    with sync_playwright() as playwright:
        if (path := find_chromium(playwright.chromium)) is None:
            raise CourseError(f"there is no Chromium: {_INSTALL}")
        with playwright.chromium.launch(executable_path=path, args=["--no-sandbox"]) as browser:
            yield browser


def _answer(route: "Route", folder: Path) -> None:
    """Gives the browser a file of the site as a host would, without one."""
    file = folder / unquote(urlsplit(route.request.url).path).lstrip("/")
    if route.request.url.startswith(UNKNOWN) and file.is_file():
        route.fulfill(path=file)
    else:
        route.fulfill(status=404)
