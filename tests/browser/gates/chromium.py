"""Where Chromium is on this machine."""

import shutil
from pathlib import Path

from playwright.sync_api import BrowserType


def find_chromium(chromium: BrowserType) -> str | None:
    """The system's Chromium or Chrome, else the one that Playwright installed, else None."""
    bundled = chromium.executable_path
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return next(filter(None, found), bundled if Path(bundled).is_file() else None)
