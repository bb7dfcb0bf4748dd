"""Left and right to pair, among them rights that belong to nothing."""

import re
from collections.abc import Callable, Sequence
from html import unescape

from markupsafe import Markup

from trackbook.widgets.data import Part, Text
from trackbook.widgets.quiz.choices import check_count, check_distinct
from trackbook.widgets.quiz.order import shuffle

_SHORT = 40
"""Letters that a closed list of options shows whole on a phone."""


class Pair(Part):
    left: Text
    right: Text


def check_pairs(pairs: list[Pair]) -> list[Pair]:
    check_count(len(pairs), "pair", 8)
    check_distinct((pair.left for pair in pairs), "left side")
    check_distinct((pair.right for pair in pairs), "right side")
    return pairs


def check_distractors(pairs: Sequence[Pair], distractors: Sequence[str]) -> None:
    check_count(len(pairs) + len(distractors), "option", 10)
    check_distinct([*(pair.right for pair in pairs), *distractors], "right side")


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
