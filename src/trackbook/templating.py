"""What our own templates have in common, wherever they stand."""

from pathlib import Path
from traceback import walk_tb
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

_OF_DICTS = frozenset(dir(dict))


class QuickEnvironment(Environment):
    """Jinja's own, which does not ask a plain dict for an attribute before it looks for the key."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is dict and attribute in obj and attribute not in _OF_DICTS:
            return obj[attribute]
        return super().getattr(obj, attribute)


def make_environment(*folders: Path) -> Environment:
    """That of the templates in some folders, of which the first goes before the others."""
    return QuickEnvironment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def find_place(error: BaseException, folder: Path, root: Path) -> str | None:
    """`path:line` in a folder's code or templates, of those the place nearest to where the error was raised."""
    frames = [(Path(frame.f_code.co_filename), line) for frame, line in walk_tb(error.__traceback__)]
    if isinstance(error, SyntaxError) and error.filename:
        frames.append((Path(error.filename), error.lineno or 1))
    path, line = next(((path, line) for path, line in reversed(frames) if path.is_relative_to(folder)), (None, 0))
    if path is None:
        return None
    return f"{path.relative_to(root) if path.is_relative_to(root) else path}:{line}"
