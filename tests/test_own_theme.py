"""An author's own templates, under `theme: custom_dir:`, come before ours."""

from collections.abc import Callable
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser
from tests.conftest import Change

from trackbook.mkdocs_plugin.build import build_site


def test_a_template_of_the_author_takes_the_place_of_ours(make_course: Callable[[Change], Path]) -> None:
    root = make_course(
        {
            "mkdocs.yml": {"font: false}": "font: false, custom_dir: ours}"},
            "ours/partials/footer.html": '<footer class="tb-footer">Made by {{ config.site_name }}.</footer>\n',
        }
    )
    page = LexborHTMLParser((build_site(root) / "first/alpha/lesson/index.html").read_text("utf-8"))
    (footer,) = page.css("footer")
    assert footer.text() == "Made by Sample."
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
