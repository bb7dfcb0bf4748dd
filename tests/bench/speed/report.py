"""What the bench prints, and the JSON that it keeps."""

import json
import os
import platform
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from tests.bench.speed.figures import Figure, Medians, fit_growth
from tests.bench.speed.projects import PROJECTS
from tests.bench.speed.rounds import Run

_PACKAGES = ("trackbook", "mkdocs", "mkdocs-material", "markdown", "pymdown-extensions", "pygments", "pagefind")
_STEPS = ("build unchanged", "build edited", "check cold", "check unchanged", "serve ready", "save to served")


@dataclass(frozen=True)
class Machine:
    processors: int
    python: str
    system: str
    packages: dict[str, str]
    load_before: tuple[float, float, float]
    load_after: tuple[float, float, float]


def describe_machine(load_before: tuple[float, float, float]) -> Machine:
    packages = {name: version(name) for name in _PACKAGES}
    system = f"{platform.system()} {platform.machine()}"
    return Machine(os.cpu_count() or 1, platform.python_version(), system, packages, load_before, os.getloadavg())


def write_report(path: Path, machine: Machine, runs: Sequence[Run], figures: Sequence[Figure]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [{**asdict(figure), "verdict": figure.verdict} for figure in figures]
    report = {"machine": asdict(machine), "figures": lines, "runs": [asdict(run) for run in runs]}
    path.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", "utf-8")


def read_runs(path: Path) -> list[Run]:
    return [Run(**run) for run in json.loads(path.read_text("utf-8"))["runs"]]


def write_table(figures: Sequence[Figure]) -> Iterator[str]:
    yield f"{'':44}{'modules':>8}{'must':>10}{'reach for':>11}{'measured':>12}"
    for figure in figures:
        limits = figure.limits
        must, reach = (f"≤ {number / limits.scale:g}" for number in (limits.must, limits.reach))
        modules = f"{figure.modules:,}" if figure.modules else ""
        line = f"{figure.name:44}{modules:>8}{must:>10}{reach:>11}{_measure_in_words(figure):>12}"
        yield f"{line}  {figure.verdict}"


def write_raw(runs: Sequence[Run]) -> Iterator[str]:
    """Medians of everything, a line each."""
    medians = Medians(tuple(runs))
    yield f"{'cold build':22}{'modules':>8}{'CPU s':>9}{'wall s':>9}{'memory MB':>11}{'site MB':>9}{'lesson kB':>11}"
    for name, project in PROJECTS.items():
        for size in medians.list_sizes(name):
            cpu, wall, memory, output, lesson = (
                medians.find(name, "build cold", size, what) or 0
                for what in ("cpu", "wall", "memory", "output", "lesson")
            )
            work = f"{project.title:22}{size:>8,}{cpu:>9.2f}{wall:>9.2f}{memory / 1e6:>11.0f}"
            yield f"{work}{output / 1e6:>9.1f}{lesson / 1e3:>11.1f}"
        growth = fit_growth(medians, name)
        if growth is not None:
            yield f"{'':22}{'growth':>8}{growth:>9.2f}"
    yield ""
    yield f"{'other steps':40}{'modules':>8}{'CPU s':>9}{'wall s':>9}{'memory MB':>11}"
    for step in _STEPS:
        for name, project in PROJECTS.items():
            for size in medians.list_sizes(name, step):
                cpu, wall, memory = (medians.find(name, step, size, what) or 0 for what in ("cpu", "wall", "memory"))
                title = f"{project.title}: {step}"
                spent = f"{cpu:.2f}" if cpu else ""
                held = f"{memory / 1e6:.0f}" if memory else ""
                yield f"{title:40}{size:>8,}{spent:>9}{wall:>9.3f}{held:>11}"


def write_machine(machine: Machine) -> Iterator[str]:
    before, after = (", ".join(f"{load:.2f}" for load in loads) for loads in (machine.load_before, machine.load_after))
    yield f"{machine.processors} processors, {machine.system}, Python {machine.python}"
    yield f"load before: {before}; after: {after}"
    yield ", ".join(f"{name} {number}" for name, number in machine.packages.items())


def _measure_in_words(figure: Figure) -> str:
    if figure.measured is None:
        return ""
    digits = 0 if figure.limits.unit in {"ms", "MB"} else 2
    return f"{figure.measured / figure.limits.scale:.{digits}f} {figure.limits.unit}".strip()
