"""`trackbook explain`: says what the checks guard, and why."""

from textwrap import indent

import click

from trackbook.built_site import load_site_checks
from trackbook.built_site.site import Site
from trackbook.checks import Check, load_checks
from trackbook.cli.course import saying_errors
from trackbook.issue import CourseError, suggest
from trackbook.model import Course

AnyCheck = Check[Course] | Check[Site]


@click.command()
@click.argument("code", required=False)
@click.option("--markdown", is_flag=True, help="Print every check as the page docs/checks.md.")
@saying_errors
def explain(code: str | None, markdown: bool) -> None:
    """Say what the check CODE guards, and why. Without CODE, list all checks."""
    checks = load_all()
    if markdown:
        click.echo(_format_page(list(checks.values())), nl=False)
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
    examples = (("Breaks it:", check.breaks), ("Keeps it:", check.keeps))
    shown = (f"{name}\n\n{indent(example, '    ')}" for name, example in examples)
    return "\n\n".join([f"{check.code} ({check.level})", check.reason, *shown])


def _format_page(checks: list[AnyCheck]) -> str:
    """docs/checks.md: every check with its reason and examples, a family a section."""
    lines = [
        "# Checks",
        "",
        "What `trackbook check` guards. `trackbook explain CODE` prints one of these. A page opts out of a check with",
        'a reason in its front matter: `allow: {image-has-alt-text: "only a frame"}`.',
        "Those below “Site” are of the built site (`trackbook check --site site/`), and have no exceptions.",
        "",
        "This page is made by `trackbook explain --markdown > docs/checks.md`.",
    ]
    for family in sorted({entry.family for entry in checks}):
        lines += ["", f"## {family.capitalize()}"]
        for entry in checks:
            if entry.family == family:
                level = " Advice: it never fails a build." if entry.level == "advice" else ""
                lines += ["", f"### {entry.code}", "", entry.reason.replace("\n\n", level + "\n\n", 1)]
                lines += ["", "Breaks it:", "", *_fence(entry.breaks), "", "Keeps it:", "", *_fence(entry.keeps)]
    return "\n".join(lines) + "\n"


def _fence(example: str) -> list[str]:
    return ["````text", example, "````"]
