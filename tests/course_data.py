"""What `lessons/data` holds, read for tests."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from trackbook.model import DataFile, Finding
from trackbook.reading import data as reading
from trackbook.reading.files import list_files

ROOT = Path(__file__).parents[1]
DATA = ROOT / "lessons" / "data"
MODELS = ("reverse", "induction-1", "induction-2", "world")


def read_data(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((DATA / f"{name}.json").read_text("utf-8"))
    return data


@cache
def read_course_data() -> Mapping[str, DataFile]:
    """Every data file of our course, by its path, as widgets get them."""
    findings: list[Finding] = []
    files = reading.read_data(ROOT, list_files(ROOT).files, findings)
    assert findings == []
    return files
