"""What a check is: a truth with its reason, and what breaks and keeps it."""

import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Generic, TypeVar

from trackbook.issue import Issue, make_printable
from trackbook.model import Course, Finding, Kind, Level, Page


@dataclass(frozen=True, slots=True, eq=False)
class Settings:
    """What the outline, mkdocs.yml, and the program around them say for every page.

    A process that begins anew finds here the course's widgets, which it has to load before it gets a page.
    """

    language: str
    sections: Mapping[Kind, tuple[str, ...]]
    misspellings: Mapping[str, str]
    widgets: Mapping[str, object] = field(default_factory=dict)
    plugins: frozenset[str] = frozenset()
    extensions: Mapping[str, object] = field(default_factory=dict)
    """Those of Python-Markdown that mkdocs.yml names, with their options."""


Run = Callable[[Course], Iterable[Finding]]
RunOnPage = Callable[[Page, Settings], Iterable[Finding]]
Subject = TypeVar("Subject")
_EXAMPLE = re.compile(r"^````text\n(.*?)\n````$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Check(Generic[Subject]):
    """What must be true of a subject: the course, or the built site.

    A check's code is its function's name, and its docstring is the reason: one sentence, and why. What breaks and what
    keeps it stands beside its module, in `examples/CODE.md`.
    """

    code: str
    level: Level
    reason: str
    examples: Path
    family: str
    run: Callable[[Subject], Iterable[Finding]]

    @property
    def truth(self) -> str:
        return self.reason.split("\n\n", 1)[0].replace("\n", " ")

    def read_examples(self) -> tuple[str, str]:
        """What breaks it, and what keeps it."""
        examples = _EXAMPLE.findall(self.examples.read_text("utf-8"))
        assert len(examples) == 2, f"{self.examples} needs two blocks in ````: what breaks it, what keeps it"
        return examples[0], examples[1]

    def make_issue(self, finding: Finding) -> Issue:
        """What is told of a finding: it may quote whatever a source holds, and nothing of that is obeyed."""
        message, hint = make_printable(finding.message), make_printable(finding.hint)
        return Issue(self.code, finding.source, message, hint, self.level)


ALL: dict[str, Check[Course]] = {}
ON_PAGES: dict[str, RunOnPage] = {}


def check(run: Run, level: Level = "error") -> Run:
    """Makes a generator function over the course a check."""
    _register(run, run, level)
    return run


def page_check(run: RunOnPage, level: Level = "error") -> RunOnPage:
    """Makes a generator function over one page a check. What it finds is kept until the page or the settings change.

    So it looks at nothing else: where a link leads (`target` and `fragment`) depends on other pages.
    """

    def run_on_all(course: Course) -> Iterator[Finding]:
        settings = list_settings(course)
        return (finding for page in course.pages.values() for finding in run(page, settings))

    ON_PAGES[_register(run, run_on_all, level)] = run
    return run


advice = partial(check, level="advice")
"""Makes a function a check that never fails a build."""
page_advice = partial(page_check, level="advice")
"""The same of a function over one page."""


def list_settings(course: Course) -> Settings:
    plugins = frozenset(plugin.name for plugin in course.settings.plugins if plugin.is_on)
    extensions = course.settings.extensions
    return Settings(course.primary_language, course.sections, course.misspellings, course.widgets, plugins, extensions)


def _register(documented: Callable[..., object], run: Run, level: Level) -> str:
    check = describe(documented, run, level, documented.__module__.rpartition(".")[2])
    ALL[check.code] = check
    return check.code


def describe(
    documented: Callable[..., object], run: Callable[[Subject], Iterable[Finding]], level: Level, family: str
) -> Check[Subject]:
    """The check that a function is, by its name, its docstring and the examples beside its module."""
    code = documented.__name__.replace("_", "-")
    examples = Path(inspect.getfile(documented)).with_name("examples") / f"{code}.md"
    return Check(code, level, inspect.getdoc(documented) or "", examples, family, run)


def met_while_reading(course: Course, code: str) -> Iterator[Finding]:
    """What reading met and filed under this code."""
    return (finding for finding in course.findings if finding.code == code)


@cache
def load_checks() -> Mapping[str, Check[Course]]:
    """Every check of the course by its code, in alphabetical order: each module beside this one holds a family."""
    for module in iter_modules([str(Path(__file__).parent)]):
        import_module(f"{__package__}.{module.name}")
    return dict(sorted(ALL.items()))
