"""Any text, cut into the tokens of a small real vocabulary, merge by merge; and the row that each id picks."""

from collections.abc import Callable
from typing import Annotated, Self

from babel.numbers import format_decimal
from pydantic import Field, model_validator

from trackbook.language.words import Language
from trackbook.model import DataFile
from trackbook.widgets.data import File, WidgetData, tell

from .encoding import BYTES, Vocabulary
from .rows import TOP, draw_row, read_rows
from .spelling import find_direction, spell

LONGEST = 300
SLICE, NEAREST = 3, 3


class Data(WidgetData):
    """`vocabulary` is a file with merges; `vectors`, if it is there, one with a row for each of its tokens."""

    text: Annotated[str, Field(max_length=LONGEST)] = "The animal didn't cross the street because it was too tired."
    vocabulary: File
    vectors: File | None = None

    @model_validator(mode="after")
    def _files_fit(self) -> Self:
        if "merges" not in self.vocabulary.content:
            raise tell(f'"{self.vocabulary.path}" holds no merges', "name a file such as tokenizer/vocabulary.json")
        if self.vectors is None:
            return self
        if "rows" not in self.vectors.content:
            raise tell(f'"{self.vectors.path}" holds no rows', "name a file such as tokenizer/vectors.json")
        if self.vectors.content["size"] != self.vocabulary.content["size"]:
            raise tell(
                f'"{self.vectors.path}" has rows for another number of tokens', "name the two that were made together"
            )
        return self

    def compute_view(self, render: Callable[[str], str], language: Language) -> dict[str, object]:
        del render
        vocabulary = Vocabulary(self.vocabulary.content["merges"])
        data = self.text.encode()
        steps = vocabulary.list_steps(data)
        ids = steps[-1].ids if steps else list(data)
        tokens = vocabulary.tokens
        files = [self.vocabulary, self.vectors] if self.vectors else [self.vocabulary]
        return {
            "longest": LONGEST,
            "direction": find_direction(self.text),
            "tokens": [_show(tokens[token], token) for token in ids],
            "characters": language.say_number(len(self.text)),
            "bytes": language.say_number(len(data)),
            "count": language.say_number(len(ids)),
            "merges": [
                [_show(tokens[part], part) for part in (*vocabulary.merges[step.merge], BYTES + step.merge)]
                for step in steps
            ],
            "size": language.say_number(vocabulary.size),
            "merge_count": language.say_number(len(vocabulary.merges)),
            "kilobytes": language.say_number(round(self.vocabulary.content["snapshot"]["bytes"] / 1000)),
            "load": language.say_number(round(sum(file.size for file in files) / 1000)),
            "files": [file.path for file in files],
            "rows": _list_rows(self.vectors, ids, tokens, language) if self.vectors else [],
            "counted": {name: language.say_number(self.vectors.content[name]) for name in ("width", "window", "least")}
            if self.vectors
            else {},
        }


def _show(token: bytes, number: int) -> dict[str, object]:
    shown, is_text = spell(token)
    return {"id": number, "shown": shown, "is_text": is_text, "hex": token.hex(" ").upper()}


def _list_rows(file: DataFile, ids: list[int], tokens: list[bytes], language: Language) -> list[dict[str, object]]:
    """A row for each id, once."""
    rows = read_rows(file.content["width"], file.content["rows"])
    return [
        {
            "token": _show(tokens[token], token),
            "times": ids.count(token),
            "bars": draw_row(rows.find(token)),
            "numbers": ", ".join(
                format_decimal(number / TOP, "0.00", locale=language.locale) for number in rows.find(token)[:SLICE]
            ),
            "nearest": [_show(tokens[near], near) for near in rows.list_nearest(token, NEAREST)],
        }
        for token in dict.fromkeys(ids)
    ]
