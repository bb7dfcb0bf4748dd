"""Tells new issues from those that a baseline knows."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trackbook.issue import Issue


@dataclass(frozen=True, slots=True)
class Comparison:
    """The issues that the baseline does not know, how many it knows, and how many of its own are no longer there."""

    new: tuple[Issue, ...]
    known: int = 0
    fixed: int = 0


def compare_with_baseline(issues: Sequence[Issue], baseline: Iterable[str]) -> Comparison:
    """An issue is known when the baseline holds its identity; as often as it holds it, and no more often."""
    left = Counter(baseline)
    new = []
    for issue in issues:
        if left[issue.identity]:
            left[issue.identity] -= 1
        else:
            new.append(issue)
    return Comparison(tuple(new), known=len(issues) - len(new), fixed=left.total())
