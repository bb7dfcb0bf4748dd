"""The numbers of transformers/tokens, computed again and looked up in its pages and figure."""

from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

Piece = bytes
Pair = tuple[Piece, Piece]
Word = list[Piece]

ROOT = Path(__file__).parents[2]
MODULE = ROOT / "lessons/transformers/tokens"
LESSON = (MODULE / "lesson.md").read_text(encoding="utf-8")
PRACTICE = (MODULE / "practice.md").read_text(encoding="utf-8")
CHEATSHEET = (ROOT / "cheatsheets/transformers/tokens.md").read_text(encoding="utf-8")

CORPUS = "tired tired tired wide wide tide red"
SENTENCE = "The animal didn't cross the street because it was too tired."
PAPER_CORPUS = "sea seat seat eat"


def to_bytes(word: str) -> Word:
    return [bytes([byte]) for byte in word.encode()]


def count_pairs(words: list[Word]) -> dict[Pair, int]:
    """How often each pair of neighbors stands in the words; pairs met first come first."""
    counts: dict[Pair, int] = {}
    for word in words:
        for pair in pairwise(word):
            counts[pair] = counts.get(pair, 0) + 1
    return counts


def merge(word: Word, pair: Pair) -> Word:
    merged: Word = []
    for piece in word:
        if merged and (merged[-1], piece) == pair:
            merged[-1] += piece
        else:
            merged.append(piece)
    return merged


def train(corpus: str, rounds: int) -> tuple[list[Pair], list[str], list[Word]]:
    """Merges, the rows of the table of rounds, and the corpus as it is cut in the end."""
    words = [to_bytes(word) for word in corpus.split()]
    merges: list[Pair] = []
    rows: list[str] = []
    for number in range(1, rounds + 1):
        counts = count_pairs(words)
        best = max(counts, key=lambda pair: counts[pair])  # max keeps the first of a tie: the rule of the lesson
        merges.append(best)
        words = [merge(word, best) for word in words]
        listed = ", ".join(f"{show(left)}+{show(right)} {count}" for (left, right), count in counts.items())
        name = f"{show(best[0])} + {show(best[1])} → {show(best[0] + best[1])}"
        rows.append(f"| {number} | {listed} | {name} | {255 + number} | {sum(map(len, words))} |")
    return merges, rows, words


def cut(text: str, merges: list[Pair]) -> Word:
    word = to_bytes(text)
    for pair in merges:
        word = merge(word, pair)
    return word


def ids(word: Word, merges: list[Pair]) -> list[int]:
    new = {left + right: 256 + place for place, (left, right) in enumerate(merges)}
    return [piece[0] if len(piece) == 1 else new[piece] for piece in word]


def show(piece: Piece) -> str:
    return piece.decode()


def bars(word: Word) -> str:
    return "|".join(show(piece) for piece in word)


MERGES, ROWS, TRAINED = train(CORPUS, 5)
PAPER_MERGES, PAPER_ROWS, _ = train(PAPER_CORPUS, 3)
FIRST_COUNTS = count_pairs([to_bytes(word) for word in CORPUS.split()])


def test_every_round_of_training() -> None:
    for row in ROWS:
        assert row in LESSON
    assert "  ".join(map(bars, TRAINED)) in LESSON
    assert f"```text\n{CORPUS}\n```" in LESSON
    assert CORPUS in CHEATSHEET


def test_each_merge_shortens_the_corpus_by_its_count() -> None:
    left = sum(map(len, CORPUS.split()))
    assert f"started as {left} letters" in LESSON
    for row in ROWS:
        counts = [int(entry.split()[-1]) for entry in row.split(" | ")[1].split(", ")]
        left -= max(counts)
        assert row.endswith(f"| {left} |")


def test_round_one_in_words() -> None:
    counts = {show(left) + "+" + show(right): count for (left, right), count in FIRST_COUNTS.items()}
    assert f'The pair t+i stands in "tired" three times and in "tide" once: {counts["t+i"]}.' in LESSON
    assert f'The pair i+r stands in "tired" only: {counts["i+r"]}.' in LESSON
    assert f'r+e stands in "tired" three times and in "red" once: {counts["r+e"]}. So does e+d.' in LESSON
    assert f"Then w+i: {counts['w+i']}. And\ni+d: {counts['i+d']}, twice" in LESSON
    assert counts["e+d"] == counts["r+e"]
    assert counts["d+e"] == counts["i+d"]
    assert [pair for pair, count in counts.items() if count == 4] == ["t+i", "r+e", "e+d"]
    assert "Three pairs have 4" in LESSON
    assert "i+d fell from 3 to 2" in LESSON and "i+d fell from 3 to 2" in PRACTICE
    assert f"That pair has a {counts['e+d']} in round one" in PRACTICE
    assert sum("w+i 2" in row for row in ROWS) == len(ROWS)
    assert "w+i had a count of 2 in every round" in LESSON


def test_merges_are_called_by_their_places() -> None:
    place = {show(left + right): number for number, (left, right) in enumerate(MERGES, start=1)}
    ti, re, red, tired, de = (place[piece] for piece in ("ti", "re", "red", "tired", "de"))
    assert (ti, re, red, tired, de) == (1, 2, 3, 4, 5)
    assert f'Merge {ti} makes "ti". Merge {re} makes "re", twice. Merge {red} makes "red", merge {tired}' in LESSON
    assert f"Merge {de} finds no d+e" in LESSON
    assert f"Merges {ti} to {tired} find no pair. Merge {de} makes de." in LESSON
    assert f"merge {red} takes the d before merge {de} can" in LESSON
    assert f"Merge {re} makes re, merge {de} makes de." in PRACTICE
    assert f"Merge {re}, r+e, was left out. It comes before merge {de}," in PRACTICE
    assert ", ".join(f"{show(left)}+{show(right)}" for left, right in MERGES) in PRACTICE


@pytest.mark.parametrize("word", ["hired", "redeem", "Tired", "wider"])
def test_words_of_the_lesson(word: str) -> None:
    assert bars(cut(word, MERGES)) in LESSON


def test_ids() -> None:
    assert ids(cut("retired", MERGES), MERGES) == [257, 259]
    assert "re and tired, with the ids 257 and 259" in LESSON
    assert "re|tired → 257, 259" in CHEATSHEET
    assert ids(cut("hired", MERGES), MERGES) == [104, 105, 258]
    assert "h|i|red  →  104, 105, 258" in LESSON
    assert ids(cut("tired", MERGES), MERGES) == [259]
    assert "gets the number 259" in LESSON
    assert "With our merges it gets 259." in PRACTICE
    assert "with their ids 257 and 259.](merges-of-retired.svg)" in LESSON
    new = [str(ids([left + right], MERGES)[0]) for left, right in MERGES[:4]]
    assert f"\n         {new[0]}         {new[1]}       {new[2]}        {new[3]}\n" in CHEATSHEET


def test_the_figure_shows_each_merge_of_retired() -> None:
    drawn = [text.text for text in ElementTree.parse(MODULE / "merges-of-retired.svg").iter() if text.text]
    shown = [text.strip() for text in drawn if text.strip()]
    word = to_bytes("retired")
    rows = [["letters", *map(show, word), str(len(word))]]
    for number, pair in enumerate(MERGES[:4], start=1):
        word = merge(word, pair)
        rows.append([f"{number}. {show(pair[0])} + {show(pair[1])}", *map(show, word), str(len(word))])
    assert merge(word, MERGES[4]) == word
    cells = [cell for row in rows for cell in row]
    start = shown.index("letters")
    assert shown[start : start + len(cells)] == cells
    assert shown[start + len(cells) :] == ["257", "259", "ids"]


@pytest.mark.parametrize(
    "name", ["tired (English)", "fatigué (French)", "疲れた (Japanese)", "κουρασμένος (Greek)", "😴"]
)
def test_tired_elsewhere(name: str) -> None:
    text = name.split(maxsplit=1)[0]
    tokens = len(cut(text, MERGES))
    assert f"| {name} | {len(text)} | {len(text.encode())} | {tokens} |" in LESSON


def test_prices_on_the_cheatsheet() -> None:
    english, french, greek = (len(cut(text, MERGES)) for text in ("tired", "fatigué", "κουρασμένος"))
    assert f'"tired" is {english} token, "fatigué" {french}, "κουρασμένος" {greek}.' in CHEATSHEET


def test_lengths_of_the_sentence() -> None:
    letters, words = len(SENTENCE), len(SENTENCE.split())
    assert f"Our sentence has {letters} characters" in LESSON
    assert f"{letters**2:,} comparisons" in LESSON
    assert f"There are {words}, so {words**2} comparisons" in LESSON
    assert f"long: {letters} for our sentence | short: {words} |" in LESSON


def test_sizes_of_vocabularies() -> None:
    assert f"256 + {len(MERGES)} = {256 + len(MERGES)} tokens" in LESSON
    assert f"256 + {len(PAPER_MERGES)} = {256 + len(PAPER_MERGES)} tokens" in PRACTICE
    assert f"make {256 + 50_000 + 1:,}" in LESSON
    assert f"256 + 50,000 + 1 = {256 + 50_000 + 1:,}" in CHEATSHEET
    assert len(set(CORPUS) - {" "}) == 6
    assert "our corpus held six" in LESSON


def test_grouped_digits() -> None:
    digits = "1234567"
    from_left = [digits[start : start + 3] for start in range(0, len(digits), 3)]
    assert "|".join(from_left) in LESSON
    assert f"{int(digits):,}".replace(",", "|") in LESSON


def test_the_exercise() -> None:
    assert f"`{PAPER_CORPUS}`" in PRACTICE
    assert f"there are {sum(map(len, PAPER_CORPUS.split()))} letters" in PRACTICE
    for row in PAPER_ROWS:
        assert row in PRACTICE
    for word in ("seated", "eat", "east"):
        assert f'"{word}": {bars(cut(word, PAPER_MERGES))}.' in PRACTICE
    tea = cut("thé", PAPER_MERGES)
    assert len(tea) == 4
    assert f"with the ids {', '.join(map(str, ids(tea, PAPER_MERGES)))}." in PRACTICE
    assert "t and h are 116 and 104; é is stored as two bytes, 195 and 169" in PRACTICE
    assert f"I found {256 + len(PAPER_MERGES)} tokens" in PRACTICE


def test_the_quizzes() -> None:
    assert f'{{text: "{bars(cut("decreed", MERGES))}", right: true' in PRACTICE
    assert f'{{text: "{bars(cut("wider", MERGES))}", right: true' in LESSON
    assert f'"The corpus has {5000 - 120:,} tokens, and the vocabulary one token more.", right: true' in PRACTICE
    assert "of 5,000 tokens, the most frequent pair occurs 120 times" in PRACTICE
    assert f"The corpus has {5000 - 2 * 120:,} tokens" in PRACTICE
    assert f"120 fewer, not {2 * 120}" in PRACTICE
    assert "has 1,000 tokens. Translated into another it has 3,000" in PRACTICE
    assert (3000 / 1000) ** 2 == 9
    assert '"About nine times as many.", right: true' in PRACTICE
