"""The figures that the bench is for: ratios of medians of one run, and what each must be."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log
from statistics import linear_regression, median

from tests.bench.speed.projects import PROJECTS
from tests.bench.speed.rounds import Run

_FEW = 100
"""Modules of the smaller course in which stock Material is compared."""


@dataclass(frozen=True)
class Limits:
    must: float
    reach: float
    unit: str = ""
    scale: float = 1
    """How many seconds or bytes make one of this unit."""


@dataclass(frozen=True)
class Figure:
    name: str
    limits: Limits
    modules: int
    """Of how large a course, 0 for all sizes together."""
    measured: float | None
    """None where something it needs was not measured."""

    @property
    def verdict(self) -> str:
        if self.measured is None:
            return "not measured"
        return "held" if self.measured <= self.limits.must else "missed"


@dataclass(frozen=True)
class Medians:
    """Medians of the runs of a step, by project and size of the course. What is 0 was not measured."""

    runs: tuple[Run, ...]

    def find(self, project: str, step: str, modules: int, what: str) -> float | None:
        values = [
            float(getattr(run, what))
            for run in self.runs
            if (run.project, run.step, run.modules) == (project, step, modules)
        ]
        return median(values) if any(values) else None

    def list_sizes(self, project: str, step: str = "build cold") -> list[int]:
        return sorted({run.modules for run in self.runs if (run.project, run.step) == (project, step)})


def make_figures(runs: Iterable[Run]) -> list[Figure]:
    """The table of what must hold, each line at the largest size for which there is all that it needs.

    Stock Material is compared at two sizes, 1,600 and 400 pages: its navigation is quadratic.
    """
    medians = Medians(tuple(runs))
    return [
        _compare_builds(medians, "cold build, wall ÷ pruned Material's", Limits(0.75, 0.45), "pruned", "wall"),
        _compare_builds(medians, "cold build, CPU ÷ pruned Material's", Limits(1.1, 0.8), "pruned", "cpu"),
        _compare_builds(medians, "cold build, wall ÷ stock Material's", Limits(0.25, 0.15), "stock", "wall"),
        _compare_builds(medians, "the same of 400 pages", Limits(0.6, 0.4), "stock", "wall", most=_FEW),
        _compare_with_former(medians, "cold build, CPU ÷ before", "build cold"),
        _compare_with_former(medians, "warm build, nothing changed, CPU ÷ before", "build unchanged"),
        _compare_with_former(medians, "warm build, one lesson changed, CPU ÷ before", "build edited"),
        Figure("growth exponent of CPU over N", Limits(1.05, 1.0), 0, fit_growth(medians, "ours")),
        _compare_steps(medians, "warm build, nothing changed, CPU ÷ cold", Limits(0.10, 0.03), "build unchanged"),
        _compare_steps(medians, "warm build, one lesson changed, CPU ÷ cold", Limits(0.15, 0.05), "build edited"),
        _take(medians, "save → new HTML served", Limits(0.1, 0.03, "ms", 0.001), "save to served", "wall"),
        _take(medians, "serve ready, caches warm", Limits(2, 0.5, "s"), "serve ready", "wall"),
        _compare_steps(medians, "check, cold, CPU ÷ cold build", Limits(0.25, 0.1), "check cold"),
        _take(
            medians,
            "peak memory, cold build, all processes",
            Limits(800e6, 400e6, "MB", 1e6),
            "build cold",
            "memory",
        ),
    ]


def fit_exponent(points: Mapping[int, float]) -> float:
    """The b of y = a·xᵇ, by least squares of log y against log x. Takes two points or more."""
    return linear_regression([log(x) for x in points], [log(y) for y in points.values()]).slope


def fit_growth(medians: Medians, project: str) -> float | None:
    """How the processor's seconds of a cold build grow with the number of modules; None with fewer than two sizes."""
    points = {size: medians.find(project, "build cold", size, "cpu") or 0 for size in medians.list_sizes(project)}
    return fit_exponent(points) if len(points) > 1 else None


def _compare_builds(
    medians: Medians, name: str, limits: Limits, other: str, what: str, *, most: int | None = None
) -> Figure:
    """`most` are the modules of the largest course that counts."""
    sizes = set(medians.list_sizes("ours")) & set(medians.list_sizes(other))
    size = max((one for one in sizes if one <= (most or PROJECTS[other].compared)), default=0)
    theirs = medians.find(other, "build cold", size, what)
    return Figure(name, limits, size, _divide(medians.find("ours", "build cold", size, what), theirs))


def _compare_with_former(medians: Medians, name: str, step: str) -> Figure:
    """What simplicity may cost, where an earlier commit was measured too."""
    size = max(set(medians.list_sizes("ours", step)) & set(medians.list_sizes("former", step)), default=0)
    former = medians.find("former", step, size, "cpu")
    return Figure(name, Limits(1.1, 1.0), size, _divide(medians.find("ours", step, size, "cpu"), former))


def _compare_steps(medians: Medians, name: str, limits: Limits, step: str) -> Figure:
    size = max(medians.list_sizes("ours", step), default=0)
    cold = medians.find("ours", "build cold", size, "cpu")
    return Figure(name, limits, size, _divide(medians.find("ours", step, size, "cpu"), cold))


def _take(medians: Medians, name: str, limits: Limits, step: str, what: str) -> Figure:
    size = max(medians.list_sizes("ours", step), default=0)
    return Figure(name, limits, size, medians.find("ours", step, size, what))


def _divide(one: float | None, other: float | None) -> float | None:
    return None if one is None or not other else one / other
