"""Which issues are new, measured against those that a baseline knows."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trackbook.issue import Issue


@dataclass(frozen=True, slots=True)
class Sifted:
    """The issues that the baseline does not know, how many it knows, and how many of its own are no longer there."""

    new: tuple[Issue, ...]
    known: int = 0
    mended: int = 0


def sift_issues(issues: Sequence[Issue], baseline: Iterable[str]) -> Sifted:
    """An issue is known when the baseline holds its identity; as often as it holds it, and no more often."""
    left = Counter(baseline)
    new = []
    for issue in issues:
        if left[issue.identity]:
            left[issue.identity] -= 1
        else:
            new.append(issue)
    return Sifted(tuple(new), known=len(issues) - len(new), mended=left.total())
