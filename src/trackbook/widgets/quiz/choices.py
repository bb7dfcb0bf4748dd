"""What learners choose among: choices, steps to put in order, pairs to match; all told apart and few enough."""

import re
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from html import unescape
from itertools import count

from markupsafe import Markup

from trackbook.widgets.data import Part, Text, tell

_EMPHASIS = re.compile(r"^([*_]{1,3})([^*_]+)\1$")
"""A text that is emphasized as a whole."""
_SHORT = 40
"""Letters that a closed list of options shows whole on a phone."""


class Choice(Part):
    text: Text
    why: Text
    right: bool = False


class Pair(Part):
    left: Text
    right: Text


def check_choices(choices: list[Choice]) -> list[Choice]:
    check_count(len(choices), "choice", 10)
    check_distinct((choice.text for choice in choices), "choice")
    return choices


def check_steps(steps: list[str]) -> list[str]:
    check_count(len(steps), "step", 9)
    check_distinct(steps, "step")
    return steps


def check_pairs(pairs: list[Pair]) -> list[Pair]:
    check_count(len(pairs), "pair", 8)
    check_distinct((pair.left for pair in pairs), "left side")
    check_distinct((pair.right for pair in pairs), "right side")
    return pairs


def check_right(right: Sequence[bool], noun: str, multiple: bool) -> None:
    """One is right, or with `multiple` at least one; and one is wrong."""
    total = sum(right)
    if total == 0:
        raise tell(f"no {noun} is right", "add `right: true` to the right one")
    if total > 1 and not multiple:
        raise tell(
            f"{total} {noun}s are right, where one can be picked", "keep one `right: true`, or add `multiple: true`"
        )
    if total == len(right):
        raise tell(
            f"{'both' if total == 2 else f'all {total}'} {noun}s are right, so there is nothing to find out",
            f"add a wrong {noun}",
        )


def check_count(total: int, noun: str, most: int) -> None:
    """There are two at least, so that there is something to decide, and not too many for one look."""
    if total < 2:
        raise tell(f"{'one ' + noun if total else f'no {noun}s'}, where two are the least", f"add another {noun}")
    if total > most:
        raise tell(f"{total} {noun}s, where {most} are the most", "split the question in two")


def check_distinct(texts: Iterable[str], noun: str) -> None:
    """No two are the same but for spaces and emphasis: nobody could tell which of them is meant."""
    seen: set[str] = set()
    for text in texts:
        plain = _EMPHASIS.sub(r"\2", " ".join(text.split()))
        if plain in seen:
            raise tell(f'the {noun} "{plain}" is there twice', "reword one, or remove it")
        seen.add(plain)


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


def view_options(
    seed: str, rights: Sequence[str], distractors: Sequence[str], render: Callable[[str], str]
) -> dict[str, object]:
    """The options as they are shown, and for each left side the place of its own among them.

    `direct` says that a list of options can show their texts; where it cannot, it shows their letters.
    """
    options = [render(text) for text in (*rights, *distractors)]
    shuffled = shuffle(seed, len(options), len(rights))
    plain = [unescape(re.sub(r"<[^>]+>", "", option)).strip() for option in options]
    return {
        "options": [{"html": Markup(options[place]), "text": plain[place]} for place in shuffled],
        "partners": [shuffled.index(place) for place in range(len(rights))],
        "direct": all("<" not in option and len(text) <= _SHORT for option, text in zip(options, plain, strict=True)),
    }
