"""What the server needs to know of a site: what stands at a path, what is off, and how it follows a change."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from mimetypes import MimeTypes
from pathlib import Path
from typing import Any, Protocol

from trackbook.formats.as_json import format_json
from trackbook.issue import CourseError, Issue
from trackbook.language.words import Language
from trackbook.model import Source
from trackbook.serving.gate import OWN

_TYPES = MimeTypes()
"""Without the system's own lists, so that every machine says the same."""
for _kind, _ends in {
    "application/manifest+json": ".webmanifest",
    "application/octet-stream": ".apkg .pagefind .pf_fragment .pf_index .pf_meta",
    "application/wasm": ".wasm",
    "audio/aac": ".aac",
    "audio/flac": ".flac",
    "audio/mp4": ".m4a",
    "audio/mpeg": ".mp3",
    "audio/ogg": ".oga .ogg .opus",
    "audio/wav": ".wav",
    "font/woff2": ".woff2",
    "image/avif": ".avif",
    "image/webp": ".webp",
    "text/javascript": ".js .mjs",
    "text/markdown": ".md",
    "text/vtt": ".vtt",
    "video/mp4": ".m4v .mp4",
    "video/ogg": ".ogv",
    "video/webm": ".webm",
}.items():
    for _end in _ends.split():
        _TYPES.add_type(_kind, _end)
_TEXTS = ("application/json", "application/manifest+json", "application/xml", "image/svg+xml")


@dataclass(frozen=True, slots=True)
class Response:
    """A file of the site as it stands now, with its media type, and what a browser that shows it may load by it."""

    kind: str
    body: bytes
    status: int = 200
    policy: str = OWN


@dataclass(frozen=True, slots=True)
class Report:
    """The issues after a build. `sources` are the authors' files by the addresses of their pages (`track/module/`).

    `kept` are the sources whose pages still show an earlier state; `failed` says that all pages do.
    """

    issues: tuple[Issue, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)
    kept: frozenset[str] = frozenset()
    failed: bool = False

    def add_failure(self, error: BaseException) -> "Report":
        """The same, and that the site can't be made."""
        why = " ".join(str(error).split()) or type(error).__name__
        message = why if isinstance(error, CourseError) else f"the site can't be built: {why}"
        hint = "mend it, or undo the last change; the terminal may say more"
        issue = Issue("site-is-built", Source("mkdocs.yml"), message, hint)
        return replace(self, issues=(issue, *self.issues), failed=True)

    def describe_page(self, address: str) -> dict[str, Any]:
        """The page's source, whether it is shown in an earlier state, its issues, and those of other files."""
        source = self.sources.get(address, "")
        told: dict[str, Any] = {"source": source, "kept": self.failed or source in self.kept}
        for name, here in (("here", True), ("elsewhere", False)):
            issues = [issue for issue in self.issues if (issue.source.path == source) is here]
            told[name] = json.loads(format_json(issues))["issues"]
        return told


class Site(Protocol):
    """Asked by many threads at once, and told of changes by another one."""

    @property
    def report(self) -> Report:
        """What is off in the course as it was last read."""

    @property
    def language(self) -> Language:
        """The words of the course's language."""

    @property
    def watched(self) -> Collection[Path]:
        """Files and folders that the site is made of; they may come and go. Asked again after each refresh."""

    def answer(self, path: str) -> Response | None:
        """The file at a path below the site's root: `track/module/`, `assets/main.css`, "" for the home page.

        None where there is none. May raise: the author is told, and the server goes on.
        """

    def refresh(self, changed: Collection[str] | None) -> None:
        """Follow a change of these files, named from the course's folder; None: anything may have changed.

        When it raises, answers stay as they were, and the author is told.
        """


def guess_type(path: str) -> str:
    """The media type that a file's name asks for, as a `Content-Type`."""
    kind, packed = _TYPES.guess_type(f"/{path}")
    if packed:
        return f"application/{packed}"
    kind = kind or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") or kind in _TEXTS else kind
