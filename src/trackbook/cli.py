"""The command line: each command a few lines around one stage."""

import socket
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from trackbook import __version__
from trackbook.checks import Check, check_course, load_checks
from trackbook.issue import CourseError, count_issues, format_json, format_text, suggest
from trackbook.model import Course
from trackbook.reading import read_course
from trackbook.reading.outline import OUTLINE
from trackbook.widgets import load_widgets

_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class _Commands(click.Group):
    """Lists commands in the order an author meets them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return ["new", "serve", "check", "explain", "build", "export", "stage"]


def _saying_errors(command: Callable[..., None]) -> Callable[..., None]:
    @wraps(command)
    def wrapped(*args: Any, **options: Any) -> None:
        try:
            command(*args, **options)
        except CourseError as error:
            raise click.ClickException(str(error)) from None
        except OSError as error:
            raise click.ClickException(f"{error.filename or 'the system'}: {error.strerror or error}") from None

    return wrapped


def _find_root(_context: click.Context, _parameter: click.Parameter, value: Path | None) -> Path:
    """The course's folder: the one given, else the nearest one around here that holds an outline."""
    here = (value or Path.cwd()).resolve()
    around = [here] if value else [here, *here.parents]
    return next((folder for folder in around if (folder / OUTLINE).is_file()), here)


_root = click.option(
    "--course",
    "root",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    callback=_find_root,
    help="The course's folder. Else the one you are in, or one around it.",
)


@click.group(cls=_Commands, context_settings=_CONTEXT)
@click.version_option(__version__, prog_name="trackbook")
def main() -> None:
    """A course written in Markdown, checked as a whole, published as a track site.

    \b
    Begin:   trackbook new course my-course && cd my-course && trackbook serve
    Write:   lessons/course.yml is the outline; a folder a module holds its pages.
    Publish: trackbook check && trackbook build
    """


@main.group()
def new() -> None:
    """Make a new course or module, with every file it needs."""


@new.command("course")
@click.argument("folder", type=click.Path(path_type=Path))
@_saying_errors
def new_course(folder: Path) -> None:
    """Make a course in FOLDER that builds at once."""
    from trackbook.starters import write_course

    written = write_course(folder)
    click.echo(f"Made {folder} with {len(written)} files. Next: cd {folder} && trackbook serve")


@new.command("module")
@click.argument("key", metavar="TRACK/MODULE")
@_root
@_saying_errors
def new_module(key: str, root: Path) -> None:
    """Make the four pages of a module, such as `deep-learning/recurrence`."""
    from trackbook.starters import write_module

    for path in write_module(root, key):
        click.echo(f"Made {path.relative_to(root)}")
    click.echo(f"Next: list `{key.partition('/')[2]}` under a phase in {OUTLINE}.")


@main.command()
@_root
@click.option("--json", "as_json", is_flag=True, help="Print the issues as JSON.")
@_saying_errors
def check(root: Path, as_json: bool) -> None:
    """Say whether the course holds together.

    Prints every issue with its place and what to type instead, sorted, and a count. Exits with 1 when there are
    errors; advice never fails.
    """
    course = _read(root)
    issues = check_course(course)
    if as_json:
        click.echo(format_json(issues))
    else:
        for issue in issues:
            click.echo(format_text(issue))
        click.echo(f"{count_issues(issues)} in {len(course.pages)} pages.")
    if any(issue.level == "error" for issue in issues):
        sys.exit(1)


@main.command()
@click.argument("code", required=False)
@click.option("--markdown", is_flag=True, help="Print every check as the page docs/checks.md.")
@_saying_errors
def explain(code: str | None, markdown: bool) -> None:
    """Say what the check CODE guards, and why. Without CODE, list all checks."""
    checks = load_checks()
    if markdown:
        click.echo(_format_page(list(checks.values())), nl=False)
    elif code is None:
        width = max(map(len, checks))
        for entry in checks.values():
            click.echo(f"{entry.code:<{width}}  {entry.truth}")
    elif code in checks:
        click.echo(f"{code} ({checks[code].level})\n\n{checks[code].reason}")
    else:
        raise CourseError(f'there is no check "{code}". {suggest(code, checks) or "`trackbook explain` lists them."}')


@main.command()
@_root
@_saying_errors
def build(root: Path) -> None:
    """Make the site, in the folder that mkdocs.yml names (site/).

    The last site stays until the new one is whole: a failed or killed build changes nothing.
    """
    from trackbook.mkdocs_plugin.build import build_site

    _show_log()
    site = build_site(root, _show_progress if sys.stderr.isatty() else None)
    name = site.relative_to(root) if site.is_relative_to(root) else site
    click.echo(f"Built {name}/")


@main.command()
@_root
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", type=click.IntRange(1, 65535), help="The port. Else 8000, or the next free one.")
@_saying_errors
def serve(root: Path, host: str, port: int | None) -> None:
    """Serve the site while you write: every save builds it again."""
    from trackbook.mkdocs_plugin.build import serve_site

    port = port or _find_port(host)
    _show_log()
    serve_site(root, f"{host}:{port}", lambda: click.echo(f"Serving at http://{host}:{port}/ (Ctrl-C ends it)"))


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@_root
@_saying_errors
def stage(folder: Path, root: Path) -> None:
    """Write the published pages to FOLDER as plain Markdown, for another site generator."""
    from trackbook.exporters.stage import write_stage
    from trackbook.mkdocs_plugin.build import load_renderer
    from trackbook.publishing import publish_course

    course = _read_sound(root)
    count = write_stage(publish_course(course, load_renderer(root)), root, folder)
    click.echo(f"Wrote {count} files to {folder}")


@main.group()
def export() -> None:
    """Write the course in another form."""


@export.command("anki")
@_root
@click.option("--output", type=click.Path(path_type=Path), help="The folder for the decks. Else anki/ in the course.")
@click.option("--site-url", help="The site's address, for links to lessons. Else site_url of mkdocs.yml.")
@_saying_errors
def export_anki(root: Path, output: Path | None, site_url: str | None) -> None:
    """Write an Anki deck (.apkg) for each track that has cards.

    Import a newer one over it: cards that changed are renewed, and keep their schedule.
    """
    from trackbook.exporters.anki import pack_decks, write_decks
    from trackbook.mkdocs_plugin.build import load_renderer, load_site_url

    if site_url and not site_url.startswith(("http://", "https://")):
        raise CourseError(f'--site-url "{site_url}" is no whole address: begin it with https://')
    course = _read_sound(root)
    site = load_site_url(root) if site_url is None else site_url
    packages = pack_decks(course, root, load_renderer(root, mathml=False), site)
    for path in write_decks(packages, root, output or root / "anki"):
        click.echo(f"Wrote {path}")


def _read(root: Path) -> Course:
    return read_course(root, load_widgets())


def _read_sound(root: Path) -> Course:
    """The course, when nothing in it is wrong."""
    course = _read(root)
    issues = check_course(course)
    if any(issue.level == "error" for issue in issues):
        raise CourseError(f"{count_issues(issues)}: nothing was written; `trackbook check` shows them")
    return course


def _find_port(host: str) -> int:
    for port in range(8000, 8100):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise CourseError(f"no port from 8000 to 8099 is free at {host}: name one with --port")


def _show_progress(done: int, pages: int) -> None:
    click.echo(f"\r{done} of {pages} pages", nl=done >= pages, err=True)


def _show_log() -> None:
    """Warnings of the host go to standard error, without its decoration."""
    import logging

    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(message)s"))
    log = logging.getLogger("mkdocs")
    log.addHandler(handler)
    log.setLevel(logging.WARNING)


def _format_page(checks: list[Check]) -> str:
    """docs/checks.md: every check with its reason, a family a section."""
    lines = [
        "# Checks",
        "",
        "What `trackbook check` guards. `trackbook explain CODE` prints one of these. A page opts out of a check with",
        'a reason in its front matter: `allow: {image-has-alt-text: "only a frame"}`.',
        "",
        "This page is made by `trackbook explain --markdown > docs/checks.md`.",
    ]
    for family in sorted({entry.family for entry in checks}):
        lines += ["", f"## {family.capitalize()}"]
        for entry in checks:
            if entry.family == family:
                level = " Advice: it never fails a build." if entry.level == "advice" else ""
                lines += ["", f"### {entry.code}", "", entry.reason.replace("\n\n", level + "\n\n", 1)]
    return "\n".join(lines) + "\n"
