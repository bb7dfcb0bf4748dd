"""What of many cases that are alike is in the short run, and what `scripts/test --long` adds."""

from collections.abc import Callable, Iterable
from typing import TypeVar

import pytest
from _pytest.mark import ParameterSet

Case = TypeVar("Case")


def with_long(cases: Iterable[Case], is_short: Callable[[Case], bool]) -> list[object]:
    """Every case, for `parametrize`; those that are not short are for the long run. A tuple is several arguments."""
    return [case if is_short(case) else _mark(case) for case in cases]


def _mark(case: object) -> ParameterSet:
    return pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=pytest.mark.long)
