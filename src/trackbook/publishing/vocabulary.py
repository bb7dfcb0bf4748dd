"""What a browser knows by name before it asks the index: it mends slips, and answers where there is no network."""

import json
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from trackbook.model import Concept, Module, Track
from trackbook.publishing.addresses import GLOSSARY, WORDS, address, locate_names, locate_source, track_uri
from trackbook.publishing.edition import Edition

_LEVELS = (2, 3)
"""Of headings that are places in a lesson."""
_LABELED = ("overview", "lesson", "practice", "cheatsheet")


def publish_vocabulary(edition: Edition) -> Iterator[tuple[str, Callable[[], str]]]:
    """The words of all names, and for each track what bears them. Each file's uri comes with what writes it."""
    yield WORDS, partial(_write_words, edition)
    for track in edition.course.tracks:
        yield locate_names(track.id), partial(_write_track, edition, track)


def _write_words(edition: Edition) -> str:
    """Each word once, those that say nothing of what is looked for, what kinds of pages are called, and the tracks."""
    course, say = edition.course, edition.say
    tracks = [json.loads(_write_track(edition, track)) for track in course.tracks]
    names = [[title, *names] for track in tracks for _, title, _, _, _, *names in track["names"]]
    others = [[page.title] for page in course.plain if not page.meta.get("unlisted") and not page.for_authors]
    return _write(
        {
            "words": " ".join(_list_words(text for texts in [*names, *others] for text in texts)),
            "small": say("search.small_words").split(),
            "asking": say("search.asking_words").split(),
            "kinds": {kind: say(f"kind.{kind}") for kind in _LABELED},
            "tracks": [[track.id, say("place.track", number=track.number)] for track in course.tracks],
        }
    )


def _list_words(texts: Iterable[str]) -> list[str]:
    """In small letters. Words of one or two, and numbers, say too little."""
    text = unicodedata.normalize("NFC", "\n".join(texts)).lower()
    parts = "".join(sign if unicodedata.category(sign)[0] in "LMN" else " " for sign in text).split()
    return sorted({part for part in parts if len(part) > 2 and not part.isdigit()})


def _write_track(edition: Edition, track: Track) -> str:
    """The names are kept with what the pages were read from: else each build would look into every lesson."""
    parts = [track.id, track.title, str(track.number), track.shown, edition.course.language]
    for module in track.modules:
        parts += [module.shown, *(page.digest or page.text for page in module.pages.values())]
    return edition.recall(("names", *parts), lambda: _write({"names": list(_list_names(edition, track))}))


def _list_names(edition: Edition, track: Track) -> Iterator[list[str]]:
    """Of each its kind, title, address, place and what it says, then other names that it has."""
    place = edition.say("place.track", number=track.number)
    yield ["track", track.title, address(track_uri(track)), place, track.summary]
    yield from (_name_concept(concept, place) for concept in track.teaches)
    for module in track.modules:
        position = edition.positions[module.key]
        where = edition.name_lesson(position)
        yield from (_name_concept(concept, where) for concept in module.teaches)
        yield from _name_pages(edition, module, where)


def _name_concept(concept: Concept, place: str) -> list[str]:
    return ["concept", concept.name, f"{address(GLOSSARY)}#{concept.id}", place, concept.definition, *concept.match]


def _name_pages(edition: Edition, module: Module, place: str) -> Iterator[list[str]]:
    for kind, page in module.pages.items():
        there = address(locate_source(edition.course, page.path))
        said = module.summary if kind in ("overview", "lesson") else ""
        yield [kind, module.title, there, place, said]
        for heading in page.headings if kind == "lesson" else ():
            if heading.level in _LEVELS:
                yield ["place", heading.text, f"{there}#{heading.anchor}", place, ""]


def _write(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
