"""Issues as SARIF 2.1.0, which code scanning takes: https://docs.oasis-open.org/sarif/sarif/v2.1.0/."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from trackbook import __version__
from trackbook.checks import Check
from trackbook.issue import Issue

_LEVELS = {"error": "error", "advice": "note"}


def format_sarif(issues: Sequence[Issue], checks: Mapping[str, Check[Any]], folder: str) -> str:
    """A log of one run. `folder` is where the course stands in the repository, "" for its root."""
    codes = sorted({*checks, *(issue.code for issue in issues)})
    driver = {
        "name": "Trackbook",
        "semanticVersion": __version__,
        "rules": [_describe_rule(code, checks.get(code)) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"ROOT": {"description": {"text": "The root of the repository."}}},
        "results": [_describe_result(issue, codes.index(issue.code), folder) for issue in issues],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False)


def _describe_rule(code: str, check: Check[Any] | None) -> dict[str, object]:
    if check is None:
        return {"id": code}
    return {
        "id": code,
        "shortDescription": {"text": check.truth},
        "fullDescription": {"text": check.reason},
        "help": {"text": check.reason},
        "defaultConfiguration": {"level": _LEVELS[check.level]},
    }


def _describe_result(issue: Issue, rule: int, folder: str) -> dict[str, object]:
    path = f"{folder}/{issue.source.path}".lstrip("/")
    region = {"startLine": issue.source.line}
    if issue.source.column:
        region["startColumn"] = issue.source.column
    place = {"artifactLocation": {"uri": quote(path), "uriBaseId": "ROOT"}, "region": region}
    return {
        "ruleId": issue.code,
        "ruleIndex": rule,
        "level": _LEVELS[issue.level],
        "message": {"text": issue.message_and_hint},
        "locations": [{"physicalLocation": place}],
    }
