"""Texts of the outline and of front matter, which are no Markdown, with the signs that pages have in their prose."""

import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape

from trackbook.model import Concept, Course, Module, Phase, Track
from trackbook.publishing.edition import Render
from trackbook.publishing.text import escape_markdown

_SIGNS = re.compile(r"[\"']|-\d")
Curl = Callable[[str], str]


def curl_texts(course: Course, render: Render) -> Course:
    """Summaries, objectives and definitions with curly quotation marks and minus signs, where pages have them."""
    if not any(name.rpartition(".")[2] == "smarty" for name in course.settings.extensions):
        return course

    def curl(text: str) -> str:
        html = render(escape_markdown(text)) if _SIGNS.search(text) else text
        return text if "<" in html else unescape(html)

    tracks = tuple(_curl_track(track, curl) for track in course.tracks)
    return replace(course, title=curl(course.title), summary=curl(course.summary), tracks=tracks)


def _curl_track(track: Track, curl: Curl) -> Track:
    phases = tuple(
        Phase(curl(phase.title), tuple(_curl_module(module, curl) for module in phase.modules))
        for phase in track.phases
    )
    teaches = _curl_concepts(track.teaches, curl)
    return replace(track, title=curl(track.title), summary=curl(track.summary), teaches=teaches, phases=phases)


def _curl_module(module: Module, curl: Curl) -> Module:
    objectives = tuple(replace(objective, text=curl(objective.text)) for objective in module.objectives)
    teaches = _curl_concepts(module.teaches, curl)
    return replace(
        module, title=curl(module.title), summary=curl(module.summary), objectives=objectives, teaches=teaches
    )


def _curl_concepts(concepts: tuple[Concept, ...], curl: Curl) -> tuple[Concept, ...]:
    return tuple(replace(concept, definition=curl(concept.definition)) for concept in concepts)
