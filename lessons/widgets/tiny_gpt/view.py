"""What the widget shows of one reading, as plain values: odds, where heads look, the path of a word."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import hypot
from typing import Any

from ..transformer import Head, Model, Run, Vector, foretell, read_model, run_model

ROWS, MOST = 5, 2
APART, HIGH, MIDDLE = 4, 24, 16
Share = tuple[str, float]
"""A word and what it gets."""


@dataclass(frozen=True)
class Looking:
    """Where a head looks from the last word; `bars` is a drawing."""

    name: str
    is_shown: bool
    bars: str
    most: list[Share]


@dataclass(frozen=True)
class Step:
    """What is added to the stream of the last word, the stream after it (as drawings), what it would say there."""

    kind: str
    layer: int
    on: int
    added: str
    after: str
    length: float
    says: Share


@dataclass(frozen=True)
class Reading:
    """A model that reads words up to the last: whole, and without one head."""

    content: Mapping[str, Any]
    words: tuple[str, ...]
    head: Head

    @cached_property
    def model(self) -> Model:
        return read_model(self.content)

    @cached_property
    def whole(self) -> Run:
        return self._run(())

    @cached_property
    def cut(self) -> Run:
        return self._run((self.head,))

    def _run(self, heads: tuple[Head, ...]) -> Run:
        return run_model(self.model, map(self.model.words.index, self.words), heads)

    def list_odds(self) -> list[tuple[str, float, float]]:
        """The words that either finds likely, with the odds of both."""
        both = zip(self.model.words, self.whole.odds[-1], self.cut.odds[-1], strict=True)
        return sorted(both, key=lambda row: -max(row[1:]))[:ROWS]

    def list_heads(self) -> list[Looking]:
        return [
            Looking(
                name=name_head((layer, head)),
                is_shown=(layer, head) == self.head,
                bars=draw_bars(rows[-1]),
                most=self._find_most(rows[-1]),
            )
            for layer, run in enumerate(self.whole.layers)
            for head, rows in enumerate(run.attention)
        ]

    def list_row(self) -> list[Share]:
        """How much the shown head takes from each word."""
        layer, head = self.head
        return list(zip(self.words, self.whole.layers[layer].attention[head][-1], strict=True))

    def _find_most(self, shares: Vector) -> list[Share]:
        """The words that get most, those written alike counted together."""
        sums: dict[str, float] = {}
        for word, share in zip(self.words, shares, strict=True):
            sums[word] = sums.get(word, 0) + share
        return sorted(sums.items(), key=lambda found: -found[1])[:MOST]

    def list_path(self) -> list[Step]:
        steps = [("start", 0, self.whole.embedded[-1], self.whole.embedded[-1], 0)]
        for layer, run in enumerate(self.whole.layers, 1):
            steps.append(("heads", layer, run.attended[-1], run.middle[-1], 0))
            if self.model.feed:
                on = sum(number > 0 for number in run.expanded[-1])
                steps.append(("feed", layer, run.fed[-1], run.after[-1], on))
        most = max(abs(number) for step in steps for number in step[3])
        return [
            Step(
                kind=kind,
                layer=layer,
                on=on,
                added=draw_strip(added, most),
                after=draw_strip(after, most),
                length=hypot(*added),
                says=self._find_likeliest(after),
            )
            for kind, layer, added, after, on in steps
        ]

    def _find_likeliest(self, stream: Vector) -> Share:
        (odds,) = foretell(self.model, [stream])
        chance = max(odds)
        return self.model.words[odds.index(chance)], chance


def name_head(head: Head) -> str:
    return f"L{head[0] + 1}H{head[1] + 1}"


def read_head(name: str) -> Head:
    layer, head = (int(number) - 1 for number in name.removeprefix("L").split("H"))
    return layer, head


def draw_bars(shares: Vector) -> str:
    """A stroke up from the floor for each share, as drawing.ts draws it; none for what is next to nothing."""
    strokes = ((at, share * HIGH) for at, share in enumerate(shares))
    return "".join(f"M{2 + at * APART} {HIGH}v-{rise:.1f}" for at, rise in strokes if rise >= 0.05)


def draw_strip(vector: Vector, most: float) -> str:
    """A stroke up or down from the middle for each number."""
    rises = (f"{-number / most * (MIDDLE - 1):.1f}" for number in vector)
    return "".join(f"M{2 + at * APART} {MIDDLE}v{rise}" for at, rise in enumerate(rises))
