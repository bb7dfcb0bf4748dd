"""A small GPT that learners type into: where its heads look, what each part adds, what it would say next, and cuts."""

from collections.abc import Callable, Sequence
from copy import copy
from difflib import get_close_matches
from json import dumps
from typing import Annotated, Self

from pydantic import Field, field_validator, model_validator

from trackbook.language.words import Language
from trackbook.model import DataFile
from trackbook.widgets.data import File, Part, WidgetData, tell

from .view import Reading, Share, name_head, read_head
from .words import list_unknown, split_words

Words = Annotated[str, Field(min_length=1)]
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
        if unknown := list_unknown(words, known):
            near = get_close_matches(unknown[0], known, 3) or known[:12]
            raise tell(
                f'the model does not know "{unknown[0]}"', f"write words that it knows, such as {', '.join(near)}"
            )
        context = self.model.content["config"]["context"]
        if not 0 < len(words) <= context:
            raise tell(f"`text` has {len(words)} words; the model reads 1 to {context}", "write a shorter text")
        return self

    def compute_view(self, render: Callable[[str], str], language: Language) -> dict[str, object]:
        del render
        content = self.model.content
        shown, config = str(content["heads"]["shown"]), content["config"]
        reading = Reading(content, tuple(split_words(self.text, content["vocabulary"])), read_head(shown))

        percent = copy(language.locale.percent_formats[None])
        percent.frac_prec = (1, 1)
        point = language.say_number(1.5)[1]

        def write(share: float) -> str:
            return str(percent.apply(share, language.locale))

        def write_all(found: Sequence[Share]) -> list[tuple[str, str]]:
            return [(word, write(share)) for word, share in found]

        return {
            "shown": name_head(reading.head),
            "words": reading.words,
            "last": reading.words[-1],
            "size": language.say_number(round(self.model.size / 1000)),
            "known": len(content["vocabulary"]),
            "config": {name: language.say_number(config[name]) for name in (*SIZES, "parameters")},
            "questions": language.say_number(content["heads"]["questions"]),
            "odds": [(word, whole, cut, write(whole), write(cut)) for word, whole, cut in reading.list_odds()],
            "heads": [{**vars(head), "most": write_all(head.most)} for head in reading.list_heads()],
            "row": [(word, share, write(share)) for word, share in reading.list_row()],
            "path": [
                {**vars(step), "length": f"{step.length:.1f}".replace(".", point), "says": write_all([step.says])[0]}
                for step in reading.list_path()
            ],
            "offered": dumps([[example.name, example.text] for example in self.examples], ensure_ascii=False),
        }


SIZES = ("layers", "heads", "width", "feed", "context")
