"""The course's data: JSON files below `lessons/` that widgets show."""

import json
from collections.abc import Iterator, Mapping

from trackbook.cache.digest import hash_parts
from trackbook.model import DataFile, Finding, Source
from trackbook.reading.files import Content, decode_text

_ALL = ""
"""Stands for the names of all files: what is asked for and not there is told with a name that is near."""


def is_data(path: str) -> bool:
    return path.startswith("lessons/") and path.endswith(".json")


def read_data(content: Content) -> tuple[DataFile | None, list[Finding]]:
    """The file when it holds an object; what is no JSON is told."""
    text, findings = decode_text(content)
    if findings:
        return None, findings
    path = content.name
    try:
        held = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        message = f'"{path}" is no JSON: {getattr(error, "msg", error)}.'
        return None, [Finding(Source(path, line), message, "correct it, or make it anew", "file-can-be-read")]
    return DataFile(path, len(text.encode()), held, content.digest) if isinstance(held, dict) else None, []


class NotedData(Mapping[str, DataFile]):
    """The course's data as one page asks for it: `answers` is what the page has to do with it."""

    def __init__(self, files: Mapping[str, DataFile]) -> None:
        self._files = files
        self.answers: dict[str, str] = {}

    def __getitem__(self, path: str) -> DataFile:
        self.answers[path] = answer(self._files, path)
        return self._files[path]

    def __iter__(self) -> Iterator[str]:
        self.answers[_ALL] = answer(self._files, _ALL)
        return iter(self._files)

    def __len__(self) -> int:
        return len([*self])


def is_answered(answers: Mapping[str, str], files: Mapping[str, DataFile]) -> bool:
    """Whether a page would get to know the same now."""
    return all(answer(files, asked) == told for asked, told in answers.items())


def answer(files: Mapping[str, DataFile], asked: str) -> str:
    """What a page gets to know by asking for a file, in short."""
    if asked == _ALL:
        return hash_parts(*files)
    return files[asked].digest if asked in files else ""
