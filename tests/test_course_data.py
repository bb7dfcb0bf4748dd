"""What `lessons/data` holds: small, whole, credited, and quoted rightly by the pages."""

import re
from base64 import b64decode
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
from tests.course_data import DATA, MODELS, ROOT, read_data

LIMIT = 450_000
FILES = sorted(path.relative_to(DATA).with_suffix("").as_posix() for path in DATA.rglob("*.json"))
GUIDE = (ROOT / "docs" / "attention-data.md").read_text("utf-8")


def test_all_of_it_is_small() -> None:
    assert sum(path.stat().st_size for path in DATA.rglob("*") if path.is_file()) < LIMIT


@pytest.mark.parametrize("name", FILES)
def test_file_says_how_it_was_made_and_the_guide_has_it(name: str) -> None:
    data = read_data(name)
    assert data["made"]["with"] == f"scripts/author-attention {data['name']}"
    assert data["made"]["versions"]["torch"].startswith("2.13.0")
    assert data["licence"] in ("MIT", "Apache-2.0")
    assert data["source"]
    size = f"{(DATA / f'{name}.json').stat().st_size / 1000:.0f} kB"
    row = rf"^\| `{name}.json` .*`author-attention {data['name']}` \| {size} \| {data['licence']}"
    assert re.search(row, GUIDE, re.MULTILINE)


@pytest.mark.parametrize("name", MODELS)
def test_weights_are_those_that_were_measured(name: str) -> None:
    data = read_data(f"models/{name}")
    blob = b64decode(data["weights"])
    assert sha256(blob).hexdigest() == data["sha256"]
    last = data["tensors"][-1]
    assert len(blob) == last.get("scales", last["offset"]) + 4 * last["shape"][0]


@pytest.mark.parametrize("name", [name for name in FILES if name.startswith("attention/")])
def test_each_row_of_weights_adds_up_to_one(name: str) -> None:
    """Up to the rounding to 255ths."""
    data = read_data(name)
    heads = len(data["kept"]) if "kept" in data else data["layers"] * data["heads"]
    for sentence in data["sentences"]:
        count, weights = len(sentence["tokens"]), b64decode(sentence["attention"])
        assert len(weights) == heads * count**2
        rows = [weights[begin : begin + count] for begin in range(0, len(weights), count)]
        assert all(abs(sum(row) - 255) <= count / 2 for row in rows)


def find_sentence(name: str) -> dict[str, Any]:
    return next(one for one in read_data("attention/minilm")["sentences"] if one["id"] == name)


def weigh(name: str, noun: int) -> str:
    """What the shown head gives, as pages write it."""
    return f"{find_sentence(name)['of shown head'][noun]:.2f}".removeprefix("0")


def cut_brightest() -> float:
    tired = find_sentence("animal-tired")
    similarity: float = tired["cut in the shown head"][tired["candidates"][0]][0]
    return similarity


def write_likeness(cosine: float) -> str:
    return f"{cosine:.3f}".removeprefix("0")


def name_likeliest(prompt: int, pairs: str) -> tuple[str, str]:
    """The first choice of SmolLM2 after one of its prompts, with right or wrong rotary pairs, and its probability."""
    word, chance = read_data("attention/smollm2")["rotary pairs"][prompt][pairs][0]
    return word.strip(), f"{chance:.2f}".removeprefix("0")


QUOTED: dict[str, tuple[str, str, Callable[[], str]]] = {
    "tired": (
        "lessons/deep-learning/attention-in-brief/lesson.md",
        'With "tired", "it" takes {} from "street";',
        lambda: f'{weigh("animal-tired", 0)} from "animal" and {weigh("animal-tired", 1)}',
    ),
    "wide": (
        "lessons/deep-learning/attention-in-brief/lesson.md",
        'with "wide", {}. The weights move the right way',
        lambda: f"{weigh('animal-wide', 0)} and {weigh('animal-wide', 1)}",
    ),
    "tokens": (
        "lessons/deep-learning/attention-in-brief/lesson.md",
        "which cuts the sentence into {} tokens.",
        lambda: {16: "sixteen"}[len(find_sentence("animal-tired")["tokens"])],
    ),
    "the brightest link, cut": (
        "lessons/deep-learning/attention-in-brief/lesson.md",
        'final lists at "it" have a likeness of {}, where 1 is unchanged.',
        lambda: write_likeness(cut_brightest()),
    ),
    "the same link, cut in all heads": (
        "lessons/deep-learning/attention-in-brief/lesson.md",
        "Only when the link is cut in all heads does more change ({}).",
        lambda: write_likeness(find_sentence("animal-tired")["cut everywhere"][2][0]),
    ),
    "heads": (
        "lessons/deep-learning/attention-in-brief/lesson.md",
        'Of the model\'s {} heads, about half look more at "street"',
        lambda: str(read_data("attention/minilm")["layers"] * read_data("attention/minilm")["heads"]),
    ),
    "pairs": (
        "lessons/deep-learning/attention-in-brief/lesson.md",
        "Over {} on unseen pairs)",
        lambda: "{pairs} sentence pairs of this kind, no head chose better than a coin would ({share:.0%}".format(
            pairs=read_data("attention/minilm")["pairs"]["pairs"],
            share=read_data("attention/minilm")["pairs"]["best head, on pairs that did not choose it"],
        ),
    ),
    "a weight above one half": (
        "lessons/deep-learning/attention-in-brief/practice.md",
        "In the measured case the weight was {},",
        lambda: weigh("animal-tired", 0),
    ),
    "right pairs": (
        "lessons/transformers/positions/lesson.md",
        '"The capital of France is Paris, and the capital of Germany is" went on with {},',
        lambda: '"{}" (probability {})'.format(*name_likeliest(0, "right")),
    ),
    "wrong pairs": (
        "lessons/transformers/positions/lesson.md",
        "with the wrong ones its first choice was {}.",
        lambda: '"{}" ({})'.format(*name_likeliest(0, "wrong")),
    ),
    "a short prompt": (
        "lessons/transformers/positions/lesson.md",
        'the short "The capital of Germany is" went on with "Berlin" either way ({}).',
        lambda: " and ".join(name_likeliest(1, pairs)[1] for pairs in ("right", "wrong")),
    ),
}
"""Page, what it says, and the figure as it follows from the data."""


@pytest.mark.parametrize("name", QUOTED)
def test_page_quotes_what_was_measured(name: str) -> None:
    page, sentence, compute = QUOTED[name]
    text = " ".join((ROOT / page).read_text("utf-8").split())
    assert sentence.format(compute()) in text


def test_words_of_the_lesson_hold() -> None:
    """About half of the heads prefer the street; the shown one never does; its brightest link hardly matters."""
    tired, wide = find_sentence("animal-tired"), find_sentence("animal-wide")
    total = read_data("attention/minilm")["layers"] * read_data("attention/minilm")["heads"]
    assert tired["heads that give more to the first"] == pytest.approx(total / 2, abs=2)
    assert tired["shown"] == wide["shown"]
    assert wide["of shown head"][0] > wide["of shown head"][1]
    assert cut_brightest() > 0.99


def test_language_model_has_not_seen_the_adjective_before_it_comes() -> None:
    """Up to "too", the rows of all kept heads are the same for tired and wide; so no picture of "it" can differ."""
    data = read_data("attention/smollm2")
    tired, wide = (
        next(one for one in data["sentences"] if one["id"] == f"animal-{word}") for word in ("tired", "wide")
    )
    count, before = len(tired["tokens"]), tired["tokens"].index(" tired")
    one, other = (b64decode(sentence["attention"]) for sentence in (tired, wide))
    for head in range(len(data["kept"])):
        begin, end = head * count**2, head * count**2 + before * count
        assert one[begin:end] == other[begin:end]
    assert one != other
