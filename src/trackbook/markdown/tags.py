"""Tags of raw HTML that don't fit together, over all blocks of a page."""

from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from trackbook.markdown.open_elements import TagReader
from trackbook.markdown.slips import list_html_slips
from trackbook.model import Slip


def has_tags(inline: Token) -> bool:
    """Whether a text has raw HTML in it."""
    return any(child.type == "html_inline" for child in inline.children or ())


def list_tag_slips(tokens: Sequence[Token], first_line: int) -> Iterator[Slip]:
    """What does not fit together, and Markdown in it. Each block of Markdown has to close what it opens."""
    reader = TagReader()
    marks: list[Slip] = []
    line = first_line
    for token in tokens:
        line = first_line + token.map[0] if token.map else line
        if token.type == "html_block":
            reader.read(token.content, line)
            marks += list_html_slips(token.content, line)
        elif token.type == "html_container_open":
            reader.read(token.info, line)
            reader.enter()
        elif token.type == "html_container_close":
            reader.leave()
            reader.close_container()
        elif token.nesting == 1:
            reader.meet_markdown(line)
            reader.enter(is_paragraph=token.type == "paragraph_open")
        elif token.nesting == -1:
            reader.leave()
        elif token.type == "inline" and "<" in token.content:
            _read_inline(reader, token, line)
        else:
            reader.meet_text()
    reader.leave_all()
    yield from sorted([*reader.slips, *marks], key=lambda slip: slip.line)


def _read_inline(reader: TagReader, token: Token, line: int) -> None:
    for child in token.children or ():
        if child.type == "html_inline":
            reader.read(child.content, line + token.content.count("\n", 0, int(child.meta.get("start", 0))))
        elif child.content.strip():
            reader.meet_text()
