"""The data of a course's own widget, as far as its code says it to whoever reads the code and doesn't run it."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ConfigDict, create_model

from trackbook.issue import CourseError
from trackbook.widgets import data
from trackbook.widgets.widget import locating_errors

_KINDS: dict[str, Any] = {
    "Text": data.Text,
    "Texts": data.Texts,
    "File": data.File,
    "File | None": data.File | None,
}
"""Fields that are known by their names: texts that are Markdown, and files of the course."""
_CHANGING = ("alias", "model_config", "before", "wrap", "create_model")
"""Where one of these stands in the code, an author may write other keys than the fields have."""


class UnrunData(data.WidgetData):
    """What all widgets have: its id, what it practises, and whatever else."""

    model_config = ConfigDict(extra="allow")


def read_model(folder: Path, root: Path) -> type[data.WidgetData]:
    """The keys that `Data` of the widget in a folder declares. Raises CourseError where that is no Python."""
    path = folder / "__init__.py"
    try:
        text = path.read_text("utf-8")
        with locating_errors(root):
            tree = ast.parse(text, str(path))
    except (MemoryError, RecursionError, SyntaxError, ValueError) as error:
        raise CourseError(f"{path.relative_to(root)}:1: it can't be read as Python: {error}. Mend it") from None
    declared = next((part for part in tree.body if isinstance(part, ast.ClassDef) and part.name == "Data"), None)
    if declared is None:
        return UnrunData
    is_whole = [ast.unparse(base) for base in declared.bases] == ["WidgetData"]
    is_open = not is_whole or any(word in text for word in _CHANGING)
    fields = {name: (kind, ... if needed and not is_open else None) for name, kind, needed in _list_fields(declared)}
    parent = UnrunData if is_open else data.WidgetData
    return create_model("Data", __base__=parent, **fields)  # type: ignore[call-overload, no-any-return]


def _list_fields(declared: ast.ClassDef) -> Iterator[tuple[str, Any, bool]]:
    """Each field's name, what it holds, and whether every fence has to give it."""
    for part in declared.body:
        if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name) and part.target.id[0] != "_":
            kind = ast.unparse(part.annotation)
            if kind.startswith("ClassVar") or part.target.id in data.WidgetData.model_fields:
                continue
            yield part.target.id, _KINDS.get(kind, Any), part.value is None and "default" not in kind
