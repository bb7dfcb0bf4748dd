"""A course of 1,000 modules more: its lessons weigh what they weigh in ours, and a search of it stays light."""

import gzip
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Response, expect
from tests.browser.gates.host import serve_site
from tests.browser.gates.pages import PAGES
from tests.browser.gates.site import BuiltSite, Result
from tests.browser.gates.weight import weigh_answer, weigh_lesson
from tests.synthetic import make_common_words, write_course

from trackbook.publishing.addresses import WORDS

ROOT = Path(__file__).parents[3]
MODULES = 1000
SEARCH = 450_000
MOST_WORDS = 40_000
DRIFT = 0.05
LESSONS = ("attention lesson", "query, key, value lesson", "convolution lesson")


def measure(site: BuiltSite, _pages: Mapping[str, str]) -> Result:
    with make_large_site(site, MODULES) as large:
        drifts = {name: compare_lesson(site, large, PAGES[name]) for name in LESSONS}
        searches = {query: weigh_search(large, query) for query in list_queries()}
        words = len(gzip.compress((large.folder / WORDS).read_bytes()))
    breaches = [f"{name}: {drift:+.1%}" for name, drift in drifts.items() if abs(drift) > DRIFT]
    breaches += [f"“{query}”: {weight / 1000:.0f} kB" for query, weight in searches.items() if weight > SEARCH]
    breaches += [f"the words of its names: {words / 1000:.0f} kB"] if words > MOST_WORDS else []
    heaviest, usual = max(searches.values()), median(searches.values())
    drift = max(drifts.values(), key=abs)
    weights = f"search {heaviest / 1000:.0f} kB at most, {usual / 1000:.0f} kB usually, {words / 1000:.0f} kB of words"
    return Result(f"lesson {drift:+.1%}, {weights}", breaches)


@contextmanager
def make_large_site(site: BuiltSite, modules: int) -> Iterator[BuiltSite]:
    """Our own course with so many modules more, built and served."""
    with TemporaryDirectory() as folder:
        root = write_course(Path(folder) / "course", modules, beside=ROOT)
        subprocess.run([sys.executable, "-m", "trackbook", "build"], cwd=root, check=True, stdout=subprocess.DEVNULL)
        with serve_site(root / "site") as address:
            yield BuiltSite(root / "site", address, site.browser)


def compare_lesson(site: BuiltSite, large: BuiltSite, path: str) -> float:
    """How much more the first view weighs in the large course, fonts included, as a share."""
    return weigh_lesson(large, path)[1] / weigh_lesson(site, path)[1] - 1


def list_queries() -> list[str]:
    """A concept, two words, a question, what made-up pages say most often, a word half typed, and a slip."""
    first, second, third = make_common_words(3)
    ours = ["attention", "hidden state", "why does the number of comparisons grow", "network", "gradi", "atention"]
    return [*ours, first, second, f"{second} {third}", f"what is the {third} of attention"]


def weigh_search(site: BuiltSite, query: str) -> int:
    """Bytes of a first search: the dialog, its code, the index as far as it is needed, and ten results."""
    context = site.browser.new_context()
    answers: list[Response] = []
    page = context.new_page()
    page.goto(site.address + PAGES["attention lesson"], wait_until="networkidle")
    context.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 (playwright refuses a builtin)
    page.keyboard.press("/")
    field = page.get_by_role("searchbox")
    expect(field).to_be_focused()
    field.press_sequentially(query, delay=20)
    expect(page.locator("dialog .tb-search-status")).not_to_be_empty(timeout=60_000)
    expect(page.locator("dialog [aria-busy]")).to_have_count(0, timeout=60_000)
    page.wait_for_load_state("networkidle")
    weight = sum(weigh_answer(answer) for answer in answers)
    context.close()
    return weight
