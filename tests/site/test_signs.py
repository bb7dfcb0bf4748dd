"""Where a course asks for curly quotation marks, its plain texts have them too, and numbers below zero a minus sign."""

from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from tests.conftest import Change
from tests.mkdocs_plugin.test_build import run

MakeCourse = Callable[[Change], Path]
TEXT = """# Signs

## A -3

It is -3, (-1, 2) and **-5**, but x-1, `GPT`-3 and `-4`.

| a | b |
| --- | --- |
| -1 | 0, -2 |
"""


@pytest.mark.parametrize("asked", [True, False], ids=["asked for", "not"])
def test_signs(make_course: MakeCourse, asked: bool) -> None:
    settings = {"plugins:": "markdown_extensions: [smarty]\nplugins:"} if asked else {}
    summary = {"Where it starts.": """It isn't a "test" & *that*, at -3."""}
    root = make_course({"docs/signs.md": TEXT, "mkdocs.yml": settings, "lessons/first/alpha/overview.md": summary})
    run("trackbook", "build", "--host", "plain", cwd=root)
    page, overview = ((root / f"site/{path}/index.html").read_text("utf-8") for path in ("signs", "first/alpha"))
    minus = "−" if asked else "-"
    said = (
        f"It is {minus}3, ({minus}1, 2) and <strong>{minus}5</strong>, but x-1, <code>GPT</code>-3 and <code>-4</code>."
    )
    assert said in page
    assert f"<td>{minus}1</td>" in page
    assert f"<td>0, {minus}2</td>" in page
    assert 'id="a--3"' in page
    curled = "It isn’t a “test” & *that*, at −3." if asked else """It isn't a "test" & *that*, at -3."""
    assert f'<p class="tb-lede">{curled}</p>' in unescape(overview)
