"""The report as one page, which asks nothing of any server: no script, and its type and style inside."""

import base64
import hashlib
from collections import Counter
from functools import cache
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from trackbook.exporters.report.bars import describe_time, draw_bars
from trackbook.exporters.report.chain import find_needs
from trackbook.exporters.report.facts import Report
from trackbook.exporters.report.graph import draw_graph
from trackbook.issue import count_issues
from trackbook.templating import make_environment

_HERE = Path(__file__).parent
_NARROW, _WIDE = 340, 920
"""Widths of each drawing: one for phones, one for all else."""


@cache
def _environment() -> Environment:
    environment = make_environment(_HERE)
    environment.filters["brief"] = "{:g}".format
    environment.filters["thousands"] = "{:,}".format
    return environment


def render_page(report: Report, font: bytes = b"") -> str:
    """The page's HTML. `font` is the interface's type as WOFF2; without it the reader's own sans-serif is taken."""
    needs = find_needs(report.course)
    style = (_HERE / "page.css").read_text("utf-8")
    if font:
        data = base64.b64encode(font).decode()
        style = (
            f'@font-face{{font-family:"Figtree";src:url(data:font/woff2;base64,{data});font-weight:300 900}}\n{style}'
        )
    codes = Counter(issue.code for issue in report.issues)
    return (
        _environment()
        .get_template("page.html")
        .render(
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
            describe_time=describe_time,
            total=describe_time(sum(facts.lesson + facts.practice for facts in report.modules), 0),
        )
    )
