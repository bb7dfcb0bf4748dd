"""How long a cold build of 4,000 plain pages takes beside pruned Material: 750 words each, and no widgets."""

import sys
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.bench.speed.projects import OURS, PRUNED, ROOT
from tests.bench.speed.work import Work, run
from tests.synthetic.ours import write_bench_course
from tests.synthetic.pages import write_plain_pages
from tests.synthetic.plain import PLAIN_EXTENSIONS, write_material
from tests.synthetic.plan import plan_course

MODULES, RUNS, AIM = 1_000, 3, 0.75
WRITERS = {
    OURS: partial(write_bench_course, like=ROOT, write_pages=write_plain_pages),
    PRUNED: partial(write_material, pruned=True, extensions=PLAIN_EXTENSIONS, write_pages=write_plain_pages),
}


def main(modules: int = MODULES, runs: int = RUNS) -> int:
    tracks, works = plan_course(modules), {project: list[Work]() for project in WRITERS}
    for _ in range(runs):
        for project, write in WRITERS.items():
            with TemporaryDirectory() as folder:
                write(Path(folder), tracks)
                works[project].append(run(project.build, Path(folder)))
    print(f"{4 * modules:,} plain pages, cold, in turns; medians of {runs}: seconds on the clock, and of processor")
    for project in WRITERS:
        walls, cpus = zip(*((work.wall, work.cpu) for work in works[project]), strict=True)
        print(f"  {median(walls):6.1f} {median(cpus):6.1f}  {project.title}")
    ours, theirs = (median(work.wall for work in works[project]) for project in WRITERS)
    print(f"Ours takes {ours / theirs:.2f} times as long; the aim is {AIM}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*map(int, sys.argv[1:])))
