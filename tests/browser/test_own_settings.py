"""A frame with all that settings can add: a logo, links, a navigation of the author's, a style and scripts."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from tests.browser.gates.axe import find_violations
from tests.browser.gates.host import serve_site
from tests.browser.gates.site import BuiltSite
from tests.browser.gates.states import open_state
from tests.conftest import SAMPLE, change_files
from tests.mkdocs_plugin.test_settings_followed import COURSE

from trackbook.mkdocs_plugin.build import build_site

WIDTHS = (320, 390, 1280)


@pytest.fixture(scope="module")
def own_site(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[BuiltSite]:
    root = tmp_path_factory.mktemp("own") / "course"
    shutil.copytree(SAMPLE, root)
    change_files(root, COURSE)
    folder = build_site(root)
    with serve_site(folder) as address:
        yield BuiltSite(folder, address, browser)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", ["about/", "first/alpha/lesson/"])
def test_nobody_is_kept_out(own_site: BuiltSite, path: str, width: int) -> None:
    with own_site.open(path, width, bypass_csp=True) as page:
        assert find_violations(page, f"{path}, {width} px") == []
        if width < 1280:
            with open_state(page, "drawer"):
                assert find_violations(page, f"{path}, {width} px, drawer open") == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_styles_and_scripts_of_the_author_work_under_the_policy(own_site: BuiltSite) -> None:
    with own_site.open("guide/two/", color_scheme="light") as page:
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.reload()
        page.wait_for_function("document.documentElement.dataset.typed === 'yes'")
        told = page.evaluate("({ ...document.documentElement.dataset })")
        assert (told["own"], told["module"]) == ("late", "yes")
        color = page.evaluate("getComputedStyle(document.body).getPropertyValue('--tb-link')")
        assert "00696b" in color
        assert said == []
        assert {url for url in asked if not url.startswith(own_site.address)} == set()
