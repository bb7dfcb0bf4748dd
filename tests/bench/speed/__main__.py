"""How much work it is to build, check and serve a course of any size, beside others who build the same words.

All are measured in turns in one run, each command in a process of its own, in fresh folders. It fails when a figure
misses what it must be.
"""

import argparse
import os
import shutil
import signal
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.speed.figures import make_figures
from tests.bench.speed.projects import FORMER, OURS, PROJECTS, PRUNED, ROOT, STOCK, Project
from tests.bench.speed.report import describe_machine, write_machine, write_raw, write_report, write_table
from tests.bench.speed.rounds import Run, build_cold, build_warm, check, serve_site
from tests.bench.speed.work import CommandError
from tests.synthetic.plan import Track, plan_course

SIZES, ROUNDS, SAVES, SAVES_OF_OTHERS = (25, 100, 400, 1000), 3, 5, 2
SERVED_AT_MOST = 100
"""Modules beyond which others are not served: they build everything at each save."""
WARM_UP = 3
_OF_THE_TABLE = (OURS, FORMER, PRUNED, STOCK)


def main() -> int:
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that servers and folders go when it is ended
    options = read_options()
    projects = [PROJECTS[name] for name in options.only if PROJECTS[name].is_installed]
    for name in options.only:
        if PROJECTS[name] not in projects:
            print(f"{PROJECTS[name].title} is not installed, and left out.")
    load = os.getloadavg()
    runs: list[Run] = []
    failed = False
    with TemporaryDirectory(prefix="trackbook-bench-") as folder:
        try:
            for run in measure(Path(folder), projects, options.modules, options.rounds):
                runs.append(run)
                print(f"{run.project:9}{run.modules:>6,}  {run.step:16}{run.wall:>9.3f} s", end="")
                print(f"{run.cpu:>9.2f} s CPU" if run.cpu else "", flush=True)
        except CommandError as error:  # what was measured until then is shown all the same
            print(error, file=sys.stderr)
            failed = True
    machine, figures = describe_machine(load), make_figures(runs)
    write_report(options.json, machine, runs, figures)
    for part in (write_raw(runs), write_table(figures), write_machine(machine)):
        print("", *part, sep="\n")
    return 1 if failed or any(figure.verdict == "missed" for figure in figures) else 0


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/bench speed", description=__doc__)
    parser.add_argument("--modules", type=lambda text: [int(one) for one in text.split(",")], default=list(SIZES))
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--only", type=lambda text: text.split(","), default=list(PROJECTS), help=", ".join(PROJECTS))
    parser.add_argument("--json", type=Path, default=ROOT / ".cache/bench/speed.json")
    options = parser.parse_args()
    if unknown := set(options.only) - set(PROJECTS):
        parser.error(f"--only knows {', '.join(PROJECTS)}; not {', '.join(sorted(unknown))}")
    return options


def measure(folder: Path, projects: list[Project], sizes: Sequence[int], rounds: int) -> Iterator[Run]:
    """Whoever is not of the table may fail: that is said, and the rest goes on."""
    broken: set[str] = set()
    courses = {size: plan_course(size) for size in (WARM_UP, *sizes)}
    for size, tracks in courses.items():
        for project in projects:
            project.write(folder / f"{project.name}-{size}", tracks)
    for number in range(-1, rounds):  # the first round warms what the system keeps, and is not counted
        for size in sizes if number >= 0 else (WARM_UP,):
            for project in projects[number % len(projects) :] + projects[: number % len(projects)]:
                if project.name in broken or size > project.most or (number > 0 and not counts(project, size, sizes)):
                    continue
                try:
                    for run in take_turn(project, folder / f"{project.name}-{size}", courses[size], number):
                        if number >= 0:
                            yield run
                except CommandError as error:
                    if project in _OF_THE_TABLE:
                        raise
                    print(f"{project.title} is left out: {error}", file=sys.stderr)
                    broken.add(project.name)


def counts(project: Project, size: int, sizes: Sequence[int]) -> bool:
    """Whether the table needs it. One round is enough for all else."""
    largest = max((one for one in sizes if one <= project.compared), default=0)
    return project is OURS or (project in _OF_THE_TABLE and size == largest)


def take_turn(project: Project, root: Path, tracks: list[Track], number: int) -> Iterator[Run]:
    modules = sum(len(track.modules) for track in tracks)
    if project is OURS:
        yield from check(root, tracks)
    yield from build_cold(project, root, tracks)
    if project in (OURS, FORMER):
        yield from build_warm(project, root, tracks)
    if project is OURS:
        yield from serve_site(project, root, tracks, SAVES)
    elif project is not FORMER and number == 0 and modules <= SERVED_AT_MOST:
        yield from serve_site(project, root, tracks, SAVES_OF_OTHERS)
    shutil.rmtree(root / project.site)


if __name__ == "__main__":
    raise SystemExit(main())
