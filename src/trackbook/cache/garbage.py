"""Python's search for objects that hold each other and can go. It looks through all there is, and a course is much."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_apart = False


def relax() -> None:
    """Search seldom: what a build or a server makes either stays, or goes by itself."""
    gc.set_threshold(20_000, 50, 100)


@contextmanager
def pausing() -> Iterator[None]:
    """Meanwhile nothing is searched. What there is after the first time is set apart for good."""
    global _apart  # noqa: PLW0603
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if not _apart:
            gc.freeze()
            _apart = True
        if was_on:
            gc.enable()


@contextmanager
def settling() -> Iterator[None]:
    """Meanwhile nothing is searched, and what there is afterwards is set apart for good: most of it stays."""
    with pausing():
        yield
        gc.freeze()  # while it is off: else all of this would be searched first


@contextmanager
def setting_apart() -> Iterator[None]:
    """Meanwhile what there is stays untouched: a copied process would else touch, and so copy, every object."""
    gc.freeze()
    try:
        yield
    finally:
        if not _apart:
            gc.unfreeze()
