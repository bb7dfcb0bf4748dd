"""Where two pages differ, block by block and anchor by anchor."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from tests.github.rendering import load_reference, render_ours
from tests.github.structure import Block, list_anchors, list_blocks

_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Difference:
    """What stands in the place of what."""

    reference: tuple[Block, ...]
    ours: tuple[Block, ...]

    @property
    def size(self) -> int:
        return max(len(self.reference), len(self.ours))


@dataclass(frozen=True, slots=True)
class Comparison:
    """A page by both parsers: `blocks` and `headings` are those of the reference, `anchors` the pairs that differ."""

    blocks: int
    headings: int
    differences: tuple[Difference, ...]
    anchors: tuple[tuple[str, str], ...]


def compare_page(text: str, *, without: bool = False) -> Comparison:
    """A page's text, with or without front matter, as the site makes it beside what GitHub makes of it."""
    text = _FRONT_MATTER.sub("", text)
    ours, reference = render_ours(text, without=without), load_reference().render(text)
    wanted, shown = list_anchors(reference), list_anchors(ours)
    wanted += [""] * (len(shown) - len(wanted))
    shown += [""] * (len(wanted) - len(shown))
    blocks = list_blocks(reference)
    anchors = tuple(pair for pair in zip(wanted, shown, strict=True) if pair[0] != pair[1])
    return Comparison(len(blocks), len(wanted), tuple(compare_blocks(blocks, list_blocks(ours))), anchors)


def compare_blocks(reference: list[Block], ours: list[Block]) -> list[Difference]:
    """The runs of blocks that are not the same."""
    if reference == ours:
        return []
    steps = SequenceMatcher(None, reference, ours, autojunk=False).get_opcodes()
    return [
        Difference(tuple(reference[first:last]), tuple(ours[start:end]))
        for kind, first, last, start, end in steps
        if kind != "equal"
    ]
