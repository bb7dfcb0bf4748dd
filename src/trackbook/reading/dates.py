"""When each source was last changed, as the repository's history has it."""

from collections.abc import Mapping
from pathlib import Path

from trackbook.reading.files import SOURCE_FOLDERS
from trackbook.reading.git import DIFF, run_git

UNKNOWN = "1980-01-01"
"""The date of what no commit has touched: the first that every archive format can hold."""


def read_commit_dates(root: Path) -> Mapping[str, str]:
    """The date (YYYY-MM-DD) of the last commit that touched each source; nothing where there is no history."""
    log = run_git(root, "log", "--format=%x00%cs", "--name-only", *DIFF, "--", *SOURCE_FOLDERS) or b""
    dates: dict[str, str] = {}
    for entry in log.decode("utf-8", "replace").split("\0")[1:]:
        date, *paths = entry.split("\n")
        for path in filter(None, paths):
            dates.setdefault(path, date)
    return dates
