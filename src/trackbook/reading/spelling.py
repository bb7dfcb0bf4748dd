"""The list of common misspellings that the package codespell brings, where it is installed."""

from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

_LIST = "codespell_lib/data/dictionary.txt"


@cache
def read_misspellings() -> Mapping[str, str]:
    """What each misspelling may stand for, in small letters, as `one` or `one, other`.

    There is none where codespell is not installed. The list is read as a file: it is CC BY-SA 3.0, while the program
    around it is GPL-2.0, never imported and never run. A line is `wrong->right` or `wrong->one, other,`.
    """
    try:
        path = Path(str(distribution("codespell").locate_file(_LIST)))
        lines = path.read_text("utf-8").splitlines()
    except (PackageNotFoundError, OSError):
        return {}
    return dict(line.rstrip(",").split("->", 1) for line in lines if "->" in line)
