"""Numbers as pages write them."""

from copy import copy
from decimal import ROUND_HALF_UP, Decimal
from math import inf

from trackbook.language.words import Language


def write_fixed(number: float, decimals: int) -> str:
    """Rounded as JavaScript's toFixed does, and never minus zero."""
    if number == -inf:
        return "−∞"
    rounded = Decimal(number).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return str(abs(rounded) if rounded == 0 else rounded)


def write_short(number: float) -> str:
    """At most three decimals, and none that a whole number needs not."""
    return write_fixed(number, 3).removesuffix(".000")


def put_point(text: str, language: Language) -> str:
    """A number that is written with a point, with the sign that the language has in its place."""
    return text.replace(".", language.say_number(1.5)[1])


def write_share(share: float, decimals: int, language: Language) -> str:
    """In percent, with as many decimals."""
    pattern = copy(language.locale.percent_formats[None])
    pattern.frac_prec = (decimals, decimals)
    return str(pattern.apply(share, language.locale))
