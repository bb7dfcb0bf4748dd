"""The text that the tokenizer's vocabulary is counted in: the prose of the lessons, frozen when it was taken."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
FILE = ROOT / "lessons" / "data" / "tokenizer" / "snapshot.txt"
_BLOCKS = re.compile(r"\A---\n.*?^---\n|^(`{3,}).*?^\1$|^\$\$.*?\$\$$|^## Sources\n.*\Z", re.MULTILINE | re.DOTALL)
_OTHER = ("|", "![", "#", "[^")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"\[\^[\w-]+\]|\*\*|`|^(?:> |- |\d+\. )(?:\[!\w+\])?|\\(?=.)", re.MULTILINE)
_EMPHASIS = re.compile(r"(?<!\w)\*(\S[^*]*)\*(?!\w)")


def author_snapshot() -> None:
    """Takes the snapshot anew. The vocabulary follows from it: make `tokenizer` after this."""
    FILE.parent.mkdir(parents=True, exist_ok=True)
    pages = sorted((ROOT / "lessons").glob("*/*/lesson.md"))
    FILE.write_text("\n".join(strip_markdown(page.read_text("utf-8")) for page in pages), encoding="utf-8")


def strip_markdown(text: str) -> str:
    """Its paragraphs, one a line: no widgets, tables, headings, formulas, notes or sources."""
    blocks = re.split(r"\n\s*\n", _BLOCKS.sub("\n", text))
    prose = (block for block in map(str.strip, blocks) if block and not block.startswith(_OTHER) and "$" not in block)
    plain = (_EMPHASIS.sub(r"\1", _MARKS.sub("", _LINK.sub(r"\1", block))) for block in prose)
    return "".join(f"{' '.join(paragraph.split())}\n" for paragraph in plain)
