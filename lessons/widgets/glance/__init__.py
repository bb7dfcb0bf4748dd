"""What one head takes from each word of a sentence, and what its twin changes: a picture for a first look."""

import json
from collections.abc import Callable, Sequence
from functools import partial
from typing import Self

from markupsafe import Markup
from pydantic import model_validator

from trackbook.language.words import Language
from trackbook.widgets.data import Text, tell

from ..attention_map import Data as MapData
from ..attention_map import write_percent
from ..attention_map.table import find_head
from .drawing import LEAST, draw_arcs, measure_spans, shade
from .joining import SCALE, join_shares, join_words


class Data(MapData):
    """`ask` is shown before a learner changes the word, `told` after it."""

    ask: Text
    told: Text

    @model_validator(mode="after")
    def _has_a_twin(self) -> Self:
        if len(self.sides) < 2:
            raise tell(f'"{self.sentence}" has no twin in "{self.data.path}"', "name a sentence that has one")
        return self

    @property
    def seconds(self) -> int:
        return 60

    def list_files(self) -> dict[str, str]:
        return {}

    def compute_view(self, render: Callable[[str], str], language: Language) -> dict[str, object]:
        content, sides = self.data.content, self.sides
        first = sides[0]
        picked = self.head or first.shown
        layer, head = find_head(picked, content["layers"], content["heads"]) or (0, 0)
        at = layer * content["heads"] + head
        words = [join_words(side.tokens, side.text) for side in sides]
        groups = [word.tokens for word in words[0]]
        shares = [join_shares(side.matrix(at), groups) for side in sides]
        focus, one, two = (_find(groups, token) for token in (first.focus, *first.candidates))
        names = [
            tuple(dict.fromkeys(pair)) for pair in zip(*([word.text for word in side] for side in words), strict=True)
        ]
        own = next((pair for pair in names if len(pair) > 1), (first.text, sides[1].text))
        rows = [[share / SCALE for share in matrix[focus]] for matrix in shares]
        spans = measure_spans(names)
        percent = partial(write_percent, language=language)
        told = {
            "focus": names[focus][0],
            "first": names[one][0],
            "second": names[two][0],
            "own": own[1],
            **{
                key: percent(row[place])
                for key, row, place in zip("abcd", (rows[0], rows[1]) * 2, (one, one, two, two), strict=True)
            },
        }
        return {
            "ask": Markup(render(self.ask)),
            "told": Markup(render(self.told)),
            "names": names,
            "own": own,
            "focus": focus,
            "picked": picked,
            "rows": rows,
            "packed": json.dumps(shares, separators=(",", ":")),
            "spans": spans,
            "arcs": [draw_arcs(row, focus, spans) for row in rows],
            "values": told,
            "shade": shade,
            "percent": percent,
            "least": LEAST,
        }


def _find(groups: Sequence[Sequence[int]], token: int) -> int:
    return next(at for at, group in enumerate(groups) if token in group)
