"""The course's data: JSON files below `lessons/` that widgets show."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from trackbook.model import DataFile, Finding, Source
from trackbook.reading.files import read_text


def read_data(root: Path, files: Iterable[str], findings: list[Finding]) -> Mapping[str, DataFile]:
    """Every file `.json` that holds an object, by its path; what is no JSON is told."""
    data = {}
    for path in sorted(files):
        if not (path.startswith("lessons/") and path.endswith(".json")):
            continue
        text, trouble = read_text(root, path)
        findings += trouble
        try:
            content = None if trouble else json.loads(text)
        except (ValueError, RecursionError) as error:
            line = getattr(error, "lineno", 1)
            message = f'"{path}" is no JSON: {getattr(error, "msg", error)}.'
            findings.append(Finding(Source(path, line), message, "correct it, or make it anew", "file-can-be-read"))
            continue
        if isinstance(content, dict):
            data[path] = DataFile(path, len(text.encode()), content)
    return data
