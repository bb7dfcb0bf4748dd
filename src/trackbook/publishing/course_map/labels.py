"""Breaks labels into lines, by estimated widths of letters that are rather too wide, so that nothing collides."""

import unicodedata
from collections.abc import Sequence
from functools import cache

_WIDTHS = {
    **dict.fromkeys("!',.:;ilIj|`·’‘‚ ", 0.3),
    **dict.fromkeys('()[]{}frt-/"“”„1', 0.43),
    **dict.fromkeys("mwM@%", 0.88),
    **dict.fromkeys("…CDGHKNOQUVRX&—W", 0.8),
    **dict.fromkeys("—W", 1.1),
}
"""Advance widths in em of the interface's type, Figtree, at weights up to 650, in groups and rounded up."""
_OTHERS = 0.61
_STRANGE = 0.75


@cache
def _measure_sign(sign: str) -> float:
    if sign in _WIDTHS:
        return _WIDTHS[sign]
    if sign.isascii():
        return _OTHERS if not sign.isupper() else 0.7
    if unicodedata.combining(sign):
        return 0
    if unicodedata.east_asian_width(sign) in "WF":
        return 1.05
    plain = unicodedata.normalize("NFD", sign)[0]
    return _WIDTHS.get(plain, _OTHERS if plain.isascii() and plain.islower() else _STRANGE)


def measure(text: str, size: float) -> float:
    """The width of a line of text in the unit of `size`."""
    return size * sum(map(_measure_sign, text))


def break_lines(text: str, width: float, size: float) -> tuple[str, ...]:
    """The text in as few lines as fit into `width`, of lengths as even as that allows; a word too long is cut."""
    words = [piece for word in text.split() for piece in _cut(word, width, size)]
    widths = [measure(word, size) for word in words]
    breaks = _fill(widths, width, measure(" ", size))
    # Narrowing until it takes one line more evens the lines out: no last word stands alone.
    least = max(widths, default=0)
    while len(breaks) > 1 and width - size / 2 >= least:
        width -= size / 2
        narrower = _fill(widths, width, measure(" ", size))
        if len(narrower) > len(breaks):
            break
        breaks = narrower
    return tuple(" ".join(words[start:end]) for start, end in zip(breaks, [*breaks[1:], len(words)], strict=True))


def _fill(widths: Sequence[float], width: float, space: float) -> list[int]:
    """The number of the word that each line begins with."""
    starts: list[int] = []
    used = 0.0
    for number, own in enumerate(widths):
        if starts and used + space + own <= width:
            used += space + own
        else:
            starts.append(number)
            used = own
    return starts


def _cut(word: str, width: float, size: float) -> list[str]:
    if measure(word, size) <= width:
        return [word]
    pieces = [""]
    for sign in word:
        if pieces[-1] and measure(pieces[-1] + sign, size) > width:
            pieces.append("")
        pieces[-1] += sign
    return pieces
