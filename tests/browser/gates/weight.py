"""The first view of a lesson is light: what a browser fetches on load, compressed, without and with fonts."""

import gzip
from collections.abc import Mapping

from playwright.sync_api import Response
from tests.browser.gates.host import COMPRESSED
from tests.browser.gates.pages import LAPTOP, PHONE
from tests.browser.gates.site import BuiltSite, Result, list_lessons

WITHOUT_FONTS, WITH_FONTS = 150_000, 300_000


def measure(site: BuiltSite, _pages: Mapping[str, str]) -> Result:
    """Every lesson of the site, on a phone and on a laptop."""
    weights = {lesson: weigh_lesson(site, lesson) for lesson in list_lessons(site)}
    breaches = [
        f"{lesson}: {say_weight(weight)}"
        for lesson, weight in weights.items()
        if weight[0] > WITHOUT_FONTS or weight[1] > WITH_FONTS
    ]
    return Result(f"{say_weight(max(weights.values()))} at most, in {len(weights)} lessons", breaches)


def weigh_lesson(site: BuiltSite, path: str) -> tuple[int, int]:
    return max(weigh_view(site, path, width) for width in (PHONE, LAPTOP))


def weigh_view(site: BuiltSite, path: str, width: int) -> tuple[int, int]:
    """Bytes without fonts, and with them, fetched for the first screen of an empty browser."""
    context = site.browser.new_context(viewport={"width": width, "height": 844})
    answers: list[Response] = []
    context.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 (playwright refuses a builtin)
    page = context.new_page()
    page.goto(site.address + path, wait_until="networkidle")
    weights = [(answer.url.endswith(".woff2"), weigh_answer(answer)) for answer in answers]
    context.close()
    return sum(bytes_ for font, bytes_ in weights if not font), sum(bytes_ for _, bytes_ in weights)


def weigh_answer(answer: Response) -> int:
    content = answer.body()
    return len(content) if answer.url.endswith(tuple(COMPRESSED)) else len(gzip.compress(content, 9, mtime=0))


def say_weight(weight: tuple[int, int]) -> str:
    return f"{weight[0] / 1000:.0f} kB without fonts, {weight[1] / 1000:.0f} kB with"
