"""One mutated course as a value: what it was, what was done to it, and how far it is taken."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from tests.conftest import copy_widgets
from tests.fuzz.judging import Depth
from tests.fuzz.mutations import MUTATIONS, mutate_course
from tests.fuzz.sources import write_sources
from tests.fuzz.writing import WRITINGS

BASES = {"sample": 26, "hebrew": 13, "ours": 1}
"""How often each course is taken: our own takes forty times as long as the others."""
DEPTHS: Mapping[Depth, int] = {"check": 47, "show": 22, "stage": 10, "build": 1}


@dataclass(frozen=True, slots=True)
class Case:
    base: str
    steps: tuple[tuple[str, int], ...]
    depth: Depth


def cases(bases: Mapping[str, int] = BASES, depths: Mapping[Depth, int] = DEPTHS) -> st.SearchStrategy[Case]:
    """Mutations of one of `bases`, taken as far as one of `depths` says, each as often as its number."""
    small = {name: share for name, share in bases.items() if name != "ours"}
    return _weigh(depths).flatmap(
        lambda depth: st.builds(Case, _weigh(small if depth == "show" else bases), _steps(depth), st.just(depth))
    )


def _steps(depth: Depth) -> st.SearchStrategy[tuple[tuple[str, int], ...]]:
    """One to four mutations; for what is shown one or two of a text, so that checks are content now and then."""
    names, most = (WRITINGS, 2) if depth == "show" else (sorted(MUTATIONS), 4)
    return st.lists(st.tuples(st.sampled_from(names), st.integers(0, 2**31)), min_size=1, max_size=most).map(tuple)


def _weigh(shares: Mapping[Any, int]) -> st.SearchStrategy[Any]:
    return st.sampled_from([name for name, share in shares.items() for _ in range(share)])


def make_case(case: Case, root: Path) -> None:
    write_sources(mutate_course(case.base, list(case.steps)), root)
    if case.base != "sample" and (root / "lessons").is_dir():
        copy_widgets(root)
