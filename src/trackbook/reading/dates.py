"""When each source was last changed, and what is new, as the repository's history has it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from trackbook.reading.files import SOURCE_FOLDERS
from trackbook.reading.git import DIFF, run_git

UNKNOWN = "1980-01-01"
"""The date of what no commit has touched: the first that every archive format can hold."""
_OF_MODULES = ("lessons", "cheatsheets")
_COMMITS = 300
"""Commits that are looked into for what is new: a long history would keep each build waiting."""
_ANNOUNCED = "%(trailers:key=News,valueonly,unfold,separator=%x20)"


@dataclass(frozen=True, slots=True)
class Edit:
    """What a commit on the main line did to one page of a module: added it, or changed so many of its `lines`.

    `time` is in seconds since 1970, `date` the day where the author was, and `news` what the line `News:` of the
    commit's message says.
    """

    path: str
    time: int
    date: str
    added: bool
    lines: int
    news: str


@dataclass(frozen=True, slots=True)
class Commits:
    """The day of the last commit that touched each source, and the edits of pages, the newest first."""

    dates: Mapping[str, str] = field(default_factory=dict)
    edits: tuple[Edit, ...] = ()


def read_commits(root: Path) -> Commits:
    """What the history has of the sources; nothing where there is none."""
    dates = read_commit_dates(root)
    return Commits(dates, tuple(_list_edits(root)) if dates else ())


def read_commit_dates(root: Path) -> Mapping[str, str]:
    """The date (YYYY-MM-DD) of the last commit that touched each source; nothing where there is no history."""
    log = run_git(root, "log", "--format=%x00%cs", "--name-only", *DIFF, "--", *SOURCE_FOLDERS) or b""
    dates: dict[str, str] = {}
    for entry in log.decode("utf-8", "replace").split("\0")[1:]:
        date, *paths = entry.split("\n")
        for path in filter(None, paths):
            dates.setdefault(path, date)
    return dates


def _list_edits(root: Path) -> Iterator[Edit]:
    """A file that was moved is not new. All would be where a shallow clone ends: that commit is left out."""
    told = f"--format=%x01%P%x02%ct%x02%cs%x02{_ANNOUNCED}%x02"
    diff = ("--raw", "--numstat", "-z", *DIFF, "--find-renames")
    log = run_git(root, "log", f"--max-count={_COMMITS}", "--first-parent", "-m", told, *diff, "--", *_OF_MODULES)
    is_shallow = (run_git(root, "rev-parse", "--is-shallow-repository") or b"").strip() == b"true"
    for entry in (log or b"").decode("utf-8", "replace").split("\1")[1:]:
        parents, time, date, news, files = entry.split("\2", 4)
        if parents or not is_shallow:
            for path, added, lines in _read_files(files.split("\0")):
                yield Edit(path, int(time), date, added, lines, " ".join(news.split()))


def _read_files(parts: list[str]) -> Iterator[tuple[str, bool, int]]:
    """Path, whether it was added, and changed lines, of what `--raw --numstat -z` says of one commit."""
    added: dict[str, bool] = {}
    left = iter(part.strip("\n") for part in parts)
    for part in left:
        if part.startswith(":"):
            status = part.rpartition(" ")[2]
            path = next(left)
            added[next(left) if status.startswith(("R", "C")) else path] = status == "A"
        elif part.count("\t") == 2:
            new, gone, path = part.split("\t")
            if not path:  # it was moved: the old path, then the new one
                _, path = next(left), next(left)
            if path in added and new.isdigit() and path.endswith(".md"):
                yield path, added[path], int(new) + int(gone)
