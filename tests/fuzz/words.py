"""What mutations put in, read from words.yml."""

from pathlib import Path
from typing import Any

import yaml

_WORDS: dict[str, list[Any]] = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text("utf-8"))
MARKS: list[str] = _WORDS["marks"]
VALUES: list[Any] = _WORDS["values"]
PLAIN_VALUES: list[str] = _WORDS["plain_values"]
NAMES: list[str] = [*_WORDS["names"], "x" * 240 + ".md", "x" * 300 + ".md", "deep/" * 30 + "x.md"]
SLIPS: list[str] = _WORDS["slips"]
FIELDS: list[str] = _WORDS["fields"]
