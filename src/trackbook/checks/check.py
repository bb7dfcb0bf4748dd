"""What a check is: a truth with its reason."""

import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import overload

from trackbook.model import Course, Finding, Level

Run = Callable[[Course], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Check:
    """A check's code is its function's name, its reason the docstring: one sentence, a blank line, why."""

    code: str
    level: Level
    reason: str
    family: str
    run: Run

    @property
    def truth(self) -> str:
        return self.reason.split("\n\n", 1)[0].replace("\n", " ")


ALL: dict[str, Check] = {}


@overload
def check(run: Run) -> Run: ...
@overload
def check(*, level: Level) -> Callable[[Run], Run]: ...
def check(run: Run | None = None, *, level: Level = "error") -> Run | Callable[[Run], Run]:
    """Makes a generator function a check."""

    def add(run: Run) -> Run:
        code = run.__name__.replace("_", "-")
        family = run.__module__.rpartition(".")[2]
        ALL[code] = Check(code, level, inspect.getdoc(run) or "", family, run)
        return run

    return add(run) if run else add


def met_while_reading(course: Course, code: str) -> Iterator[Finding]:
    """What reading met and filed under this code."""
    return (finding for finding in course.findings if finding.code == code)


def load_codes() -> frozenset[str]:
    return frozenset(ALL)
