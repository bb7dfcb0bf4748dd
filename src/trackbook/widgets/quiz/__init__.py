"""A question with its reasons: choices, an order, a match, a number, or words to pick in a sentence."""

from collections.abc import Callable
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, model_validator

from trackbook.language.words import Language
from trackbook.widgets.data import Text, Texts, WidgetData, tell
from trackbook.widgets.quiz.choices import (
    Choice,
    Pair,
    check_choices,
    check_count,
    check_distinct,
    check_pairs,
    check_right,
    check_steps,
    shuffle,
    view_options,
)
from trackbook.widgets.quiz.number import Number, write_number
from trackbook.widgets.quiz.pick import Pick, view_sentence

_KINDS = {
    "choices": {"multiple"},
    "order": {"why"},
    "match": {"distractors", "why"},
    "number": {"why"},
    "pick": {"multiple", "why"},
}
"""Each kind of question with the keys that it may have beside its own."""


class Data(WidgetData):
    """The one key of `choices`, `order`, `match`, `number` and `pick` that is there says the kind.

    One choice or word is right, or with `multiple: true` at least one.
    """

    ask: Text
    multiple: bool = False
    choices: Annotated[list[Choice], AfterValidator(check_choices)] = Field(default_factory=list)
    order: Annotated[Texts, AfterValidator(check_steps)] = Field(default_factory=list)
    match: Annotated[list[Pair], AfterValidator(check_pairs)] = Field(default_factory=list)
    distractors: Texts = Field(default_factory=list)
    number: Number | None = None
    pick: Pick | None = None
    why: Text = ""

    @property
    def seconds(self) -> int:
        return 60

    @property
    def kind(self) -> str:
        return next(kind for kind in _KINDS if kind in self.model_fields_set)

    @property
    def asked(self) -> object:
        """Without what is right and why; with the id where it says in which order things are shown."""
        unasked: dict[str, Any] = {
            **dict.fromkeys(("practises", "was", "why"), True),
            "choices": {"__all__": {"right", "why"}},
            "number": {"value", "tolerance", "mistakes"},
            "pick": {"words"},
        }
        return self.model_dump(exclude=unasked if self.order or self.match else {**unasked, "id": True})

    @model_validator(mode="after")
    def _is_of_one_kind(self) -> Self:
        kinds = [kind for kind in _KINDS if kind in self.model_fields_set]
        if not kinds:
            raise tell("it has no answer", f"add one of {', '.join(f'`{kind}:`' for kind in _KINDS)}")
        if len(kinds) > 1:
            raise tell(f"it has both `{kinds[0]}` and `{kinds[1]}`", "keep one, and make two questions of two")
        for key in ("multiple", "distractors", "why"):
            if key in self.model_fields_set - _KINDS[self.kind]:
                place = "give each choice a `why` of its own" if key == "why" else f"remove `{key}`"
                raise tell(f"`{key}` says nothing beside `{self.kind}`", place)
        return self

    @model_validator(mode="after")
    def _has_its_answer(self) -> Self:
        if self.choices:
            check_right([choice.right for choice in self.choices], "choice", self.multiple)
        elif self.pick:
            check_right(self.pick.list_rights(), "word", self.multiple)
        elif self.match:
            rights = [*(pair.right for pair in self.match), *self.distractors]
            check_count(len(rights), "option", 10)
            check_distinct(rights, "right side")
        if not self.choices and not self.why:
            raise tell("it says no reason", "add a line `why: …` that explains the right answer")
        return self

    def compute_view(self, render: Callable[[str], str], language: Language) -> dict[str, object]:
        """What is shown shuffled or in parts: steps, options, the sentence; and how numbers are written for scripts."""
        del language
        view: dict[str, object] = {"kind": self.kind}
        if self.order:
            view["shuffled"] = shuffle(self.id, len(self.order))
        elif self.match:
            view |= view_options(self.id, [pair.right for pair in self.match], self.distractors, render)
        elif self.number:
            view["write"] = write_number
        elif self.pick:
            view["pick"] = view_sentence(self.pick, render)
        return view
