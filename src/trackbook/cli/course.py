"""What commands share: the course they are about, and errors in one line."""

import logging
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from trackbook.checks import check_course
from trackbook.checks.settings import find_trouble
from trackbook.cli.writing import describe_failure
from trackbook.issue import CourseError, count_issues
from trackbook.model import Course
from trackbook.reading import read_course
from trackbook.reading.outline import OUTLINE
from trackbook.widgets import load_widgets


def saying_errors(command: Callable[..., None]) -> Callable[..., None]:
    @wraps(command)
    def wrapped(*args: Any, **options: Any) -> None:
        try:
            command(*args, **options)
        except CourseError as error:
            raise click.ClickException(str(error)) from None
        except BrokenPipeError:  # whoever read has read enough: click ends the command without a word
            raise
        except OSError as error:
            root = options.get("root")
            raise click.ClickException(describe_failure(error, root if isinstance(root, Path) else None)) from None

    return wrapped


def _find_root(_context: click.Context, _parameter: click.Parameter, value: Path | None) -> Path:
    """The course's folder: the one given, else the nearest one around here that holds an outline."""
    here = (value or Path.cwd()).resolve()
    around = [here] if value else [here, *here.parents]
    return next((folder for folder in around if (folder / OUTLINE).is_file()), here)


course_folder = click.option(
    "--course",
    "root",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    callback=_find_root,
    help="The course's folder. Else the one you are in, or one around it.",
)


def check_address(site_url: str) -> None:
    """Raises CourseError where `--site-url` is no address of a site."""
    if site_url and (trouble := find_trouble(site_url)):
        raise CourseError(f'--site-url is "{site_url}", {trouble[0]}: {trouble[1]}')


def read_whole(root: Path, *, run: bool = False) -> Course:
    """The course. Code of it, that of its own widgets, runs only where `run` says so."""
    return read_course(root, load_widgets(root, run=run))


def read_sound(root: Path, *, run: bool = True) -> Course:
    """The course, when nothing in it is wrong."""
    course = read_whole(root, run=run)
    issues = check_course(course)
    if any(issue.level == "error" for issue in issues):
        raise CourseError(f"{count_issues(issues)}: nothing was written; `trackbook check` shows them")
    return course


def show_log() -> None:
    """Warnings, ours and the host's, go to standard error without its decoration."""
    for name in ("mkdocs", "trackbook"):
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(message)s"))
        handler.addFilter(logging.Filter(name))  # what is logged here goes to MkDocs too, which counts warnings
        log = logging.getLogger(name)
        log.addHandler(handler)
        log.setLevel(logging.WARNING)
