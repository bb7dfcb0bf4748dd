"""External links: asks what a course leads to, by the network. Never part of a build."""

import asyncio
from collections.abc import Callable, Collection, Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path

from trackbook.cache.ending import holding_signals, interruptible
from trackbook.external.asking import Manners, ask_all
from trackbook.external.cache import DAY, CachedAnswer, read_answers, write_answers
from trackbook.external.findings import find_faults, gather_fragments, list_links
from trackbook.external.reply import Answer
from trackbook.issue import CourseError
from trackbook.model import Course, Finding

__all__ = ["DAY", "Inquiry", "Manners", "ask_course"]

_TOO_MANY_TO_FAIL = 5
_TOO_MANY_UNKNOWN = 3
"""When as many addresses all fail, or names of as many hosts are all unknown, it is the network that does."""
Progress = Callable[[int], AbstractContextManager[Callable[[], None]]]


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What was found out: findings, how many addresses there are, and how many of them were not asked."""

    findings: tuple[Finding, ...]
    addresses: int
    unasked: int


def ask_course(
    course: Course,
    cache: Path,
    manners: Manners,
    lifetime: float,
    progress: Progress = lambda _: nullcontext(lambda: None),
) -> Inquiry:
    """Asks every address of the course, but for those whose answer in the file `cache` is complete and recent enough.

    `lifetime` is how long an answer counts, in seconds.

    `progress` gets their number and gives what to call at each answer. An interrupt ends the asking; what was learned
    is kept, and told. Raises CourseError when it looks as if there was no network.
    """
    links = list_links(course)
    wanted = gather_fragments(links)
    kept = read_answers(cache, manners.now(), lifetime)
    to_ask = {
        address: fragments
        for address, fragments in wanted.items()
        if address not in kept or not _answers(kept[address].answer, fragments)
    }
    learned = _ask(to_ask, manners, progress)
    asked = [answer for answer in learned.values() if not answer.private]
    if _is_offline(asked):
        count = f"none of {len(asked)} addresses" if len(asked) > 1 else "not even the one address"
        raise CourseError(f"{count} gave an answer: is this machine on the network?")
    kept |= {address: CachedAnswer(answer, manners.now()) for address, answer in learned.items()}
    with holding_signals(), suppress(OSError):  # where nothing can be written, the next run asks again
        write_answers(cache, kept)
    answers = {address: entry.answer for address, entry in kept.items()}
    return Inquiry(tuple(find_faults(links, answers)), len(wanted), unasked=len(to_ask) - len(learned))


def _is_offline(answers: Collection[Answer]) -> bool:
    """Whether the network is to blame, and no address."""
    if any(answer.status for answer in answers):
        return False
    unknown = {answer.unknown_host for answer in answers} - {""}
    no_network = any(answer.offline for answer in answers)
    return no_network or len(unknown) >= _TOO_MANY_UNKNOWN or len(answers) >= _TOO_MANY_TO_FAIL


def _ask(to_ask: Mapping[str, frozenset[str]], manners: Manners, progress: Progress) -> dict[str, Answer]:
    """What the addresses answered, until all have or somebody interrupts."""
    learned: dict[str, Answer] = {}
    with interruptible(), suppress(KeyboardInterrupt), progress(len(to_ask)) as step:

        def tell(address: str, answer: Answer) -> None:
            learned[address] = answer
            step()

        asyncio.run(ask_all(to_ask, manners, tell))
    return learned


def _answers(answer: Answer, fragments: frozenset[str]) -> bool:
    """Whether it says what is to be known; without success, fragments don't matter."""
    return not answer.is_success or fragments <= answer.sought
