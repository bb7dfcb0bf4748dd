"""Mutates courses and judges them, until so many were. Run by scripts/fuzz."""

import argparse
import logging
import sys
import tempfile
import time
import warnings
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from tests.fuzz.cases import Case, cases, make_case
from tests.fuzz.judging import judge
from tests.fuzz.sources import clear

_BATCH = 250
_ONCE = settings(database=None, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
_MEMORY = Path("/dev/shm")


@dataclass
class Tally:
    """What was judged, and what came of it: each fault once, when it is first met."""

    root: Path
    mutations: Counter[str] = field(default_factory=Counter)
    depths: Counter[str] = field(default_factory=Counter)
    faults: set[tuple[str, str]] = field(default_factory=set)
    longest: float = 0.0

    def take(self, case: Case) -> None:
        start = time.process_time()
        clear(self.root)
        make_case(case, self.root)
        for fault in judge(self.root, case.depth):
            if (fault.kind, fault.place) not in self.faults:
                self.faults.add((fault.kind, fault.place))
                print(f"\n{fault.kind} at {fault.place}\n{case}\n{fault.detail}", flush=True)
        self.longest = max(self.longest, time.process_time() - start)
        self.mutations.update(name for name, _ in case.steps)
        self.depths[case.depth] += 1
        if not self.depths.total() % 500:
            print(f"{self.depths.total()} courses, {time.process_time():.0f} s", file=sys.stderr, flush=True)

    def __str__(self) -> str:
        total, seconds = self.depths.total(), time.process_time()
        return (
            f"{total} courses in {seconds:.0f} s of a processor, at most {self.longest:.1f} s each.\n"
            f"Taken as far as: {_list(self.depths)}\nMutations: {_list(self.mutations)}\nFaults: {len(self.faults)}"
        )


def main() -> None:
    options = argparse.ArgumentParser(prog="scripts/fuzz", description=__doc__)
    options.add_argument("--cases", type=int, default=10_000, help="how many courses (10,000 if not given)")
    options.add_argument("--seed", type=int, default=0, help="another one makes other courses")
    chosen = options.parse_args()
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("error")
    with tempfile.TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else None) as folder:
        tally = Tally(Path(folder) / "course")
        with suppress(KeyboardInterrupt):  # the figures are told all the same
            for batch, first in enumerate(range(0, chosen.cases, _BATCH)):
                once = settings(_ONCE, max_examples=min(_BATCH, chosen.cases - first))
                seed(chosen.seed * 1_000_003 + batch)(once(given(cases())(tally.take)))()
    print(tally)
    sys.exit(bool(tally.faults))


def _list(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.most_common())


if __name__ == "__main__":
    main()
