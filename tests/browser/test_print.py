"""Paper: a cheatsheet is exactly one page."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

ROOT = Path(__file__).parents[2]
CHEATSHEETS = sorted(f"{path.parent.name}/{path.stem}/cheatsheet/" for path in (ROOT / "cheatsheets").glob("*/*.md"))


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("address", CHEATSHEETS)
def test_cheatsheet_is_one_page(
    browser: Browser, serve: Callable[[Path], str], site: Path, address: str, paper: str
) -> None:
    page = browser.new_page()
    page.goto(serve(site) + address)
    page.evaluate("document.fonts.ready.then(() => null)")
    pages = PdfReader(BytesIO(page.pdf(format=paper))).pages
    page.close()
    assert len(pages) == 1
    assert "In one line" in pages[0].extract_text()
