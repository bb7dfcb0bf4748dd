"""An issue, and how it reads; forms for programs are in `formats/`."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from trackbook.model import Level, Source

_LINE_NUMBER = re.compile(r"\b(lines?) \d+")
_JOINERS = "\u200c\u200d"


class CourseError(Exception):
    """The one exception meant for users: what stops the work, in one line."""


@dataclass(frozen=True, slots=True)
class Issue:
    """What a check found: a fact, its place, and what to type instead."""

    code: str
    source: Source
    message: str
    hint: str = ""
    level: Level = "error"

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        return (self.source.path, self.source.line, self.source.column or 0, self.code, self.message)

    @property
    def place(self) -> str:
        column = f":{self.source.column}" if self.source.column else ""
        return f"{self.source.path}:{self.source.line}{column}"

    @property
    def message_and_hint(self) -> str:
        """Both, as programs show them that keep no hints."""
        return f"{self.message}\nhint: {self.hint}" if self.hint else self.message

    @property
    def identity(self) -> str:
        """What stays the same when its line moves, in one line."""
        message = _LINE_NUMBER.sub(r"\1", self.message)
        return " ".join(f"{self.source.path}: {self.code}: {message}".split())


def find_close(name: str, known: Iterable[str]) -> str:
    """The known name that is meant, if one is close, else nothing."""
    matcher = SequenceMatcher(b=name)
    closest, best = "", 0.6
    for other in sorted(known):
        matcher.set_seq1(other)
        bounds = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)  # each is nearer, and slower
        if all(bound() >= best for bound in bounds):
            closest, best = other, matcher.ratio()
    return closest


def make_printable(text: str) -> str:
    """The text in one line, with nothing that a terminal or a log would obey."""
    if text.isprintable():
        return text

    def write(sign: str) -> str:
        if sign.isprintable() or sign in _JOINERS:
            return sign
        return " " if sign.isspace() else f"\\x{ord(sign):02x}"

    return "".join(map(write, text))


def suggest(name: str, known: Iterable[str]) -> str:
    """`Did you mean "…"?` when a known name is close, else nothing."""
    close = find_close(name, known)
    return f'Did you mean "{close}"?' if close else ""


def format_text(issue: Issue) -> str:
    advice = "advice: " if issue.level == "advice" else ""
    hint = f"\n    hint: {issue.hint}" if issue.hint else ""
    return f"{issue.place}: {advice}{issue.code}: {issue.message}{hint}"


def count_issues(issues: Sequence[Issue]) -> str:
    """ "2 errors, 1 piece of advice": the line that closes a check."""
    errors = sum(issue.level == "error" for issue in issues)
    advice = len(issues) - errors
    return f"{_plural(errors, 'error', 'errors')}, {_plural(advice, 'piece of advice', 'pieces of advice')}"


def _plural(count: int, one: str, many: str) -> str:
    return f"{count or 'no'} {one if count == 1 else many}"
