"""The report in its two forms: a page that asks nothing of any server, and Markdown for a pull request."""

import base64
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from trackbook.exporters.report.bars import describe_time, draw_bars
from trackbook.exporters.report.facts import Report
from trackbook.exporters.report.graph import draw_graph, find_needs
from trackbook.issue import count_issues
from trackbook.model import Kind
from trackbook.reading.changes import Change
from trackbook.templating import make_environment

_HERE = Path(__file__).parent
_NARROW, _WIDE = 340, 920
"""Widths of each drawing: one for phones, one for all else."""
_SPECIAL = frozenset("\\`*_{}[]<>|~#&@")


@cache
def _environment() -> Environment:
    environment = make_environment(_HERE)
    filters = {"brief": "{:g}".format, "thousands": "{:,}".format, "cell": _write_cell}
    environment.filters.update(filters)
    return environment


def render_page(report: Report, font: bytes = b"") -> str:
    """The page's HTML: no script, and its type and style inside.

    `font` is the interface's type as WOFF2; without it the reader's own sans-serif is taken.
    """
    needs = find_needs(report.course)
    style = (_HERE / "page.css").read_text("utf-8")
    if font:
        data = base64.b64encode(font).decode()
        style = (
            f'@font-face{{font-family:"Figtree";src:url(data:font/woff2;base64,{data});font-weight:300 900}}\n{style}'
        )
    codes = Counter(issue.code for issue in report.issues)
    template = _environment().get_template("page.html")
    return template.render(
        report=report,
        style=Markup(style),
        style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        count=count_issues(report.issues),
        codes=sorted(codes.items(), key=lambda entry: (-entry[1], entry[0])),
        levels={issue.code: issue.level for issue in report.issues},
        bars=[("narrow", draw_bars(report, _NARROW)), ("wide", draw_bars(report, _WIDE))],
        graphs=[("narrow", draw_graph(needs, _NARROW)), ("wide", draw_graph(needs, _WIDE))],
        needs=needs,
        stops={stop.key: stop for stop in needs.stops},
        total=describe_time(sum(facts.minutes for facts in report.modules), 0),
    )


def format_markdown(report: Report) -> str:
    """A line on the whole, then a table a track with a row a module; with a base, what changed since."""
    template = _environment().get_template("table.md")
    return template.render(report=report, count=count_issues(report.issues), describe=_describe, minutes=_add)


def _add(minutes: Callable[[Kind], int | None]) -> str:
    """Such as "12 + 10"; nothing when neither is known."""
    lesson, practice = minutes("lesson"), minutes("practice")
    return f"{lesson or '–'} + {practice or '–'}" if lesson or practice else ""


def _describe(changes: Iterable[Change]) -> str:
    """Such as "2 pages, +120 words"; nothing when nothing changed."""
    found = list(changes)
    words = sum(change.words for change in found)
    return f"{len(found)} {'page' if len(found) == 1 else 'pages'}, {words:+,} words" if found else ""


def _write_cell(text: str) -> Markup:
    """The text as a cell of a table shows it: nothing in it is Markdown or HTML."""
    plain = "".join(f"&#{ord(sign)};" if sign in _SPECIAL else sign for sign in text)
    return Markup(" ".join(plain.split()))
