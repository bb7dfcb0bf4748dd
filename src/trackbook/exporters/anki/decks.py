"""The cards of each track as one package: the same course gives the same bytes."""

import hashlib
import json
import os
import sqlite3
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from io import BytesIO
from itertools import count, groupby
from pathlib import Path
from typing import Any

import genanki

from trackbook.cache.made import list_strangers, name_some, write_listed
from trackbook.exporters.anki.fields import FORM_CHANGED, Draft, Render, draft_fields, fill_fields, make_note_type
from trackbook.issue import CourseError
from trackbook.language.words import load_language
from trackbook.model import Course, Module, Track
from trackbook.publishing.deck import Card, list_cards
from trackbook.reading.files import check_outside_sources
from trackbook.reading.history import Lines, read_changes


class _DatedNote(genanki.Note):  # type: ignore[misc]
    """A note with its own time: Anki takes a note from a package when it is newer than the learner's."""

    changed = FORM_CHANGED

    def write_to_db(self, cursor: sqlite3.Cursor, timestamp: float, deck_id: int, id_gen: Iterator[int]) -> None:
        del timestamp
        super().write_to_db(cursor, self.changed, deck_id, id_gen)


@dataclass(frozen=True, slots=True)
class _Note:
    oldest: str
    draft: Draft
    tags: list[str]
    changed: int


@dataclass(frozen=True, slots=True)
class _Deck:
    number: int
    name: str
    summary: str
    notes: list[_Note]


@dataclass(frozen=True, slots=True)
class Package:
    """The cards of a track, as they are to be packed."""

    course: str
    root: Path
    render: Render
    decks: list[_Deck]

    @property
    def name(self) -> str:
        """Says all that goes in but what `render` does."""
        return repr((self.course, make_note_type().css, self.decks))

    def pack(self) -> bytes:
        place, note_type = count(1), make_note_type()
        packed = []
        for deck in self.decks:
            packed.append(genanki.Deck(deck.number, deck.name, deck.summary))
            for planned in deck.notes:
                fields = fill_fields(planned.draft, self.render)
                note = _DatedNote(note_type, fields, tags=planned.tags, due=next(place))
                note.guid, note.changed = genanki.guid_for(self.course, planned.oldest), planned.changed
                packed[-1].add_note(note)
        paths = {name: path for deck in self.decks for note in deck.notes for name, path in note.draft.media.items()}
        return _zip(packed, {name: (self.root / path).read_bytes() for name, path in sorted(paths.items())})


def plan_packages(course: Course, root: Path, render: Render, site: str = "") -> Mapping[str, Package]:
    """An Anki package for each track with cards, by the track's id. The course is in `root`, its site at `site`."""
    cards = list_cards(course)
    drafts = {card.id: draft_fields(course, card, root, site) for card in cards}
    changed = _date_cards(cards, drafts, root)
    packages: dict[str, Package] = {}
    for track in course.tracks:
        decks = []
        mine = (card for card in cards if card.module.track == track.id)
        for module, group in groupby(mine, key=lambda card: card.module):
            notes = [
                _Note(next(iter(card.was), card.id), drafts[card.id], _list_tags(card), changed[card.id])
                for card in group
            ]
            decks.append(_Deck(_number(course.id, module), _name_deck(course, track, module), module.summary, notes))
        if decks:
            packages[track.id] = Package(course.id, root, render, decks)
    return packages


def write_decks(packages: Mapping[str, bytes], root: Path, folder: Path) -> list[Path]:
    """Write each package to `folder`. Returns their paths.

    Raises CourseError, and writes nothing, when there are none, or when `folder` is no place for them.
    """
    if not packages:
        raise CourseError("this course has no cards yet: write a `flashcards` fence, or a lesson with `teaches:`")
    if os.path.lexists(folder) and not folder.is_dir():
        raise CourseError(f"{folder} is a file: name a folder with --output")
    check_outside_sources(root, folder)
    decks = {f"{track}.apkg": content for track, content in packages.items()}
    if strangers := list_strangers(folder, decks):
        raise CourseError(
            f"{folder} holds {name_some(strangers)}, which `trackbook export anki` did not write as it is now: "
            "move it away, or name another folder with --output"
        )
    write_listed(folder, decks)
    return [folder / name for name in decks]


def _date_cards(cards: Sequence[Card], drafts: Mapping[str, Draft], root: Path) -> Mapping[str, int]:
    """When what a card shows was last changed: its lines, its pictures, or the form of all cards."""
    shown = {
        card.id: [Lines(card.page, *card.lines), *(Lines(path) for path in drafts[card.id].media.values())]
        for card in cards
    }
    changes = read_changes(root, [place for places in shown.values() for place in places])
    return {card: max(FORM_CHANGED, *(changes[place] for place in places)) for card, places in shown.items()}


def _number(course: str, module: Module) -> int:
    """A deck's id: 41 bits, as large as Anki's own, made of the first name that the module had."""
    oldest = module.was[0].concept if module.was else module.key
    return 1 << 40 | int.from_bytes(hashlib.sha256(f"{course} {oldest}".encode()).digest()[:5]) & (1 << 40) - 1


def _name_deck(course: Course, track: Track, module: Module) -> str:
    """Course, track and lesson, numbered so that Anki, which sorts by name, keeps their order."""
    say = load_language(course.language).say
    digits = max(2, len(str(len(track.modules))))
    names = [
        course.title,
        say("place.track_title", number=track.number, title=track.title),
        f"{track.modules.index(module) + 1:0{digits}} {module.title}",
    ]
    return "::".join(" ".join(name.replace("::", ":").split()) for name in names)


def _list_tags(card: Card) -> list[str]:
    """The module, and the objectives that the card practises, as `track::module::objective`."""
    objectives = [name if "#" in name else f"{card.module.key}#{name}" for name in card.practises]
    return [name.replace("/", "::").replace("#", "::") for name in dict.fromkeys([card.module.key, *objectives])]


def _zip(decks: list[genanki.Deck], media: Mapping[str, bytes]) -> bytes:
    package: Any = genanki.Package(decks)
    with closing(sqlite3.connect(":memory:")) as database:
        package.write_to_db(database.cursor(), FORM_CHANGED, count(FORM_CHANGED * 1000))
        database.commit()
        collection = database.serialize()
    names = json.dumps({str(number): name for number, name in enumerate(media)})
    files = {"collection.anki2": collection, "media": names.encode()}
    files |= {str(number): content for number, content in enumerate(media.values())}
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
            archive.writestr(entry, content)
    return packed.getvalue()
