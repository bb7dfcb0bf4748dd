"""What authors write by mistake, and what means harm: between blocks, and in fields."""

import re
from random import Random

import yaml
from tests.fuzz.mutations import on_text
from tests.fuzz.words import FIELDS, SLIPS
from tests.github.grammar import BROKEN, WHOLE

_FIELD = re.compile(r"""^(?P<lead> *(?:- )?[a-z]+: | *- )(?P<text>[^\[{&*|>'"#\n][^\n]*)$""", re.MULTILINE)
_BLOCK = re.compile(r"\n\n(?=\S)")


@on_text
def insert_slips(text: str, random: Random) -> str:
    """What a hand types wrongly, as a block of its own or in the middle of a line."""
    places = [found.start() for found in _BLOCK.finditer(text)]
    for _ in range(random.randint(1, 2) if places else 0):
        at = random.choice(places)
        text = f"{text[:at]}\n\n{random.choice(SLIPS)}{text[at:]}"
    return text


@on_text
def fill_fields(text: str, random: Random) -> str:
    """Markdown, TeX, HTML, blanks and controls in values of front matter, the outline and widgets."""
    fields = list(_FIELD.finditer(text))
    if not fields:
        return text
    field = random.choice(fields)
    piece = random.choice(FIELDS) if random.random() < 0.7 else random.choice(WHOLE["line"] + BROKEN["line"])
    value = random.choice((piece, f"{field['text']} {piece}", f"{piece} {field['text']}"))
    quoted = yaml.safe_dump(value, allow_unicode=True, width=10_000, default_style='"').strip()
    return f"{text[: field.start()]}{field['lead']}{quoted}{text[field.end() :]}"


WRITINGS = (
    *("insert slips", "insert slips", "insert slips", "fill fields", "fill fields", "insert pieces", "insert marks"),
    *("cut", "indent lines", "swap lines", "change fence", "change plain value", "exchange words"),
)
"""What leaves most of a course as it was, those of hands more often."""
