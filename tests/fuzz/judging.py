"""What must be true of any course, however wrong: it ends in issues with a place, or in pages, and soon."""

import faulthandler
import signal
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Literal, NoReturn

from tests.fuzz.showing import find_dangers, find_raw, render_pages

from trackbook.checks import check_course, load_checks
from trackbook.exporters.report import format_markdown, gather_facts, render_page
from trackbook.exporters.stage import write_stage
from trackbook.formats.as_json import format_json
from trackbook.formats.github import format_annotation
from trackbook.formats.sarif import format_sarif
from trackbook.issue import CourseError, Issue, format_text
from trackbook.mkdocs_plugin.build import build_site, load_renderer
from trackbook.model import Course
from trackbook.publishing import publish_course
from trackbook.reading import read_course
from trackbook.widgets import load_widgets

LONGEST = 5
"""Seconds of a processor that one course may take."""
Depth = Literal["check", "show", "stage", "build"]
_SHAPE = {"promised-page-is-written", "concept-is-practised", "stated-minutes-are-true", "address-is-known"}
"""What a check may say of a course whose pages are all right."""


class HangError(Exception):
    """It took too long."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What went wrong: in which kind of way, where (so that two of a kind are told apart), and all there is to say."""

    kind: str
    place: str
    detail: str


def judge(root: Path, depth: Depth = "check") -> list[Fault]:
    """What is wrong with how Trackbook takes the course in `root`; nothing when all is well."""
    try:
        with _limit():
            return list(_judge(root, depth))
    except CourseError as error:
        return [] if str(error) and "\n" not in str(error).strip() else [Fault("message", "CourseError", str(error))]
    except HangError:
        return [Fault("hang", _innermost(traceback.format_exc()), traceback.format_exc())]
    except Exception as error:  # the fault that is looked for
        text = traceback.format_exc()
        return [Fault(type(error).__name__, _innermost(text), text)]


def _judge(root: Path, depth: Depth) -> Iterator[Fault]:
    course = read_course(root, load_widgets(root))
    issues = check_course(course)
    format_json(issues)
    format_sarif(issues, load_checks(), "")
    for issue in issues:
        yield from _judge_issue(root, issue)
    if depth == "show":
        if all(issue.code in _SHAPE for issue in issues):
            yield from _judge_shown(course, root)
    elif depth != "check":
        facts = gather_facts(course, issues)
        format_markdown(facts)
        render_page(facts)
        site = publish_course(course, load_renderer(root))
        write_stage(site, root, root / "staged")
        yield from _find_leaks(root / "staged")
    if depth == "build" and not any(issue.level == "error" for issue in issues):
        build_site(root)


def _judge_issue(root: Path, issue: Issue) -> Iterator[Fault]:
    path, text = root / issue.source.path, format_text(issue)
    if not issue.source.path or issue.source.path.startswith("/") or ".." in Path(issue.source.path).parts:
        yield Fault("place", f"{issue.code}: path", text)
    if path.is_file() and not path.is_symlink():
        lines = path.read_bytes().replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
        if not 1 <= issue.source.line <= lines:
            yield Fault("place", f"{issue.code}: no such line", text)
    if len(issue.message.splitlines()) != 1 or not issue.hint or len(format_annotation(issue, "").splitlines()) != 1:
        yield Fault("message", issue.code, text)


def _judge_shown(course: Course, root: Path) -> Iterator[Fault]:
    """Where the checks are content, a page shows nothing raw, and holds nothing that runs."""
    source = "\n".join(page.text for page in course.pages.values())
    for name, html in render_pages(course, root):
        for kind, piece, around in find_raw(html):
            if f"\\{piece}" in source:  # which its author wants to be seen
                continue
            yield Fault(f"raw {kind}", piece, f"{name}: {around}")
        for danger in find_dangers(html):
            yield Fault("danger", danger, name)


def _find_leaks(folder: Path) -> Iterator[Fault]:
    """No file outside of the course may show up on the site."""
    for path in folder.rglob("*"):
        if path.is_file() and b"root:x:0:0" in path.read_bytes():
            yield Fault("leak", path.relative_to(folder).as_posix(), "")


def _innermost(text: str) -> str:
    """The last place of ours in a traceback."""
    lines = [line.strip() for line in text.splitlines() if "/trackbook/" in line and line.strip().startswith("File")]
    return lines[-1].partition("/trackbook/")[2] if lines else text.strip().splitlines()[-1]


@contextmanager
def _limit() -> Iterator[None]:
    def stop(_signal: int, _frame: FrameType | None) -> NoReturn:
        raise HangError

    faulthandler.dump_traceback_later(LONGEST * 12, exit=True)
    old = [(kind, signal.signal(kind, stop)) for kind in (signal.SIGPROF, signal.SIGALRM)]
    signal.setitimer(signal.ITIMER_PROF, LONGEST)
    signal.setitimer(signal.ITIMER_REAL, LONGEST * 8)  # waiting, as for a FIFO, takes no processor
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        faulthandler.cancel_dump_traceback_later()
        for kind, handler in old:
            signal.signal(kind, handler)
