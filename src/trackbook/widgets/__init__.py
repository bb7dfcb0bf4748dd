"""Widgets: a folder each, with the data an author writes and the HTML that stands without script."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup
from pydantic import BaseModel

from trackbook.language import load_language
from trackbook.templating import make_environment
from trackbook.widgets.data import MARKDOWN, WidgetData, compact_html

__all__ = ["Widget", "WidgetData", "load_widgets"]

_FOLDER = Path(__file__).parent
Render = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Widget:
    """A kind of widget: its name (the fence's language), its folder, the model of its data, and one use of it."""

    name: str
    folder: Path
    data: type[WidgetData]
    example: str = ""

    def list_items(self, data: WidgetData) -> list[tuple[str, tuple[str, ...], tuple[int | str, ...]]]:
        """Each item's id, the objectives it practises, and the way to its id in the data."""
        return data.list_items()

    def list_texts(self, data: WidgetData) -> list[tuple[str, tuple[int | str, ...]]]:
        """Each text that is Markdown, with the way to it in the data."""
        return list(_texts(data, ()))

    def render_fallback(
        self, data: WidgetData, module: str, render: Render, language: str, locate: Callable[[str], str] = str
    ) -> str:
        """One `<div>` without blank lines: whole without script and in print.

        `render` makes HTML of Markdown; `language` is the code of that whose words `say` gives; `locate` makes an
        address of the path of a file.
        """
        words = load_language(language)
        view = {**_rendered(data, render), **data.compute_view(render, words), "say": words.say_html}
        view |= {"item": f"{module}#{data.id}", "module": module, "locate": locate}
        return compact_html(_templates().get_template(f"{self.folder.name}/fallback.html").render(view))


@cache
def load_widgets() -> Mapping[str, Widget]:
    """Every widget by its name."""
    folders = sorted(path.parent for path in _FOLDER.glob("*/fallback.html"))
    return {widget.name: widget for widget in map(_load_widget, folders)}


def _load_widget(folder: Path) -> Widget:
    example = folder / "example.md"
    text = example.read_text("utf-8") if example.is_file() else ""
    return Widget(folder.name.replace("_", "-"), folder, _data_model(folder.name), text)


def _data_model(package: str) -> type[WidgetData]:
    model: type[WidgetData] = import_module(f"trackbook.widgets.{package}").Data
    return model


@cache
def _templates() -> Environment:
    environment = make_environment(_FOLDER)
    environment.filters["shed_paragraphs"] = _shed_paragraphs
    return environment


def _shed_paragraphs(html: str) -> str:
    """The text, which may be no HTML yet, without the `<p>` and `</p>` in it."""
    return type(html)(str(html).strip().replace("<p>", "").replace("</p>", ""))


@cache
def _list_fields(model: type[BaseModel]) -> list[tuple[str, bool]]:
    """The model's fields, each with whether its text is Markdown."""
    return [(name, MARKDOWN in field.metadata) for name, field in model.model_fields.items()]


def _texts(
    value: object, keys: tuple[int | str, ...], marked: bool = False
) -> Iterator[tuple[str, tuple[int | str, ...]]]:
    if isinstance(value, BaseModel):
        for name, is_marked in _list_fields(type(value)):
            yield from _texts(getattr(value, name), (*keys, name), is_marked)
    elif isinstance(value, tuple | list):
        for index, part in enumerate(value):
            yield from _texts(part, (*keys, index), marked)
    elif isinstance(value, str) and marked:
        yield value, keys


def _rendered(data: BaseModel, render: Render) -> dict[str, Any]:
    """The data with its Markdown as HTML."""
    return {name: _rendered_value(getattr(data, name), marked, render) for name, marked in _list_fields(type(data))}


def _rendered_value(value: object, marked: bool, render: Render) -> object:
    if isinstance(value, BaseModel):
        return _rendered(value, render)
    if isinstance(value, tuple | list):
        return [_rendered_value(part, marked, render) for part in value]
    return Markup(render(value)) if isinstance(value, str) and value and marked else value
