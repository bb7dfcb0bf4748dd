"""What the build makes of a question: orders that give nothing away, sentences in parts, numbers for every reader."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from trackbook.widgets import load_widgets
from trackbook.widgets.quiz.choices import shuffle

SEEDS = [f"item-{number}" for number in range(200)]
PAIRS = [{"left": "one", "right": "I"}, {"left": "two", "right": "II"}]


def render(data: dict[str, object], language: str = "en") -> LexborHTMLParser:
    quiz = load_widgets()["quiz"]
    data = {"id": "which", "ask": "Which?", "why": "So.", **data}
    return LexborHTMLParser(
        quiz.render_fallback(quiz.data.model_validate(data), "first/alpha", lambda text: text, language)
    )


def read(page: LexborHTMLParser, selector: str) -> list[str]:
    return [node.text(strip=True) for node in page.css(selector)]


@pytest.mark.parametrize("total", [2, 3, 9])
def test_steps_are_never_shown_in_their_order(total: int) -> None:
    for seed in SEEDS:
        order = shuffle(seed, total)
        assert sorted(order) == list(range(total)) != order


def test_options_never_stand_beside_their_own() -> None:
    assert all(shuffle(seed, 4, 2)[:2] != [0, 1] for seed in SEEDS)


def test_an_order_hangs_on_the_seed_alone() -> None:
    """Readers of two builds talk about the same question."""
    assert shuffle("one-round", 4) == shuffle("one-round", 4) == [3, 0, 2, 1]
    assert len({tuple(shuffle(seed, 4)) for seed in SEEDS}) == 23


def test_the_answer_names_the_row_of_each_step() -> None:
    page = render({"order": ["a", "b", "c"]})
    shown = read(page, ".tb-step")
    rows = [int(node.attributes["data-row"] or "") for node in page.css(".tb-right > li")]
    assert [shown[row] for row in rows] == ["a", "b", "c"] != shown


def test_the_answer_names_the_option_of_each_pair() -> None:
    page = render({"match": PAIRS, "distractors": ["III"]})
    shown = [text[1:] for text in read(page, ".tb-options > li")]
    partners = [int(node.attributes["data-option"] or "") for node in page.css(".tb-right > li")]
    assert [shown[partner] for partner in partners] == ["I", "II"]
    assert read(page, "select option") == ["Choose …", *shown] * 2


def test_long_options_are_chosen_by_their_letter() -> None:
    page = render({"match": PAIRS, "distractors": ["three " * 10]})
    assert read(page, "select option") == ["Choose …", "A", "B", "C"] * 2


@pytest.mark.parametrize(
    ("language", "value", "shown"),
    [
        ("en", 2517630976, "2,517,630,976"),
        ("de", 2517630976, "2.517.630.976"),
        ("en", 0.1, "0.1"),
        ("de", -0.125, "-0,125"),
    ],
)
def test_numbers_are_written_as_the_language_does(language: str, value: float, shown: str) -> None:
    page = render({"number": {"value": value}}, language)
    assert read(page, ".tb-right strong") == [shown]
    assert [float(node.attributes["data-value"] or "") for node in page.css(".tb-right")] == [value]


@pytest.mark.parametrize(("value", "mistake", "keys"), [(1, 2, "decimal"), (-1, 2, "text"), (1, -1, "text")])
def test_phones_offer_a_minus_where_one_may_be_needed(value: int, mistake: int, keys: str) -> None:
    page = render({"number": {"value": value, "mistakes": [{"value": mistake, "why": "No."}]}})
    assert [node.attributes["inputmode"] for node in page.css("input")] == [keys]


def test_words_in_brackets_can_be_picked() -> None:
    sentence = r"The [cat] *[sat]* on \[a\] [mat](x.md)."
    page = render({"pick": {"sentence": sentence, "words": [{"text": "sat", "right": True}]}})
    assert read(page, ".tb-word") == ["cat", "sat"]
    assert page.css(".tb-sentence")[0].text() == r"The cat *sat* on \[a\] [mat](x.md)."
    assert [node.attributes["data-right"] for node in page.css(".tb-reasons > li")] == ["false", "true"]
