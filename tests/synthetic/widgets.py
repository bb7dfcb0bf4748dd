"""The widgets of a module, in texts as long as ours: questions with reasons, an exercise, cards."""

from collections.abc import Iterator

from tests.synthetic.parts import Widget
from tests.synthetic.plan import Module
from tests.synthetic.snippets import write_inline, write_table
from tests.synthetic.words import Writer

OBJECTIVES = ("trace-it", "tell-apart", "compute-it", "judge-it")


def write_predict(writer: Writer, module: Module) -> Widget:
    choices = [writer.write_sentence(module.topic, 5, 9) for _ in range(3)]
    data = {
        "id": "before-you-read",
        "practises": OBJECTIVES[0],
        "ask": _ask(writer, module),
        "choices": choices,
        "right": choices[module.number % 3],
        "answer": writer.write_paragraph(module.topic, 30),
    }
    return Widget("predict", data)


def write_quizzes(writer: Writer, module: Module) -> Iterator[Widget]:
    """One for each concept and four more, of the kinds that our course has."""
    for place, (objective, concept) in enumerate(zip(OBJECTIVES, module.concepts, strict=False)):
        data = {"id": f"about-{concept.id}", "practises": objective, **_choose(writer, module, module.number + place)}
        yield _write_quiz(writer, module, data, f"which of these is {concept.name}?")
    yield _write_quiz(
        writer, module, {"id": "which-one", "practises": OBJECTIVES[3], **_choose(writer, module, module.number + 2)}
    )
    yield _write_quiz(
        writer, module, {"id": "which-other", "practises": OBJECTIVES[0], **_choose(writer, module, module.number + 3)}
    )
    why = writer.write_paragraph(module.topic, 25)
    steps = [writer.write_sentence(module.topic, 5, 9) for _ in range(4)]
    yield _write_quiz(writer, module, {"id": "in-order", "practises": OBJECTIVES[1], "order": steps, "why": why})
    value = writer.chance.randint(2, 400)
    number = {"value": value, "mistakes": [{"value": value * 2, "why": writer.write_sentence(module.topic)}]}
    yield _write_quiz(writer, module, {"id": "how-many", "practises": OBJECTIVES[2], "number": number, "why": why})


def write_exercise(writer: Writer, module: Module) -> Widget:
    topic = module.topic
    tasks = "\n".join(f"{number}. {writer.write_sentence(topic)}" for number in range(1, 5))
    answer = (
        f"{writer.write_paragraph(topic, 50)}\n\n{write_table(writer, topic, 4)}\n\n{writer.write_paragraph(topic, 40)}"
    )
    data = {
        "id": "with-pencil",
        "practises": [OBJECTIVES[2], OBJECTIVES[0]],
        "task": f"{writer.write_paragraph(topic, 40)} {writer.weave(topic, write_inline(writer))}\n\n{tasks}\n",
        "hints": [writer.write_sentence(topic) for _ in range(3)],
        "answer": answer,
        "criteria": [f"I {writer.write_sentence(topic, 6, 12).lower()}" for _ in range(4)],
    }
    return Widget("exercise", data)


def write_explain(writer: Writer, module: Module) -> Widget:
    data = {
        "id": "in-your-words",
        "practises": OBJECTIVES[1],
        "ask": _ask(writer, module),
        "answer": writer.write_paragraph(module.topic, 50),
        "criteria": [f"I {writer.write_sentence(module.topic, 6, 12).lower()}" for _ in range(3)],
    }
    return Widget("explain", data)


def write_flashcards(writer: Writer, module: Module) -> Widget:
    cards = [
        {
            "id": f"card-{number}",
            "front": _ask(writer, module),
            "back": writer.write_sentence(module.topic, 16, 26),
            "practises": OBJECTIVES[number % len(OBJECTIVES)],
        }
        for number in range(9)
    ]
    return Widget("flashcards", {"id": "deck", "cards": cards})


def _choose(writer: Writer, module: Module, right: int) -> dict[str, object]:
    choices: list[dict[str, object]] = [
        {"text": writer.write_sentence(module.topic, 8, 12), "why": writer.write_sentence(module.topic, 14, 24)}
        for _ in range(4)
    ]
    choices[right % len(choices)]["right"] = True
    return {"choices": choices}


def _write_quiz(writer: Writer, module: Module, data: dict[str, object], ending: str = "") -> Widget:
    """A question may be about something: then it ends with this."""
    sentences = f"{writer.write_sentence(module.topic)} {writer.weave(module.topic, write_inline(writer))}"[:-1]
    return Widget("quiz", {"ask": f"{sentences}, {ending}" if ending else f"{sentences}?", **data})


def _ask(writer: Writer, module: Module) -> str:
    return writer.write_sentence(module.topic, 8, 14)[:-1] + "?"
