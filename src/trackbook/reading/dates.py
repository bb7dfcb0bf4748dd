"""When each source was last changed, as the repository's history has it."""

import subprocess
from collections.abc import Mapping
from pathlib import Path

from trackbook.reading.files import SOURCE_FOLDERS

UNKNOWN = "1980-01-01"
"""The date of what no commit has touched: the first that every archive format can hold."""


def read_commit_dates(root: Path) -> Mapping[str, str]:
    """The date (YYYY-MM-DD) of the last commit that touched each source; nothing where there is no history."""
    command = ["git", "-c", "core.quotepath=off", "log", "--format=%x00%cs", "--name-only", "--relative", "--"]
    try:
        log = subprocess.run([*command, *SOURCE_FOLDERS], cwd=root, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return {}
    dates: dict[str, str] = {}
    for entry in log.decode("utf-8", "replace").split("\0")[1:]:
        date, *paths = entry.split("\n")
        for path in filter(None, paths):
            dates.setdefault(path, date)
    return dates
