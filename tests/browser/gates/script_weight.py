"""Pages without widgets stay light in script: before anything is pressed, for newcomers and for who has a record."""

import gzip
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from playwright.sync_api import BrowserContext, Response
from tests.browser.gates.pages import LAPTOP, PAGES
from tests.browser.gates.site import BuiltSite, Result

MORE = 3000
# Bytes of script, compressed, when the learner's record began to be told on these pages.
BEFORE = {
    "track": 14784,
    "overview": 11800,
    "cheatsheet": 11800,
    "glossary": 6314,
    "map": 6314,
    "Markdown page": 6587,
}


def measure(site: BuiltSite, _pages: Mapping[str, str]) -> Result:
    weights = dict(weigh_all(site))
    over = {
        view: weight - BEFORE[view.partition(",")[0]]
        for view, weight in weights.items()
        if weight > BEFORE[view.partition(",")[0]] + MORE
    }
    most = max(weight - BEFORE[view.partition(",")[0]] for view, weight in weights.items())
    return Result(f"{most:+,} bytes at most", [f"{view}: {more:+,} bytes" for view, more in over.items()])


def weigh_all(site: BuiltSite) -> Iterator[tuple[str, int]]:
    for name in BEFORE:
        with open_context(site) as context:
            yield f"{name}, no record", weigh_script(context, site.address + PAGES[name])
    with open_context(site) as context:
        answer_question(context, site.address)
        for name in BEFORE:
            yield f"{name}, with a record", weigh_script(context, site.address + PAGES[name])


@contextmanager
def open_context(site: BuiltSite) -> Iterator[BrowserContext]:
    context = site.browser.new_context(viewport={"width": LAPTOP, "height": 844})
    try:
        yield context
    finally:
        context.close()


def answer_question(context: BrowserContext, address: str) -> None:
    """Makes a record. The first page after something new works it out once, and others then find it."""
    page = context.new_page()
    page.goto(address + PAGES["practice"])
    quiz = page.locator("tb-quiz").first
    quiz.scroll_into_view_if_needed()
    quiz.get_by_role("radio").first.check()
    quiz.locator("button.tb-main").click()
    quiz.locator(".tb-feedback").first.wait_for()
    page.goto(address + PAGES["overview"])
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(500)
    page.close()


def weigh_script(context: BrowserContext, address: str) -> int:
    page = context.new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 (playwright refuses a builtin)
    page.goto(address, wait_until="networkidle")
    page.wait_for_timeout(500)
    scripts = {answer.url: answer.body() for answer in answers if answer.url.endswith(".js")}
    page.close()
    return sum(len(gzip.compress(content, 9, mtime=0)) for content in scripts.values())
