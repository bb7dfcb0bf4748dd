"""Issues as JSON: what `trackbook check --json` prints, as `issues.schema.json` describes it."""

import json
from collections.abc import Sequence
from pathlib import Path

from trackbook.issue import Issue

_SCHEMA = Path(__file__).with_name("issues.schema.json")


def format_json(issues: Sequence[Issue], known: int = 0) -> str:
    """The issues, sorted by place as they come; `known` more are left out, since a baseline knows them."""
    errors = sum(issue.level == "error" for issue in issues)
    entries = [
        {
            "code": issue.code,
            "level": issue.level,
            "path": issue.source.path,
            "line": issue.source.line,
            "column": issue.source.column,
            "message": issue.message,
            "hint": issue.hint,
        }
        for issue in issues
    ]
    value = {"version": 1, "errors": errors, "advice": len(issues) - errors, "known": known, "issues": entries}
    return json.dumps(value, indent=2, ensure_ascii=False)


def format_schema() -> str:
    """The JSON Schema of what `format_json` gives."""
    return _SCHEMA.read_text("utf-8").rstrip()
