"""Cards that ask the same in other words: the answer to one gives away the other."""

from collections.abc import Iterator, Mapping, Sequence

from trackbook.model import Concept
from trackbook.naming import list_named
from trackbook.widgets.flashcards import REVERSE

DEFINITION = "concept#"
"""What the id of a card begins with that asks what a concept means."""


def list_siblings(fronts: Mapping[str, str], teaches: Sequence[Concept]) -> Iterator[tuple[int, int]]:
    """Pairs of a module's cards, by their places: a card and its reverse, a definition and a question about it alone.

    `fronts` are what the cards ask, by their ids. A question is about a concept alone when it names that one and no
    other that the module teaches.
    """
    places = {name: place for place, name in enumerate(fronts)}
    for place, (name, front) in enumerate(fronts.items()):
        if (turned := places.get(f"{name}{REVERSE}")) is not None:
            yield place, turned
        named = [] if name.startswith(DEFINITION) else list_named(teaches, front)
        if len(named) == 1 and (defined := places.get(f"{DEFINITION}{named[0].id}")) is not None:
            yield place, defined
