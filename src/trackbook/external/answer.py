"""What an address answered."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """`status` is the last one of HTTP; where there was none it is 0, and `trouble` says why.

    `private` is the host that was not asked because its address is not public, `moved_to` is where permanent redirects
    lead. Of the fragments that were `sought`, the page `lacks` some.
    """

    status: int = 0
    trouble: str = ""
    private: str = ""
    moved_to: str = ""
    sought: frozenset[str] = frozenset()
    lacks: frozenset[str] = frozenset()

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300
