"""The gates by their names: what each allows, and whether it says the same on every machine."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.browser.gates import (
    axe,
    first_quiz,
    fling,
    interaction,
    layout_shift,
    lighthouse_scores,
    offline,
    paper,
    policy,
    scale,
    script_weight,
    tab_walk,
    third_party,
    validity,
    weight,
    without_script,
)
from tests.browser.gates.site import BuiltSite, Result

Measure = Callable[[BuiltSite, Mapping[str, str]], Result]


@dataclass(frozen=True)
class Gate:
    """A figure that the site holds. One that is `by_page` can be measured for some pages alone.

    One that is `only_asked` takes minutes, and is measured when its name is given.
    """

    limit: str
    measure: Measure
    by_page: bool = True
    steady: bool = True
    only_asked: bool = False


GATES = {
    "axe": Gate("0 violations", axe.measure),
    "tab-walk": Gate("0 faults", tab_walk.measure),
    "validity": Gate("0 errors", validity.measure, by_page=False),
    "policy": Gate("0 violations", policy.measure, by_page=False),
    "third-party": Gate("0 requests", third_party.measure, by_page=False),
    "weight": Gate("150 kB without fonts, 300 kB with", weight.measure, by_page=False),
    "script": Gate("3 kB more than before the record was told", script_weight.measure, by_page=False),
    "layout-shift": Gate("0.01", layout_shift.measure),
    "fling": Gate("0.01 at a quarter of the speed", fling.measure, by_page=False, steady=False),
    "first-quiz": Gate("2.0 s at a quarter of the speed", first_quiz.measure, by_page=False, steady=False),
    "interaction": Gate("200 ms at a quarter of the speed", interaction.measure, by_page=False, steady=False),
    "lighthouse": Gate("performance 95, others 100", lighthouse_scores.measure, by_page=False, steady=False),
    "without-script": Gate("0 sentences lost", without_script.measure),
    # Its tests are a part of every run of the tests already.
    "offline": Gate("all of a kept track", offline.measure, by_page=False, steady=False),
    "paper": Gate("0 faults", paper.measure, by_page=False),
    "scale": Gate("same lesson ±5 %, search 450 kB", scale.measure, by_page=False, steady=False, only_asked=True),
}
