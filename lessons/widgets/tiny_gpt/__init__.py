"""A small GPT that learners type into: where its heads look, what each part adds, what it would say next, and cuts."""

import re
from collections.abc import Callable, Collection
from difflib import get_close_matches
from functools import partial
from json import dumps
from typing import Annotated, Self

from pydantic import Field, field_validator, model_validator

from trackbook.language.words import Language
from trackbook.model import DataFile
from trackbook.widgets.data import File, Part, WidgetData, tell

from ..writing import put_point, write_share
from .view import Reading, read_head

Words = Annotated[str, Field(min_length=1)]
START = "<end>"
"""Stands before every text, as it ends every story."""
NEEDED = ("config", "vocabulary", "tensors", "weights", "heads")


class Example(Part):
    """A text to try: what its button says, and the text, which may hold words that the model doesn't know."""

    name: Words
    text: Words


class Data(WidgetData):
    """`model` is a file that `scripts/author-attention` made; `text` is what it reads first."""

    model: File
    text: Words
    examples: list[Example] = Field(default_factory=list)

    @field_validator("model")
    @classmethod
    def _is_a_model(cls, file: DataFile) -> DataFile:
        if not all(name in file.content for name in NEEDED):
            raise tell(f'"{file.path}" holds no model', "name one that `scripts/author-attention` made")
        return file

    @model_validator(mode="after")
    def _model_can_read_it(self) -> Self:
        known = self.model.content["vocabulary"]
        words = split_words(self.text, known)
        if unknown := next((word for word in words if word not in known), None):
            near = get_close_matches(unknown, known, 3) or known[:12]
            raise tell(f'the model does not know "{unknown}"', f"write words that it knows, such as {', '.join(near)}")
        context = self.model.content["config"]["context"]
        if not 0 < len(words) <= context:
            raise tell(f"`text` has {len(words)} words; the model reads 1 to {context}", "write a shorter text")
        return self

    def compute_view(self, render: Callable[[str], str], language: Language) -> dict[str, object]:
        del render
        content = self.model.content
        shown = str(content["heads"]["shown"])
        reading = Reading(content, tuple(split_words(self.text, content["vocabulary"])), read_head(shown))
        return {
            "content": content,
            "reading": reading,
            "percent": partial(write_share, decimals=1, language=language),
            "point": partial(put_point, language=language),
            "offered": dumps([[example.name, example.text] for example in self.examples], ensure_ascii=False),
        }


def split_words(text: str, known: Collection[str]) -> list[str]:
    """Lower-case words and signs, after the mark that every story begins with, if the model knows it. As words.ts."""
    words = re.findall(r"<end>|[\w'’-]+|\S", text.lower())
    return words if words[:1] == [START] or START not in known else [START, *words]
