"""Draws the figures of the lesson on tokens, from its five merges and from the vocabulary counted in this course.

`python -m scripts.attention.drawn_tokens` does it, in the environment of the course.
"""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path

from lessons.widgets.tokenizer.encoding import BYTES, Vocabulary, merge_pair
from scripts.attention.drawing import ACCENT, INK, LINE, MARGIN, MUTED, WIDTH, frame, write, write_drawings

ROOT = Path(__file__).parents[2]
DATA = ROOT / "lessons/data/tokenizer"
MODULE = ROOT / "lessons/transformers/tokens"
CORPUS = "tired tired tired wide wide tide red"
SENTENCE = "The animal didn't cross the street because it was too tired."
BY_HAND = Vocabulary([[116, 105], [114, 101], [257, 100], [256, 258], [100, 101]])
"""The merges that the lesson finds in its corpus: ti, re, red, tired, de."""
NARROW, BROAD = "fijlrt.'I ", "mwMW"


@dataclass(frozen=True)
class Chip:
    """A token with its place in a figure; `new` if a merge has just made it."""

    text: str
    x: float
    y: float
    width: float
    new: bool = False


def read_vocabulary() -> Vocabulary:
    return Vocabulary(json.loads((DATA / "vocabulary.json").read_text("utf-8"))["merges"])


def cut(vocabulary: Vocabulary, text: str) -> list[int]:
    steps = vocabulary.list_steps(text.encode())
    return steps[-1].ids if steps else list(text.encode())


def spell(vocabulary: Vocabulary, text: str) -> list[str]:
    return [vocabulary.tokens[token].decode() for token in cut(vocabulary, text)]


def count_after_merges(vocabulary: Vocabulary, text: str) -> list[int]:
    """How many tokens the text has before the first merge and after each. No token crosses the end of a line."""
    saved: Counter[int] = Counter()
    for line in text.splitlines(keepends=True):
        length = len(line.encode())
        for step in vocabulary.list_steps(line.encode()):
            saved[step.merge] += length - len(step.ids)
            length = len(step.ids)
    losses = (-saved[merge] for merge in range(len(vocabulary.merges)))
    return list(accumulate(losses, initial=len(text.encode())))


def count_rounds() -> list[Counter[tuple[int, int]]]:
    """The pairs of the corpus and their counts, before each of the merges by hand."""
    words, rounds = [list(word.encode()) for word in CORPUS.split()], []
    for at, (left, right) in enumerate(BY_HAND.merges):
        rounds.append(Counter(pair for word in words for pair in pairwise(word)))
        words = [merge_pair(word, left, right, BYTES + at) for word in words]
    return rounds


def draw_strip() -> str:
    """From text to tokens to ids, and the two stations that later lessons add."""
    vocabulary = read_vocabulary()
    ids = cut(vocabulary, SENTENCE)
    lines = _draw_chain(20)
    lines += [write(MARGIN, 62, "text", fill=MUTED), write(66, 62, SENTENCE[:34].rstrip())]
    lines += [write(66, 81, SENTENCE[34:]), write(MARGIN, 118, "tokens", fill=MUTED)]
    lines.append(write(MARGIN, 136, "and ids", fill=MUTED))
    x, y = 66.0, 99.0
    for token in ids:
        text = vocabulary.tokens[token].decode()
        width = _measure(text)
        if x + width > WIDTH - MARGIN:
            x, y = 66, y + 60
        lines += _draw_chip(Chip(text, x, y, width))
        lines.append(write(x + width / 2, y + 45, str(token), anchor="middle", weight=600))
        x += width + 6
    title = f"The sentence as text, as {len(ids)} tokens, and as {len(ids)} ids"
    return frame(title, int(y) + 60, lines)


def draw_corpus() -> str:
    """The seven words as letters, and after the five merges."""
    cell, gap = 16, 8
    words = CORPUS.split()
    spelled = [spell(BY_HAND, word) for word in words]
    lines, y = [], 34
    for title, pieces in (
        (f"before: {sum(map(len, words))} letters", [list(word) for word in words]),
        (f"after: {sum(map(len, spelled))} tokens", spelled),
    ):
        lines.append(write(MARGIN, y - 10, title, fill=MUTED))
        x = MARGIN
        for at, word in enumerate(pieces):
            if at == 4:
                x, y = MARGIN, y + 36
            for piece in word:
                lines += _draw_chip(Chip(piece, x, y, len(piece) * cell, new=len(piece) > 1))
                x += len(piece) * cell
            x += gap
        y += 66
    return frame("The corpus before the first merge and after the fifth", y - 26, lines)


def draw_rounds() -> str:
    """A grid of counts: a row for each pair, a column for each round, a frame around what is merged."""
    left, top, wide, high = 98, 34, 50, 25
    rounds = count_rounds()
    pairs = list(dict.fromkeys(pair for counts in rounds for pair in counts))
    lines = [write(MARGIN, 22, "round", fill=MUTED)]
    length, foot = sum(map(len, CORPUS.split())), top + high * len(pairs) + 24
    for row, pair in enumerate(pairs):
        y = top + row * high
        lines.append(write(MARGIN, y + 18, " + ".join(BY_HAND.tokens[part].decode() for part in pair)))
        for column, counts in enumerate(rounds):
            x = left + column * wide
            shade = f'fill="{INK}" fill-opacity="{counts[pair] * 0.07:.2f}"' if pair in counts else 'fill="none"'
            lines.append(f'<rect x="{x}" y="{y}" width="{wide}" height="{high}" {shade} stroke="{LINE}"/>')
            if pair in counts:
                lines.append(write(x + wide / 2, y + 18, str(counts[pair]), anchor="middle"))
    for y, name in ((foot, "new token"), (foot + 22, "its id"), (foot + 44, "tokens left")):
        lines.append(write(MARGIN, y, name, fill=MUTED))
    for column, (counts, (one, other)) in enumerate(zip(rounds, BY_HAND.merges, strict=True)):
        x, y = left + column * wide, top + pairs.index((one, other)) * high
        look = f'fill="none" stroke="{ACCENT}" stroke-width="3"'
        lines.append(f'<rect x="{x}" y="{y}" width="{wide}" height="{high}" {look}/>')
        length -= counts[one, other]
        made = BY_HAND.tokens[BYTES + column].decode()
        lines.append(write(x + wide / 2, 22, str(column + 1), anchor="middle", fill=MUTED))
        lines.append(write(x + wide / 2, foot, made, anchor="middle", fill=ACCENT, weight=600))
        lines.append(write(x + wide / 2, foot + 22, str(BYTES + column), anchor="middle", weight=600))
        lines.append(write(x + wide / 2, foot + 44, str(length), anchor="middle"))
    return frame("The count of each pair in each of the five rounds", foot + 58, lines)


def draw_retired() -> str:
    """Each merge of the lesson on a word that its corpus does not hold."""
    left, cell, gap = 90, 28, 5
    rows = [(list(b"retired"), "letters")]
    for step in BY_HAND.list_steps(b"retired"):
        pair = " + ".join(BY_HAND.tokens[part].decode() for part in BY_HAND.merges[step.merge])
        rows.append((step.ids, f"{step.merge + 1}. {pair}"))
    lines = [
        write(MARGIN, 24, "merge", fill=MUTED),
        write(WIDTH - MARGIN, 24, "tokens", anchor="end", fill=MUTED),
    ]
    before: Sequence[int] = rows[0][0]
    for number, (ids, label) in enumerate(rows):
        y, x = 34 + number * 42, left
        lines.append(write(MARGIN, y + 20, label))
        for token in ids:
            text = BY_HAND.tokens[token].decode()
            width = len(text) * (cell + gap) - gap
            lines += _draw_chip(Chip(text, x, y, width, new=token not in before))
            if number == len(rows) - 1:
                lines.append(write(x + width / 2, y + 48, str(token), anchor="middle", weight=600))
            x += width + gap
        lines.append(write(WIDTH - MARGIN - 4, y + 20, str(len(ids)), anchor="end"))
        before = ids
    lines.append(write(MARGIN, y + 48, "ids", fill=MUTED))
    return frame('How the merges cut the word "retired"', y + 62, lines)


def draw_savings() -> str:
    """How long the snapshot is, by the number of merges."""
    text = (DATA / "snapshot.txt").read_text("utf-8")
    counts, words = count_after_merges(read_vocabulary(), text), len(text.split())
    left, right, top, bottom, most = 40, 338, 34, 214, 70000

    def place(merges: int, tokens: int) -> str:
        return f"{left + (right - left) * merges / 1024:.1f} {bottom - (bottom - top) * tokens / most:.1f}"

    lines = [write(MARGIN, 22, "tokens of the same text", fill=MUTED)]
    for thousands in (0, 20, 40, 60):
        y = float(place(0, thousands * 1000).split()[1])
        lines.append(f'<path d="M{left} {y}H{right}" stroke="{LINE}" stroke-opacity="0.35"/>')
        lines.append(write(left - 6, y + 4, f"{thousands}k" if thousands else "0", 12, anchor="end", fill=MUTED))
    for merges in range(0, 1025, 256):
        x = float(place(merges, 0).split()[0])
        lines.append(write(x, bottom + 18, f"{merges:,}", 12, anchor="middle", fill=MUTED))
    lines.append(write((left + right) / 2, bottom + 36, "merges", anchor="middle", fill=MUTED))
    level = float(place(0, words).split()[1])
    lines.append(f'<path d="M{left} {level}H{right}" stroke="{INK}" stroke-dasharray="4 4"/>')
    lines.append(write(left + 8, level + 17, f"{words:,} words"))
    curve = "L".join(place(merges, counts[merges]) for merges in (*range(0, 64, 4), *range(64, 1025, 32)))
    lines.append(f'<path d="M{curve}" fill="none" stroke="{ACCENT}" stroke-width="2.5"/>')
    for merges, label, dx, dy, anchor in (
        (0, f"{counts[0]:,} bytes", 10, 4, "start"),
        (200, f"200 merges: {counts[200]:,}", 8, -9, "start"),
        (1024, f"1,024 merges: {counts[1024]:,}", 0, -18, "end"),
    ):
        x, y = map(float, place(merges, counts[merges]).split())
        lines.append(f'<circle cx="{x}" cy="{y}" r="4" fill="{ACCENT}"/>')
        halo = '<text paint-order="stroke" stroke="#FCFBF8" stroke-width="5"'
        lines.append(write(x + dx, y + dy, label, anchor=anchor).replace("<text", halo))
    return frame("The same text in fewer tokens, the more merges there are", bottom + 50, lines)


def draw_summary() -> str:
    """For the cheatsheet: the corpus, its five merges, and two words cut by them."""
    words = CORPUS.split()
    lines = [
        write(MARGIN, 24, "corpus", fill=MUTED),
        write(84, 24, CORPUS),
        write(MARGIN, 60, "merges", fill=MUTED),
    ]
    x = 84.0
    for at in range(len(BY_HAND.merges)):
        text = BY_HAND.tokens[BYTES + at].decode()
        width = max(34, _measure(text))
        lines += _draw_chip(Chip(text, x, 40, width, new=True))
        lines.append(write(x + width / 2, 86, str(BYTES + at), anchor="middle", weight=600))
        x += width + 12
    lines.append(write(MARGIN, 86, "ids", fill=MUTED))
    after = sum(len(cut(BY_HAND, word)) for word in words)
    lines.append(write(84, 108, f"{sum(map(len, words))} letters become {after} tokens", 13, fill=MUTED))
    for y, word in ((120, "retired"), (156, "hired")):
        lines.append(write(MARGIN, y + 20, word))
        x = 84
        for token in cut(BY_HAND, word):
            text = BY_HAND.tokens[token].decode()
            lines += _draw_chip(Chip(text, x, y, max(28, _measure(text))))
            x += max(28, _measure(text)) + 5
        ids = ", ".join(map(str, cut(BY_HAND, word)))
        lines.append(write(WIDTH - MARGIN, y + 20, ids, anchor="end", weight=600))
    return frame("Five merges, and two words cut by them", 198, lines)


def _draw_chain(y: float) -> list[str]:
    """Text, tokens, ids, vectors, positions; the last two belong to other lessons."""
    lines, x = [], float(MARGIN)
    for name, width, here in (
        ("text", 44, True),
        ("tokens", 62, True),
        ("ids", 40, True),
        ("vectors", 64, False),
        ("positions", 72, False),
    ):
        look = f'fill="#F6E3DA" stroke="{ACCENT}"' if here else f'fill="none" stroke="{LINE}" stroke-dasharray="4 3"'
        lines.append(f'<rect x="{x}" y="{y - 10}" width="{width}" height="24" rx="12" {look}/>')
        lines.append(write(x + width / 2, y + 7, name, 13, anchor="middle", fill=INK if here else MUTED))
        x += width
        if name != "positions":
            lines.append(
                f'<path d="M{x + 2} {y + 2}h8m-4 -3l4 3l-4 3" fill="none" stroke="{MUTED}" stroke-width="1.2"/>'
            )
        x += 12
    return lines


def _draw_chip(chip: Chip) -> list[str]:
    """A box with the text of a token; a space in front of it is a small bar."""
    look = f'fill="#F6E3DA" stroke="{ACCENT}" stroke-width="2"' if chip.new else f'fill="#FFFFFF" stroke="{MUTED}"'
    middle = chip.x + chip.width / 2
    lines = [f'<rect x="{chip.x:g}" y="{chip.y:g}" width="{chip.width:g}" height="28" rx="4" {look}/>']
    if chip.text.startswith(" "):
        lines.append(
            f'<path d="M{chip.x + 6:g} {chip.y + 17:g}v4h6v-4" fill="none" stroke="{ACCENT}" stroke-width="1.5"/>'
        )
        middle += 5
    return [*lines, write(middle, chip.y + 19, chip.text.strip(), anchor="middle")]


def _measure(text: str) -> float:
    """About how wide a box the text needs at 14 pixels."""
    widths = (4.5 if letter in NARROW else 12 if letter in BROAD else 8.2 for letter in text)
    return max(36, round(sum(widths)) + (22 if text.startswith(" ") else 16))


DRAWINGS: dict[Path, Callable[[], str]] = {
    MODULE / "text-to-ids.svg": draw_strip,
    MODULE / "five-rounds.svg": draw_rounds,
    MODULE / "thirty-letters.svg": draw_corpus,
    MODULE / "merges-of-retired.svg": draw_retired,
    MODULE / "fewer-tokens.svg": draw_savings,
    ROOT / "cheatsheets/transformers/tokens.svg": draw_summary,
}


if __name__ == "__main__":
    write_drawings(DRAWINGS)
