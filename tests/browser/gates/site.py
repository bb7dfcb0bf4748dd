"""What a gate looks at, and what it says."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page
from tests.browser.gates.pages import LAPTOP

SETTLE = (Path(__file__).parent / "settle.js").read_text("utf-8")


@dataclass(frozen=True)
class Result:
    """The figure for the table, and a sentence for each breach: page, state, element, fact."""

    figure: str
    breaches: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class BuiltSite:
    """A site as it is published: its folder, the address that serves it, and a browser to look at it."""

    folder: Path
    address: str
    browser: Browser

    @contextmanager
    def open(self, path: str, width: int = LAPTOP, **options: Any) -> Iterator[Page]:
        """A page in a fresh context, loaded and settled: fonts in, widgets on all of its length awake."""
        size = {"width": width, "height": 844 if width < 800 else 900}
        options = {"viewport": size, "reduced_motion": "reduce", **options}
        context = self.browser.new_context(**options)
        try:
            page = context.new_page()
            page.goto(self.address + path)
            if options.get("java_script_enabled", True):
                settle(page)
            yield page
        finally:
            context.close()


def settle(page: Page) -> None:
    """Waits until nothing more arrives: scrolls once through the page, since widgets wake when they come into view."""
    page.evaluate(SETTLE)
    page.wait_for_load_state("networkidle")


def list_lessons(site: BuiltSite) -> list[str]:
    """The path of every lesson."""
    return list_module_pages(site, "lesson")


def list_module_pages(site: BuiltSite, kind: str) -> list[str]:
    """The path of every module's page of one kind."""
    pages = site.folder.glob(f"*/*/{kind}/index.html")
    return sorted(f"{page.parent.relative_to(site.folder).as_posix()}/" for page in pages)
