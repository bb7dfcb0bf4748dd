"""Answers that are kept on disk for a while, so that no address is asked at each run."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from trackbook.external.reply import Answer

DAY = 86_400.0
_FAILURE_LIFETIME = DAY / 24
"""What failed is asked again soon: its author is mending it, or the server recovers."""


@dataclass(frozen=True, slots=True)
class CachedAnswer:
    """An answer, and when it came, in seconds of the epoch."""

    answer: Answer
    at: float

    def is_fresh(self, now: float, lifetime: float) -> bool:
        longest = lifetime if self.answer.is_success else min(lifetime, _FAILURE_LIFETIME)
        return 0 <= now - self.at < longest


_FILE = TypeAdapter(dict[str, CachedAnswer])


def read_answers(path: Path, now: float, lifetime: float) -> dict[str, CachedAnswer]:
    """The fresh answers by their addresses; none when the file is not there or spoiled."""
    try:
        if not path.is_file():  # a pipe would be waited for
            return {}
        kept = _FILE.validate_json(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return {address: entry for address, entry in kept.items() if entry.is_fresh(now, lifetime)}


def write_answers(path: Path, kept: Mapping[str, CachedAnswer]) -> None:
    """In one step: who reads it meanwhile, or after a crash, finds the old file or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.{os.getpid()}")
    new.write_bytes(_FILE.dump_json(dict(kept), indent=1))
    new.replace(path)
