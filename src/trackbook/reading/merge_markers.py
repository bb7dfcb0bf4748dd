"""The lines that git leaves in a file where it could not join two versions."""

import re

from trackbook.model import Finding, Source

_MARKER = re.compile(r"^(?:<{7}|>{7}) \S.*$", re.MULTILINE)
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})[ ]*([^`\n]*)$", re.MULTILINE)
_SHOWING = ("", "text", "diff", "console", "bash", "sh", "shell", "git", "markdown", "md")
"""Languages of fences that may show such lines, as a lesson on git does."""


def find_merge_marker(text: str, path: str) -> Finding | None:
    """The first one that the text does not show on purpose."""
    if "<<<<<<< " not in text and ">>>>>>> " not in text:
        return None
    shown = _list_shown(text) if path.endswith(".md") else []
    for found in _MARKER.finditer(text):
        if not any(begin < found.start() < end for begin, end in shown):
            line = text.count("\n", 0, found.start()) + 1
            message = f'"{found[0][:60]}" is a marker of git, which could not join two versions of this file.'
            hint = 'keep one version, and remove the lines that begin with "<<<<<<<", "=======" and ">>>>>>>"'
            return Finding(Source(path, line), message, hint, "file-can-be-read")
    return None


def _list_shown(text: str) -> list[tuple[int, int]]:
    """Where fences begin and end that show text as it is."""
    shown: list[tuple[int, int]] = []
    marks, begin, shows = "", 0, False
    for found in _FENCE.finditer(text):
        info = found[2].strip()
        if not marks:
            marks, begin, shows = found[1], found.start(), info.partition(" ")[0] in _SHOWING
        elif not info and found[1].startswith(marks):
            if shows:
                shown.append((begin, found.start()))
            marks = ""
    return shown
