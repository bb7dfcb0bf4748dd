"""What stands in the foot of a page and comes when it is asked for: a report of a mistake, and help with keys."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect
from tests.runs import with_long

Open = Callable[..., Page]
SIZES: list[ViewportSize] = [{"width": 1280, "height": 720}, {"width": 390, "height": 780}]
FORM = "https://github.com/a/b/issues/new?title={title}&body={text}"
LINK = f'class="tb-report" href="https://github.com/a/b" data-form="{FORM}" data-title="One &amp; two"'
REPORT = f"<p><a {LINK}>Report</a></p>"
KEYS = '<p><button class="tb-keys" type="button">Keyboard help</button></p>'
TEXT = """<h1>One</h1><p id="before">Before all.</p><h2 id="first">First</h2><p>One.</p>
<h2 id="costs">What it costs<a class="headerlink" href="#costs">¶</a></h2>
<p id="words">Twice the text, four times the work.</p><h2 id="last">Last</h2><p>Three.</p>"""


@pytest.fixture(scope="module")
def url(write_article: Callable[[str], Path], serve: Callable[[Path], str]) -> str:
    return serve(write_article(TEXT + REPORT + KEYS + '<input aria-label="Name">'))


def choose(page: Page, id_: str) -> None:
    page.locator(f"#{id_}").evaluate("(one) => getSelection().selectAllChildren(one)")


def read_told(dialog: Locator) -> tuple[str, str]:
    """Title and text of what the link in the dialog leads away with."""
    href = dialog.get_by_role("link").get_attribute("href") or ""
    assert href.startswith("https://github.com/a/b/issues/new?")
    query = parse_qs(urlsplit(href).query)
    return query["title"][0], query["body"][0].replace("\r\n", "\n")


@pytest.mark.parametrize("size", with_long(SIZES, lambda size: size["width"] < 400))
@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_report_tells_page_place_and_words_after_it_showed_them(
    open_page: Open, url: str, size: ViewportSize, by: str
) -> None:
    page = open_page(url, viewport=size)
    choose(page, "words")
    link = page.get_by_role("link", name="Report")
    link.click() if by == "mouse" else link.press("Enter")
    dialog = page.get_by_role("dialog", name="Report a mistake")
    expect(dialog).to_be_visible()
    rows = dialog.locator("dl > div").all_inner_texts()
    assert [row.split("\n")[0] for row in rows] == ["Page", "Place", "Chosen words"]
    expect(dialog).to_contain_text("What it costs")
    expect(dialog).to_contain_text("“Twice the text, four times the work.”")
    expect(dialog).to_contain_text("github.com")
    field = dialog.get_by_label("What is wrong?")
    expect(field).to_be_focused()
    page.keyboard.type("It is four & more.")
    told = ["Page: One & two", f"{url}#costs", "Place: What it costs", "> Twice the text, four times the work."]
    assert read_told(dialog) == ("Mistake on the page “One & two”", "\n\n".join([*told, "It is four & more."]))
    assert dialog.evaluate("(one) => one.scrollWidth <= one.clientWidth")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(link).to_be_focused()


def test_report_without_chosen_words_tells_the_page_alone(open_page: Open, url: str) -> None:
    page = open_page(url)
    page.get_by_role("link", name="Report").click()
    dialog = page.get_by_role("dialog")
    assert read_told(dialog)[1] == f"Page: One & two\n\n{url}"
    dialog.get_by_role("button", name="Cancel").click()
    choose(page, "before")
    page.get_by_role("link", name="Report").click()
    assert read_told(dialog)[1] == f"Page: One & two\n\n{url}\n\n> Before all."


def test_report_cuts_words_that_no_address_could_hold(open_page: Open, url: str) -> None:
    page = open_page(url)
    page.locator("#words").evaluate("(one) => one.textContent = '💡 '.repeat(2000)")
    choose(page, "words")
    page.get_by_role("link", name="Report").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("What is wrong?").fill("ß" * 5000)
    assert len(dialog.get_by_role("link").get_attribute("href") or "") < 8000


def test_report_leads_on_where_its_script_does_not_come(open_page: Open, url: str) -> None:
    page = open_page(url)
    page.route("**/report-*.js", lambda route: route.fulfill(body="throw 1", content_type="text/javascript"))
    page.route("https://github.com/**", lambda route: route.fulfill(body="<title>Form</title>"))
    page.get_by_role("link", name="Report").click()
    expect(page).to_have_title("Form")


def test_every_page_of_a_course_with_an_address_has_the_link(
    open_page: Open, serve: Callable[[Path], str], hebrew_site: Path
) -> None:
    page = open_page(f"{serve(hebrew_site)}counting/two/lesson/", viewport=SIZES[1], java_script_enabled=False)
    link = page.locator("a.tb-report")
    href = link.get_attribute("href") or ""
    assert href.startswith("mailto:teacher@example.org?subject=")
    assert "counting/two/lesson/" in parse_qs(urlsplit(href).query)["body"][0]
    expect(page.locator(".tb-keys")).to_be_hidden()


@pytest.mark.parametrize("size", with_long(SIZES, lambda size: size["width"] < 400))
def test_question_mark_shows_the_keys_of_this_page(open_page: Open, url: str, size: ViewportSize) -> None:
    page = open_page(url, viewport=size)
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog.get_by_role("heading")).to_have_text(["Keys", "Everywhere"])
    expect(dialog).to_contain_text("Ctrl")
    assert dialog.evaluate("(one) => one.scrollWidth <= one.clientWidth")
    page.keyboard.press("?")
    expect(dialog).to_have_count(1)
    dialog.get_by_role("button", name="Close").press("Enter")
    expect(dialog).to_have_count(0)


def test_button_shows_the_keys_and_gets_the_focus_back(open_page: Open, url: str) -> None:
    page = open_page(url)
    button = page.get_by_role("button", name="Keyboard help")
    button.press("Enter")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(button).to_be_focused()


def test_letters_that_are_off_or_typed_show_nothing(open_page: Open, url: str) -> None:
    page = open_page(url)
    page.get_by_label("Name").press("?")
    expect(page.get_by_label("Name")).to_have_value("?")
    page.evaluate("document.documentElement.dataset.keys = 'off'; document.activeElement.blur()")
    page.keyboard.press("?")
    page.get_by_role("button", name="Keyboard help").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("switched off")
    assert "/" not in dialog.locator("kbd").all_inner_texts()


def test_keys_of_cards_and_questions_are_told_where_some_are(
    open_page: Open, serve: Callable[[Path], str], hebrew_site: Path
) -> None:
    page = open_page(f"{serve(hebrew_site)}counting/two/practice/")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog").get_by_role("heading").first).to_have_text("Tasten")
    assert page.get_by_role("dialog").get_by_role("heading").count() > 2


@pytest.mark.parametrize(("outcome", "told"), [("accepted", "Installiert."), ("dismissed", "Nicht installiert.")])
def test_install_is_offered_where_the_browser_can_and_never_by_itself(
    open_page: Open, serve: Callable[[Path], str], hebrew_site: Path, outcome: str, told: str
) -> None:
    page = open_page(f"{serve(hebrew_site)}offline/", viewport=SIZES[1])
    button = page.get_by_role("button", name="Installieren")
    page.locator("tb-offline[data-state]").first.wait_for(state="attached")
    expect(button).to_be_hidden()
    page.evaluate(f"""() => {{
        const event = new Event("beforeinstallprompt", {{ cancelable: true }});
        event.prompt = async () => {{ window.asked = (window.asked ?? 0) + 1; return {{ outcome: "{outcome}" }} }};
        window.kept = !dispatchEvent(event);
    }}""")
    assert page.evaluate("[window.kept, window.asked ?? 0]") == [True, 0]
    button.press("Enter")
    expect(page.locator(".tb-install [role=status]")).to_contain_text(told)
    expect(page.locator(".tb-install [role=status]")).to_be_focused()
    assert page.evaluate("window.asked") == 1
