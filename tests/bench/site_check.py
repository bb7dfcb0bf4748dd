"""How much work `trackbook check --site` is beside lychee, a link checker in Rust: 4,000 pages with 40,000 links."""

import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.bench.big_site import LINKS_OF_A_PAGE, write_site

PAGES, RUNS, LIMIT = 4_000, 5, 2
TOOLS = Path(sys.executable).parent
LYCHEE = ("lychee", "--offline", "--include-fragments", "--index-files", "index.html", "--no-progress", "--quiet", ".")
OURS = ("trackbook", "check", "--site", ".")


def main() -> int:
    with TemporaryDirectory() as folder:
        weight = write_site(Path(folder), PAGES)
        print(f"A site of {PAGES:,} pages, {PAGES * LINKS_OF_A_PAGE:,} links, {weight / 1e6:.0f} MB of HTML.")
        for command in (LYCHEE, OURS):  # the first run reads from disk, for both
            measure(command, folder)
        runs = [(measure(LYCHEE, folder), measure(OURS, folder)) for _ in range(RUNS)]
    lychee, ours = median(run[0][0] for run in runs), median(run[1][0] for run in runs)
    print(f"CPU seconds, in turns, medians of {RUNS} (as long on the clock):")
    print(f"  {lychee:5.2f} ({median(run[0][1] for run in runs):.2f})  {' '.join(LYCHEE)}")
    print(f"  {ours:5.2f} ({median(run[1][1] for run in runs):.2f})  {' '.join(OURS)}")
    print(f"Ours takes {ours / lychee:.2f} times the work; limit {LIMIT}")
    return 1 if ours > LIMIT * lychee else 0


def measure(command: Sequence[str], folder: str) -> tuple[float, float]:
    """CPU seconds of a command and all it starts, and seconds on the clock. Raises when it finds anything wrong."""
    before, begun = read_work(), time.perf_counter()
    subprocess.run([str(TOOLS / command[0]), *command[1:]], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return read_work() - before, time.perf_counter() - begun


def read_work() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


if __name__ == "__main__":
    raise SystemExit(main())
