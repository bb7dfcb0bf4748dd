"""The parts that a large course's search index comes in."""

from collections.abc import Sequence
from hashlib import blake2b

from trackbook.publishing import SearchEntry

_ENTRIES = 800
"""What a shard holds, more or less: to put its index together, Pagefind takes 170 kB of memory for each."""


def divide_entries(entries: Sequence[SearchEntry]) -> list[list[SearchEntry]]:
    """The entries in one part or more that each look like the whole, so that a score means the same in all of them.

    What belongs to one module stays together: an edit of it changes one part.
    """
    count = max(1, -(-len(entries) // _ENTRIES))
    shards: list[list[SearchEntry]] = [[] for _ in range(count)]
    for entry in entries:
        digest = blake2b((entry.group.key or entry.address).encode(), digest_size=8).digest()
        shards[int.from_bytes(digest) % count].append(entry)
    return [shard for shard in shards if shard] or [[]]
