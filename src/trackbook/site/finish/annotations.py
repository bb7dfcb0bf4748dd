"""Notes on code: `# (1)!` in a comment, with a numbered list right below, as Material has them.

The list stays where it is, so that it is read and printed with the code; the marks in the code lead to its items.
"""

import re

from selectolax.lexbor import LexborNode

from trackbook.site.finish.side_notes import Say

_MARK = re.compile(r"\((\d+)\)(!?)")
_COMMENT = ".c, .c1, .cm, .ch, .cs, .cp, .cpf"
_SIGNS = re.compile(r"[\s#/*%;!<>{}()'\"|-]|(?:REM|rem|&lt;|&gt;|&amp;)")
"""What a comment is marked by: where nothing else is left beside its marks, these go."""
_TAGS = re.compile(r"(<[^>]*>)")


def link_annotations(article: LexborNode, say: Say) -> None:
    """Code, or a block of the class `annotate`, with a list after it to which its marks lead."""
    for block in article.css(".highlight, .annotate"):
        notes = _find_list(block)
        if notes is None:
            continue
        items = [item for item in notes.iter() if item.tag == "li"]
        name = f"tb-notes-{len(article.css('ol.tb-annotations')) + 1}"
        whole = "annotate" in (block.attributes.get("class") or "").split()
        marked = [
            _mark(part, len(items), name, say, whole=whole) for part in ([block] if whole else block.css(_COMMENT))
        ]
        if not any(marked):
            continue
        notes.attrs["class"] = "tb-annotations"
        for number, item in enumerate(items, 1):
            item.attrs["id"] = f"{name}-{number}"


def _find_list(block: LexborNode) -> LexborNode | None:
    after = block.next
    while after is not None and after.tag == "-text" and not after.text(strip=True):
        after = after.next
    return after if after is not None and after.tag == "ol" else None


def _mark(part: LexborNode, most: int, name: str, say: Say, *, whole: bool) -> bool:
    """Put links in the place of the marks of a comment, or of a whole block; whether there are any."""

    def link(found: re.Match[str]) -> str:
        number = int(found[1])
        if not 1 <= number <= most:
            return found[0]
        label = say("annotation", number=number)
        return f'<a class="tb-annotation" href="#{name}-{number}" aria-label="{label}" data-number="{number}"></a>'

    before = part.inner_html or ""
    if whole:
        pieces = [piece if piece.startswith("<") else _MARK.sub(link, piece) for piece in _TAGS.split(before)]
        part.inner_html = "".join(pieces)
        return "tb-annotation" in (part.inner_html or "")
    marks = list(_MARK.finditer(before))
    rest = _SIGNS.sub("", _MARK.sub("", before))
    if not marks or (rest and not any(found[2] for found in marks)):
        return False  # words about a step, and no mark
    linked = _MARK.sub(link, before) if rest else " ".join(map(link, marks))
    if "tb-annotation" not in linked:
        return False  # each is beyond the list
    part.inner_html = linked
    return True
