"""What makes a function a check of the built site: the same as for the course, in a list of its own."""

from collections.abc import Callable, Iterable

from trackbook.checks.check import Check, read_docstring
from trackbook.model import Finding
from trackbook.site_checks.site import Site

FAMILY = "site"
ALL: dict[str, Check[Site]] = {}


def site_check(run: Callable[[Site], Iterable[Finding]]) -> Callable[[Site], Iterable[Finding]]:
    """Makes a generator function a check of the built site."""
    code = run.__name__.replace("_", "-")
    ALL[code] = Check(code, "error", *read_docstring(run), FAMILY, run)
    return run
