"""`trackbook explain`: says what the checks guard, and why."""

import re
from pathlib import Path
from textwrap import indent

import click

from trackbook.built_site import load_site_checks
from trackbook.built_site.site import Site
from trackbook.checks import Check, load_checks
from trackbook.cli.course import saying_errors
from trackbook.issue import CourseError, suggest
from trackbook.model import Course
from trackbook.templating import make_environment

AnyCheck = Check[Course] | Check[Site]
_SNIPPET = re.compile(r"^([ ]*)(-+8<-+ )", re.MULTILINE)
"""Would be taken in, in code as well, unless a semicolon stands before it."""


@click.command()
@click.argument("code", required=False)
@click.option("--markdown", is_flag=True, help="Print every check as the page docs/checks.md.")
@saying_errors
def explain(code: str | None, markdown: bool) -> None:
    """Say what the check CODE guards, and why. Without CODE, list all checks."""
    checks = load_all()
    if markdown:
        page = make_environment(Path(__file__).parent).get_template("checks.md")
        click.echo(_SNIPPET.sub(r"\1;\2", page.render(checks=checks.values())), nl=False)
    elif code is None:
        width = max(map(len, checks))
        for entry in checks.values():
            click.echo(f"{entry.code:<{width}}  {entry.truth}")
    elif code in checks:
        click.echo(_format_check(checks[code]))
    else:
        raise CourseError(f'there is no check "{code}". {suggest(code, checks) or "`trackbook explain` lists them."}')


def load_all() -> dict[str, AnyCheck]:
    """Every check of the course and of a built site, by its code."""
    checks: dict[str, AnyCheck] = {**load_checks()}
    checks.update(load_site_checks())
    return dict(sorted(checks.items()))


def _format_check(check: AnyCheck) -> str:
    breaks, keeps = (indent(example, "    ") for example in check.read_examples())
    return f"{check.code} ({check.level})\n\n{check.reason}\n\nBreaks it:\n\n{breaks}\n\nKeeps it:\n\n{keeps}"
