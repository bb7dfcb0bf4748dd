"""Courses of any size, the same for the same number: what a big site weighs and takes is measured on them.

Lengths are those of our own course. Words follow Zipf's law (a few are everywhere, most are rare), as those of a
language do, since the weight of a search index hangs on it.
"""

import itertools
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import yaml

MODULES_OF_A_TRACK = 10
MODULES_OF_A_PHASE = 5
_VOCABULARY = 30_000
_FLATTENING = 10
"""Makes the commonest word half a percent of all: so often stands "weights", the commonest of our own course."""
_COMMON = (
    "the of a to and is in it that for one each by as with not are from its this has what be step same more on an two"
    " at which so than or how all no when only first if them they where but can then before number does"
)
_COMMON_WORDS = _COMMON.split()
_COMMON_WEIGHTS = list(itertools.accumulate(1 / (rank + 1) for rank in range(len(_COMMON_WORDS))))
_STARTS = "b d f g k l m n p r s t v z ch st tr pl"
_ENDS = "a e i o u ar en il or"
_SYLLABLES = [start + end for start in _STARTS.split() for end in _ENDS.split()]


@dataclass(frozen=True)
class Writer:
    """Writes in made-up words. Each topic has words of its own, which its pages use often."""

    chance: Random
    words: list[str]
    weights: list[float]

    def pick_topic(self) -> list[str]:
        return self.chance.sample(self.words[200:20_000], 40)

    def write_sentence(self, topic: list[str], shortest: int = 8, longest: int = 22) -> str:
        length = self.chance.randint(shortest, longest)
        words = self.chance.choices(self.words, cum_weights=self.weights, k=length)
        picked = [
            self.chance.choices(_COMMON_WORDS, cum_weights=_COMMON_WEIGHTS)[0]
            if self.chance.random() < 0.45
            else self.chance.choice(topic)
            if self.chance.random() < 0.3
            else word
            for word in words
        ]
        return " ".join(picked).capitalize() + "."

    def write_paragraph(self, topic: list[str], words: int) -> str:
        text = ""
        while text.count(" ") < words:
            text += self.write_sentence(topic) + " "
        return text.strip()

    def name(self, topic: list[str], words: int = 2) -> str:
        return " ".join(self.chance.sample(topic, words))


def write_course(root: Path, modules: int, beside: Path) -> Path:
    """Copy the course in `beside` into `root`, and add tracks of `modules` modules, four pages each."""
    writer = make_writer()
    for folder in ("lessons", "cheatsheets", "docs"):
        shutil.copytree(beside / folder, root / folder)
    config = (beside / "mkdocs.yml").read_text("utf-8")
    _write(root / "mkdocs.yml", config.replace("  custom_dir: overrides\n", ""))
    outline = yaml.safe_load((beside / "lessons/course.yml").read_text("utf-8"))
    first = max(track["number"] for track in outline["tracks"]) + 1
    keys = [(f"track-{first + number // MODULES_OF_A_TRACK}", f"module-{number + 1}") for number in range(modules)]
    for track, module in keys:
        for path, text in _write_module(writer, track, module):
            _write(root / path, text)
    outline["tracks"] += _write_tracks(writer, keys, first)
    _write(root / "lessons/course.yml", yaml.safe_dump(outline, width=1000, allow_unicode=True))
    return root


def make_common_words(count: int) -> list[str]:
    """The words of made-up pages that stand on most of them: the heaviest to look for."""
    return make_writer().words[:count]


def make_writer() -> Writer:
    chance = Random(3)
    words: dict[str, None] = {}
    while len(words) < _VOCABULARY:
        words["".join(chance.choices(_SYLLABLES, k=chance.choice((2, 2, 3, 3, 4))))] = None
    weights = list(itertools.accumulate(1 / (rank + _FLATTENING) for rank in range(_VOCABULARY)))
    return Writer(chance, list(words), weights)


def _write_tracks(writer: Writer, keys: list[tuple[str, str]], first: int) -> list[dict[str, object]]:
    tracks: list[dict[str, object]] = []
    for number, (track, group) in enumerate(itertools.groupby(keys, key=lambda key: key[0]), first):
        ids = [module for _, module in group]
        phases = [{"title": f"Phase {n}", "modules": part} for n, part in enumerate(_batch(ids), 1)]
        title = f"The {writer.name(writer.pick_topic())}"
        tracks.append({"id": track, "number": number, "title": title, "summary": "A track.", "phases": phases})
    return tracks


def _batch(ids: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(ids), MODULES_OF_A_PHASE):
        yield ids[start : start + MODULES_OF_A_PHASE]


def _write_module(writer: Writer, track: str, module: str) -> Iterator[tuple[str, str]]:
    topic = writer.pick_topic()
    title = f"{writer.name(topic).capitalize()}: {writer.name(topic, 3)}"
    concepts = [f"{topic[0]}-{topic[1]}", f"{topic[2]}-{topic[3]}"]
    folder = f"lessons/{track}/{module}"
    yield f"{folder}/overview.md", _write_overview(writer, topic, title)
    yield f"{folder}/lesson.md", _write_lesson(writer, topic, title, concepts)
    yield f"{folder}/practice.md", _write_practice(writer, topic, title)
    words = "\n".join(f"- **{concept.replace('-', ' ')}**: {writer.write_sentence(topic)}" for concept in concepts)
    text = _write_sections(writer, topic, ("The idea", "Why", "How", "The catch"), 70)
    yield f"cheatsheets/{track}/{module}.md", f"# {title}\n\n{text}\n\n## Words\n\n{words}\n"


def _write_overview(writer: Writer, topic: list[str], title: str) -> str:
    meta = {
        "title": title,
        "summary": writer.write_sentence(topic),
        "objectives": {f"objective-{n}": writer.write_sentence(topic).rstrip(".") for n in range(3)},
    }
    text = _write_sections(writer, topic, ("The big question", "What comes of it"), 180)
    return f"---\n{yaml.safe_dump(meta, width=1000)}---\n\n# {title}\n\n{text}\n"


def _write_lesson(writer: Writer, topic: list[str], title: str, concepts: list[str]) -> str:
    meta = {"teaches": {concept: writer.write_sentence(topic, 18, 26) for concept in concepts}}
    headings = [writer.name(topic, 3).capitalize() for _ in range(8)]
    text = _write_sections(writer, topic, headings, 300)
    formula = "Here $a + b = c$, and so\n\n$$\ny = \\frac{a_1 x + b}{\\sqrt{d}}\n$$\n"
    return f"---\n{yaml.safe_dump(meta, width=1000)}---\n\n# {title}\n\n{text}\n\n{formula}"


def _write_practice(writer: Writer, topic: list[str], title: str) -> str:
    quizzes = [_write_quiz(writer, topic, number) for number in range(6)]
    return f"# {title}\n\n" + "\n".join(quizzes)


def _write_quiz(writer: Writer, topic: list[str], number: int) -> str:
    choices = [
        {"text": writer.write_sentence(topic), "why": writer.write_paragraph(topic, 30), "right": right}
        for right in (True, False, False)
    ]
    data = {
        "id": f"quiz-{number}",
        "practises": f"objective-{number % 3}",
        "ask": writer.write_sentence(topic).replace(".", "?"),
        "choices": choices,
    }
    return f"```quiz\n{yaml.safe_dump(data, width=1000)}```\n"


def _write_sections(writer: Writer, topic: list[str], headings: tuple[str, ...] | list[str], words: int) -> str:
    parts = []
    for heading in dict.fromkeys(headings):
        paragraphs = [writer.write_paragraph(topic, min(words, 90)) for _ in range(max(1, words // 90))]
        parts.append(f"## {heading}\n\n" + "\n\n".join(paragraphs))
    return "\n\n".join(parts)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
