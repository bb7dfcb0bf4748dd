"""Caches what checks found: of a page until it or the settings change, of the course until anything does."""

from collections.abc import Iterator
from dataclasses import dataclass

from trackbook.cache.digest import fingerprint, hash_parts
from trackbook.cache.processes import spread
from trackbook.cache.store import Store
from trackbook.checks.check import ALL, ON_PAGES, Check, Settings, list_settings, load_checks
from trackbook.issue import Issue
from trackbook.model import Course, Finding, Page
from trackbook.reading.codec import decode, encode


@dataclass(frozen=True, slots=True)
class Verdict:
    """The issues of a course, and how many pages it has."""

    issues: tuple[Issue, ...]
    pages: int


@dataclass(frozen=True, slots=True)
class _Found:
    """The findings of one page, each with the code of its check."""

    findings: tuple[tuple[str, Finding], ...]


def recall_verdict(digest: str, store: Store) -> Verdict | None:
    """What is known of the course with this digest."""
    return decode(Verdict, store.get(_name_verdict(digest)))


def keep_verdict(digest: str, verdict: Verdict, store: Store) -> None:
    if kept := encode(verdict):
        store.put(_name_verdict(digest), kept)


def _name_verdict(digest: str) -> str:
    return hash_parts("issues", digest)


def run_checks(course: Course, store: Store | None = None) -> Iterator[tuple[Check[Course], Finding]]:
    """What every check finds; pages that the store knows by their digests are not looked at again."""
    for code, check in ALL.items():
        if code not in ON_PAGES:
            yield from ((check, finding) for finding in check.run(course))
    for found in _find_on_pages(list(course.pages.values()), list_settings(course), store):
        yield from ((ALL[code], finding) for code, finding in found.findings)


def _find_on_pages(pages: list[Page], settings: Settings, store: Store | None) -> list[_Found]:
    """What is found on each page: as the store has it, else by a look at it, in as many processes as there are."""
    name = "" if store is None else _name_settings(settings)
    keys = [hash_parts("checks of a page", name, page.digest) if page.digest else "" for page in pages]
    values = store.get_many(key for key in keys if key) if store else {}
    kept = [decode(_Found, values.get(key)) for key in keys]
    looks = iter([*spread(_Look(settings), [page for page, found in zip(pages, kept, strict=True) if found is None])])
    found = [next(looks) if known is None else known for known in kept]
    for key, known, seen in zip(keys, kept, found, strict=True):
        if store and key and known is None and (encoded := encode(seen)):
            store.put(key, encoded)
    return found


@dataclass(frozen=True, slots=True)
class _Look:
    """A look at a page, in any process."""

    settings: Settings

    def __call__(self, page: Page) -> _Found:
        load_checks()  # a process may have begun here
        checks = sorted(ON_PAGES.items())  # else their order would be that in which this process met them
        return _Found(tuple((code, finding) for code, run in checks for finding in run(page, self.settings)))


def _name_settings(settings: Settings) -> str:
    words = "\n".join([*settings.misspellings, *settings.misspellings.values()])
    parts = [repr(sorted(part.items())) for part in (settings.sections, settings.extensions)]
    return hash_parts(fingerprint(), settings.language, *parts, words, *sorted(settings.plugins))
