"""The published pages as a plain folder of Markdown, for any other site generator."""

import shutil
from pathlib import Path

from trackbook.issue import CourseError
from trackbook.publishing import SiteSource
from trackbook.reading.files import SOURCE_FOLDERS

_MARK = ".trackbook-stage"


def write_stage(site: SiteSource, root: Path, target: Path) -> int:
    """Write the pages and files of `site`, whose course is in `root`, to `target`. Returns how many.

    Replaces what an earlier call wrote; raises CourseError rather than touch a folder that holds anything else.
    """
    if target.exists() and (not target.is_dir() or (any(target.iterdir()) and not (target / _MARK).is_file())):
        raise CourseError(f"{target} holds something that `trackbook stage` did not write: name an empty folder")
    if any(target.resolve().is_relative_to((root / name).resolve()) for name in SOURCE_FOLDERS):
        raise CourseError(f"{target} lies among the sources of the course: name a folder of its own")
    if target.exists():
        shutil.rmtree(target)
    target.mkdir(parents=True)
    (target / _MARK).touch()
    for uri, text in [*((uri, page.text) for uri, page in site.pages.items()), *site.texts.items()]:
        path = target / uri
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    for uri, source in site.copies.items():
        path = target / uri
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / source, path)
    return len(site.pages) + len(site.texts) + len(site.copies)
