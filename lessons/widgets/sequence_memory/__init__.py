"""Two small recurrent networks that read words one by one, and what they still know of the first."""

import json
from collections.abc import Callable, Mapping
from copy import copy
from typing import Annotated, Any, Literal, Self

from pydantic import Field, field_validator, model_validator

from trackbook.language.words import Language
from trackbook.model import DataFile
from trackbook.widgets.data import File, WidgetData, tell

from ..tiny_gpt.drawing import draw_strip
from .chart import draw_height, draw_line
from .network import FIRST, read_network, read_words

NETWORKS = ("first", "both")
MOST = 24
"""Words that a learner may feed."""
DISTANCES = (0, 1, 2, 3, 4, 6, 12, 20, 40)


class Data(WidgetData):
    """`networks` is the file of `scripts/author-attention sequence-memory`; `words` are read first, by `network`."""

    networks: File
    words: Annotated[list[str], Field(min_length=1, max_length=MOST)]
    network: Literal["first", "both"] = "both"

    @field_validator("networks")
    @classmethod
    def _has_both(cls, file: DataFile) -> DataFile:
        if [one.get("name") for one in file.content.get("networks", ())] != list(NETWORKS):
            raise tell(
                f'"{file.path}" does not hold the two networks',
                "name the one that `scripts/author-attention sequence-memory` made",
            )
        return file

    @model_validator(mode="after")
    def _networks_know_the_words(self) -> Self:
        known = self.networks.content["vocabulary"]
        for word in self.words:
            if word not in known:
                raise tell(f'the networks do not know "{word}"', f"write words that they know: {', '.join(known)}")
        return self

    def compute_view(self, render: Callable[[str], str], language: Language) -> dict[str, object]:
        del render
        content = self.networks.content
        known = content["vocabulary"]
        networks: Mapping[str, Mapping[str, Any]] = {one["name"]: one for one in content["networks"]}
        ids = [known.index(word) for word in self.words]
        steps = read_words(read_network(networks[self.network]), ids)
        point = language.say_number(1.5)[1]

        def percent(share: float, decimals: int) -> str:
            pattern = copy(language.locale.percent_formats[None])
            pattern.frac_prec = (decimals, decimals)
            return str(pattern.apply(share, language.locale))

        recalled = [networks[name]["accuracy"][FIRST] for name in NETWORKS]
        given = [{name: networks[one][name] for name in ("tensors", "weights")} for one in NETWORKS]
        return {
            "given": json.dumps({"known": known, "networks": given}, ensure_ascii=False, separators=(",", ":")),
            "most": MOST,
            "which": NETWORKS.index(self.network),
            "first": self.words[0],
            "last": self.words[-1],
            "known": known,
            "width": content["config"]["width"],
            "length": content["config"]["length"],
            "lists": language.say_number(content["measured"]["lists"]),
            "steps": [
                {
                    "word": word,
                    "strip": draw_strip(step.state, 1),
                    "chance": percent(step.odds[ids[0]], 0),
                    "likeliest": known[step.odds.index(max(step.odds))],
                }
                for word, step in zip(self.words, steps, strict=True)
            ],
            "state": [(f"{number:.2f}".replace(".", point), shade(number)) for number in steps[-1].state],
            "odds": [
                (word, f"{share * 100:.1f}", percent(share, 0))
                for word, share in zip(known, steps[-1].odds, strict=True)
            ],
            "lines": [draw_line(shares) for shares in recalled],
            "guess": {"height": draw_height(1 / len(known)), "share": percent(1 / len(known), 1)},
            "rows": [
                (distance, *(percent(shares[distance], 1) for shares in recalled))
                for distance in DISTANCES
                if distance < len(recalled[0])
            ],
            "farthest": len(recalled[0]) - 1,
        }


def shade(number: float) -> int:
    """From -5 to 5."""
    return round(number * 5)
