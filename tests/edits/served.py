"""What the server answers after each edit is the file that a clean build makes, less what only one of them adds."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

from tests.edits.building import ADDRESS
from tests.edits.edits import EDITS
from tests.edits.sequences import Fault, Sequence, Workplace
from tests.edits.tree import CACHE, write_tree

from trackbook.cache.made import LIST
from trackbook.cache.store import Store
from trackbook.mkdocs_plugin.live import open_live
from trackbook.site.live import LiveSite

_NOT_SERVED = (
    "search/",
    *(f"offline/{track}.json" for track in ("first", "second")),
    "service-worker.js",
    LIST,
    "sitemap.xml.gz",
)
"""A server lends the last build's index, keeps nothing for later, and ends the workers that do."""


def play_served(sequence: Sequence, place: Workplace) -> Fault | None:
    """Ask a server for everything after each edit. Returns the first difference."""
    tree = place.begin()
    tree.environment["SITE_URL"] = ADDRESS
    site = open_live(place.root, ADDRESS, Store(place.root / CACHE / "store.db"))
    site.refresh()
    shown = read_site(place.build_clean(tree, strict=False, served=True).wait().files, place.copy)
    for number, (name, seed) in enumerate(sequence.steps):
        tree.past.append(dict(tree.files))
        commits = tree.commits
        EDITS[name](tree, random := Random(seed))
        tree.environment["SITE_URL"] = ADDRESS
        changed = write_tree(tree, place.root, still_clock=sequence.still_clock)
        clean = place.build_clean(tree, strict=False, served=True)
        unknown = seed % 5 == 0 or tree.commits != commits  # nobody tells a server of commits
        failed = _refresh(site, None if unknown else changed)
        outcome = clean.wait()
        place.builds["failed" if outcome.failed else "kept" if site.report.kept else "well"] += 1
        if failed and not outcome.failed:
            return Fault(sequence, number, tuple(changed), f"it can't follow: {failed}")
        on_disk = any(not path.endswith((".md", ".yml")) for path in changed)
        if site.report.kept or (outcome.failed and (on_disk or not failed)):
            shown = {}  # it shows what can be shown, with what the disk holds beside texts: no clean build tells that
            continue
        gone = shown.keys() - outcome.files.keys() if not failed else ()
        shown = shown if failed else read_site(outcome.files, place.copy)
        if differences := list(find_differences(site, shown, gone, random)):
            return Fault(sequence, number, tuple(changed), "\n".join(differences[:10]))
    return None


def read_site(files: Iterable[str], copy: Path) -> dict[str, bytes]:
    return {path: (copy / "site" / path).read_bytes() for path in files if not path.startswith(_NOT_SERVED)}


def find_differences(site: LiveSite, files: dict[str, bytes], gone: Iterable[str], random: Random) -> Iterator[str]:
    """In any order, since people ask in any order."""
    for path in random.sample(sorted(files), k=len(files)):
        address = path.removesuffix("index.html") if path.endswith("index.html") else path
        answer = site.answer(address)
        if answer is None:
            yield f"{path} is not answered"
        elif answer.body != files[path]:
            yield f"{path} is another"
    for path in gone:
        if not path.startswith(_NOT_SERVED) and site.answer(path.removesuffix("index.html")) is not None:
            yield f"{path} is still answered"


def _refresh(site: LiveSite, changed: list[str] | None) -> str:
    try:
        site.refresh(changed)
    except (Exception, SystemExit) as error:
        return f"{type(error).__name__}: {error}"
    return ""
