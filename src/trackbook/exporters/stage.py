"""The published pages as a plain folder of Markdown, for any other site generator."""

import shutil
from pathlib import Path

from trackbook.issue import CourseError
from trackbook.publishing import SiteSource
from trackbook.publishing.drawings import DRAWING, clean_drawing
from trackbook.reading.files import check_outside_sources

_MARK = ".trackbook-stage"


def write_stage(site: SiteSource, root: Path, target: Path) -> int:
    """Write the pages and files of `site`, whose course is in `root`, to `target`. Returns how many.

    Replaces what an earlier call wrote; raises CourseError rather than touch a folder that holds anything else.
    """
    if target.exists() and (not target.is_dir() or (any(target.iterdir()) and not (target / _MARK).is_file())):
        raise CourseError(f"{target} holds something that `trackbook stage` did not write: name an empty folder")
    check_outside_sources(root, target)
    new = target.with_name(f".{target.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    try:
        count = _fill(new, site, root)
        shutil.rmtree(target, ignore_errors=True)
        new.rename(target)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return count


def _fill(target: Path, site: SiteSource, root: Path) -> int:
    target.mkdir(parents=True)
    (target / _MARK).touch()
    for uri in (*site.pages, *site.texts, *site.copies):
        (target / uri).parent.mkdir(parents=True, exist_ok=True)
    for uri, page in site.pages.items():
        (target / uri).write_text(page.text, encoding="utf-8", newline="\n")
    for uri, text in site.texts.items():
        (target / uri).write_text(text, encoding="utf-8", newline="\n")
    for uri, source in site.copies.items():
        if uri.lower().endswith(DRAWING):
            (target / uri).write_bytes(clean_drawing((root / source).read_bytes()))
        else:
            shutil.copyfile(root / source, target / uri)
    return len(site.pages) + len(site.texts) + len(site.copies)
