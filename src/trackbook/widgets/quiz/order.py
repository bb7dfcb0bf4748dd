"""Steps to put in order, and the order in which they are shown first."""

from hashlib import sha256
from itertools import count

from trackbook.widgets.quiz.choices import check_count, check_distinct


def check_steps(steps: list[str]) -> list[str]:
    check_count(len(steps), "step", 9)
    check_distinct(steps, "step")
    return steps


def shuffle(seed: str, total: int, right: int | None = None) -> list[int]:
    """The places 0 to `total` - 1 in an order that hangs on the seed alone.

    Of the first `right` places (of all, where it is None) at least one is not at its own.
    """
    kept = list(range(total if right is None else right))
    for salt in count():
        order = sorted(range(total), key=lambda place: sha256(f"{seed}/{salt}/{place}".encode()).digest())
        if order[: len(kept)] != kept:
            return order
    raise AssertionError
