"""The mini-world: a grammar of our own, from which the small GPT learns its words, and is asked about them."""

import random
from collections.abc import Callable
from itertools import product

from scripts.attention.question import Question

ANIMALS = ["bear", "bird", "cat", "cow", "dog", "fox", "horse", "mouse"]
PLACES = ["bridge", "field", "forest", "garden", "hill", "lake", "river", "street"]
OF_ANIMALS = ["hungry", "lazy", "old", "scared", "sick", "tired"]
OF_PLACES = ["dark", "deep", "frozen", "muddy", "steep", "wide"]
MOVES = ["cross", "enter", "leave", "reach"]
THINGS = ["apple", "ball", "book", "cup", "hat", "key", "shoe", "trophy"]
HOLDERS = ["bag", "basket", "box", "chest", "drawer", "suitcase"]
PLURALS = {"box": "boxes", "trophy": "trophies"}
TOO_LARGE = ["big", "huge", "large", "long"]
TOO_SMALL = ["narrow", "short", "small", "tiny"]
COLORS = ["blue", "green", "new", "red"]
BOYS = ["ben", "max", "sam", "tom"]
GIRLS = ["anna", "emma", "lily", "mia"]
MEETINGS = ["called", "helped", "met"]
DEEDS = ["found", "liked", "lost", "saw", "took", "wanted"]
OPENINGS = ("it was a sunny day .", "it was late .", "the sky was blue .", "the wind was cold .")

END = "<end>"
CONTEXT = 28
NEVER_TOGETHER = frozenset({*random.Random(7).sample(list(product(ANIMALS, PLACES)), 12), ("cat", "street")})
"""Pairs of an animal and a place that no story of the training has; questions about them show what was learned."""
TRAINED_TOGETHER = tuple(pair for pair in product(ANIMALS, PLACES) if pair not in NEVER_TOGETHER)

Telling = tuple[str, str, str, str]
"""Kind, story with its question, answer, and the other word it could have been."""


def tell_too(dice: random.Random, pairs: tuple[tuple[str, str], ...] = TRAINED_TOGETHER) -> Telling:
    animal, place = dice.choice(pairs)
    of_animal = dice.random() < 0.5
    too = dice.choice(OF_ANIMALS if of_animal else OF_PLACES)
    opening = f"{dice.choice(OPENINGS)} " if dice.random() < 0.3 else ""
    story = f"{opening}the {animal} did not {dice.choice(MOVES)} the {place} because it was too {too} ."
    answer, other = (animal, place) if of_animal else (place, animal)
    return "what was too", f"{story} what was too {too} ? the", answer, other


def tell_unseen(dice: random.Random) -> Telling:
    kind, text, answer, other = tell_too(dice, tuple(sorted(NEVER_TOGETHER)))
    return f"{kind}, new pair", text, answer, other


def tell_fit(dice: random.Random) -> Telling:
    thing, holder = dice.choice(THINGS), dice.choice(HOLDERS)
    is_large = dice.random() < 0.5
    too = dice.choice(TOO_LARGE if is_large else TOO_SMALL)
    story = f"the {thing} did not fit in the {holder} because it was too {too} ."
    answer, other = (thing, holder) if is_large else (holder, thing)
    return "what did not fit", f"{story} what was too {too} ? the", answer, other


def tell_who(dice: random.Random) -> Telling:
    boy, girl = dice.choice(BOYS), dice.choice(GIRLS)
    first, second = dice.sample([boy, girl], 2)
    pronoun, answer, other = dice.choice([("he", boy, girl), ("she", girl, boy)])
    deed, thing = dice.choice(DEEDS), dice.choice(THINGS)
    story = f"{first} {dice.choice(MEETINGS)} {second} . {pronoun} {deed} the {thing} ."
    return "who did it", f"{story} who {deed} the {thing} ?", answer, other


def tell_number(dice: random.Random) -> Telling:
    nouns = [dice.choice(THINGS), dice.choice(HOLDERS)]
    are_many = [dice.random() < 0.5, dice.random() < 0.5]
    thing, holder = (
        PLURALS.get(noun, f"{noun}s") if many else noun for noun, many in zip(nouns, are_many, strict=True)
    )
    answer, other = ("are", "is") if are_many[0] else ("is", "are")
    return "is or are", f"the {thing} near the {holder}", answer, other


MIX: tuple[tuple[Callable[[random.Random], Telling], float], ...] = (
    (tell_too, 0.35),
    (tell_fit, 0.15),
    (tell_who, 0.35),
    (tell_number, 0.15),
)
KINDS: tuple[Callable[[random.Random], Telling], ...] = (tell_too, tell_unseen, tell_fit, tell_who, tell_number)


def ask_world(dice: random.Random, tell: Callable[[random.Random], Telling] | None = None) -> Question:
    """A story up to its answer, of one kind or of any; the last word of `words` is where the answer is wanted."""
    kind, text, answer, other = (tell or dice.choice(KINDS))(dice)
    words = (END, *text.split())
    return Question(kind, words, {len(words) - 1: answer}, other)


def tell_story(dice: random.Random) -> Question:
    """A story of the training, whole: each word but the first is to be foretold."""
    tell = dice.choices([one for one, _ in MIX], [share for _, share in MIX])[0]
    _, text, answer, _ = tell(dice)
    ending = f"{dice.choice(COLORS)} ." if tell is tell_number else "."
    row = (END, *text.split(), answer, *ending.split(), END)
    return Question("story", row[:-1], {place: row[place + 1] for place in range(len(row) - 1)})


def list_words() -> tuple[str, ...]:
    """Every word that a story can have, sorted; the end comes first."""
    dice = random.Random(0)
    return END, *sorted({word for _ in range(6000) for word in tell_story(dice).words} - {END})
