"""Which widgets a course has: Trackbook's own, and those that lie in its `lessons/widgets/`."""

import copyreg
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache, lru_cache
from importlib import import_module, invalidate_caches
from pathlib import Path
from types import ModuleType
from typing import Any, cast

import yaml

from trackbook.cache.digest import hash_folder, hash_parts
from trackbook.issue import CourseError
from trackbook.language.words import Language, choose_words, flatten, load_language
from trackbook.model import OWN_WIDGETS, Course, is_slug, suggest_slug
from trackbook.widgets.data import WidgetData
from trackbook.widgets.unrun import read_model
from trackbook.widgets.widget import BUILT_IN, Widget, locating_errors

IN_BROWSERS = (".ts", ".js", ".css")
"""Files of a widget that no page is made of."""
_WORDS = {"fallback": "widgets", "element": "elements"}


def load_widgets(root: Path | None = None, *, run: bool = True) -> Mapping[str, Widget]:
    """Every widget by its name, also those of the course in `root`: the same object until a file of theirs changes.

    The Python files of the course run, unless `run` says no: then their data is known only as far as it can be read.
    Raises CourseError when one of them is not what a widget has to be.
    """
    state = hash_folder(root / OWN_WIDGETS) if root else ""
    return _load_all(root.resolve(), state, run) if root and state else _load_built_in()


def list_widgets(course: Course) -> Mapping[str, Widget]:
    """Those of the course by their names."""
    return cast(Mapping[str, Widget], course.widgets)


def load_site_language(course: Course) -> Language:
    """What the site says in the course's language, with what its own widgets say."""
    own = (choose_words(widget.words, course.language) for widget in list_widgets(course).values())
    return load_language(course.language).with_texts({key: text for words in own for key, text in words.items()})


@cache
def _load_built_in() -> Mapping[str, Widget]:
    folders = sorted(path.parent for path in BUILT_IN.glob("*/fallback.html"))
    widgets = (_load_widget(folder, import_module(f"trackbook.widgets.{folder.name}").Data) for folder in folders)
    return {widget.name: widget for widget in widgets}


@lru_cache(maxsize=8)
def _load_all(root: Path, state: str, run: bool) -> Mapping[str, Widget]:
    folder, built_in = root / OWN_WIDGETS, _load_built_in()
    package = _make_package(folder, state) if run else ""
    digest = hash_folder(folder, IN_BROWSERS) if run else hash_parts("not run", hash_folder(folder, IN_BROWSERS))
    own: dict[str, Widget] = {}
    for path in sorted(path for path in folder.iterdir() if path.is_dir() and path.name[0] not in "._"):
        widget = _load_own(path, package, digest, root)
        if widget.name in built_in or widget.name in own:
            whose = "Trackbook's own" if widget.name in built_in else "this course"
            raise CourseError(
                f'{path.relative_to(root)}: there is a widget "{widget.name}" of {whose}: give the folder another name'
            )
        own[widget.name] = widget
    return dict(sorted({**built_in, **own}.items()))


def _load_own(folder: Path, package: str, digest: str, root: Path) -> Widget:
    place, name = folder.relative_to(root), folder.name.replace("_", "-")
    if not is_slug(name):
        wanted = suggest_slug(name)
        raise CourseError(f'{place}: "{folder.name}" can\'t be the name of a fence: call the folder "{wanted}"')
    for file, what in (("__init__.py", "the class `Data`"), ("fallback.html", "what it shows without script")):
        if not (folder / file).is_file():
            raise CourseError(
                f"{place}/{file}: the file is missing: write it, with {what}, or take {place} away."
                " A folder that is no widget begins with an underscore"
            )
    data = read_model(folder, root)  # says what is no Python
    if package:
        data = _import_model(folder, package, root)
    words = {path.stem: _read_words(path, name, root) for path in sorted(folder.glob("words/*.yml"))}
    widget = _load_widget(folder, data, digest=digest, root=root, words=words, is_run=bool(package))
    with locating_errors(root):
        widget.try_fallback()
    return widget


def _import_model(folder: Path, package: str, root: Path) -> type[WidgetData]:
    with locating_errors(root), _without_bytecode():
        data = getattr(import_module(f"{package}.{folder.name}"), "Data", None)
    if not (isinstance(data, type) and issubclass(data, WidgetData)):
        raise CourseError(
            f"{folder.relative_to(root)}/__init__.py:1: it has no class `Data` that is a `WidgetData`: write"
            " `class Data(WidgetData):`, and below it the keys of the fence"
        )
    return data


def _load_widget(folder: Path, data: type[WidgetData], **of_course: Any) -> Widget:
    example = folder / "example.md"
    text = example.read_text("utf-8") if example.is_file() else ""
    return Widget(folder.name.replace("_", "-"), folder, data, text, **of_course)


def _make_package(folder: Path, state: str) -> str:
    """The name under which Python finds the folder's modules: another course, or another state, is another package."""
    name = f"trackbook_widgets_{hash_parts(str(folder), state)[:16]}"
    package = ModuleType(name)
    package.__path__ = [str(folder)]
    sys.modules[name] = package
    invalidate_caches()
    return name


@contextmanager
def _without_bytecode() -> Iterator[None]:
    """Bytecode is told from newer code by the second: an edit might not be seen. And it would lie among the sources."""
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        yield
    finally:
        sys.dont_write_bytecode = before


def _read_words(path: Path, name: str, root: Path) -> Mapping[str, str]:
    """The texts of a widget under the keys that they have among those of the site."""
    place = path.relative_to(root)
    try:
        content = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader) or {}
    except (ValueError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise CourseError(f"{place}:{line}: {getattr(error, 'problem', None) or error}: write it as YAML") from None
    if not (isinstance(content, dict) and content.keys() <= _WORDS.keys()):
        raise CourseError(f"{place}:1: words stand under `fallback:` or `element:`, and nowhere else: move them there")
    groups = ((_WORDS[group], texts) for group, texts in content.items() if isinstance(texts, dict))
    return {f"{group}.{name}.{key}": text for group, texts in groups for key, text in flatten(texts)}


def _find_widget(root: Path | None, name: str, run: bool) -> Widget:
    return load_widgets(root, run=run)[name]


# Another process has to load the course's own widgets too: their data is of classes that no path leads to.
copyreg.pickle(Widget, lambda widget: (_find_widget, (widget.root, widget.name, widget.is_run)))
