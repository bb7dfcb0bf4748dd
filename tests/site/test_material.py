"""Material's sheet, cut to what texts can match."""

import re
from pathlib import Path

import pytest

from trackbook.site.material import trim_sheet

CASES = [
    ("html{margin:0}", "html{margin:0}"),
    (".md-typeset a{color:red}", ".md-typeset a{color:red}"),
    (".md-nav a{color:red}", ""),
    (".md-nav a,.md-typeset a{color:red}", ".md-typeset a{color:red}"),
    (".md-header .md-typeset a{color:red}", ""),
    (".md-typeset .md-button--primary{color:red}", ".md-typeset .md-button--primary{color:red}"),
    (".md-typeset :is(h1,h2):not(.md-nav){margin:0}", ".md-typeset :is(h1,h2):not(.md-nav){margin:0}"),
    ('.md-typeset [title=".md-nav,"]{margin:0}', '.md-typeset [title=".md-nav,"]{margin:0}'),
    (".highlight pre{margin:0}", ".highlight pre{margin:0}"),
    ("@media print{.md-nav{margin:0}}", ""),
    ("@media print{.md-nav{margin:0}.md-typeset{margin:1px}}", "@media print{.md-typeset{margin:1px}}"),
    ("@keyframes turn{to{rotate:1turn}}", "@keyframes turn{to{rotate:1turn}}"),
    ("@font-face{font-family:x}", "@font-face{font-family:x}"),
    ("/* ! */html{margin:0}", "html{margin:0}"),
]


@pytest.mark.parametrize(("text", "trimmed"), CASES)
def test_only_rules_for_texts_stay(text: str, trimmed: str) -> None:
    assert trim_sheet(text) == trimmed


def test_the_site_gives_the_trimmed_sheet_alone(site: Path) -> None:
    [sheet] = site.glob("assets/material-*.css")
    text = sheet.read_text("utf-8")
    assert len(text) < 80_000
    assert set(re.findall(r"\.(md-[\w-]+)", re.sub(r"\([^()]*\)", "", text))) <= {
        *("md-typeset", "md-button", "md-button--primary", "md-icon"),
    }
    assert f"assets/{sheet.name}" in (site / "index.html").read_text("utf-8")
    assert not list(site.glob("assets/stylesheets/*"))
