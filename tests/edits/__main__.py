"""Plays many sequences of edits, and tells each fault with the fewest edits that show it. Run by scripts/fuzz."""

import argparse
import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

from tests.edits.sequences import Workplace, make_sequence, play, shrink
from tests.edits.served import play_served

_MEMORY = Path("/dev/shm")


def main() -> None:
    options = argparse.ArgumentParser(prog="scripts/fuzz edits", description=__doc__)
    options.add_argument("--sequences", type=int, help="how many (2,000 if not given; one with --seed)")
    options.add_argument("--seed", type=int, default=0, help="the first one's; the others follow it")
    options.add_argument("--steps", default="", help="play only these edits of the sequence, by their own seeds: 17,4")
    options.add_argument("--served", action="store_true", help="judge what a server answers, not builds")
    options.add_argument("--harmed", action="store_true", help="harm the cache before each build of each sequence")
    chosen = options.parse_args()
    judge = play_served if chosen.served else play
    kept = {int(seed) for seed in chosen.steps.split(",") if seed}
    edits: Counter[str] = Counter()
    faults, count = 0, chosen.sequences or (1 if chosen.seed else 2_000)
    with tempfile.TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else None) as folder:
        place = Workplace(Path(folder))
        for seed in range(chosen.seed, chosen.seed + count):
            sequence = make_sequence(seed)
            sequence = replace(sequence, harmed=sequence.harmed or chosen.harmed)
            if kept:
                sequence = replace(sequence, steps=tuple(step for step in sequence.steps if step[1] in kept))
            if fault := judge(sequence, place):
                faults += 1
                print(f"\n{shrink(fault, place, judge)}", flush=True)
            edits.update(name for name, _ in sequence.steps)
            if not (seed + 1) % 100:
                print(f"{seed + 1 - chosen.seed} sequences, {time.process_time():.0f} s", file=sys.stderr, flush=True)
    print(f"{count} sequences of {edits.total()} edits: {faults} faults. Builds: {dict(place.builds)}")
    print(", ".join(f"{name} {number}" for name, number in sorted(edits.items())))
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
