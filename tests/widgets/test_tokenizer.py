"""tokenizer: Python, the browser and the library that counted the merges cut alike; rows and neighbors are the same."""

from base64 import b64decode
from collections import Counter
from hashlib import sha256
from itertools import pairwise
from typing import Any

import pytest
from lessons.widgets.tokenizer import find_direction, spell
from lessons.widgets.tokenizer.encoding import BYTES, Vocabulary
from lessons.widgets.tokenizer.rows import draw_row, read_rows
from tests.course_data import DATA, ROOT, read_course_data, read_data
from tests.typescript import run_typescript

from trackbook.widgets import load_widgets

KEPT, TABLE = read_data("tokenizer/vocabulary"), read_data("tokenizer/vectors")
VOCABULARY = Vocabulary(KEPT["merges"])
GOLDEN = KEPT["golden"]
TEXTS = [golden["text"] for golden in GOLDEN]


def encode(text: str) -> list[int]:
    data = text.encode()
    steps = VOCABULARY.list_steps(data)
    return steps[-1].ids if steps else list(data)


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda golden: repr(golden["text"]))
def test_the_build_cuts_as_the_library_does(golden: dict[str, Any]) -> None:
    assert encode(golden["text"]) == golden["ids"]


def test_the_browser_cuts_as_the_library_does_and_as_the_build_does_at_each_step() -> None:
    source = """import { listSteps, readVocabulary, writeBytes } from "../../../lessons/widgets/tokenizer/encoding";
const vocabulary = readVocabulary(input.merges);
output = input.texts.map((text: string) => {
  const bytes = writeBytes(text);
  return { bytes, steps: listSteps(vocabulary, bytes).map(({ merge, ids }) => [merge, ids]) };
});"""
    found = run_typescript(source, {"merges": KEPT["merges"], "texts": TEXTS})
    for golden, one in zip(GOLDEN, found, strict=True):
        data = golden["text"].encode()
        assert one["bytes"] == list(data)
        assert one["steps"] == [[step.merge, step.ids] for step in VOCABULARY.list_steps(data)]
        assert (one["steps"][-1][1] if one["steps"] else one["bytes"]) == golden["ids"]


@pytest.mark.parametrize("text", TEXTS, ids=repr)
def test_nothing_is_lost(text: str) -> None:
    assert b"".join(VOCABULARY.tokens[token] for token in encode(text)) == text.encode()


def test_each_step_makes_one_merge_everywhere_in_order() -> None:
    data = b"The animal didn't cross the street because it was too tired."
    before = list(data)
    steps = VOCABULARY.list_steps(data)
    assert [step.merge for step in steps] == sorted({step.merge for step in steps})
    for step in steps:
        left, right = KEPT["merges"][step.merge]
        assert len(step.ids) == len(before) - step.ids.count(BYTES + step.merge)
        assert (left, right) not in pairwise(step.ids)
        before = step.ids


def test_tokens_are_spelled_alike() -> None:
    source = """import { readVocabulary } from "../../../lessons/widgets/tokenizer/encoding";
import { findDirection, spell, writeHex } from "../../../lessons/widgets/tokenizer/spelling";
const { tokens } = readVocabulary(input.merges);
const told = (token: readonly number[]) => [...Object.values(spell(token)), writeHex(token)];
const texts = input.texts.map((text: string) => [told([...new TextEncoder().encode(text)]), findDirection(text)]);
output = { tokens: tokens.map(told), texts };"""
    found = run_typescript(source, {"merges": KEPT["merges"], "texts": TEXTS})
    assert found["tokens"] == [[*spell(token), token.hex(" ").upper()] for token in VOCABULARY.tokens]
    assert found["texts"] == [
        [[*spell(text.encode()), text.encode().hex(" ").upper()], find_direction(text)] for text in TEXTS
    ]


@pytest.mark.parametrize(
    ("token", "shown"),
    [(b" it", " it"), (b"\xf0", "F0"), (b"\n", "0A"), ("\u0301".encode(), "CC 81"), ("×".encode(), "×"), (b"", "")],
)
def test_what_cannot_be_seen_is_shown_as_bytes(token: bytes, shown: str) -> None:
    assert spell(token)[0] == shown


def test_rows_neighbors_and_bars_are_the_same_in_the_browser() -> None:
    tokens = [87, 311, 391, 715, 1171, 1251, 5]
    rows = read_rows(TABLE["width"], TABLE["rows"])
    source = """import { drawRow, readRows } from "../../../lessons/widgets/tokenizer/rows";
const rows = readRows(input.width, input.packed);
output = input.tokens.map((token: number) => {
  const row = rows.find(token);
  return [[...row], rows.listNearest(token, 3), drawRow(row)];
});"""
    found = run_typescript(source, {"width": TABLE["width"], "packed": TABLE["rows"], "tokens": tokens})
    assert found == [[list(rows.find(one)), rows.list_nearest(one, 3), draw_row(rows.find(one))] for one in tokens]


def test_rows_have_length_one_or_are_zeros_where_a_token_is_rare() -> None:
    """Up to the rounding to 127ths."""
    rows = read_rows(TABLE["width"], TABLE["rows"])
    lines = snapshot().decode().splitlines(keepends=True)
    counted = Counter(token for line in lines for token in encode(line))
    for token in range(VOCABULARY.size):
        length = sum(number**2 for number in rows.find(token)) ** 0.5 / 127
        rare = counted[token] < TABLE["least"]
        assert length == (0 if rare else pytest.approx(1, abs=0.02))


def snapshot() -> bytes:
    return (DATA / "tokenizer" / "snapshot.txt").read_bytes()


def test_files_are_of_one_piece() -> None:
    assert KEPT["snapshot"] == TABLE["snapshot"]
    assert KEPT["snapshot"]["sha256"] == sha256(snapshot()).hexdigest()
    assert KEPT["snapshot"]["bytes"] == len(snapshot()) < 70_000
    assert KEPT["size"] == TABLE["size"] == VOCABULARY.size == len(b64decode(TABLE["rows"])) / TABLE["width"]
    assert TABLE["sha256"] == sha256(b64decode(TABLE["rows"])).hexdigest()
    assert KEPT["sha256"] == sha256(str(KEPT["merges"]).replace(" ", "").encode()).hexdigest()


def test_the_lesson_says_how_many_merges() -> None:
    text = (DATA.parent / "transformers" / "tokens" / "lesson.md").read_text("utf-8")
    assert f"Those {len(KEPT['merges']):,} merges were counted in" in text


def render(text: str, code: str = "en") -> str:
    widget = load_widgets(ROOT)["tokenizer"]
    names = {"vocabulary": "lessons/data/tokenizer/vocabulary.json", "vectors": "lessons/data/tokenizer/vectors.json"}
    data = widget.data.model_validate(
        {"id": "one", "text": text, **names}, context={"page": "", "files": read_course_data()}
    )
    return widget.render_fallback(data, "a/b", str, code)


def test_what_stands_without_script_is_whole() -> None:
    html = render("it, it 😴")
    for part in ("<dd>8</dd>", "<dd>11</dd>", "tb-raw", "F0", "20 69 74", "none, all zeros", "1,280", "27 kB"):
        assert part in html
    assert "0,38, 0,05, -0,26, …" in render("W", "de")
    assert 'dir="rtl"' in render("עייף")


def test_hostile_text_stays_text() -> None:
    assert "<script>" not in render("<script>alert(1)</script>")
