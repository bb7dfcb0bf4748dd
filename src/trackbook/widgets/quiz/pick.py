"""Words to pick in a sentence: those in [brackets] can be picked."""

import re
from collections.abc import Callable
from typing import Self

from markupsafe import Markup
from pydantic import model_validator

from trackbook.issue import suggest
from trackbook.widgets.data import Part, Shown, Text, tell
from trackbook.widgets.quiz.choices import check_count, check_distinct

_WORD = re.compile(r"(?<!\\)\[([^\[\]]+)\](?![(\[])")
_PLACE = re.compile("\ue000([0-9]+)\ue001")
"""Stands for a word while the sentence around it becomes HTML."""


class Word(Part):
    text: Shown
    right: bool = False
    why: Text = ""


class Pick(Part):
    """`words` says which are right, and why one is or is not; those it leaves out are wrong."""

    sentence: Text
    words: list[Word]

    @model_validator(mode="after")
    def _names_words_of_the_sentence(self) -> Self:
        marked = _WORD.findall(self.sentence)
        check_count(len(marked), "bracketed word", 20)
        check_distinct(marked, "bracketed word")
        check_distinct((word.text for word in self.words), "word")
        for word in self.words:
            if word.text not in marked:
                hint = suggest(word.text, marked) or f"write [{word.text}] in the sentence, or remove it here"
                raise tell(f'"{word.text}" is not in brackets in the sentence', hint)
        return self

    def list_rights(self) -> list[bool]:
        """For each word that can be picked whether it is right."""
        right = {word.text for word in self.words if word.right}
        return [word in right for word in _WORD.findall(self.sentence)]


def view_sentence(pick: Pick, render: Callable[[str], str]) -> dict[str, object]:
    """The sentence in parts, and its words in their order: `parts[n]` is what stands before word n."""
    said = {word.text: word for word in pick.words}
    places = iter(range(len(pick.sentence)))
    html = render(_WORD.sub(lambda _: f"\ue000{next(places)}\ue001", pick.sentence))
    words = [said.get(text, Word(text=text)) for text in _WORD.findall(pick.sentence)]
    return {
        "parts": [Markup(part) for part in _PLACE.split(html)[::2]],
        "words": [
            {"text": Markup(render(word.text)), "right": word.right, "why": Markup(render(word.why))} for word in words
        ],
    }
