"""Two tasks about letters: say eight of them backwards; go on with a row that repeats itself."""

import random
from string import ascii_uppercase

from scripts.attention.question import Question

ARROW = ">"
REVERSE_WORDS = (*ascii_uppercase, ARROW)
INDUCTION_WORDS = tuple(ascii_uppercase)
WORD_LENGTH = 8
ROW_LENGTH = 32
SHORTEST, LONGEST = 3, 26


def ask_reverse(dice: random.Random) -> Question:
    """Eight letters, an arrow, and all but the last of them backwards: from the arrow on, each place has an answer."""
    letters = dice.choices(ascii_uppercase, k=WORD_LENGTH)
    row = (*letters, ARROW, *reversed(letters))
    return Question("reverse", row[:-1], {place: row[place + 1] for place in range(WORD_LENGTH, len(row) - 1)})


def ask_induction(dice: random.Random) -> Question:
    """Different letters, over and over: from the second time on, each letter's follower is known."""
    period = dice.randint(SHORTEST, LONGEST)
    letters = dice.sample(ascii_uppercase, period)
    row = tuple(letters[place % period] for place in range(ROW_LENGTH + 1))
    return Question("induction", row[:-1], {place: row[place + 1] for place in range(period, ROW_LENGTH)})
