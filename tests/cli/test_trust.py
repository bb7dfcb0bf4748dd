"""What an untrusted course does not get, and what it is refused for: a case is what stands in its settings."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.conftest import TESTS, Change, change_files

from trackbook.cli.trust import tell_left_out
from trackbook.issue import CourseError

CASES = yaml.safe_load((TESTS / "cases" / "untrusted.yml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"].replace(" ", "-"))
def test_it_is_said_or_refused(
    case: dict[str, Any],
    make_course: Callable[[Change], Path],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    root = make_course({})
    (root.parent / "outside").mkdir()
    for path, there in case.get("links", {}).items():
        (root / path).symlink_to(there, target_is_directory=True)
    before = (root / "mkdocs.yml").read_text("utf-8").splitlines()
    keys = [line.partition(":")[0] for line in case.get("settings", "").splitlines()]
    kept = [line if line.partition(":")[0] not in keys else "#" for line in before]
    change_files(root, {"mkdocs.yml": "\n".join([*kept, case.get("settings", "")]), **case.get("files", {})})
    for name, value in case.get("env", {}).items():
        monkeypatch.setenv(name, value)
    if "refused" in case:
        with pytest.raises(CourseError) as raised:
            tell_left_out(root, root / "anki", untrusted=True)
        assert str(raised.value).removeprefix(f"{root}/").startswith(case["refused"])
        assert "hunter2" not in str(raised.value)
    else:
        tell_left_out(root, root / "anki", untrusted=True)
        assert capsys.readouterr().out.splitlines() == case["says"]
