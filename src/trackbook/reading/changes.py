"""Which pages differ from those of another version in the repository, such as a pull request's base."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from trackbook.issue import CourseError
from trackbook.markdown import parse_markdown
from trackbook.model import Page
from trackbook.reading.files import SOURCE_FOLDERS
from trackbook.reading.front_matter import split_front_matter
from trackbook.reading.git import read_blobs, run_git


@dataclass(frozen=True, slots=True)
class Change:
    """A page's words before and after; `before` is None for a new page, `after` for one that is gone."""

    before: int | None
    after: int | None

    @property
    def words(self) -> int:
        return (self.after or 0) - (self.before or 0)


def read_changes_since(root: Path, base: str, pages: Mapping[str, Page]) -> Mapping[str, Change]:
    """What changed in each page since the last commit that HEAD and `base` share, by its path.

    Raises CourseError outside of a repository, and where `base` or that commit is not to be found.
    """
    texts = _read_base(root, _find_commit(root, base))
    changes: dict[str, Change] = {}
    for path in sorted({*texts, *pages}):
        old = _normalize(texts[path]) if path in texts else None
        new = _normalize((root / path).read_bytes()) if path in pages else None
        if old != new:
            before = None if old is None else _count_words(old, path)
            changes[path] = Change(before, pages[path].words if path in pages else None)
    return changes


def _find_commit(root: Path, base: str) -> str:
    if run_git(root, "rev-parse", "--is-inside-work-tree") is None:
        raise CourseError(f"{root} is in no git repository: `--base` compares with a version in one")
    found = run_git(root, "rev-parse", "--verify", "--quiet", f"{base}^{{commit}}")
    if found is None:
        raise CourseError(f'"{base}" is no branch, tag or commit here: fetch it, or name another with `--base`')
    shared = run_git(root, "merge-base", found.decode().strip(), "HEAD")
    if shared is None:
        raise CourseError(f'"{base}" shares no commit with what is here: fetch the whole history (`fetch-depth: 0`)')
    return shared.decode().strip()


def _read_base(root: Path, commit: str) -> Mapping[str, bytes]:
    """The Markdown pages of that commit, by their paths from the course's folder."""
    texts = read_blobs(root, commit, *(f"{name}/" for name in SOURCE_FOLDERS))
    return {path: text for path, text in texts.items() if path.endswith(".md")}


def _normalize(data: bytes) -> str:
    return data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")


def _count_words(text: str, path: str) -> int:
    _, body, first_line, _ = split_front_matter(text, path)
    return parse_markdown(body, path, first_line).words
