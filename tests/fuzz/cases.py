"""One mutated course as a value: what it was, what was done to it, and how far it is taken."""

from dataclasses import dataclass
from pathlib import Path

from hypothesis import strategies as st
from tests.fuzz.judging import Depth
from tests.fuzz.mutations import MUTATIONS, mutate_course
from tests.fuzz.sources import write_sources

_ONE_OF_EACH: tuple[Depth, ...] = ("check", "stage", "build")
_DEPTHS = [depth for depth, share in zip(_ONE_OF_EACH, (69, 10, 1), strict=True) for _ in range(share)]


@dataclass(frozen=True, slots=True)
class Case:
    base: str
    steps: tuple[tuple[str, int], ...]
    depth: Depth


def cases() -> st.SearchStrategy[Case]:
    """Mostly the two small courses; our own one time in forty, since it takes forty times as long."""
    steps = st.lists(st.tuples(st.sampled_from(sorted(MUTATIONS)), st.integers(0, 2**31)), min_size=1, max_size=4)
    bases = st.sampled_from([*["sample"] * 26, *["hebrew"] * 13, "ours"])
    return st.builds(Case, bases, steps.map(tuple), st.sampled_from(_DEPTHS))


def make_case(case: Case, root: Path) -> None:
    write_sources(mutate_course(case.base, list(case.steps)), root)
