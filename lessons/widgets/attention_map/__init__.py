"""Where the heads of a real model look in one sentence, beside its twin, and what a cut link changes."""

import json
import posixpath
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from functools import partial
from typing import Self

from babel.numbers import format_decimal, format_percent
from pydantic import model_validator

from trackbook.language.words import Language
from trackbook.widgets.data import File, WidgetData, tell

from .drawing import draw_arcs, draw_heads, shade
from .table import Sentence, find_head, pack, read_sentence


class Data(WidgetData):
    """A sentence of a file of measured attention. Without `head`, the one that the file shows."""

    data: File
    sentence: str
    head: str = ""

    @model_validator(mode="after")
    def _is_in_the_file(self) -> Self:
        content = self.data.content
        if not all(name in content for name in ("layers", "heads", "sentences")):
            raise tell(f'"{self.data.path}" holds no table of attention', "name a file such as attention/minilm.json")
        names = [one["id"] for one in content["sentences"]]
        if self.sentence not in names:
            near = get_close_matches(self.sentence, names, 1)
            hint = f'Did you mean "{near[0]}"?' if near else f"it has {', '.join(names)}"
            raise tell(f'"{self.sentence}" is no sentence of "{self.data.path}"', hint)
        layers, heads = content["layers"], content["heads"]
        try:
            is_whole = len({(len(side.tokens), side.focus) for side in self.sides}) == 1
            is_whole &= all(side.count_heads() == layers * heads for side in self.sides)
        except (LookupError, StopIteration, TypeError, ValueError):
            is_whole = False
        if not is_whole:
            raise tell(
                f'"{self.sentence}" is not whole in "{self.data.path}", or unlike its twin', "make the file anew"
            )
        if self.head and find_head(self.head, layers, heads) is None:
            raise tell(f'"{self.head}" is no head of this model', f"write one from L1H1 to L{layers}H{heads}")
        return self

    @property
    def sides(self) -> list[Sentence]:
        """The sentence and, where it has one, its twin."""
        first = read_sentence(self.data.content, self.sentence)
        return [first, read_sentence(self.data.content, first.twin)] if first.twin else [first]

    @property
    def rest(self) -> str:
        """The path of the file with all heads of these sentences."""
        return posixpath.join(posixpath.splitext(self.data.path)[0], f"{self.sentence}.json")

    def list_files(self) -> dict[str, str]:
        return {self.rest: json.dumps([pack([side.weights]) for side in self.sides])}

    def compute_view(self, render: Callable[[str], str], language: Language) -> dict[str, object]:
        del render
        content, sides = self.data.content, self.sides
        first, own = sides[0], _find_own_words(sides)
        picked = self.head or first.shown
        layer, head = find_head(picked, content["layers"], content["heads"]) or (0, 0)
        at = layer * content["heads"] + head
        shares = [[one / 255 for one in side.row(at, side.focus)] for side in sides]
        names = [" / ".join(dict.fromkeys(tokens)) for tokens in zip(*(side.tokens for side in sides), strict=True)]
        return {
            "picked": picked,
            "layer": layer,
            "number": head,
            "first": first,
            "names": names,
            "signs": [at for at, name in enumerate(names) if name[0] == "[" or not any(map(str.isalnum, name))],
            "marks": language.join([token for token in first.tokens if token[0] == "[" and token[-1] == "]"]),
            "brightest": shares[0].index(max(shares[0])),
            "rest": self.rest,
            "bytes": len(self.list_files()[self.rest]),
            "packed": " ".join(pack([side.matrix(at)]) for side in sides),
            "sides": [
                {
                    "sentence": side,
                    "own": word,
                    "shares": row,
                    "arcs": draw_arcs(row, side.focus),
                    "picture": draw_heads(side, content["heads"]),
                }
                for side, word, row in zip(sides, own, shares, strict=True)
            ],
            "difference": _say_difference(sides, own, shares, language),
            "shade": shade,
            "percent": partial(write_percent, language=language),
            "cosine": partial(format_decimal, format="0.000", locale=language.locale),
        }


def _find_own_words(sides: Sequence[Sentence]) -> list[str]:
    """What each sentence has where its twin has another word."""
    if len(sides) == 1:
        return [""]
    pairs = zip(*(side.tokens for side in sides), strict=True)
    return list(next((pair for pair in pairs if len(set(pair)) > 1), ("", "")))


def _say_difference(
    sides: Sequence[Sentence], own: Sequence[str], shares: Sequence[Sequence[float]], language: Language
) -> str:
    """What the focus takes from the two nouns in both sentences, in the same words as the script has."""
    places = sides[0].candidates
    first, second = (sides[0].tokens[at] for at in places)
    key = "takes" if len(sides) > 1 else "takes_alone"
    told = []
    for side, word, row in zip(sides, own, shares, strict=True):
        one, two = (write_percent(row[at], language) for at in places)
        fields = {"first": first, "second": second, "focus": side.tokens[side.focus], "own": word}
        told.append(language.find(f"elements.attention-map.{key}").format_map({**fields, "one": one, "two": two}))
    if len(sides) > 1:
        more = [row[places[0]] >= row[places[1]] for row in shares]
        key = "turns" if more[0] != more[1] else "stays"
        told.append(language.say(f"elements.attention-map.{key}", noun=first if more[0] else second))
    return " ".join(told)


def write_percent(share: float, language: Language) -> str:
    """In whole percent; what rounds to none is less than one."""
    whole = int(100 * share + 0.5)
    text: str = format_percent(max(whole, 1) / 100, locale=language.locale)
    return text if whole else f"<{text}"
