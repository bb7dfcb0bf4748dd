"""The first quiz of a lesson answers soon on a slow phone: from nothing kept to the feedback that a reader sees."""

from collections.abc import Mapping
from statistics import median
from typing import cast

from tests.browser.gates.pages import PHONE
from tests.browser.gates.site import BuiltSite, Result

LIMIT = 2.0
"""Seconds."""
RUNS = 5
# The richest lesson that has one, and two more with much before it.
LOOKED_AT = (
    "deep-learning/attention-in-brief/lesson/",
    "transformers/multi-head-attention/lesson/",
    "transformers/query-key-value/lesson/",
)
SLOWER = 4
LINE = {"offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8}
# The reader is there at once, and presses until something answers. Times are from the beginning of the navigation.
PRESS = """
window.tbAnswered = new Promise((answered) => addEventListener("DOMContentLoaded", () => {
  const quiz = document.querySelector("tb-quiz");
  quiz.scrollIntoView({ behavior: "instant", block: "center" });
  const press = () => {
    if (quiz.querySelector(".tb-feedback")?.textContent) return answered(performance.now() / 1000);
    quiz.querySelector("input[type=radio]")?.click();
    quiz.querySelector("button.tb-main")?.click();
    setTimeout(press, 10);
  };
  press();
}));
"""


def measure(site: BuiltSite, _pages: Mapping[str, str]) -> Result:
    times = {path: [time_quiz(site, path) for _ in range(RUNS)] for path in LOOKED_AT}
    slowest = max(median(each) for each in times.values())
    breaches = [
        f"{path}: {median(each):.2f} s, between {min(each):.2f} and {max(each):.2f} s"
        for path, each in times.items()
        if median(each) > LIMIT
    ]
    return Result(f"{slowest:.2f} s at most, {min(min(times.values())):.2f} s at best", breaches)


def time_quiz(site: BuiltSite, path: str) -> float:
    """Seconds from the navigation's beginning to the feedback of the page's first quiz."""
    context = site.browser.new_context(viewport={"width": PHONE, "height": 844}, is_mobile=True, has_touch=True)
    try:
        context.add_init_script(PRESS)
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", LINE)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.goto(site.address + path, wait_until="commit")
        return cast(float, page.evaluate("window.tbAnswered"))
    finally:
        context.close()
