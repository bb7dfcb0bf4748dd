"""Widgets as one writes them where there are none: blocks that unfold, with lists and answers in them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.synthetic.parts import Widget


@dataclass(frozen=True)
class Fold:
    """A block that unfolds. `kind` is Material's word for it."""

    kind: str
    title: str
    parts: "list[str | Fold]"


def fold_widget(widget: Widget) -> Iterator[Fold]:
    data = widget.data
    match widget.kind:
        case "flashcards":
            for card in data["cards"]:
                yield Fold("question", card["front"], [card["back"]])
        case "exercise":
            hints = [Fold("tip", f"Hint {number}", [hint]) for number, hint in enumerate(data["hints"], 1)]
            yield Fold("example", "On paper", [data["task"].strip(), *hints, _answer(_compare(data))])
        case "explain":
            yield Fold("question", data["ask"], [_answer(_compare(data))])
        case "predict":
            yield Fold("question", data["ask"], [_list(data["choices"]), _answer([data["right"], data["answer"]])])
        case "quiz":
            yield Fold("question", data["ask"], list(_fold_quiz(data)))


def _fold_quiz(data: Mapping[str, Any]) -> Iterator[str | Fold]:
    if "choices" in data:
        yield _list([choice["text"] for choice in data["choices"]])
        right = next(choice["text"] for choice in data["choices"] if choice.get("right"))
        yield _answer([f"**{right}**", _list([f"{choice['text']} {choice['why']}" for choice in data["choices"]])])
    elif "order" in data:
        yield _list(sorted(data["order"]))
        yield _answer(["\n".join(f"{place}. {step}" for place, step in enumerate(data["order"], 1)), data["why"]])
    else:
        number = data["number"]
        mistakes = [f"{mistake['value']}: {mistake['why']}" for mistake in number["mistakes"]]
        yield _answer([f"**{number['value']}**", data["why"], _list(mistakes)])


def _compare(data: Mapping[str, Any]) -> list[str]:
    return [data["answer"], "\n".join(f"- [ ] {criterion}" for criterion in data["criteria"])]


def _answer(parts: list[str]) -> Fold:
    return Fold("success", "Answer", list(parts))


def _list(items: list[str]) -> str:
    return "\n".join(f"- {item}" for item in items)
