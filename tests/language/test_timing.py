"""The rule for times, as docs/authoring.md states it."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from trackbook.language.timing import estimate_minutes, lesson_minutes, module_minutes
from trackbook.reading import read_course
from trackbook.widgets import load_widgets

MakeCourse = Callable[[Mapping[str, object]], Path]
QUIZ = "```quiz\nid: q{}\nask: Which?\nchoices: [{{text: a, right: true, why: b}}, {{text: c, why: d}}]\n```\n\n"
PREDICT = "```predict\nid: p{}\nask: Which?\nanswer: This.\n```\n\n"
EXERCISE = "```exercise\nid: e{}\ntask: Do.\nanswer: Done.\n```\n\n"
EXPLAIN = "```explain\nid: x{}\nask: Why?\nanswer: So.\n```\n\n"
WORKED = "```worked\nid: w{}\ntask: Do.\nsteps: [{{do: a, result: b, why: c}}, {{do: a, result: b, why: c}}]\n```\n\n"
CARDS = "```flashcards\nid: f{0}\ncards: [{{id: c{0}, front: a, back: b, reverse: true}}]\n```\n\n"
RACE = "```recurrence-race\nid: r{}\n```\n\n"
CODE = "```python\n" + "x = 1\n" * 20 + "```\n\n"
NOTE = "Word[^{0}].\n\n[^{0}]: " + "word " * 200 + "\n\n"


@pytest.mark.parametrize(
    ("part", "times", "minutes"),
    [
        ("word ", 1, 1),
        ("word ", 600, 3),
        (NOTE, 5, 1),
        ("$$x$$\n\n", 18, 3),
        ("$x$ ", 18, 1),
        ("![A dot.](dot.svg)\n\n", 18, 3),
        (CODE, 3, 3),
        (QUIZ, 3, 3),
        (PREDICT, 3, 3),
        (WORKED, 2, 4),
        (CARDS, 4, 2),
        (EXERCISE, 2, 8),
        (EXPLAIN, 3, 6),
        (RACE, 3, 6),
    ],
)
def test_each_part_takes_its_time(make_course: MakeCourse, part: str, times: int, minutes: int) -> None:
    text = "".join(part.format(number) for number in range(times))
    root = make_course({"lessons/first/alpha/lesson.md": f"# Alpha\n\n{text}\n"})
    module = read_course(root, load_widgets(root)).modules[0]
    assert not [fence for fence in module.pages["lesson"].fences if fence.unread]
    assert estimate_minutes(module.pages["lesson"]) == lesson_minutes(module) == minutes
    assert module_minutes(module) == minutes + 5


def test_what_is_not_written_takes_no_time(make_course: MakeCourse) -> None:
    planned = read_course(make_course({}), load_widgets()).module("first/delta")
    assert planned
    assert (lesson_minutes(planned), module_minutes(planned)) == (0, 0)
