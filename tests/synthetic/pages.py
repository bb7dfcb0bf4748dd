"""The four pages of a made-up module, each as long as ours are on average."""

from collections.abc import Callable, Iterator

from tests.synthetic.parts import Callout, Page, Widget, link
from tests.synthetic.plan import Concept, Module, Plan
from tests.synthetic.snippets import write_code, write_display, write_inline, write_table
from tests.synthetic.widgets import (
    OBJECTIVES,
    write_exercise,
    write_explain,
    write_flashcards,
    write_predict,
    write_quizzes,
)
from tests.synthetic.words import Writer, make_writer

DRAWING = "drawing.svg"
Parts = Iterator[str | Callout | Widget]
WritePages = Callable[[Plan], Iterator[Page]]


def write_pages(plan: Plan) -> Iterator[Page]:
    writer = make_writer(plan.module.number + 1_000_000)
    yield _make(plan, "overview", _make_overview_meta(writer, plan), _write_overview(writer, plan))
    yield _make(plan, "lesson", _make_lesson_meta(plan.module), _write_lesson(writer, plan))
    yield _make(plan, "practice", {}, _write_practice(writer, plan.module))
    yield _make(plan, "cheatsheet", {}, _write_cheatsheet(writer, plan.module))


def write_plain_pages(plan: Plan) -> Iterator[Page]:
    """Four pages of prose, 750 words each, without widgets or objectives."""
    writer = make_writer(plan.module.number + 3_000_000)
    overview: dict[str, object] = {"title": plan.module.title, "summary": plan.module.summary, "objectives": {}}
    metas = {"overview": overview, "lesson": _make_lesson_meta(plan.module)}
    for kind in ("overview", "lesson", "practice", "cheatsheet"):
        yield _make(plan, kind, metas.get(kind, {}), _write_plain(writer, plan.module))


def _write_plain(writer: Writer, module: Module) -> Parts:
    for number in range(6):
        yield f"## Part {number + 1}"
        yield _write_prose(writer, module.topic, 50, [_cite(writer, module.topic), f"**{writer.name(module.topic)}**"])
        yield writer.write_paragraph(module.topic, 43)
    yield _list(
        [f"**{concept.name.capitalize()}**: {writer.write_sentence(module.topic)}" for concept in module.concepts]
    )


def _make(plan: Plan, kind: str, meta: dict[str, object], parts: Parts) -> Page:
    return Page(plan.module.id, kind, plan.module.title, meta, list(parts))


def _make_overview_meta(writer: Writer, plan: Plan) -> dict[str, object]:
    module = plan.module
    meta: dict[str, object] = {
        "title": module.title,
        "summary": module.summary,
        "objectives": {name: writer.write_sentence(module.topic)[:-1] for name in OBJECTIVES},
        "difficulty": "standard",
        "math": "light",
    }
    if plan.needs:
        meta["needs"] = [concept.id for concept in plan.needs]
    if plan.defers:
        meta["defers"] = {"to": plan.defers.module.partition("/")[0], "concepts": [plan.defers.id]}
    return meta


def _make_lesson_meta(module: Module) -> dict[str, object]:
    return {"teaches": {concept.id: concept.definition for concept in module.concepts}}


def _write_overview(writer: Writer, plan: Plan) -> Parts:
    topic = plan.module.topic
    yield "## The big question"
    yield writer.write_paragraph(topic, 50)
    yield "## Why it matters"
    yield writer.write_paragraph(topic, 80)
    yield "## About the math"
    yield writer.write_paragraph(topic, 40)
    yield "## What is left out on purpose"
    left_out = [f"{writer.write_sentence(topic)[:-1]}: {_promise(concept)}." for concept in plan.promises]
    yield _list([*left_out, writer.write_sentence(topic), writer.write_sentence(topic)])
    yield "## Words we will keep using"
    yield _list(
        [f"**{concept.name.capitalize()}**: {writer.write_sentence(topic)}" for concept in plan.module.concepts]
    )


def _write_lesson(writer: Writer, plan: Plan) -> Parts:
    topic = plan.module.topic
    yield _write_prose(writer, topic, 60, [link("the overview", plan.module.id, "overview")])
    yield writer.write_paragraph(topic, 60)
    yield write_predict(writer, plan.module)
    headings = dict.fromkeys(writer.name(topic, 3).capitalize() for _ in range(12))
    for number, heading in enumerate(list(headings)[:9]):
        yield f"## {heading}"
        yield from _write_section(writer, plan, number)
    yield "## Easy mistakes"
    for _ in range(5):
        yield f"**“{writer.write_sentence(topic, 8, 12)}”** {writer.write_paragraph(topic, 15)}"
    yield "## In short"
    yield writer.write_paragraph(topic, 80)
    yield "## What comes next"
    yield _write_prose(writer, topic, 40, [_promise(concept) for concept in plan.promises])
    yield "## Sources"
    yield _list(
        [
            f"{writer.name(topic).title()}, {_cite(writer, topic)}, {writer.chance.randint(1980, 2026)}."
            for _ in range(9)
        ]
    )


def _write_section(writer: Writer, plan: Plan, number: int) -> Parts:
    """Two paragraphs, and what else lessons have, each section something."""
    topic = plan.module.topic
    woven = [write_inline(writer), write_inline(writer), f"**{writer.name(topic)}**", _cite(writer, topic)]
    concepts = [concept.name for concept in (*plan.module.concepts, *plan.needs)]
    if number < len(concepts):
        woven.append(concepts[number])
    if number < len(plan.needs):
        woven.append(link(f"what {plan.needs[number].name} is", plan.needs[number].module, "lesson"))
    yield _write_prose(writer, topic, 70, woven)
    if number in {0, 2, 4, 6, 8}:
        yield write_table(writer, topic)
    if number in {1, 4, 7}:
        yield write_display(writer)
    if number == 2:
        yield f"{writer.write_paragraph(topic, 30)}[^note]"
        yield f"[^note]: {writer.write_paragraph(topic, 30)}"
    if number == 3:
        yield write_code(writer, topic)
    if number == 5:
        yield Callout(writer.write_paragraph(topic, 35))
        yield f"![{writer.write_sentence(topic, 12, 20)}]({DRAWING})"
    if number == 6:
        yield _list([f"**{writer.name(topic).capitalize()}.** {writer.write_sentence(topic)}" for _ in range(3)])
    yield _write_prose(writer, topic, 70, [f"`{writer.chance.choice(topic)}`", _cite(writer, topic)])


def _write_practice(writer: Writer, module: Module) -> Parts:
    yield writer.write_sentence(module.topic)
    yield "## On paper"
    yield write_exercise(writer, module)
    yield "## Check yourself"
    yield write_explain(writer, module)
    yield from write_quizzes(writer, module)
    yield "## Cards"
    yield write_flashcards(writer, module)


def _write_cheatsheet(writer: Writer, module: Module) -> Parts:
    topic = module.topic
    boxes = " ─▶ ".join(f"[{word}]" for word in writer.chance.sample(topic, 5))
    yield "## The idea"
    yield f"```text\n{boxes}\n{' ' * 8}{writer.name(topic, 4)}\n```"
    yield writer.write_sentence(topic)
    yield "## Why"
    yield writer.write_paragraph(topic, 25)
    yield "## How"
    yield write_display(writer)
    yield "\n".join(f"{number}. {writer.write_sentence(topic)}" for number in range(1, 5))
    yield "## The catch"
    yield _write_prose(writer, topic, 25, [write_inline(writer)])
    yield "## False beliefs"
    rows = [
        f"| {writer.write_sentence(topic, 5, 8)[:-1]} | {writer.write_sentence(topic, 6, 10)[:-1]} |" for _ in range(5)
    ]
    yield "\n".join(["| Belief | Mending |", "| --- | --- |", *rows])
    yield "## Words to use precisely"
    yield _list([f"**{concept.name.capitalize()}**: {writer.write_sentence(topic)}" for concept in module.concepts])
    yield "## In one line"
    yield writer.write_sentence(topic)


def _write_prose(writer: Writer, topic: list[str], words: int, woven: list[str]) -> str:
    """A paragraph; each piece of Markdown stands in a sentence of its own."""
    sentences = [writer.weave(topic, piece) for piece in woven]
    return " ".join([*sentences, writer.write_paragraph(topic, max(10, words - 10 * len(woven)))])


def _cite(writer: Writer, topic: list[str]) -> str:
    name = writer.name(topic)
    return f"[{name}](https://example.org/papers/{name.replace(' ', '-')})"


def _promise(concept: Concept) -> str:
    return link(concept.name, concept.module, "lesson", concept.id)


def _list(items: list[str]) -> str:
    return "\n".join(f"- {item}" for item in items)
