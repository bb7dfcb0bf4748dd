"""Mutates courses and judges them, until so many were. Run by scripts/fuzz."""

import argparse
import logging
import sys
import tempfile
import time
import warnings
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from tests.fuzz.cases import Case, cases, make_case
from tests.fuzz.judging import Fault, judge
from tests.fuzz.sources import clear

_BATCH = 250


def main() -> None:
    options = argparse.ArgumentParser(prog="scripts/fuzz", description=__doc__)
    options.add_argument("--cases", type=int, default=10_000, help="how many courses (10,000 if not given)")
    options.add_argument("--seed", type=int, default=0, help="another one makes other courses")
    chosen = options.parse_args()
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("error")
    begun, mutated, depths = time.process_time(), Counter[str](), Counter[str]()
    found: dict[tuple[str, str], tuple[Case, Fault]] = {}
    longest = 0.0
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder:

        def run(case: Case) -> None:
            nonlocal longest
            start = time.process_time()
            for fault in judge_case(case, Path(folder) / "course"):
                if (fault.kind, fault.place) not in found:
                    found[fault.kind, fault.place] = (case, fault)
                    print(f"\n{fault.kind} at {fault.place}\n{case}\n{fault.detail}", flush=True)
            longest = max(longest, time.process_time() - start)
            mutated.update(name for name, _ in case.steps)
            depths[case.depth] += 1
            if not depths.total() % 500:
                print(f"{depths.total()} courses, {time.process_time() - begun:.0f} s", file=sys.stderr, flush=True)

        for batch in range(-(-chosen.cases // _BATCH)):
            count = min(_BATCH, chosen.cases - batch * _BATCH)
            once = settings(
                max_examples=count, database=None, deadline=None, phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )  # fmt: skip
            seed(chosen.seed * 1_000_003 + batch)(once(given(cases())(run)))()
    print(
        f"{depths.total()} courses in {time.process_time() - begun:.0f} s of a processor, the longest {longest:.1f} s."
    )
    print("Taken as far as: " + ", ".join(f"{depth} {count}" for depth, count in depths.most_common()))
    print("Mutations: " + ", ".join(f"{name} {count}" for name, count in mutated.most_common()))
    print(f"Faults: {len(found)}")
    sys.exit(bool(found))


def judge_case(case: Case, root: Path) -> list[Fault]:
    clear(root)
    make_case(case, root)
    return judge(root, case.depth)


if __name__ == "__main__":
    main()
