"""Files that pages take in by `--8<--`: read inside the course only, and asked for, so that a page follows them."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from markdown import Markdown
from pymdownx.snippets import SnippetPreprocessor

from trackbook.site.extensions import SNIPPETS, name_module

Note = Callable[[str], None]
"""Hears the path of each file that a text takes in, or would if it were there."""
_STEP = "snippet"


class _Noting(SnippetPreprocessor):  # type: ignore[misc]
    """Says which files it looks for; one that a link leads to lies inside the course as well."""

    note: Note

    def get_snippet_path(self, path: str) -> str | None:
        for base, _ in self.get_bases():
            self.note(os.path.normpath(os.path.join(base, path)))  # noqa: PTH118 (of what may not be there)
        found: str | None = super().get_snippet_path(path)
        if found and self.restrict_base_path and not self._is_inside(Path(found).resolve()):
            return None
        return found if found and Path(found).is_file() else None

    def _is_inside(self, path: Path) -> bool:
        return any(path == base or path.is_relative_to(base) for base in map(Path.resolve, map(Path, self.base_path)))


def follow_snippets(md: Markdown, options: Mapping[str, Any], note: Note) -> None:
    """Have the parser say what it takes in."""
    told = next((told for name, told in options.items() if name_module(name) == SNIPPETS), None)
    if told is None or _STEP not in md.preprocessors:
        return
    step = md.preprocessors[_STEP]
    if not isinstance(step, _Noting):
        extension = next(part for part in md.registeredExtensions if type(part).__module__ == SNIPPETS)
        step = _Noting(extension.getConfigs(), md)
        md.preprocessors.register(step, _STEP, 32)
    step.note = note


def depends_on_files_alone(options: Mapping[str, Any]) -> bool:
    """Whether all that snippets take in are files that can be named."""
    found = [told for name, told in options.items() if name_module(name) == SNIPPETS]
    bases = [base for told in found for base in told["base_path"]]
    return not any(told.get("url_download") for told in found) and all(isinstance(base, str) for base in bases)
