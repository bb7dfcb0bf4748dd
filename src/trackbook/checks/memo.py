"""What the checks of single pages found, kept until a page or the settings change."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from trackbook.checks.check import ALL, ON_PAGES, Check, Settings, list_settings
from trackbook.hashing import fingerprint, hash_parts
from trackbook.model import Course, Finding, Page
from trackbook.reading.keeping import decode, encode


class Memo(Protocol):
    """Bytes by key: what was put under a key, or None."""

    def get(self, key: str) -> bytes | None: ...
    def put(self, key: str, value: bytes) -> None: ...


@dataclass(frozen=True, slots=True)
class _Found:
    """The findings of one page, each with the code of its check."""

    findings: tuple[tuple[str, Finding], ...]


def run_checks(course: Course, memo: Memo | None = None) -> Iterator[tuple[Check[Course], Finding]]:
    """What every check finds; pages that the memo knows by their digests are not looked at again."""
    for code, check in ALL.items():
        if code not in ON_PAGES:
            yield from ((check, finding) for finding in check.run(course))
    settings = list_settings(course)
    name = "" if memo is None else _name_settings(settings)
    for page in course.pages.values():
        for code, finding in _find_on(page, settings, name, memo).findings:
            yield ALL[code], finding


def _find_on(page: Page, settings: Settings, name: str, memo: Memo | None) -> _Found:
    if memo is None or not page.digest:
        return _look_at(page, settings)
    key = hash_parts("checks of a page", name, page.digest)
    found = decode(_Found, memo.get(key))
    if found is None:
        found = _look_at(page, settings)
        if kept := encode(found):
            memo.put(key, kept)
    return found


def _look_at(page: Page, settings: Settings) -> _Found:
    return _Found(tuple((code, finding) for code, run in ON_PAGES.items() for finding in run(page, settings)))


def _name_settings(settings: Settings) -> str:
    words = "\n".join([*settings.misspellings, *settings.misspellings.values()])
    return hash_parts(fingerprint(), settings.language, repr(sorted(settings.sections.items())), words)
