"""Where things stand on the site: paths of sources to uris, uris to addresses."""

import posixpath
from functools import lru_cache
from itertools import takewhile
from urllib.parse import quote, unquote, urljoin

from trackbook.model import Course, Module, Track

GLOSSARY = "glossary.md"
CHEATSHEETS = "cheatsheets.md"
OFFLINE = "offline.md"
MAP = "map.md"
CONTENTS = "contents.md"
REVIEW = "review.md"
PROGRESS = "progress.md"
CERTIFICATE = "certificate.md"
NEWS, FEED = "whats-new.md", "feed.xml"
NAMES, DECK, CARDS = "review/names.json", "review/cards.json", "review/cards/"
"""What the page of reviews reads: former names, which cards there are, and a folder with what stands on them."""
WORDS = "contents/words.json"
"""The words of all names, which search mends slips with."""
QUESTIONS = "review/questions/"
"""A folder with the questions of each module, for those that were missed."""


def locate_source(course: Course, path: str) -> str:
    """The uri of a page, a file, or a track's folder of the course."""
    if module := course.owners.get(path):
        kind = course.pages[path].kind
        return f"{module.key}/{'index' if kind == 'overview' else kind}.md"
    if path.startswith("lessons/") and path.endswith("/"):
        return f"{path.removeprefix('lessons/')}index.md"
    top, _, rest = path.partition("/")
    return path if top == "cheatsheets" else rest


def track_uri(track: Track) -> str:
    return f"{track.id}/index.md"


def map_uri(track: Track) -> str:
    """The uri of a track's own map, which a course too large for one map has."""
    return f"map/{track.id}.md"


def lesson_uri(module: Module) -> str:
    return f"{module.key}/lesson.md" if "lesson" in module.pages else f"{module.key}/index.md"


def locate_manifest(track: str) -> str:
    """Where the list of a track's files stands, for browsers that keep it."""
    return f"offline/{track}.json"


def locate_cards(module: Module) -> str:
    """Where the texts of a module's cards stand, for the page of reviews."""
    return f"{CARDS}{module.key}.json"


def locate_names(track: str) -> str:
    """Where the names of a track's concepts, pages and their sections stand, for search."""
    return f"contents/names/{track}.json"


def locate_questions(module: Module) -> str:
    return f"{QUESTIONS}{module.key}.json"


def locate_deck(track: str) -> str:
    """Where a track's cards stand as a file for Anki."""
    return f"{track}/{track}.apkg"


@lru_cache(100_000)
def address(uri: str) -> str:
    """The address of a uri, relative to the site's root; "" is the home page."""
    if not uri.endswith(".md"):
        return quote(uri)
    folder, name = posixpath.split(quote(uri.removesuffix(".md")))
    if name in ("index", "README"):
        return f"{folder}/" if folder else ""
    return f"{posixpath.join(folder, name)}/"


def list_written(course: Course) -> dict[str, str]:
    """The author's file of every page that was made from one, by the page's address as people read it."""
    return {unquote(address(locate_source(course, path))): path for path in course.pages}


def link(here: str, there: str, fragment: str = "") -> str:
    """The address of the uri `there` as a page at the uri `here` writes it."""
    target = address(there)
    *here_parts, _ = address(here).split("/")
    *folders, name = target.split("/")
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(here_parts, folders, strict=False)))
    way = "/".join([*[".."] * (len(here_parts) - same), *folders[same:], name])
    return (way or "./") + (f"#{quote(fragment)}" if fragment else "")


def locate(site: str, here: str, there: str) -> str:
    """The address of the uri `there`: whole where the site's own is known, else as a page at `here` writes it."""
    return urljoin(f"{site.rstrip('/')}/", address(there)) if site else link(here, there)
