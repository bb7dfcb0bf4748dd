"""Made-up words, as many as a language has. They follow Zipf's law: a few are everywhere, most are rare.

The weight of a search index hangs on it.
"""

import itertools
from dataclasses import dataclass
from functools import cache
from random import Random

_VOCABULARY = 30_000
_FLATTENING = 10
"""Makes the commonest word half a percent of all: so often stands "weights", the commonest of our own course."""
_COMMON = (
    "the of a to and is in it that for one each by as with not are from its this has such be step same more on an two"
    " at which so than or thus all no when only first if them they where but can then before number does"
)
_COMMON_WORDS = _COMMON.split()
_COMMON_WEIGHTS = list(itertools.accumulate(1 / (rank + 1) for rank in range(len(_COMMON_WORDS))))
_STARTS = "b d f g k l m n p r s t v z ch st tr pl"
_ENDS = "a e i o u ar en il or"
_SYLLABLES = [start + end for start in _STARTS.split() for end in _ENDS.split()]
_LAST = "jv"
_MISSPELLED = {"belij", "beliv", "benj", "meraj", "sav"}
"""Few words end so in English: but for these, none is known as one misspelled."""


@dataclass(frozen=True)
class Writer:
    """Writes in made-up words. Each topic has words of its own, which its pages use often."""

    chance: Random
    words: list[str]
    weights: list[float]

    def pick_topic(self) -> list[str]:
        return self.chance.sample(self.words[200:20_000], 40)

    def write_sentence(self, topic: list[str], shortest: int = 8, longest: int = 22) -> str:
        length = self.chance.randint(shortest, longest)
        words = self.chance.choices(self.words, cum_weights=self.weights, k=length)
        picked = [
            self.chance.choices(_COMMON_WORDS, cum_weights=_COMMON_WEIGHTS)[0]
            if self.chance.random() < 0.45
            else self.chance.choice(topic)
            if self.chance.random() < 0.3
            else word
            for word in words
        ]
        return " ".join(picked).capitalize() + "."

    def write_paragraph(self, topic: list[str], words: int) -> str:
        text = ""
        while text.count(" ") < words:
            text += self.write_sentence(topic) + " "
        return text.strip()

    def weave(self, topic: list[str], piece: str) -> str:
        """A sentence with this piece of Markdown among its words."""
        words = self.write_sentence(topic, 6, 14).split()
        words.insert(self.chance.randrange(1, len(words)), piece)
        return " ".join(words)

    def name(self, topic: list[str], words: int = 2) -> str:
        return " ".join(self.chance.sample(topic, words))


def make_common_words(count: int) -> list[str]:
    """The words of made-up pages that stand on most of them: the heaviest to look for."""
    return make_writer().words[:count]


def make_writer(seed: int = 3) -> Writer:
    """One of any seed has the same words, and chooses others among them."""
    words, weights = _list_words()
    return Writer(Random(seed), words, weights)


@cache
def _list_words() -> tuple[list[str], list[float]]:
    chance = Random(3)
    words: dict[str, None] = {}
    while len(words) < _VOCABULARY:
        word = "".join(chance.choices(_SYLLABLES, k=chance.choice((1, 1, 2, 2, 2)))) + chance.choice(_LAST)
        if word not in _MISSPELLED:
            words[word] = None
    weights = list(itertools.accumulate(1 / (rank + _FLATTENING) for rank in range(_VOCABULARY)))
    return list(words), weights
