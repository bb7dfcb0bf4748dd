"""Sequences of edits, each made from a number, and what each edit is judged by."""

import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from difflib import unified_diff
from pathlib import Path
from random import Random

from tests.edits.building import FreshBuild, Outcome, build
from tests.edits.edits import BREAKING, EDITS
from tests.edits.harm import harm_cache
from tests.edits.tree import CACHE, Tree, copy_tree, load_tree, write_tree


@dataclass(frozen=True)
class Sequence:
    """Edits by their names, each with the seed of its chance, and how the warm builds are made.

    `fresh`: each in a process of its own. `strict`: as `trackbook build` does, else as `mkdocs build`.
    `still_clock`: no file's time tells of a change. `harmed`: something happens to the cache before each warm build.
    `whole`: with Pagefind, cards and decks, too.
    """

    seed: int
    steps: tuple[tuple[str, int], ...]
    fresh: bool
    strict: bool
    still_clock: bool
    harmed: bool = False
    whole: bool = False


@dataclass(frozen=True)
class Fault:
    """Where a warm build was not the clean one: after which of the steps, which paths that had changed, and how."""

    sequence: Sequence
    after: int
    changed: tuple[str, ...]
    difference: str

    def __str__(self) -> str:
        steps = ", ".join(f"{name} ({seed})" for name, seed in self.sequence.steps)
        how = [name for name in ("fresh", "strict", "still_clock", "harmed") if getattr(self.sequence, name)]
        kept = ",".join(str(seed) for _, seed in self.sequence.steps)
        harmed = " --harmed" if self.sequence.harmed else ""
        return "\n".join(
            (
                f"seed {self.sequence.seed} ({', '.join(how) or 'plain'}): {steps}",
                f"last changed: {', '.join(self.changed)}",
                self.difference,
                f"replay: scripts/fuzz edits --seed {self.sequence.seed} --steps {kept}{harmed}",
            )
        )


def make_sequence(seed: int) -> Sequence:
    """Three to five edits. After one that breaks the course, often something is taken back."""
    random = Random(seed)
    names: list[str] = []
    for _ in range(random.randint(3, 5)):
        mended = names and names[-1] in BREAKING and random.random() < 0.5
        names.append("take back" if mended else random.choice(sorted(EDITS)))
    steps = tuple((name, random.randrange(10_000)) for name in names)
    return Sequence(
        seed,
        steps,
        fresh=seed % 4 == 3,
        strict=random.random() < 0.6,
        still_clock=random.random() < 0.5,
        harmed=seed % 10 == 5,
    )


class Workplace:
    """A folder for the course that is edited, and one for the clean copies of it."""

    def __init__(self, folder: Path) -> None:
        self.root, self.copy, self._cache = folder / "course", folder / "copies" / "course", folder / "cache"
        self.builds: Counter[str] = Counter()
        folder.mkdir(parents=True, exist_ok=True)
        write_tree(load_tree(), self.root)
        build(self.root, {}, quiet=True)
        shutil.copytree(self.root / CACHE, self._cache)

    def begin(self) -> Tree:
        """The course before all edits, with the cache that one build of it left."""
        for left in (".git", "site", CACHE):
            shutil.rmtree(self.root / left, ignore_errors=True)
        shutil.copytree(self._cache, self.root / CACHE)
        write_tree(tree := load_tree(), self.root)
        return tree

    def build_clean(self, tree: Tree, **how: bool) -> FreshBuild:
        """A build of the same files where there was none before, in a process that has built nothing of them."""
        copy_tree(self.root, self.copy)
        return FreshBuild(self.copy, tree.environment, **how)


Play = Callable[[Sequence, Workplace], Fault | None]
"""Does the edits, and judges what comes of each."""


def play(sequence: Sequence, place: Workplace) -> Fault | None:
    """Build after each edit, warm and clean. Returns the first difference."""
    tree = place.begin()
    for number, (name, seed) in enumerate(sequence.steps):
        tree.past.append(dict(tree.files))
        EDITS[name](tree, Random(seed))
        changed = write_tree(tree, place.root, still_clock=sequence.still_clock)
        how = {"strict": sequence.strict, "quiet": seed % 3 == 0, "whole": sequence.whole}
        clean = place.build_clean(tree, **how)
        if sequence.harmed:
            harm_cache(place.root / CACHE, Random(seed))
        if sequence.fresh:
            warm = FreshBuild(place.root, tree.environment, **how).wait()
        else:
            warm = build(place.root, tree.environment, **how)
        place.builds["failed" if warm.failed else "warned" if any(map(_warns, warm.said)) else "well"] += 1
        if difference := compare(warm, clean.wait()):
            return Fault(sequence, number, tuple(changed), difference)
    return None


def _warns(line: str) -> bool:
    return not line.startswith("INFO")


def compare(warm: Outcome, clean: Outcome) -> str:
    """In what the builds differ; nothing where they are the same."""
    if warm.failed != clean.failed:
        return f"warm: {warm.failed or 'built'}\nclean: {clean.failed or 'built'}"
    if warm.said != clean.said:
        return "\n".join(unified_diff(clean.said, warm.said, "clean", "warm", n=1, lineterm=""))
    paths = sorted(dict(warm.files.items() ^ clean.files.items()))
    return f"other files: {', '.join(paths[:10])} ({len(paths)} in all)" if paths else ""


def shrink(fault: Fault, place: Workplace, play: Play = play) -> Fault:
    """The same with fewer edits, where fewer will do."""
    steps = fault.sequence.steps[: fault.after + 1]
    for left_out in range(len(steps) - 1):
        fewer = replace(fault.sequence, steps=steps[:left_out] + steps[left_out + 1 :])
        if smaller := play(fewer, place):
            return shrink(smaller, place, play)
    return replace(fault, sequence=replace(fault.sequence, steps=steps))
