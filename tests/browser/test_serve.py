"""The overlay that `trackbook serve` puts on pages: it tells what is off, and goes when that is mended."""

from collections.abc import Callable
from pathlib import Path

import yaml
from playwright.sync_api import Browser, Page, Route, expect
from tests.conftest import SAMPLE, TESTS, Change
from tests.serving.server import mend, serving

LESSON = "lessons/first/alpha/lesson.md"
SLOW = 40_000
HOSTILE = yaml.safe_load((TESTS / "cases" / "served.yml").read_text("utf-8"))
PICTURE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" onload="hacked = 1">
<script>hacked = 1</script><style>rect { fill: #080 }</style><rect width="9" height="9"/></svg>"""


def test_broken_yaml_is_told_on_the_page_until_it_is_mended(
    make_course: Callable[[Change], Path], open_page: Callable[..., Page]
) -> None:
    root = make_course({})
    with serving(root) as server:
        page = open_page(f"{server.address}first/alpha/lesson/", viewport={"width": 390, "height": 800})
        button = page.locator("tb-overlay button")
        expect(button).to_have_text("1 advice", timeout=SLOW)
        expect(button).to_have_attribute("aria-expanded", "false")
        button.click()
        page.reload()
        expect(button).to_have_attribute("aria-expanded", "true")
        page.keyboard.press("Escape")
        text = (root / LESSON).read_text("utf-8")
        (root / LESSON).write_text(text.replace("teaches:", "teaches: ["), "utf-8")

        expect(button).to_have_text("1 error", timeout=SLOW)
        overlay = page.get_by_role("region", name="1 error")
        expect(overlay.get_by_role("heading", name="On this page")).to_be_visible()
        expect(overlay.get_by_role("listitem")).to_contain_text(f"{LESSON}:2")
        expect(overlay).to_contain_text('"[" opens here, and no "]" closes it.')
        expect(overlay).to_contain_text('Hint: write "]" where it ends')
        expect(overlay).to_contain_text("This page shows its last good state.")
        expect(page.get_by_role("status").filter(has_text="1 error")).to_have_count(1)
        expect(page.locator("article h2#why")).to_be_visible()
        assert page.evaluate("document.activeElement === document.body")
        page.keyboard.press("Escape")
        expect(button).to_have_attribute("aria-expanded", "false")
        expect(overlay.get_by_role("listitem")).to_be_hidden()

        (root / "lessons/first/beta/lesson.md").write_text("No heading.", "utf-8")  # the same error is still told
        expect(page.get_by_text("Elsewhere in the course")).to_have_count(1, timeout=SLOW)
        mend(root, SAMPLE)
        (root / LESSON).write_text(text.replace("# Alpha", "# Alpha again"), "utf-8")
        expect(page.locator("article h1", has_text="Alpha again")).to_be_visible(timeout=SLOW)
        expect(page.locator("tb-overlay .kept")).to_have_count(0)
        (root / LESSON).write_text(text.replace("teaches:", "teaches: ["), "utf-8")
        expect(button).to_have_text("1 error", timeout=SLOW)
        expect(button).to_have_attribute("aria-expanded", "true")
        page.close()


def test_a_draft_is_as_strict_as_the_published_page(make_course: Callable[[Change], Path], browser: Browser) -> None:
    """Nothing runs, nothing is asked of another host; and what the server itself adds does run."""
    pages = {f"docs/x{number}.md": f"# X\n\n{html}\n" for number, html in enumerate(HOSTILE)}
    root = make_course(pages)
    (root / "docs/dot.svg").write_text(PICTURE, "utf-8")
    (root / "docs/own.html").write_text("<script>hacked = 1</script><img src='https://elsewhere.example/'>", "utf-8")
    (root / "docs/dot.md").write_text("# Dot\n\n![A dot](dot.svg)\n", "utf-8")
    context = browser.new_context()
    asked: list[str] = []

    def note(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(body="hacked = 1", headers={"Access-Control-Allow-Origin": "*"})

    context.route(lambda url: "elsewhere.example" in url, note)
    try:
        with serving(root) as server:
            page = context.new_page()
            for number, html in enumerate(HOSTILE):
                page.goto(f"{server.address}x{number}/", wait_until="load")
                expect(page.locator("tb-overlay")).to_be_attached(timeout=SLOW)
                assert (page.evaluate("typeof hacked"), asked) == ("undefined", []), html
            for file in ("dot.svg", "own.html"):
                page.goto(server.address + file)
                assert (page.evaluate("typeof hacked"), asked) == ("undefined", [])
            page.goto(f"{server.address}dot/")
            assert page.evaluate("document.querySelector('article img').naturalWidth") > 0
            outside = context.new_page()
            outside.set_content(f'<iframe title="x" src="{server.address}"></iframe>')
            outside.wait_for_load_state("networkidle")
            assert [frame.url for frame in outside.frames[1:]] == ["chrome-error://chromewebdata/"]
    finally:
        context.close()
