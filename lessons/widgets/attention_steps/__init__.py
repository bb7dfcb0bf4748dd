"""Attention step by step: small queries, keys and values, of which learners predict what each step makes of them."""

from collections.abc import Callable
from itertools import accumulate
from math import inf, sqrt
from typing import Annotated, Self

from markupsafe import Markup
from pydantic import Field, model_validator

from trackbook.language.words import Language
from trackbook.widgets.data import WidgetData, tell

from ..transformer import Matrix, softmax, times
from ..writing import put_point, write_fixed, write_short

Entry = Annotated[float, Field(ge=-99, le=99)]
Vectors = list[list[Entry]]
ACROSS, APART = 340, 52
EQUATION = r"$$\text{Attention}(Q, K, V) = \text{softmax}\left(\frac{Q K^T}{\sqrt{d_k}}\right) V$$"
MASKED = r"$$\text{Attention}(Q, K, V) = \text{softmax}\left(\frac{Q K^T}{\sqrt{d_k}} + M\right) V$$"


class Data(WidgetData):
    """A query, a key and a value for each token; with `causal`, a token looks at itself and at earlier ones only."""

    tokens: list[Annotated[str, Field(min_length=1)]]
    queries: Vectors
    keys: Vectors
    values: Vectors
    causal: bool = False

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        count = len(self.tokens)
        if not 2 <= count <= 4:
            raise tell(f"a step fits 2 to 4 `tokens`, not {count}", "choose the few that matter")
        for name in ("queries", "keys", "values"):
            rows: Vectors = getattr(self, name)
            if len(rows) != count:
                raise tell(
                    f"{len(rows)} `{name}` for {count} tokens", f"write {count}, one for each token in its order"
                )
            if len({len(row) for row in rows}) != 1 or not 1 <= len(rows[0]) <= 4:
                raise tell(
                    f"the `{name}` differ in length, or have not 1 to 4 numbers", "write as many in each, such as 3"
                )
        if len(self.queries[0]) != len(self.keys[0]):
            raise tell("queries and keys differ in length", "a score multiplies them entry by entry: make them alike")
        return self

    def compute_view(self, render: Callable[[str], str], language: Language) -> dict[str, object]:
        run = attend(self.queries, self.keys, self.values, self.causal)

        def write(rows: Matrix, form: Callable[[float], str]) -> list[list[str]]:
            return [[put_point(form(number), language) for number in row] for row in rows]

        return {
            "equation": Markup(render(MASKED if self.causal else EQUATION)),
            "size": len(self.keys[0]),
            "vectors": {
                name: write(getattr(self, name), lambda number: f"{number:g}") for name in ("queries", "keys", "values")
            },
            "run": {
                name: write(rows, write_short if name == "score" else lambda number: write_fixed(number, 3))
                for name, rows in run.items()
            },
            "bars": draw_bars(run["softmax"]),
        }


def attend(queries: Matrix, keys: Matrix, values: Matrix, causal: bool) -> dict[str, Matrix]:
    """What each step makes, as arithmetic.ts: a row per token. Section 3.2.1 of https://arxiv.org/abs/1706.03762."""
    score = times(queries, keys)
    scale = [[one / sqrt(len(keys[0])) for one in row] for row in score]
    mask = [[-inf if causal and at > row else one for at, one in enumerate(scale[row])] for row in range(len(scale))]
    weights = [softmax(row) for row in mask]
    blend = times(weights, list(zip(*values, strict=True)))
    return {"score": score, "scale": scale, "mask": mask, "softmax": weights, "blend": blend}


def draw_bars(weights: Matrix) -> list[dict[str, object]]:
    """For each query the height of its row on the page, and a part for each key: where it begins, how wide it is, and
    whether its name fits in. bars.ts redraws them.
    """
    return [
        {
            "y": 18 + row * APART,
            "parts": [
                {"x": write_fixed(begin * ACROSS, 2), "width": write_fixed(share * ACROSS, 2), "fits": share > 0.25}
                for begin, share in zip(accumulate(shares, initial=0.0), shares, strict=False)
            ],
        }
        for row, shares in enumerate(weights)
    ]
