"""Lighthouse on a phone, the median of five runs: performance 95, the other scores 100."""

import json
from collections.abc import Mapping
from statistics import median

from tests.browser.gates.packages import run_lighthouse
from tests.browser.gates.pages import PAGES
from tests.browser.gates.site import BuiltSite, Result

RUNS = 5
LIMITS = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
LOOKED_AT = ("home", "attention lesson")


def measure(site: BuiltSite, _pages: Mapping[str, str]) -> Result:
    breaches, figures = [], []
    for name in LOOKED_AT:
        scores = score_page(site.address + PAGES[name])
        figures.append(f"{name} {' '.join(f'{score:.0f}' for score in scores.values())}")
        breaches += [
            f"{name}: {category} {scores[category]:.0f}"
            for category, limit in LIMITS.items()
            if scores[category] < limit
        ]
    return Result(", ".join(figures), breaches)


def score_page(url: str) -> dict[str, float]:
    """The median of each score of a page."""
    categories = ",".join(LIMITS)
    runs = [
        json.loads(
            run_lighthouse(
                [url, "--quiet", "--output=json", f"--only-categories={categories}",
                 "--chrome-flags=--headless=new --no-sandbox"]
            )
        )["categories"]
        for _ in range(RUNS)
    ]  # fmt: skip
    return {category: median(100 * run[category]["score"] for run in runs) for category in LIMITS}
