"""An author's own templates, under `theme: custom_dir:`, come before ours."""

import logging
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser
from tests.conftest import Change

from trackbook.cache import processes as spreading
from trackbook.issue import CourseError
from trackbook.mkdocs_plugin.build import build_site
from trackbook.mkdocs_plugin.live import open_live
from trackbook.plain_host import build_site as build_plain_site


def test_a_template_of_the_author_takes_the_place_of_ours(make_course: Callable[[Change], Path]) -> None:
    root = make_course(
        {
            "mkdocs.yml": {"font: false}": "font: false, custom_dir: ours}"},
            "ours/partials/footer.html": '<footer class="tb-footer">Made by {{ config.site_name }}.</footer>\n',
        }
    )
    page = LexborHTMLParser((build_site(root) / "first/alpha/lesson/index.html").read_text("utf-8"))
    (footer,) = page.css("footer")
    assert footer.text() == "Made by A sample."
    assert page.css_first("header.tb-header")


def test_a_template_of_the_author_finds_what_the_host_says_of_a_page(make_course: Callable[[Change], Path]) -> None:
    shown = "{{ page.title }}, {{ page.active }}, {{ '# Alpha' in page.markdown }}, {{ page.toc | length > 0 }}"
    root = make_course(
        {
            "mkdocs.yml": {"font: false}": "font: false, custom_dir: ours}"},
            "ours/partials/footer.html": f'<footer class="tb-footer">{shown}</footer>\n',
        }
    )
    for cache in (True, True, False):
        page = (build_site(root, cache=cache) / "first/alpha/lesson/index.html").read_text("utf-8")
        assert '<footer class="tb-footer">Alpha, True, True, True</footer>' in page


def test_a_template_of_the_author_in_the_navigation_shows_each_page(make_course: Callable[[Change], Path]) -> None:
    """Ours is made once for all pages of a track that lie equally deep."""
    own = "<li><a href='x'>{{ page.url if page }}</a></li>\n"
    root = make_course(
        {
            "mkdocs.yml": {"font: false}": "font: false, custom_dir: ours}"},
            "ours/partials/nav-lesson.html": own,
        }
    )
    site = build_site(root)
    for page in ("first/alpha/lesson/", "first/alpha/practice/"):
        tree = LexborHTMLParser((site / page / "index.html").read_text("utf-8"))
        assert {link.text() for link in tree.css(".tb-nav ol a")} == {page}


BROKEN = {
    "no condition": ("<footer>\n{% if %}", "footer.html:2: Expected an expression, got 'end of statement block'."),
    "no such name": ("{{ page.title.author.name }}", "footer.html:1: 'str object' has no attribute 'author'."),
    "no such template": ("{% include 'partials/a.html' %}", 'footer.html:1: there is no template "partials/a.html".'),
    "no such number": ("\n\n{{ 1 // 0 }}", "footer.html:3: integer division or modulo by zero."),
    "further in": ("{% include 'partials/heading.html' %}", "heading.html:1: 'foot' is undefined."),
    "beyond the page": ("{{ nav.items.first.second }}", "footer.html:1: 'list object' has no attribute 'first'."),
}


def list_errors(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]


LOST = {
    "mian.html": 'Did you mean "main.html"?',
    "../docs/index.md": "write it in the folder of `custom_dir:` in mkdocs.yml, or drop the line",
}
SETTINGS = {"mkdocs.yml": {"font: false}": "font: false, custom_dir: ours}"}}


@pytest.mark.parametrize("case", BROKEN)
def test_what_is_wrong_in_a_template_of_the_author_is_said_with_its_line(
    make_course: Callable[[Change], Path], case: str, caplog: pytest.LogCaptureFixture
) -> None:
    text, said = BROKEN[case]
    templates = {"ours/partials/footer.html": text, "ours/partials/heading.html": "{{ foot.print }}"}
    root = make_course({**SETTINGS, **templates})
    with pytest.raises(CourseError, match="the last site stays as it was"):
        build_site(root)
    assert list_errors(caplog) == [f"ours/partials/{said} Mend the template, or take it away."]
    assert not (root / "site").exists()


def test_the_host_says_what_is_wrong_in_a_template_too(make_course: Callable[[Change], Path]) -> None:
    root = make_course({**SETTINGS, "ours/partials/footer.html": "{{ 1 // 0 }}"})
    done = subprocess.run(
        [Path(sys.executable).parent / "mkdocs", "build"], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "ours/partials/footer.html:1: integer division or modulo by zero" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", LOST)
def test_a_template_that_a_page_names_and_nobody_has_is_said_with_its_line(
    make_course: Callable[[Change], Path], name: str, caplog: pytest.LogCaptureFixture
) -> None:
    hint = LOST[name]
    said = f'there is no template "{name}".'
    root = make_course({"docs/x.md": f"---\ntitle: X\ntemplate: {name}\n---\n\n# X\n"})
    for build in (build_site, build_plain_site):
        caplog.clear()
        with pytest.raises(CourseError, match="the site was not built"):
            build(root)
        told = [record.message for record in caplog.records if record.levelno == logging.WARNING]
        assert told == [f"docs/x.md:3:1: front-matter-fits: {said}\n    hint: {hint}"]
    with pytest.raises(CourseError) as refused:
        open_live(root, "http://127.0.0.1/").answer("x/")
    assert str(refused.value) == f"docs/x.md:3:1: {said} {hint}"


def test_a_template_of_the_author_is_found_by_its_name(make_course: Callable[[Change], Path]) -> None:
    page = "---\ntemplate: own.html\n---\n\n# X\n"
    root = make_course({**SETTINGS, "ours/own.html": "<p>{{ page.title }} of its own</p>", "docs/x.md": page})
    assert "<p>X of its own</p>" in (build_site(root) / "x/index.html").read_text("utf-8")


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_what_is_wrong_in_a_template_is_said_by_other_processes(
    make_course: Callable[[Change], Path], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(spreading.spread, "__kwdefaults__", {"fewest": 2, "most": 100})
    monkeypatch.setenv("TRACKBOOK_PROCESSES", "2")
    only = "{% if page.title == 'Alpha' %}{{ 1 // 0 }}{% endif %}"
    root = make_course({**SETTINGS, "ours/partials/footer.html": only})
    with pytest.raises(CourseError):
        build_site(root)
    (said,) = list_errors(caplog)
    assert said.startswith("ours/partials/footer.html:1: integer division")
