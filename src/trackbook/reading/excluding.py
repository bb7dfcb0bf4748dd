"""Files of `docs/` that settings leave out or keep out of the navigation, by patterns such as those of .gitignore."""

from collections.abc import Callable

from pathspec import GitIgnoreSpec

from trackbook.model import SiteSettings

Matches = Callable[[str], bool]


def match_docs(settings: SiteSettings, name: str) -> Matches:
    """Whether the patterns of the setting, one a line, fit a path of the course; only what is in `docs/` can fit."""
    patterns = settings.find_text(name)
    if not patterns:
        return lambda _: False
    spec = GitIgnoreSpec.from_lines(patterns.splitlines())
    return lambda path: path.startswith("docs/") and spec.match_file(path.removeprefix("docs/"))
