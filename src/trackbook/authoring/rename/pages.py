"""What changes on a page when a module moves: links, names of data files, and objectives of that module."""

import re
from collections.abc import Iterator

from trackbook.authoring.rename.move import Edit, Move
from trackbook.issue import CourseError
from trackbook.markdown import parse_markdown
from trackbook.model import DataFile, Fence, Keys, Page
from trackbook.reading.yaml import read_yaml
from trackbook.widgets import list_texts


def list_page_edits(page: Page, move: Move) -> Iterator[Edit]:
    """The changes of the page's Markdown; offsets count in `page.text`."""
    for link in page.links:
        if link.span and not link.is_external:
            yield from _replace(*link.span, page.text[slice(*link.span)], page, move)
    for fence in page.fences:
        if fence.data is not None:
            for start, end, new in _list_fence_edits(page, fence, move):
                yield _place(page, fence, start), _place(page, fence, end), new


def _replace(start: int, end: int, address: str, page: Page, move: Move) -> Iterator[Edit]:
    new = move.rewrite(page.path, address)
    if new != address:
        yield start, end, new


def _list_fence_edits(page: Page, fence: Fence, move: Move) -> Iterator[Edit]:
    document, _ = read_yaml(fence.text, page.path, fence.source.line + 1)
    for text, keys in list_texts(fence.data):
        for address, new in _list_changed(page, text, move):
            pattern = re.compile(rf"""(?:\]\(\s*<?|\]:\s*<?|=\s*["']?)({re.escape(address)})(?=[\s>)"'\]]|$)""")
            start, end = document.extent(keys)
            places = [found.span(1) for found in pattern.finditer(fence.text, start, end)]
            if fence.text[start:end] == address:  # a picture that is named by its path alone
                places = [(start, end)]
            if not places:
                where = f"{page.path}:{document.locate(keys).line}"
                raise CourseError(f'{where}: the link to "{address}" can\'t be found here: nothing was changed')
            yield from ((start, end, new) for start, end in places)
    for keys, value in _list_texts(document.value):
        start, end = document.extent(keys)
        if "practises" in keys and value.startswith(f"{move.old}#"):
            yield start, end, fence.text[start:end].replace(f"{move.old}#", f"{move.new}#", 1)
        elif isinstance(_follow(fence.data, keys), DataFile):
            for *_, new in _replace(start, end, value, page, move):
                yield start, end, fence.text[start:end].replace(value, new)


def _list_changed(page: Page, text: str, move: Move) -> Iterator[tuple[str, str]]:
    """Each address in a Markdown text that becomes another, with that one."""
    links = [link for link in parse_markdown(text, page.path).links if link.span and not link.is_external]
    for address in dict.fromkeys(text[slice(*link.span)] for link in links if link.span):
        if (new := move.rewrite(page.path, address)) != address:
            yield address, new


def _list_texts(value: object, keys: Keys = ()) -> Iterator[tuple[Keys, str]]:
    if isinstance(value, str):
        yield keys, value
    elif isinstance(value, dict | list):
        for key, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _list_texts(part, (*keys, key))


def _follow(value: object, keys: Keys) -> object:
    for key in keys:
        if isinstance(key, int):
            value = value[key] if isinstance(value, list | tuple) and key < len(value) else None
        else:
            value = value.get(key) if isinstance(value, dict) else getattr(value, key, None)
    return value


def _place(page: Page, fence: Fence, offset: int) -> int:
    """The offset in the page's text of an offset in the fence's, whose lines may be indented on the page."""
    before = fence.text[:offset].split("\n")
    number = len(before) - 1
    lines = page.text.split("\n")
    line = fence.lines[0] + 1 + number
    indent = len(lines[line]) - len(fence.text.split("\n")[number])
    return sum(len(text) + 1 for text in lines[:line]) + indent + len(before[-1])
