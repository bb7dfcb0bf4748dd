"""Attention step by step: small queries, keys and values, of which learners predict what each step makes of them."""

from collections.abc import Callable, Sequence
from typing import Annotated, Self

from markupsafe import Markup
from pydantic import Field, model_validator

from trackbook.language.words import Language
from trackbook.widgets.data import WidgetData, tell

from .arithmetic import Matrix, attend, write_fixed, write_short
from .bars import draw_bars

Entry = Annotated[float, Field(ge=-99, le=99)]
Vectors = list[list[Entry]]
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
        point = language.say_number(1.5)[1]
        run = attend(self.queries, self.keys, self.values, self.causal)

        def write(rows: Matrix, form: Callable[[float], str]) -> Sequence[Sequence[str]]:
            return [[form(number).replace(".", point) for number in row] for row in rows]

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
