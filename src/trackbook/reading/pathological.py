"""Pathological Markdown, which would take a parser minutes: brackets that nothing closes, nesting without end."""

import re

_DEEPEST = 50
_MOST_OPEN = 200
_LONGEST_RUN = 100
_LEAD = re.compile(r"(?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=\s|\Z)))*[ \t]*")
_MARKER = re.compile(r">|[-*+]|\d+[.)]")
_BRACKET = re.compile(r"[][()]")
_SUSPECT = re.compile(rf"\n[ \t>*+\-\d.)]{{{_DEEPEST}}}")


def find_pathological_line(text: str) -> tuple[int, str, str] | None:
    """The first line (from 0) that nests deeper than any author means to, with what is wrong in it and what to do."""
    few = max(text.count("["), text.count("(")) <= _MOST_OPEN and "`" * _LONGEST_RUN not in text
    if few and not _SUSPECT.search("\n" + text):
        return None
    is_open = {"[": 0, "(": 0}
    for number, line in enumerate(text.split("\n")):
        lead = _LEAD.match(line)[0]  # type: ignore[index]
        depth = len(_MARKER.findall(lead)) + lead.expandtabs(4).count("    ")
        if depth > _DEEPEST:
            return number, f"more than {_DEEPEST} blocks stand inside each other.", "flatten the lists and quotes"
        if "`" * _LONGEST_RUN in line:
            return number, f"{_LONGEST_RUN} backticks stand in a row.", "write three"
        if not line.strip():
            is_open = dict.fromkeys(is_open, 0)
        for bracket in _BRACKET.findall(line):
            pair = "[" if bracket in "[]" else "("
            is_open[pair] = max(0, is_open[pair] + (1 if bracket == pair else -1))
            if is_open[pair] > _MOST_OPEN:
                return number, f'more than {_MOST_OPEN} "{pair}" stand open in one paragraph.', "close them"
    return None
