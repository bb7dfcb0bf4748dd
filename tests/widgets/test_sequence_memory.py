"""sequence-memory: Python and the browser read alike, and the network recalls as often as its file says."""

import random
import re
from base64 import b64decode
from hashlib import sha256
from statistics import mean
from typing import Any, cast

import pytest
from lessons.widgets.sequence_memory import MOST, NETWORKS, Data, draw_line, read_words, score
from lessons.widgets.transformer import read_weights
from tests.course_data import ROOT, read_course_data, read_data
from tests.typescript import run_typescript

from trackbook.publishing.examples import read_example
from trackbook.widgets import load_widgets

WIDGET = load_widgets(ROOT)["sequence-memory"]
EXAMPLE = cast(Data, read_example(WIDGET, read_course_data()).fences[0].data)
FILE = read_data("models/sequence-memory")
KNOWN = FILE["vocabulary"]
FRESH, FRESH_SEED = 200, 11
LEAST = 0.9
"""Of first words within the length of the lists that it was trained on, at the end, with any seed."""
READ = """
import { readNetwork, readWords, score } from "../../../lessons/widgets/sequence_memory/network";
const network = readNetwork(input.network);
output = input.lists.map((ids) => readWords(network, ids).map(({ state, odds }) => ({
  state: [...state], odds: [...odds], scores: input.says.map((said) => [...score(network, said, state)]),
})));
"""
ANSWER = """
import { readNetwork, readWords, score } from "../../../lessons/widgets/sequence_memory/network";
const network = readNetwork(input.network);
const best = (scores) => scores.indexOf(Math.max(...scores));
const answer = (state) => input.says.map((said) => best(score(network, said, state)));
output = input.lists.map((ids) => readWords(network, ids).map(({ state }) => answer(state)));
"""
networks = pytest.mark.parametrize("network", FILE["networks"], ids=NETWORKS)


def write_ids(words: list[str]) -> list[int]:
    return [KNOWN.index(word) for word in words]


@networks
def test_build_and_browser_find_the_golden_numbers_and_agree_on_every_other(network: dict[str, Any]) -> None:
    lists, says = [write_ids(golden["words"]) for golden in network["golden"]], network["says"]
    browser = run_typescript(READ, {"network": network, "lists": lists, "says": says})
    read = read_weights(network)
    for golden, ids, found in zip(network["golden"], lists, browser, strict=True):
        built = read_words(read, ids)
        scores = [score(read, said, built[-1].state) for said in says]
        assert built[-1].state == pytest.approx(golden["state"], abs=1e-4)
        assert dict(zip(says, scores, strict=True)) == {
            said: pytest.approx(wanted, abs=1e-4) for said, wanted in golden["scores"].items()
        }
        assert found[-1]["scores"] == [pytest.approx(row, abs=1e-4) for row in scores]
        for one, other in zip(found, built, strict=True):
            assert one["state"] == pytest.approx(other.state, abs=1e-4)
            assert one["odds"] == pytest.approx(other.odds, abs=1e-4)


@networks
def test_browser_recalls_as_often_as_the_file_says(network: dict[str, Any]) -> None:
    dice, says = random.Random(FRESH_SEED), network["says"]
    farthest = FILE["measured"]["farthest"]
    lists = [dice.choices(range(len(KNOWN)), k=farthest + 1) for _ in range(FRESH)]
    answers = run_typescript(ANSWER, {"network": network, "lists": lists, "says": says})
    measured = network["accuracy"]["first"]
    right = [
        sum(answer[at][0] == ids[0] for answer, ids in zip(answers, lists, strict=True)) / FRESH
        for at in range(farthest + 1)
    ]
    assert right == pytest.approx(measured, abs=0.12)
    assert mean(right) == pytest.approx(mean(measured), abs=0.06)
    for number, said in enumerate(says[1:], 1):
        ago = int(said.removesuffix(" ago"))
        pairs = [
            answer[at][number] == ids[at - ago]
            for answer, ids in zip(answers, lists, strict=True)
            for at in range(ago, len(ids))
        ]
        assert sum(pairs) / len(pairs) == pytest.approx(network["accuracy"][said], abs=0.03)


@networks
def test_weights_are_those_that_were_measured(network: dict[str, Any]) -> None:
    assert sha256(b64decode(network["weights"])).hexdigest() == network["sha256"]


def test_it_fades_early_and_hardly_at_the_end() -> None:
    """What the lesson says, of all five trainings: near words first, far words last."""
    early, late = FILE["networks"]
    assert early["steps"] < late["steps"]
    assert early["says"] == late["says"] == ["first", "1 ago", "2 ago"]
    assert all(one["1 ago"] == one["2 ago"] == 1 for one in (early["accuracy"], *early["other seeds"]))
    for network in (early, late):
        seeds = [{at: network["accuracy"]["first"][int(at)] for at in network["other seeds"][0]["first"]}]
        seeds += [one["first"] for one in network["other seeds"]]
        assert len(seeds) == 5
        for shares in seeds:
            if network is early:
                assert shares["0"] == 1
                assert shares["0"] > shares["1"] > shares["2"] > shares["3"] < 0.25
                assert max(shares[at] for at in ("4", "8", "20", "40")) < 0.2
            else:
                assert min(shares[at] for at in ("1", "4", "8", "20", "23")) > LEAST


def test_the_list_of_the_lesson_is_lost_early_after_three_words() -> None:
    ids = write_ids(EXAMPLE.words)
    fence = f"words: [{', '.join(EXAMPLE.words)}]"
    assert fence in (ROOT / "lessons/deep-learning/recurrence/lesson.md").read_text("utf-8")
    early, late = ([step.odds for step in read_words(read_weights(one), ids)] for one in FILE["networks"])
    assert [odds.index(max(odds)) == ids[0] for odds in early] == [at < 3 for at in range(len(ids))]
    assert all(odds[ids[0]] < 0.2 for odds in early)
    assert all(odds.index(max(odds)) == ids[0] for odds in late)


def test_the_page_shows_what_the_networks_say() -> None:
    html = WIDGET.render_fallback(EXAMPLE, "a/b", str, "en")
    ids = write_ids(EXAMPLE.words)
    steps = read_words(read_weights(FILE["networks"][0]), ids)
    rows = re.findall(r'<tr[^>]*><th scope="row">(\d+) (\w+)</th>.*?</td><td>(.*?)</td><td>(.*?)</td></tr>', html)
    assert rows == [
        (
            str(at + 1),
            word,
            f"{step.odds[ids[0]]:.0%}",
            KNOWN[(best := step.odds.index(max(step.odds)))] + (" ✓" if best == ids[0] else ""),
        )
        for at, (word, step) in enumerate(zip(EXAMPLE.words, steps, strict=True))
    ]
    assert html.count("data-shade=") == FILE["config"]["width"]
    assert html.count('class="tb-bar"') == len(KNOWN)
    for one in FILE["networks"]:
        assert f"<td>{one['accuracy']['first'][40]:.1%}</td>" in html
        assert draw_line(one["accuracy"]["first"]) in html
    german = WIDGET.render_fallback(EXAMPLE, "a/b", str, "de")
    assert re.search(r"\d,\d\d</li>", german)


def test_a_line_falls_from_all_to_nothing() -> None:
    assert draw_line([1, 0.5, 0]) == "M0.0 0.0L160.0 80.0L320.0 160.0"


def test_an_address_holds_what_was_set() -> None:
    source = """import { readWhole, writeWhole } from "../../../lessons/widgets/sequence_memory/state";
output = [readWhole(writeWhole(input.state), 8, 24), ...input.broken.map((one) => readWhole(one, 8, 24) ?? null)];"""
    state = {"which": 1, "step": 2, "ids": [0, 7, 3]}
    long = "0_0" + "_1" * (MOST + 1)
    broken = ["", "2_0_1", "0_1_1", "0_0_8", "0_0", "0_-1_1", "x_0_1", long]
    kept, *rest = run_typescript(source, {"state": state, "broken": broken})
    assert kept == state
    assert rest == [None] * len(broken)
