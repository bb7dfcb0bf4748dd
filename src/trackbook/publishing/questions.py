"""The questions of each module, for the page where a learner answers again what was missed."""

import json
from collections.abc import Callable, Iterator
from functools import partial

from trackbook.model import Module
from trackbook.publishing.addresses import PROGRESS, address, locate_questions, locate_source
from trackbook.publishing.edition import Edition, asks_questions
from trackbook.publishing.text import render_widgets


def publish_questions(edition: Edition) -> Iterator[tuple[str, Callable[[], str]]]:
    """A file for each module that asks something: each question's HTML as that page shows it, and where it stands."""
    for module in edition.course.modules:
        if asks_questions(module):
            yield locate_questions(module), partial(_write, edition, module)


def _write(edition: Edition, module: Module) -> str:
    questions: dict[str, dict[str, str]] = {}
    for page in module.pages.values():
        blocks = render_widgets(edition, page, PROGRESS, "quiz")
        place = address(locate_source(edition.course, page.path))
        for fence, html in blocks:
            (item,) = fence.items
            questions[f"{module.key}#{item.id}"] = {"url": f"{place}#{item.id}", "html": html}
    return json.dumps(questions, ensure_ascii=False, separators=(",", ":")) + "\n"
