"""A kind of widget: what its data says, and the HTML that is made of it."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup
from pydantic import BaseModel

from trackbook.issue import CourseError
from trackbook.language.words import Language, choose_words, load_language
from trackbook.model import OWN_WIDGETS
from trackbook.templating import find_place, make_environment
from trackbook.widgets.data import MARKDOWN, WidgetData, compact_html, name_key

BUILT_IN = Path(__file__).parent
Render = Callable[[str], str]
Place = tuple[int | str, ...]


@dataclass(frozen=True)
class Widget:
    """A kind of widget: its name (the fence's language), its folder, the model of its data, and one use of it.

    `words` are texts of its own, by language and key. Of a course's own widget, `root` is the folder of that course,
    and `digest` names what pages are made of by it. Where its code is not run, a page says so in its place.
    """

    name: str
    folder: Path
    data: type[WidgetData]
    example: str = ""
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    digest: str = ""
    root: Path | None = None
    is_run: bool = True
    _languages: dict[str, Language] = field(default_factory=dict, compare=False)

    def locating_errors(self) -> AbstractContextManager[None]:
        """Meanwhile, what goes wrong in the code of a course's own widget raises a CourseError with its line."""
        return locating_errors(self.root) if self.root else nullcontext()

    def list_items(self, data: WidgetData) -> list[tuple[str, tuple[str, ...], Place]]:
        """Each item's id, the objectives it practises, and the way to its id in the data."""
        return data.list_items()

    def list_texts(self, data: WidgetData) -> list[tuple[str, Place]]:
        """Each text that is Markdown, with the way to it in the data."""
        return list(list_texts(data))

    def render_fallback(
        self, data: WidgetData, module: str, render: Render, language: str, locate: Callable[[str], str] = str
    ) -> str:
        """One `<div>` without blank lines: whole without script and in print.

        `render` makes HTML of Markdown; `language` is the code of that whose words and numbers `say` and `say_number`
        give; `locate` makes an address of the path of a file.
        """
        if not self.is_run:
            return f'<div class="tb-widget"><p>{load_language(language).say_html("widgets.left_out")}</p></div>'
        words = self._load_words(language)
        with self.locating_errors():
            view = {**_render_texts(data, render), **data.compute_view(render, words), "say": words.say_html}
            view |= {"say_number": words.say_number, "item": f"{module}#{data.id}", "key": data.key}
            view |= {"module": module, "locate": locate}
            return compact_html(self.load_fallback().render(view))

    def load_fallback(self) -> Any:
        """The template. It may take in others of this widget, of its neighbours, and Trackbook's `parts.html`."""
        return _templates(self.folder.parent, self.digest).get_template(f"{self.folder.name}/fallback.html")

    def try_fallback(self) -> None:
        """Raise what is wrong with the template's text; whether it finds others is known where it may be run."""
        if self.is_run:
            self.load_fallback()
            return
        path = self.folder / "fallback.html"
        make_environment().parse(path.read_text("utf-8"), "fallback.html", str(path))

    def _load_words(self, code: str) -> Language:
        if not self.words:
            return load_language(code)
        if code not in self._languages:
            self._languages[code] = load_language(code).with_texts(choose_words(self.words, code))
        return self._languages[code]


@contextmanager
def locating_errors(root: Path) -> Iterator[None]:
    """Raises a CourseError for what goes wrong in the widgets of the course in a folder."""
    try:
        yield
    except CourseError:
        raise
    except Exception as error:
        place = find_place(error, root / OWN_WIDGETS, root)
        if place is None:
            raise
        said = " ".join(str(error.msg if isinstance(error, SyntaxError) else error).split()).rstrip(".")
        raise CourseError(f"{place}: {type(error).__name__}: {said}. Mend the widget's code") from error


@lru_cache(maxsize=8)
def _templates(folder: Path, digest: str) -> Environment:
    """Those that stand in a folder of widgets. What an edit leaves has another `digest`."""
    del digest
    environment = make_environment(folder, BUILT_IN)
    environment.filters |= {"shed_paragraphs": _shed_paragraphs, "name_key": name_key}
    return environment


def _shed_paragraphs(html: str) -> str:
    """The text, which may be no HTML yet, without its bare paragraphs; one of a formula stays whole."""
    return type(html)(re.sub(r"<p>(.*?)</p>", r"\1", str(html).strip(), flags=re.DOTALL))


@cache
def _list_fields(model: type[BaseModel]) -> list[tuple[str, bool]]:
    """The model's fields, each with whether its text is Markdown."""
    return [(name, MARKDOWN in field.metadata) for name, field in model.model_fields.items()]


def list_texts(value: object, keys: Place = (), marked: bool = False) -> Iterator[tuple[str, Place]]:
    """Each text that is Markdown in the data of a widget, with the way to it."""
    if isinstance(value, BaseModel):
        for name, is_marked in _list_fields(type(value)):
            yield from list_texts(getattr(value, name), (*keys, name), is_marked)
    elif isinstance(value, tuple | list):
        for index, part in enumerate(value):
            yield from list_texts(part, (*keys, index), marked)
    elif isinstance(value, str) and marked:
        yield value, keys


def _render_texts(value: object, render: Render, marked: bool = False) -> Any:
    """The data of a widget, as plain values, with its Markdown as HTML."""
    if isinstance(value, BaseModel):
        return {name: _render_texts(getattr(value, name), render, marked) for name, marked in _list_fields(type(value))}
    if isinstance(value, tuple | list):
        return [_render_texts(part, render, marked) for part in value]
    return Markup(render(value)) if isinstance(value, str) and value and marked else value
