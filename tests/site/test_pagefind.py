"""What is said when the program that indexes pages fails, and who is blamed."""

import sys
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest

from trackbook.issue import CourseError
from trackbook.site.search.pagefind import index_records

RECORDS = [("a/index.html", "<html lang=en><body>word</body></html>"), ("b/index.html", "word " * 100_000)]
INDEX = '{"payload": {"type": "NewIndex", "index_id": 1}}'
FILES = '{"payload": {"type": "GetFiles", "files": [%s]}}'
ENTRY = f'{{"path": "pagefind-entry.json", "content": "{b64encode(b"[]").decode()}"}}'
FAILURES = {
    "ends at once": ([], "it ended without an answer"),
    "ends later": ([INDEX], "it ended without an answer"),
    "says no": (['{"payload": {"type": "Error", "message": "no room"}}'], "no room"),
    "no Base64": (["%a"], "Invalid base64-encoded"),
    "no JSON": (["word"], "JSON is malformed"),
    "other JSON": (["[]"], "Expected `object`, got `array`"),
    "no list of contents": ([INDEX, INDEX, INDEX, FILES % ""], "'pagefind-entry.json'"),
    "another list of contents": ([INDEX, INDEX, INDEX, FILES % ENTRY], "Expected `object`, got `array`"),
}


@pytest.mark.parametrize(("answers", "why"), FAILURES.values(), ids=FAILURES)
def test_failure_is_told_as_the_programs(
    answers: list[str], why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program gives an answer for each question that it reads, then ends."""
    said = [text if text.startswith("%") else b64encode(text.encode()).decode() for text in answers]
    program = tmp_path / "pagefind"
    program.write_text(f"""#!{sys.executable}
import sys
for answer in {said!r}:
    while sys.stdin.read(1) != ",":
        pass
    sys.stdout.write(answer + ",")
    sys.stdout.flush()
""")
    program.chmod(0o755)
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(program))
    with pytest.raises(CourseError) as raised:
        index_records(RECORDS)
    assert str(raised.value).startswith(f"the site has no search: Pagefind could not index it ({why}")


def test_failure_of_whoever_makes_the_records_is_theirs() -> None:
    def make() -> Iterator[tuple[str, str]]:
        yield RECORDS[0]
        raise ValueError("no such page")

    with pytest.raises(ValueError, match="no such page"):
        index_records(make())


@pytest.mark.parametrize("name", ["pagefind.toml", "pagefind.yml", "pagefind.json"])
def test_settings_of_another_use_of_the_program_are_not_followed(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / name).write_text("nonsense: [", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert index_records(RECORDS)
