"""CommonMark's own examples, from the package of its specification."""

import re
from typing import NamedTuple

from tests.browser.gates.packages import find_package

_PART = re.compile(r"^`{32} example\n([\s\S]*?)^\.\n[\s\S]*?^`{32}$|^#{1,6} *(.*)$", re.MULTILINE)


class Example(NamedTuple):
    number: int
    section: str
    markdown: str


def read_examples() -> list[Example]:
    """All of them, in their order, numbered from 1 as on the pages of the specification."""
    text = (find_package("commonmark-spec") / "spec.txt").read_text("utf-8").partition("<!-- END TESTS -->")[0]
    found: list[Example] = []
    section = ""
    for part in _PART.finditer(text):
        if part[1] is None:
            section = part[2]
        else:
            found.append(Example(len(found) + 1, section, part[1].replace("→", "\t")))
    return found
