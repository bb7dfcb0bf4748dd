"""Where the heads of a real model look in one sentence, beside its twin, and what a cut link changes."""

import json
import posixpath
from collections.abc import Callable, Sequence
from difflib import get_close_matches
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
        first = sides[0]
        picked = self.head or first.shown
        layer, head = find_head(picked, content["layers"], content["heads"]) or (0, 0)
        rows = [[one / 255 for one in side.row(layer * content["heads"] + head, side.focus)] for side in sides]
        brightest = max(range(len(first.tokens)), key=lambda token: rows[0][token])
        view = _Words(language, sides)
        total = content["layers"] * content["heads"]
        return {
            "model": content["model"],
            "url": content["url"],
            "language": content.get("language", "en"),
            "layers": content["layers"],
            "heads": content["heads"],
            "total": total,
            "picked": picked,
            "layer": layer,
            "number": head,
            "focus": first.focus,
            "candidates": first.candidates,
            "shown_head": first.shown,
            "brightest": brightest,
            "height": 30 * len(first.tokens),
            "rest": self.rest,
            "size": language.say_number(round(len(self.list_files()[self.rest]) / 1000)),
            "packed": " ".join(pack([side.matrix(layer * content["heads"] + head)]) for side in sides),
            "bytes": len(self.list_files()[self.rest]),
            "names": view.names,
            "sides": [
                {
                    "text": view.split_text(at),
                    "last": view.own_word(at),
                    "arcs": draw_arcs(row, side.focus),
                    "cut": view.cosines(side, brightest),
                    "more": side.first_more,
                    "less": language.say_number(total - side.first_more),
                    "picture": draw_heads(side, layer * content["heads"] + head, content["heads"]),
                }
                for at, (side, row) in enumerate(zip(sides, rows, strict=True))
            ],
            "rows": [
                {
                    "is_sign": not any(part.isalnum() for part in view.token(at)) or view.token(at)[0] == "[",
                    "shares": [{"text": write_percent(row[at], language), "shade": shade(row[at])} for row in rows],
                    "cuts": [view.cosines(side, at) for side in sides],
                }
                for at in range(len(first.tokens))
            ],
            "difference": view.say_difference(rows),
            "marks": language.join([token for token in first.tokens if token[0] == "[" and token[-1] == "]"]),
        }


class _Words:
    """The same words as the script has: what both sentences share, and what tells them apart."""

    def __init__(self, language: Language, sides: Sequence[Sentence]) -> None:
        self.language, self.sides = language, sides

    def token(self, at: int) -> str:
        return " / ".join(dict.fromkeys(side.tokens[at] for side in self.sides))

    @property
    def names(self) -> list[str]:
        return [self.token(at) for at in range(len(self.sides[0].tokens))]

    def own_word(self, at: int) -> str:
        """What a sentence has where its twin has another word."""
        if len(self.sides) == 1:
            return ""
        one, other = self.sides[at].tokens, self.sides[1 - at].tokens
        return next((word for word, its in zip(one, other, strict=True) if word != its), "")

    def split_text(self, at: int) -> tuple[str, str, str]:
        """The sentence before its own word, that word, and what comes after."""
        own = self.own_word(at)
        return self.sides[at].text.rpartition(own) if own else (self.sides[at].text, "", "")

    def cosines(self, side: Sentence, at: int) -> list[dict[str, str]]:
        """The vector of the focus without this link: in the shown head, then in all."""
        numbers = [side.cut_in_head[at][0], side.cut_everywhere[at][0]]
        return [
            {"text": format_decimal(number, "0.000", locale=self.language.locale), "width": f"{100 * number:.1f}"}
            for number in numbers
        ]

    def say_difference(self, rows: Sequence[Sequence[float]]) -> str:
        """What the focus takes from the two nouns in both sentences."""
        first = self.sides[0]
        nouns = dict(zip(("first", "second"), (first.tokens[at] for at in first.candidates), strict=True))
        told = []
        for at, row in enumerate(rows):
            shares = [row[noun] for noun in first.candidates]
            fields = {
                **nouns,
                "focus": self.sides[at].tokens[first.focus],
                "own": self.own_word(at),
                "one": write_percent(shares[0], self.language),
                "two": write_percent(shares[1], self.language),
            }
            key = "takes" if len(rows) > 1 else "takes_alone"
            told.append(self.language.find(f"elements.attention-map.{key}", None).format_map(fields))
        if len(rows) > 1:
            more = [row[first.candidates[0]] >= row[first.candidates[1]] for row in rows]
            key = "turns" if more[0] != more[1] else "stays"
            told.append(
                self.language.say(f"elements.attention-map.{key}", noun=nouns["first" if more[0] else "second"])
            )
        return " ".join(told)


def write_percent(share: float, language: Language) -> str:
    """In whole percent; what rounds to none is less than one."""
    whole = int(100 * share + 0.5)
    text: str = format_percent(max(whole, 1) / 100, locale=language.locale)
    return text if whole else f"<{text}"
