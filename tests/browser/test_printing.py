"""`trackbook check --site --print`: cheatsheets of a small site, printed."""

import shutil
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.conftest import TESTS, change_files

from trackbook.built_site import read_site
from trackbook.built_site.printing import measure_sheets

SHEET = "track/module/cheatsheet/index.html"


def measure(folder: Path) -> Mapping[str, Mapping[str, int]]:
    """In a thread of its own: the one of the tests may hold another browser."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(measure_sheets, read_site(folder), folder).result()


def test_pages_of_each_paper_are_counted_and_styles_are_loaded(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    shutil.copytree(TESTS / "small_site", folder)
    moved = '<title>Moved</title><meta http-equiv="refresh" content="0; url=../../../track/module/cheatsheet/">'
    change_files(folder, {"track/old/cheatsheet/index.html": moved})
    assert measure(folder) == {SHEET: {"A4": 1, "Letter": 1}}
    change_files(
        folder,
        {"style.css": "@media print { p { height: 270mm; margin: 0 } h1 { display: none } @page { margin: 5mm } }"},
    )
    assert measure(folder) == {SHEET: {"A4": 1, "Letter": 2}}
