"""What our own templates have in common, wherever they stand."""

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

_OF_DICTS = frozenset(dir(dict))


class QuickEnvironment(Environment):
    """Jinja's own, which does not ask a plain dict for an attribute before it looks for the key."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is dict and attribute in obj and attribute not in _OF_DICTS:
            return obj[attribute]
        return super().getattr(obj, attribute)


def make_environment(folder: Path) -> Environment:
    """That of the package's templates in a folder."""
    return QuickEnvironment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
