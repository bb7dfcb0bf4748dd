"""Where in a text a part of it stands."""

import re
from itertools import accumulate

from markdown_it.token import Token

_LONE_RETURN = re.compile(r"\r(?!\n)")


class ContentPlaces:
    """Maps an offset in an inline token's content, whose indentation is gone, to an offset in the page's text."""

    def __init__(self, token: Token, text: str, lines: list[str], starts: list[int], cursors: dict[int, int]) -> None:
        self.offsets: list[tuple[int, int]] = []  # (offset in content, offset in text) of each line's begin
        first = token.map[0] if token.map else 0
        parts = token.content.split("\n")
        if first not in cursors and text.startswith(token.content, starts[first]):  # as most do: nothing is to be found
            self.offsets.append((0, starts[first]))
            cursors.update((line, len(part.rstrip())) for line, part in enumerate(parts, first))
            return
        content_offset = 0
        for number, part in enumerate(parts):
            line = first + number
            if line < len(lines):
                column = lines[line].find(part.strip(), cursors.get(line, 0))
                if column >= 0:
                    lead = len(part) - len(part.lstrip())
                    self.offsets.append((content_offset, starts[line] + column - lead))
                    cursors[line] = column + len(part.strip())
            content_offset += len(part) + 1

    def place(self, span: tuple[int, int] | None) -> tuple[int, int] | None:
        if span is None:
            return None
        begins = [pair for pair in self.offsets if pair[0] <= span[0]]
        if not begins:
            return None
        content, text = begins[-1]
        return (span[0] - content + text, span[1] - content + text)


def split_lines(text: str) -> list[str]:
    """The lines as the parser counts them, each with its end and as long as it is."""
    if "\r" in text:
        text = _LONE_RETURN.sub("\n", text)
    return [line + "\n" for line in text.split("\n")]


def find_line_starts(lines: list[str]) -> list[int]:
    return list(accumulate(map(len, lines), initial=0))[:-1]
