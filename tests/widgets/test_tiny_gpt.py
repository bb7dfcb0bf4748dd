"""tiny-gpt: build and browser read alike, the page shows what the model says, and an address holds what was set."""

import re
from typing import Any, cast

import pytest
from lessons.widgets.tiny_gpt import Data, split_words
from lessons.widgets.tiny_gpt.view import Reading, draw_bars, draw_strip, name_head, read_head
from lessons.widgets.transformer import foretell, read_model, run_model
from scripts.attention.world import ANIMALS, NEVER_TOGETHER, PLACES
from tests.course_data import MODELS, ROOT, read_course_data, read_data
from tests.typescript import run_typescript

from trackbook.publishing.examples import read_example
from trackbook.widgets import load_widgets

WIDGET = load_widgets(ROOT)["tiny-gpt"]
EXAMPLE = cast(Data, read_example(WIDGET, read_course_data()).fences[0].data)
WIDE = EXAMPLE.text
TIRED = WIDE.replace("wide", "tired")
TEXTS = ["The Cat didn't, tom's <end>", "", "<end> the cat", "naïve — a.b?!", "אב גד ?", "  two\n lines\t."]
READ = """
import { readModel } from "../../../lessons/widgets/transformer";
import { findMost, listFitting, Reading } from "../../../lessons/widgets/tiny_gpt/reading";
import { drawBars, drawStrip } from "../../../lessons/widgets/tiny_gpt/drawing";
import { readHead } from "../../../lessons/widgets/tiny_gpt/state";
const head = readHead(input.head);
const reading = new Reading(readModel(input.data), input.words, input.words.length - 1, { heads: [head] });
const whole = new Reading(readModel(input.data), input.words, input.words.length - 1, {});
const path = whole.listPath();
output = {
  odds: reading.listOdds(),
  heads: whole.whole.layers.flatMap(({ attention }, layer) =>
    attention.map((_, head) => whole.listMost(whole.weigh({ layer, head })))),
  row: [...whole.weigh(head)],
  steps: path.map(({ kind, layer, on, says, added }) => [kind, layer, on, says, Math.hypot(...added)]),
  drawn: [drawBars(whole.weigh(head)), ...path.map(({ after }) => drawStrip(after, findMost(path)))],
};
"""


@pytest.fixture(scope="module")
def world() -> dict[str, Any]:
    return read_data("models/world")


def make_reading(data: dict[str, Any], words: list[str]) -> Reading:
    return Reading(data, tuple(words), read_head(data["heads"]["shown"]))


@pytest.mark.parametrize("name", MODELS)
def test_the_browser_reads_alike(name: str) -> None:
    data = read_data(f"models/{name}")
    words = data["golden"][0]["words"]
    reading = make_reading(data, words)
    found = run_typescript(READ, {"data": data, "words": words, "head": data["heads"]["shown"]})
    assert [row[0] for row in found["odds"]] == [word for word, _, _ in reading.list_odds()]
    for row, expected in zip(found["odds"], reading.list_odds(), strict=True):
        assert row[1:] == pytest.approx(expected[1:], abs=1e-9)
    for most, looking in zip(found["heads"], reading.list_heads(), strict=True):
        assert [word for word, _ in most] == [word for word, _ in looking.most]
    assert found["row"] == pytest.approx([share for _, share in reading.list_row()])
    for (kind, layer, on, says, length), step in zip(found["steps"], reading.list_path(), strict=True):
        assert (kind, layer, on, says[0]) == (step.kind, step.layer, step.on, step.says[0])
        assert (says[1], length) == pytest.approx((step.says[1], step.length))
    bars = next(looking.bars for looking in reading.list_heads() if looking.is_shown)
    assert found["drawn"] == [bars, *(step.after for step in reading.list_path())]


@pytest.mark.parametrize("known", [["<end>"], ["a"]])
def test_the_browser_splits_texts_alike(known: list[str]) -> None:
    source = """import { splitWords } from "../../../lessons/widgets/tiny_gpt/words";
output = input.texts.map((text) => splitWords(text, input.known));"""
    found = run_typescript(source, {"texts": TEXTS, "known": known})
    assert found == [split_words(text, known) for text in TEXTS]
    assert (found[1] == ["<end>"]) is ("<end>" in known)


def test_the_last_reading_is_the_answer(world: dict[str, Any]) -> None:
    model = read_model(world)
    run = run_model(model, [0, 1, 2])
    assert foretell(model, run.layers[-1].after) == run.odds
    assert make_reading(world, split_words(WIDE, ["<end>"])).list_path()[-1].says[0] == "street"


def test_what_is_known_can_replace_what_is_not(world: dict[str, Any]) -> None:
    source = """import { readModel } from "../../../lessons/widgets/transformer";
import { listFitting } from "../../../lessons/widgets/tiny_gpt/reading";
import { suggest } from "../../../lessons/widgets/tiny_gpt/words";
const model = readModel(input.data);
output = input.words.map((word) => suggest(word, model.words, listFitting(model, input.before), 3));"""
    asked = {"data": world, "words": ["elephant", "tirde", "foxx"], "before": ["<end>", "the"]}
    fitting, slip, near = run_typescript(source, asked)
    assert set(fitting) <= set(world["vocabulary"])
    assert "tired" in slip or slip == fitting
    assert near[0] == "fox"


def test_the_head_brings_which_and_the_rest_brings_what_kind(world: dict[str, Any]) -> None:
    """What the lesson says of its two sentences, and of a pair that no story had together."""
    assert ("cat", "street") in NEVER_TOGETHER
    for text, answer, kind in ((WIDE, "street", PLACES), (TIRED, "cat", ANIMALS)):
        odds = make_reading(world, split_words(text, ["<end>"])).list_odds()
        word, whole, cut = max(odds, key=lambda row: row[1])
        assert word == answer
        assert whole > 0.99
        assert cut < 0.5
        leads = max(odds, key=lambda row: row[2])[0]
        assert leads != answer
        assert leads in kind


def test_the_page_shows_what_the_model_says(world: dict[str, Any]) -> None:
    html = WIDGET.render_fallback(EXAMPLE, "a/b", str, "en")
    german = WIDGET.render_fallback(EXAMPLE, "a/b", str, "de")
    reading = make_reading(world, split_words(WIDE, ["<end>"]))
    for word, whole, cut in reading.list_odds():
        row = html[html.index(f'<th scope="row" dir="ltr">{word}</th>') :].partition("</tr>")[0]
        assert re.findall(r"[\d.]+%(?=</td>)", row) == [f"{whole:.1%}", f"{cut:.1%}"]
    assert html.count('class="tb-look"') == 12
    assert html.count('class="tb-strip"') == 7
    assert html.count('<tr class="tb-shown">') == 1
    assert f"Without {world['heads']['shown']}" in html
    assert 'data-model="lessons/data/models/world.json"' in html
    assert "99,8\xa0%" in german


def test_no_head_is_named_in_code_or_texts() -> None:
    for path in (*WIDGET.folder.glob("*"), *WIDGET.folder.parents[1].glob("languages/*.yml")):
        if path.is_file():
            assert not re.search(r"L\dH\d", path.read_text("utf-8")), path.name
    assert name_head(read_head("L2H10")) == "L2H10"


def test_strokes_stand_on_the_floor_or_the_middle() -> None:
    assert draw_bars([0.5, 0.001, 1]) == "M2 24v-12.0M10 24v-24.0"
    assert draw_strip([1, -0.5], 2) == "M2 16v-7.5M6 16v3.8"


def test_an_address_holds_what_was_set() -> None:
    source = """import { readWhole, writeWhole } from "../../../lessons/widgets/tiny_gpt/state";
const first = { text: "x", heads: [], links: [], head: { layer: 0, head: 0 } };
output = [readWhole(writeWhole(input), first), readWhole("|L9|L1H1:x-2|much|no", first)];"""
    state = {
        "text": "the cat . ?",
        "heads": [{"layer": 2, "head": 1}],
        "links": [{"layer": 0, "head": 3, "from": 19, "to": 7}],
        "place": 4,
        "head": {"layer": 1, "head": 0},
    }
    kept, broken = run_typescript(source, state)
    assert kept == state
    assert broken == {"text": "x", "heads": [], "links": [], "place": None, "head": {"layer": 0, "head": 0}}
