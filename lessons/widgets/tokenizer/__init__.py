"""Any text, cut into the tokens of a small real vocabulary, merge by merge; and the row that each id picks."""

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Annotated, Self

from babel.numbers import format_decimal
from pydantic import Field, model_validator

from trackbook.language.words import Language
from trackbook.model import DataFile
from trackbook.widgets.data import File, WidgetData, tell

from .encoding import BYTES, Vocabulary
from .rows import TOP, draw_row, read_rows

LONGEST = 300
SLICE, NEAREST = 3, 3
# Controls, joiners and other signs that leave no mark, and marks that would sit on the token before.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\xa0\xad\u0300-\u036f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffc]"
)
_FIRST = re.compile("([A-Za-z\u00c0-\u024f\u0370-\u052f])|[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe]")


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
        show = partial(_show, vocabulary.tokens)
        return {
            "longest": LONGEST,
            "direction": find_direction(self.text),
            "tokens": [show(token) for token in ids],
            "bytes": len(data),
            "merges": [[show(part) for part in (*vocabulary.merges[step.merge], BYTES + step.merge)] for step in steps],
            "size": vocabulary.size,
            "rows": _list_rows(self.vectors, ids, show) if self.vectors else [],
            "write": partial(format_decimal, format="0.00", locale=language.locale),
        }


def _show(tokens: Sequence[bytes], number: int) -> dict[str, object]:
    shown, is_text = spell(tokens[number])
    return {"id": number, "shown": shown, "is_text": is_text, "hex": tokens[number].hex(" ").upper()}


def _list_rows(file: DataFile, ids: list[int], show: Callable[[int], object]) -> list[dict[str, object]]:
    """A row for each id, once."""
    rows = read_rows(file.content["width"], file.content["rows"])
    return [
        {
            "token": show(token),
            "times": ids.count(token),
            "bars": draw_row(rows.find(token)),
            "numbers": [number / TOP for number in rows.find(token)[:SLICE]],
            "nearest": [show(near) for near in rows.list_nearest(token, NEAREST)],
        }
        for token in dict.fromkeys(ids)
    ]


def spell(token: bytes) -> tuple[str, bool]:
    """What to show, and whether it is text: else it is written byte by byte, as hexadecimal numbers. As spelling.ts."""
    try:
        text = token.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    return (text, True) if text and not _UNSEEN.search(text) else (token.hex(" ").upper(), False)


def find_direction(text: str) -> str:
    """Where the first letter begins to be read from."""
    first = _FIRST.search(text)
    return "rtl" if first and not first[1] else "ltr"
