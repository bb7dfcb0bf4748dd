"""Issues as JSON: the value that `trackbook check --json` prints, and the schema made from it."""

import json
from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from trackbook.issue import Issue
from trackbook.model import Level


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True, defer_build=True)


class IssueEntry(_Value):
    """What a check found: a fact, its place, and what to type instead."""

    code: str
    """The check: `trackbook explain CODE` gives its reason."""
    level: Level
    """Errors fail a check; advice never does."""
    path: str
    """The file, relative to the course's folder, with `/` between its parts."""
    line: int = Field(ge=1)
    """Counted from 1."""
    column: int | None = Field(ge=1)
    """Counted from 1 in characters; null where the whole line is meant."""
    message: str
    """The fact."""
    hint: str
    """What to type instead; may be empty."""


class IssueList(_Value):
    """What `trackbook check --json` prints."""

    version: Literal[1]
    """Changes when a key goes or means something else. New keys may come at any time."""
    errors: int = Field(ge=0)
    """How many of the issues are errors."""
    advice: int = Field(ge=0)
    """How many are advice."""
    known: int = Field(ge=0)
    """How many more the baseline knows; they are left out. 0 without `--baseline`."""
    issues: tuple[IssueEntry, ...]
    """Sorted by path, line and column."""


def format_json(issues: Sequence[Issue], known: int = 0) -> str:
    errors = sum(issue.level == "error" for issue in issues)
    entries = tuple(
        IssueEntry(
            code=issue.code,
            level=issue.level,
            path=issue.source.path,
            line=issue.source.line,
            column=issue.source.column,
            message=issue.message,
            hint=issue.hint,
        )
        for issue in issues
    )
    value = IssueList(version=1, errors=errors, advice=len(issues) - errors, known=known, issues=entries)
    return value.model_dump_json(indent=2)


def format_schema() -> str:
    """The JSON Schema of what `format_json` gives."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **IssueList.model_json_schema()}
    return json.dumps(schema, indent=2)
