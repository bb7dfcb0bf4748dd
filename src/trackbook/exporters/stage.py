"""The published pages as a plain folder of Markdown, for any other site generator."""

import shutil
from pathlib import Path

from trackbook.publishing import SiteSource
from trackbook.publishing.drawings import DRAWING, clean_drawing


def write_stage(site: SiteSource, root: Path, target: Path) -> int:
    """Write the pages and files of `site`, whose course is in `root`, to the new folder `target`. Returns how many."""
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
