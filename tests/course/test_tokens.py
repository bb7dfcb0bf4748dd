"""The numbers of transformers/tokens, computed again and looked up in its pages and figure."""

import json
import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from lessons.widgets.tokenizer.encoding import Vocabulary
from scripts.attention.drawn_tokens import BY_HAND, DRAWINGS, count_after_merges, read_vocabulary
from scripts.attention.drawn_tokens import cut as cut_for_real
from scripts.attention.merges import count_merges

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
SNAPSHOT = (ROOT / "lessons/data/tokenizer/snapshot.txt").read_text(encoding="utf-8")
VOCABULARY = read_vocabulary()


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
    assert [[show(piece) for piece in word] for word in TRAINED[3:6]] == [
        ["w", "i", "de"],
        ["w", "i", "de"],
        ["ti", "de"],
    ]
    assert [len(word) for word in TRAINED] == [1, 1, 1, 3, 3, 2, 1]
    assert f"> {CORPUS}\n" in LESSON
    assert CORPUS in CHEATSHEET


def test_the_rounds_in_words() -> None:
    cells = [row.strip("| ").split(" | ") for row in ROWS]
    won = [(MERGES[at], max(int(entry.split()[-1]) for entry in row[1].split(", "))) for at, row in enumerate(cells)]
    winners = [f"{show(left)}+{show(right)} with {count}" for (left, right), count in won]
    assert f"winners are {', '.join(winners[:-1])} and {winners[-1]}." in LESSON
    left = [row[-1] for row in cells]
    assert f"and {', '.join(left[:-1])} and {left[-1]} tokens are left.](five-rounds.svg)" in LESSON
    assert cells[3][1].split(", ")[0].endswith(" 3") and "d+e 3" in cells[3][1]
    assert "Round four is a tie once more, between ti+red and d+e." in LESSON
    assert len({entry.split()[0] for row in cells for entry in row[1].split(", ")}) == 12


def test_each_merge_shortens_the_corpus_by_its_count() -> None:
    left = sum(map(len, CORPUS.split()))
    assert f"started as {left} letters and is down to {sum(map(len, TRAINED))} tokens" in LESSON
    assert f"bring {left} letters down to {sum(map(len, TRAINED))} tokens" in CHEATSHEET
    for row in ROWS:
        counts = [int(entry.split()[-1]) for entry in row.split(" | ")[1].split(", ")]
        left -= max(counts)
        assert row.endswith(f"| {left} |")


def test_round_one_in_words() -> None:
    counts = {show(left) + "+" + show(right): count for (left, right), count in FIRST_COUNTS.items()}
    assert f'The pair t+i occurs three times in "tired" and once in "tide", which makes {counts["t+i"]}.' in LESSON
    words = CORPUS.split()
    assert words.count("tired") == 3 and words.count("tide") == 1 and words.count("red") == 1
    assert 'r+e, with three in "tired" and one in "red", and e+d, in the same places' in LESSON
    assert counts["e+d"] == counts["r+e"]
    assert counts["d+e"] == counts["i+d"]
    assert [pair for pair, count in counts.items() if count == 4] == ["t+i", "r+e", "e+d"]
    second = ROWS[1].split(" | ")[1]
    assert "ti+r 3, r+e 4, e+d 4" in second
    assert "It still has 4, and so has e+d, while ti+r has only the 3" in LESSON
    assert "i+d fell from 3 to 2" in LESSON and "i+d fell from 3 to 2" in PRACTICE
    assert f"That pair has a {counts['e+d']} in round one" in PRACTICE
    assert sum("w+i 2" in row for row in ROWS) == len(ROWS)
    assert "w+i had a count of 2 in every round" in LESSON


def test_merges_are_called_by_their_places() -> None:
    place = {show(left + right): number for number, (left, right) in enumerate(MERGES, start=1)}
    ti, re, red, tired, de = (place[piece] for piece in ("ti", "re", "red", "tired", "de"))
    assert (ti, re, red, tired, de) == (1, 2, 3, 4, 5)
    assert f'Merge {ti} makes "ti", merge {re} makes "re" twice, merge {red} makes "red", and merge {tired}' in LESSON
    assert f"Merge {de} looks for d+e and finds none" in LESSON
    assert f"Merges {ti} to {tired} find no pair. Merge {de} makes de." in LESSON
    assert f"merge {red} takes the d before merge {de} can" in LESSON
    assert f"Merge {re} makes re, merge {de} makes de." in PRACTICE
    assert f"Merge {re}, r+e, was left out. It comes before merge {de}," in PRACTICE
    assert f"Merge {de}, d+e, was left out." in PRACTICE
    assert ", ".join(f"{show(left)}+{show(right)}" for left, right in MERGES) in PRACTICE


@pytest.mark.parametrize("word", ["retired", "hired", "Tired", "redeem"])
def test_words_of_the_lesson(word: str) -> None:
    tokens = cut(word, MERGES)
    shown = bars(tokens).replace("|", "\\|")
    assert f"| {word} | {shown} | {', '.join(map(str, ids(tokens, MERGES)))} |" in LESSON


def test_ids() -> None:
    assert ids(cut("retired", MERGES), MERGES) == [257, 259]
    assert "is re, tired: 257, 259, and" in CHEATSHEET
    assert ids(cut("hired", MERGES), MERGES) == [104, 105, 258]
    assert "is h, i, red: 104, 105, 258." in CHEATSHEET
    assert ids(cut("tired", MERGES), MERGES) == [259]
    assert "gets the number 259" in LESSON
    assert "With our merges it gets 259." in PRACTICE
    assert "with their ids 257 and 259.](merges-of-retired.svg)" in LESSON
    new = [ids([left + right], MERGES)[0] for left, right in MERGES]
    assert new == [256, 257, 258, 259, 260]
    made = ", ".join(show(left + right) for left, right in MERGES)
    assert f"five merges {made}, with the ids {new[0]} to {new[-1]}" in CHEATSHEET


def test_drawings_are_those_of_the_data() -> None:
    assert [BY_HAND.tokens[256 + at] for at in range(5)] == [left + right for left, right in MERGES]
    for path, draw in DRAWINGS.items():
        assert path.read_text(encoding="utf-8") == draw(), path.name


def test_the_figure_shows_each_merge_of_retired() -> None:
    drawn = [text.text for text in ElementTree.parse(MODULE / "merges-of-retired.svg").iter() if text.text]
    shown = [text.strip() for text in drawn if text.strip()]
    word = to_bytes("retired")
    rows: list[list[str]] = [["letters", *map(show, word), str(len(word))]]
    for number, pair in enumerate(MERGES[:4], start=1):
        word = merge(word, pair)
        drawn_row = [show(piece) for piece in word]
        if number == 4:
            drawn_row = [drawn_row[0], "257", drawn_row[1], "259"]
        rows.append([f"{number}. {show(pair[0])} + {show(pair[1])}", *drawn_row, str(len(word))])
    assert merge(word, MERGES[4]) == word
    cells = [cell for row in rows for cell in row]
    start = shown.index("letters")
    assert shown[start : start + len(cells)] == cells
    assert shown[start + len(cells) :] == ["ids"]


@pytest.mark.parametrize(
    "name", ["tired (English)", "fatigué (French)", "疲れた (Japanese)", "κουρασμένος (Greek)", "😴"]
)
def test_tired_elsewhere(name: str) -> None:
    text = name.split(maxsplit=1)[0]
    tokens = len(cut(text, MERGES))
    assert f"| {name} | {len(text)} | {len(text.encode())} | {tokens} |" in LESSON


def test_more_merges_of_the_same_language() -> None:
    french, greek = (len(cut_for_real(VOCABULARY, text)) for text in ("fatigué", "κουρασμένος"))
    assert f'"fatigué" goes down to {french}, and the Greek word still takes {greek} tokens' in LESSON


def test_prices_on_the_cheatsheet() -> None:
    english, french, greek = (len(cut(text, MERGES)) for text in ("tired", "fatigué", "κουρασμένος"))
    assert f'"tired" is {english} token, "fatigué" {french}, "κουρασμένος" {greek}.' in CHEATSHEET


def test_lengths_of_the_sentence() -> None:
    letters, words = len(SENTENCE), len(SENTENCE.split())
    assert f"Our sentence has {letters} characters" in LESSON
    pieces = len(cut_for_real(VOCABULARY, SENTENCE))
    assert f"that makes {letters**2:,} comparisons" in LESSON
    assert f"has {words}, which makes {words**2} comparisons" in LESSON
    assert f"| Positions in our sentence | {letters} | {words} | {pieces}, in the figure |" in LESSON
    assert f"| Comparisons in attention | {letters**2:,} | {words**2} | {pieces**2} |" in LESSON
    assert pieces == 14 and "below it the fourteen tokens" in LESSON and "a row of fourteen ids" in LESSON


def test_the_model_of_track_4_cuts_the_sentence_likewise() -> None:
    data = json.loads((ROOT / "lessons/data/attention/minilm.json").read_text(encoding="utf-8"))
    tokens = next(one["tokens"] for one in data["sentences"] if one["text"] == SENTENCE)
    assert len(tokens[1:-1]) == 14 and tokens[3:6] == ["didn", "'", "t"] and tokens[-2] == "."
    assert "the same sentence had fourteen, besides the two marks around it" in LESSON
    ours = [VOCABULARY.tokens[token].decode().strip().lower() for token in cut_for_real(VOCABULARY, SENTENCE)]
    assert ours == tokens[1:-1]
    assert "the model of Track 4 happens to cut in the same places" in LESSON


def test_the_merges_follow_from_the_snapshot() -> None:
    assert count_merges(SNAPSHOT, len(VOCABULARY.merges)) == VOCABULARY.merges


def test_merges_without_the_sentences_about_the_animal() -> None:
    """The running sentence is quoted in the snapshot. What it is cut into otherwise is told in the caption."""
    others = re.sub(r"[^.\n]*\banimal\b[^.\n]*\.", "", SNAPSHOT)
    assert SNAPSHOT.count("animal didn't cross the street") > 5 and "animal didn't" not in others
    tokens = cut_for_real(Vocabulary(count_merges(others, len(VOCABULARY.merges))), SENTENCE)
    assert f'Made without the sentences that hold "animal", it would need {len(tokens)} tokens here.' in LESSON


def test_a_thousand_merges() -> None:
    counts = count_after_merges(VOCABULARY, SNAPSHOT)
    words = len(SNAPSHOT.split())
    lines = SNAPSHOT.splitlines(keepends=True)
    assert counts[-1] == sum(len(cut_for_real(VOCABULARY, line)) for line in lines)
    assert len(VOCABULARY.merges) == 1024
    assert f"counted in {counts[0]:,} bytes" in LESSON and counts[0] == len(SNAPSHOT.encode())
    assert f"down to {counts[-1]:,} tokens, about {counts[-1] / words:.1f} for each word" in LESSON
    assert (
        f"{counts[0]:,} bytes without a merge, {counts[200]:,} tokens after 200 merges, {counts[-1]:,} after" in LESSON
    )
    assert f"marks the {words:,} words" in LESSON
    first, last = counts[0] - counts[100], counts[-101] - counts[-1]
    assert f"The first hundred merges save {first:,} tokens, the last hundred {last}." in LESSON


def test_one_word_with_and_without_a_space() -> None:
    bare, spaced = cut_for_real(VOCABULARY, "tired"), cut_for_real(VOCABULARY, " tired")
    assert (len(bare), len(spaced), len(cut_for_real(VOCABULARY, "Tired"))) == (1, 1, 2)
    assert f"is token {bare[0]} and the same word after a space is {spaced[0]}" in LESSON


def test_sizes_of_vocabularies() -> None:
    assert f"256 + {len(MERGES)} = {256 + len(MERGES)} tokens" in LESSON
    assert f"256 + {len(PAPER_MERGES)} = {256 + len(PAPER_MERGES)} tokens" in PRACTICE
    assert f"make {256 + 50_000 + 1:,}" in LESSON
    assert f"256 + 50,000 + 1 = {256 + 50_000 + 1:,}" in CHEATSHEET
    assert len(set(CORPUS) - {" "}) == 6
    assert "our corpus held only six characters out of" in LESSON


def test_grouped_digits() -> None:
    digits = "1234567"
    from_left = [digits[start : start + 3] for start in range(0, len(digits), 3)]
    assert "|".join(from_left) in LESSON
    assert f"{int(digits):,}".replace(",", "|") in LESSON


def test_the_quiz_about_digits() -> None:
    left, right = (
        ["|".join(re.findall(pattern, number)) for number in ("98765", "4321")]
        for pattern in (r"\d{1,3}", r"\d{1,3}(?=(?:\d{3})*$)")
    )
    assert f'"{" + ".join(left)}, and the last' in PRACTICE
    assert f'"{" + ".join(right)}, and the first' in PRACTICE


def test_the_quiz_about_letters_and_words() -> None:
    sentence = "The tide was red."
    letters, words = len(sentence), len(sentence.split())
    assert f'"{sentence}" has {letters} characters and {words} words.' in PRACTICE
    assert f'"{words**2} in place of {letters**2}, and the word is unknown.", right: true' in PRACTICE


def test_a_byte_in_hexadecimal() -> None:
    assert f"{195:X} is 195" in LESSON and 195 in "é".encode()


def test_the_rows_of_two_sizes() -> None:
    small, large = (f"{tokens * 512 / 1e6:.1f} million" for tokens in (8_000, 200_000))
    assert f"8,000 rows of 512 numbers are {small} parameters, and 200,000 rows are {large}." in PRACTICE


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
    assert "An English text has 1,000 tokens. For its translation, attention makes 16 times as many" in PRACTICE
    assert (4000 / 1000) ** 2 == 16
    assert "  value: 4000\n" in PRACTICE
    for wrong, times in ((16000, "256 times"), (8000, "64 times"), (2000, "four times")):
        assert (wrong / 1000) ** 2 == {"256 times": 256, "64 times": 64, "four times": 4}[times]
        assert any(f"value: {wrong}," in line and times in line for line in PRACTICE.splitlines())
