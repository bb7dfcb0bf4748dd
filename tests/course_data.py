"""What `lessons/data` holds, read for tests."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from trackbook.model import DataFile
from trackbook.reading.data import is_data
from trackbook.reading.data import read_data as read_file
from trackbook.reading.files import list_files, read_content

ROOT = Path(__file__).parents[1]
DATA = ROOT / "lessons" / "data"
MODELS = ("reverse", "induction-1", "induction-2", "world")


def read_data(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((DATA / f"{name}.json").read_text("utf-8"))
    return data


@cache
def read_course_data() -> Mapping[str, DataFile]:
    """Every data file of our course, by its path, as widgets get them."""
    contents = [read_content(ROOT, path) for path in sorted(list_files(ROOT).files) if is_data(path)]
    files = [file for content in contents if (file := read_file(content)[0])]
    assert len(files) == len(contents)
    return {file.path: file for file in files}
