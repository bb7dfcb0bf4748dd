"""The four small models: their shapes, what they are trained on, and for how long."""

from dataclasses import replace

from scripts.attention.letters import (
    INDUCTION_WORDS,
    REVERSE_WORDS,
    ROW_LENGTH,
    WORD_LENGTH,
    ask_induction,
    ask_reverse,
)
from scripts.attention.training import Recipe, Shape
from scripts.attention.world import CONTEXT, list_words, tell_story

REVERSE = Shape(REVERSE_WORDS, context=2 * WORD_LENGTH, layers=1, heads=1, width=32, feed=0, is_tied=False)
INDUCTION = Shape(INDUCTION_WORDS, context=ROW_LENGTH, layers=2, heads=1, width=32, feed=0, is_tied=False)
WORLD = Shape(list_words(), context=CONTEXT, layers=3, heads=4, width=48, feed=192, is_tied=True)

RECIPES = {
    "reverse": Recipe(REVERSE, steps=1500, rate=3e-3, draw=ask_reverse),
    "induction-1": Recipe(replace(INDUCTION, layers=1), steps=4000, rate=3e-3, draw=ask_induction),
    "induction-2": Recipe(INDUCTION, steps=4000, rate=3e-3, draw=ask_induction),
    "world": Recipe(WORLD, steps=4000, rate=3e-3, draw=tell_story, stock=40_000),
}
