"""The small models: build and browser compute the same, and the files say truly what they can do."""

import math
import random
from collections import Counter
from dataclasses import asdict
from typing import Any

import pytest
from lessons.widgets.transformer import Run, read_model, run_model, softmax
from scripts.attention.letters import ask_induction, ask_reverse
from scripts.attention.question import Question
from scripts.attention.world import ask_world, list_words, tell_unseen
from tests.course_data import MODELS, read_data
from tests.typescript import run_typescript

ASK = {"reverse": ask_reverse, "induction-1": ask_induction, "induction-2": ask_induction, "world": ask_world}
FRESH, FRESH_SEED = 200, 11
RUN = """
import { readModel, runModel } from "../../../lessons/widgets/transformer";
const plain = (_, value) => (ArrayBuffer.isView(value) ? [...(value as any)] : value);
const model = readModel(input.data);
output = input.runs.map(({ ids, ...cuts }) => JSON.parse(JSON.stringify(runModel(model, ids, cuts), plain)));
"""
ANSWER = """
import { readModel, runModel } from "../../../lessons/widgets/transformer";
const model = readModel(input.data);
const best = (odds) => odds.indexOf(Math.max(...odds));
output = input.runs.map((ids) => runModel(model, ids).odds.map(best));
"""
FEEDING = {"normed": "feed_normed", "expanded": "expanded", "activated": "activated", "fed": "fed"}


def write_ids(data: dict[str, Any], words: tuple[str, ...] | list[str]) -> list[int]:
    return [data["vocabulary"].index(word) for word in words]


def write_run(data: dict[str, Any], golden: dict[str, Any]) -> dict[str, Any]:
    """What to run, as `runModel` wants it."""
    ids, cut = write_ids(data, golden["words"]), golden["cut"]
    if not cut:
        return {"ids": ids}
    layer, head = (int(number) - 1 for number in cut["head"].removeprefix("L").split("H"))
    return {"ids": ids, "links" if "from" in cut else "heads": [{**cut, "layer": layer, "head": head}]}


def run_build(data: dict[str, Any], run: dict[str, Any]) -> dict[str, Any]:
    heads = [(cut["layer"], cut["head"]) for cut in run.get("heads", ())]
    links = [(cut["layer"], cut["head"], cut["from"], cut["to"]) for cut in run.get("links", ())]
    return asdict(run_model(read_model(data), run["ids"], heads, links))


def name_as_build(run: dict[str, Any]) -> dict[str, Any]:
    """A run of the browser with the names that the build has."""
    for layer in run["layers"]:
        feeding = layer.pop("feeding", {})
        layer |= {name: feeding.get(part, []) for part, name in FEEDING.items()}
    return run


def flatten(value: Any, name: str = "") -> list[tuple[str, float]]:
    """Each number with the way to it; what JSON cannot say is -inf."""
    if isinstance(value, dict):
        return [found for key in sorted(value) for found in flatten(value[key], f"{name}.{key}")]
    if isinstance(value, list | tuple):
        return [found for at, part in enumerate(value) for found in flatten(part, f"{name}[{at}]")]
    return [(name, -math.inf if value is None else value)]


@pytest.mark.parametrize("name", MODELS)
def test_build_and_browser_find_the_golden_numbers_and_agree_on_every_other(name: str) -> None:
    data = read_data(f"models/{name}")
    runs = [write_run(data, golden) for golden in data["golden"]]
    browser = run_typescript(RUN, {"data": data, "runs": runs})
    for golden, run, found in zip(data["golden"], runs, browser, strict=True):
        built = run_build(data, run)
        for one in (built, found):
            assert list(one["logits"][-1]) == pytest.approx(golden["logits"], abs=1e-4)
            last = [list(rows[-1]) for layer in one["layers"] for rows in layer["attention"]]
            assert dict(flatten(last)) == near(flatten(list(golden["attention"].values())))
        assert dict(flatten(name_as_build(found))) == near(flatten(built))


def near(numbers: list[tuple[str, float]]) -> Any:
    return pytest.approx(dict(numbers), abs=1e-4)


@pytest.mark.parametrize("name", MODELS)
def test_browser_answers_fresh_questions_as_often_as_the_file_says(name: str) -> None:
    data, dice = read_data(f"models/{name}"), random.Random(FRESH_SEED)
    questions = [ASK[name](dice) for _ in range(FRESH)]
    runs = [write_ids(data, question.words) for question in questions]
    asked, right = Counter[str](), Counter[str]()
    for question, best in zip(questions, run_typescript(ANSWER, {"data": data, "runs": runs}), strict=True):
        asked[question.kind] += len(question.answers)
        right[question.kind] += sum(data["vocabulary"][best[at]] == word for at, word in question.answers.items())
    assert asked.keys() == data["accuracy"]["kinds"].keys()
    for kind, measured in data["accuracy"]["kinds"].items():
        assert right[kind] / asked[kind] == pytest.approx(measured["right"], abs=0.06), kind


@pytest.fixture(scope="module")
def world() -> dict[str, Any]:
    return read_data("models/world")


def ask_build(world: dict[str, Any], question: Question, **cuts: Any) -> tuple[Run, float]:
    """The run, and how likely it makes the answer."""
    run = run_model(read_model(world), write_ids(world, question.words), **cuts)
    (at,) = question.answers
    return run, run.odds[at][world["vocabulary"].index(question.answers[at])]


def test_cut_link_takes_no_share_and_the_rest_shares_all(world: dict[str, Any]) -> None:
    question = ask_world(random.Random(5), tell_unseen)
    whole, _ = ask_build(world, question)
    cut, _ = ask_build(world, question, links=[(1, 2, 9, 4), (1, 2, 0, 0)])
    before, after = whole.layers[1].attention[2][9], cut.layers[1].attention[2][9]
    assert after[4] == 0
    assert sum(after) == pytest.approx(1)
    assert after[3] == pytest.approx(before[3] / (1 - before[4]))
    assert set(cut.layers[1].attention[2][0]) == {0.0}
    assert cut.layers[1].attention[1] == whole.layers[1].attention[1]


def test_cut_head_adds_nothing_but_can_be_seen(world: dict[str, Any]) -> None:
    question = ask_world(random.Random(5), tell_unseen)
    whole, _ = ask_build(world, question)
    cut, _ = ask_build(world, question, heads=[(1, 2)])
    assert cut.layers[1].attention[2] == whole.layers[1].attention[2]
    assert {number for row in cut.layers[1].blended[2] for number in row} == {0.0}
    assert cut.layers[1].attended != whole.layers[1].attended


def test_head_to_show_is_the_one_that_answers(world: dict[str, Any]) -> None:
    dice = random.Random(6)
    layer, head = (int(number) - 1 for number in world["heads"]["shown"].removeprefix("L").split("H"))
    questions = [ask_world(dice, tell_unseen) for _ in range(12)]
    kept = [ask_build(world, question)[1] for question in questions]
    cut = [ask_build(world, question, heads=[(layer, head)])[1] for question in questions]
    assert min(kept) > 0.9
    assert sum(cut) / len(cut) < 0.6


def test_rows_without_a_score_have_no_shares() -> None:
    assert softmax([-math.inf, -math.inf]) == [0, 0]
    assert softmax([1000.0, 1000.0]) == [0.5, 0.5]


@pytest.mark.parametrize("count", [0, 17])
def test_too_many_words_are_refused(count: int) -> None:
    with pytest.raises(ValueError, match=f"{count} words: this model reads 1 to 16"):
        run_model(read_model(read_data("models/reverse")), [0] * count)


def test_world_knows_every_word_of_its_grammar(world: dict[str, Any]) -> None:
    assert world["vocabulary"] == list(list_words())
