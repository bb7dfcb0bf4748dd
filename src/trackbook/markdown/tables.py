"""Tables, by the heads of their columns."""

from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from trackbook.model import Source, Table


def list_tables(tokens: Sequence[Token], path: str, first_line: int) -> Iterator[Table]:
    header: list[str] = []
    for index, token in enumerate(tokens):
        if token.type == "th_open":
            header.append(tokens[index + 1].content.strip())
        elif token.type == "thead_open":
            header, line = [], token.map[0] if token.map else 0
        elif token.type == "thead_close":
            yield Table(tuple(header), Source(path, first_line + line))
