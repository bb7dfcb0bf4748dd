"""The report as Markdown: a row a module, for the summary of a pull request."""

from collections.abc import Iterable, Sequence

from trackbook.exporters.report.facts import ModuleFacts, Report
from trackbook.issue import count_issues
from trackbook.model import Track
from trackbook.reading.changes import Change

_HEADS = ("Module", "Words", "Minutes stated", "Minutes computed", "Objectives", "Items", "Promises kept", "Planned")
_SPECIAL = frozenset("\\`*_{}[]<>|~#&@")


def format_markdown(report: Report) -> str:
    """A line on the whole, then a table a track; with a base, what changed since."""
    words = sum(facts.words for facts in report.modules)
    lines = [
        f"## {_escape(report.course.title)}",
        "",
        f"{len(report.modules)} modules written, {len(report.planned)} planned; {words:,} words; "
        f"{count_issues(report.issues)}. Minutes are those of lesson + practice.",
    ]
    if report.base:
        total = _describe(report.changes.values()) or "No page changed"
        lines += ["", f"Since `{report.base.replace('`', '')}`: {total[:1].lower()}{total[1:]}."]
    for track in report.course.tracks:
        if facts := report.of_track(track):
            lines += ["", *_table(track, facts, bool(report.base))]
    return "\n".join(lines) + "\n"


def _table(track: Track, modules: Sequence[ModuleFacts], changes: bool) -> list[str]:
    heads = [*_HEADS, *(["Changes"] if changes else [])]
    rows = [_row(facts)[: len(heads)] for facts in modules]
    return [
        f"### Track {track.number}: {_escape(track.title)}",
        "",
        f"| {' | '.join(heads)} |",
        f"| --- |{' ---: |' * (len(_HEADS) - 1)}{' --- |' if changes else ''}",
        *(f"| {' | '.join(row)} |" for row in rows),
    ]


def _row(facts: ModuleFacts) -> list[str]:
    return [
        f"{facts.number} {_escape(facts.module.title)}",
        f"{facts.words:,}",
        _add(facts.stated("lesson"), facts.stated("practice")),
        _add(facts.computed("lesson"), facts.computed("practice")),
        str(facts.objectives),
        str(facts.items),
        str(facts.kept or ""),
        str(facts.waiting or ""),
        _describe(facts.changes),
    ]


def _add(lesson: int | None, practice: int | None) -> str:
    """Such as "12 + 10"; nothing when neither is known."""
    return f"{lesson or '–'} + {practice or '–'}" if lesson or practice else ""


def _describe(changes: Iterable[Change]) -> str:
    """Such as "2 pages, +120 words"; nothing when nothing changed."""
    found = list(changes)
    words = sum(change.words for change in found)
    return f"{len(found)} {'page' if len(found) == 1 else 'pages'}, {words:+,} words" if found else ""


def _escape(text: str) -> str:
    """The text as a cell of a table shows it: nothing in it is Markdown or HTML."""
    return " ".join("".join(f"&#{ord(sign)};" if sign in _SPECIAL else sign for sign in text).split())
