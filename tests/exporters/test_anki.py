"""Decks as Anki itself reads them: what an import adds, renews and leaves alone."""

import os
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from click.testing import CliRunner
from tests.conftest import TESTS, Change, copy_hebrew
from tests.reading.test_history import START, commit_all

from trackbook.cli import main

if TYPE_CHECKING:  # at run time these two only load after anki.collection
    from anki.cards import Card
    from anki.notes import Note

MakeCourse = Callable[[Change], Path]
SITE = "https://example.org/course/"
PRACTICE = "lessons/first/beta/practice.md"
COUNTED = ("new", "updated", "duplicate", "conflicting", "first_field_match", "missing_notetype", "missing_deck")
RENAMED_LINKS = (
    ("lessons/first/alpha/lesson.md", "../beta/lesson.md", "../bet/lesson.md"),
    ("lessons/second/gamma/lesson.md", "first/beta/lesson.md", "first/bet/lesson.md"),
)
ALLOWED = "allow: {syntax-is-understood: A card may hold it., raw-html-is-published: Anki shows it.}"
TRACK = "A sample::Track 1: First track"


@pytest.fixture
def learner(tmp_path: Path) -> Iterator[Collection]:
    collection = Collection(str(tmp_path / "collection.anki2"))
    yield collection
    collection.close()


def export(root: Path, *words: str) -> Path:
    folder = root.parent / "decks"
    result = CliRunner().invoke(main, ["export", "anki", "--course", str(root), "--output", str(folder), *words])
    assert result.exit_code == 0, result.output
    return folder


def take_in(collection: Collection, package: Path) -> dict[str, int]:
    """What one import counted, as Anki shows it to the learner."""
    options = ImportAnkiPackageOptions()
    log = collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(package), options=options)).log
    return {name: len(getattr(log, name)) for name in COUNTED if len(getattr(log, name))}


def list_notes(collection: Collection) -> "Mapping[str, Note]":
    notes = [collection.get_note(note) for note in collection.find_notes("")]
    return {note["Front"]: note for note in notes}


def name_decks(collection: Collection) -> set[str]:
    return {deck.name for deck in collection.decks.all_names_and_ids()} - {"Default"}


def change(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text("utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new), "utf-8")


def test_first_import_has_every_card_in_its_place(make_course: MakeCourse, learner: Collection) -> None:
    decks = export(make_course({}), "--site-url", SITE)
    assert sorted(path.name for path in decks.glob("*.apkg")) == ["first.apkg", "second.apkg"]
    assert take_in(learner, decks / "first.apkg") == {"new": 4}
    assert name_decks(learner) == {"A sample", TRACK, f"{TRACK}::01 Alpha", f"{TRACK}::02 Beta"}
    notes = list_notes(learner)
    assert {front: learner.decks.name(note.cards()[0].did).rpartition("::")[2] for front, note in notes.items()} == {
        "What does “alpha” mean?": "01 Alpha",
        "After alpha?": "02 Beta",
        "Before beta?": "02 Beta",
        "What does “beta” mean?": "02 Beta",
    }
    assert notes["Before beta?"].tags == ["first::beta", "first::beta::place-it"]
    assert notes["What does “beta” mean?"].tags == ["first::beta"]
    assert [note.cards()[0].due for note in sorted(notes.values(), key=lambda note: note.cards()[0].due)] == [
        1,
        2,
        3,
        4,
    ]
    card = notes["Before beta?"].cards()[0]
    assert "<summary>Hint</summary>It begins the alphabet.</details>" in card.question()
    assert "details" not in notes["After alpha?"].cards()[0].question()
    assert f'<a href="{SITE}first/beta/lesson/">To the lesson</a>' in card.answer()


def test_second_import_changes_nothing(make_course: MakeCourse, learner: Collection) -> None:
    root = make_course({})
    commit_all(root, START)
    deck = export(root) / "first.apkg"
    bytes_before = deck.read_bytes()
    take_in(learner, deck)
    assert export(root).joinpath("first.apkg").read_bytes() == bytes_before
    assert take_in(learner, deck) == {"duplicate": 4}


def answer(collection: Collection, front: str) -> "Card":
    """The card after the learner graded it easy, alone among those of its deck."""
    wanted = list_notes(collection)[front].cards()[0]
    collection.decks.select(wanted.did)
    while (card := collection.sched.getCard()) is not None and card.id != wanted.id:
        collection.sched.bury_cards([card.id])
    assert card is not None
    collection.sched.answerCard(card, 4)
    assert card.ivl > 0
    return card


def list_schedule(card: "Card") -> tuple[int, ...]:
    return (card.id, card.did, card.due, card.ivl, card.reps, card.type, card.queue)


def test_an_edited_card_is_renewed_and_keeps_its_schedule(make_course: MakeCourse, learner: Collection) -> None:
    root = make_course({})
    commit_all(root, START)
    take_in(learner, export(root) / "first.apkg")
    planned = list_schedule(answer(learner, "After alpha?"))
    change(root, PRACTICE, "back: Beta.", "back: Beta of course.")
    commit_all(root, START + 1)
    assert take_in(learner, export(root) / "first.apkg") == {"updated": 1, "duplicate": 3}
    note = list_notes(learner)["After alpha?"]
    assert note["Back"] == "Beta of course."
    assert list_schedule(note.cards()[0]) == planned


def test_an_edit_reaches_learners_before_it_is_committed(make_course: MakeCourse, learner: Collection) -> None:
    root = make_course({})
    commit_all(root, START)
    take_in(learner, export(root) / "first.apkg")
    change(root, PRACTICE, "back: Beta.", "back: Beta of course.")
    os.utime(root / PRACTICE, (START + 1, START + 1))
    assert take_in(learner, export(root) / "first.apkg") == {"updated": 1, "duplicate": 3}


def test_without_history_a_changed_page_renews_its_cards(make_course: MakeCourse, learner: Collection) -> None:
    root = make_course({})
    for path in root.rglob("*.md"):
        os.utime(path, (START, START))
    take_in(learner, export(root) / "first.apkg")
    change(root, PRACTICE, "back: Beta.", "back: Beta of course.")
    os.utime(root / PRACTICE, (START + 1, START + 1))
    assert take_in(learner, export(root) / "first.apkg") == {"updated": 2, "duplicate": 2}


def test_a_removed_card_stays_with_the_learner(make_course: MakeCourse, learner: Collection) -> None:
    root = make_course({})
    commit_all(root, START)
    take_in(learner, export(root) / "first.apkg")
    planned = list_schedule(answer(learner, "After alpha?"))
    change(root, PRACTICE, "  - {id: card-one, front: After alpha?, back: Beta.}\n", "")
    commit_all(root, START + 1)
    assert take_in(learner, export(root) / "first.apkg") == {"duplicate": 3}
    notes = list_notes(learner)
    assert len(notes) == 4
    assert list_schedule(notes["After alpha?"].cards()[0]) == planned


def test_a_renamed_card_is_renewed(make_course: MakeCourse, learner: Collection) -> None:
    """The card's name, the module's name, and both again."""
    root = make_course({})
    commit_all(root, START)
    take_in(learner, export(root) / "first.apkg")
    planned = list_schedule(answer(learner, "After alpha?"))
    change(root, PRACTICE, "{id: card-one,", "{id: what-follows, was: [card-one],")
    commit_all(root, START + 1)
    assert take_in(learner, export(root) / "first.apkg") == {"updated": 1, "duplicate": 3}
    change(root, PRACTICE, "id: what-follows, was: [card-one]", "id: next, was: [card-one, what-follows]")
    change(root, "lessons/first/beta/overview.md", "[first/old-beta]", "[first/old-beta, first/beta]")
    change(root, "lessons/course.yml", "[alpha, beta]", "[alpha, bet]")
    (root / "lessons/first/beta").rename(root / "lessons/first/bet")
    (root / "cheatsheets/first/beta.md").rename(root / "cheatsheets/first/bet.md")
    for path, old, new in RENAMED_LINKS:
        change(root, path, old, new)
    commit_all(root, START + 2)
    assert take_in(learner, export(root) / "first.apkg") == {"updated": 3, "duplicate": 1}
    note = list_notes(learner)["After alpha?"]
    assert list_schedule(note.cards()[0]) == planned
    assert note.tags == ["first::bet", "first::bet::place-it"]


def test_a_concept_that_moves_keeps_its_card(make_course: MakeCourse, learner: Collection) -> None:
    root = make_course({})
    commit_all(root, START)
    take_in(learner, export(root) / "first.apkg")
    planned = list_schedule(answer(learner, "What does “beta” mean?"))
    change(root, "lessons/first/beta/lesson.md", "---\nteaches:\n  beta: The letter after alpha.\n---\n", "")
    change(root, "lessons/first/alpha/lesson.md", "of all letters.\n", "of all letters.\n  beta: The second.\n")
    change(root, "cheatsheets/first/alpha.md", "first letter.", "first letter. **beta** follows.")
    change(root, "cheatsheets/first/beta.md", "- **beta**: the", "Beta: the")
    commit_all(root, START + 1)
    assert take_in(learner, export(root) / "first.apkg") == {"updated": 1, "duplicate": 3}
    note = list_notes(learner)["What does “beta” mean?"]
    assert (note["Back"], note.tags) == ("The second.", ["first::alpha"])
    assert list_schedule(note.cards()[0]) == planned


def test_tracks_and_courses_do_not_take_each_others_cards(make_course: MakeCourse, learner: Collection) -> None:
    root = make_course({})
    for package, count in (("first", 4), ("second", 1)):
        assert take_in(learner, export(root) / f"{package}.apkg") == {"new": count}
    change(root, "lessons/course.yml", "title: A sample", "id: other\ntitle: A sample")
    assert take_in(learner, export(root) / "first.apkg") == {"new": 4}
    assert len(learner.find_notes("")) == 9


def test_an_edit_by_the_learner_stays_until_the_card_changes(make_course: MakeCourse, learner: Collection) -> None:
    root = make_course({})
    for path in root.rglob("*.md"):
        os.utime(path, (1, 1))
    take_in(learner, export(root) / "first.apkg")
    note = list_notes(learner)["After alpha?"]
    note["Back"] = "Beta, my own words."
    learner.update_note(note)
    assert take_in(learner, export(root) / "first.apkg") == {"duplicate": 4}
    assert list_notes(learner)["After alpha?"]["Back"] == "Beta, my own words."


FIELDS = yaml.safe_load((TESTS / "cases" / "anki.yml").read_text("utf-8"))


def make_practice(cards: object) -> Change:
    fence = yaml.dump({"id": "cards", "practises": "place-it", "cards": cards}, allow_unicode=True, sort_keys=False)
    return {PRACTICE: f"---\n{ALLOWED}\n---\n\n# Beta\n\n```flashcards\n{fence}```\n"}


@pytest.mark.parametrize("site", ["", SITE])
def test_what_authors_write_survives(site: str, make_course: MakeCourse, learner: Collection) -> None:
    cards = [
        {"id": f"card-{number}", "front": f"F{number}", "back": case["writes"]} for number, case in enumerate(FIELDS)
    ]
    root = make_course(make_practice(cards))
    take_in(learner, export(root, "--site-url", site) / "first.apkg")
    notes = list_notes(learner)
    for number, case in enumerate(FIELDS):
        kept = case["keeps"] if isinstance(case["keeps"], str) else case["keeps"]["at a site" if site else "without"]
        assert notes[f"F{number}"]["Back"] == kept.strip()
        assert notes[f"F{number}"].cards()[0].answer().count(kept.strip()) == 1
    assert bool(site) == ("To the lesson" in notes["F0"].cards()[0].answer())


def test_a_front_of_any_signs_makes_one_card(make_course: MakeCourse, learner: Collection) -> None:
    fronts = [
        "{{c1::x}}",
        "{{Front}}",
        "{{#Hint}}",
        '"<&>" \'',
        "::",
        "$a_{b_{c}}$",
        "```\nx\n```",
        "<b></b>",
        "0",
        "אבג",
    ]
    cards = [{"id": f"card-{number}", "front": front, "back": "x"} for number, front in enumerate(fronts)]
    root = make_course(make_practice(cards))
    assert take_in(learner, export(root) / "first.apkg") == {"new": len(fronts) + 2}
    assert learner.card_count() == len(fronts) + 2
    assert "{{c1::x}}" in list_notes(learner)["{{c1::x}}"].cards()[0].question()


def test_pictures_come_along_and_a_new_one_renews_the_card(make_course: MakeCourse, learner: Collection) -> None:
    cards = [{"id": "dot", "front": "![A dot.](../alpha/dot.svg)", "back": "A dot."}]
    root = make_course(make_practice(cards))
    commit_all(root, START)
    take_in(learner, export(root) / "first.apkg")
    assert not learner.media.check().missing and len(learner.media.check().unused) == 0
    name = re.search(r'src="([^"]+)"', next(front for front in list_notes(learner) if "A dot" in front))
    dot = root / "lessons/first/alpha/dot.svg"
    assert name and Path(learner.media.dir(), name[1]).read_bytes() == dot.read_bytes()
    dot.write_text(dot.read_text("utf-8").replace("</svg>", "<!-- larger --></svg>"), "utf-8")
    commit_all(root, START + 1)
    assert take_in(learner, export(root) / "first.apkg") == {"updated": 1, "duplicate": 2}
    assert not learner.media.check().missing


def test_names_of_decks_hold_no_levels_of_their_own(make_course: MakeCourse, learner: Collection) -> None:
    title = {"title: A sample": 'title: "C++::std  \\"A\\""'}
    root = make_course({"lessons/course.yml": title, "mkdocs.yml": {"site_name: A sample\n": ""}})
    take_in(learner, export(root) / "second.apkg")
    top = 'C++:std "A"'
    assert name_decks(learner) == {top, f"{top}::Track 2: Second track", f"{top}::Track 2: Second track::01 Gamma"}


def test_a_course_from_right_to_left(tmp_path: Path, learner: Collection) -> None:
    copy_hebrew(tmp_path / "course")
    packages = sorted(export(tmp_path / "course").glob("*.apkg"))
    assert packages
    for package in packages:
        assert set(take_in(learner, package)) == {"new"}
    note = list_notes(learner)["מה לפני שתיים?"]
    assert '<div class="question" lang="de" dir="rtl">' in note.cards()[0].question()
    assert "<summary>Tipp</summary>" in note.cards()[0].question()


def test_two_exports_are_byte_equal(make_course: MakeCourse) -> None:
    root = make_course({})
    commit_all(root, START)
    first = {path.name: path.read_bytes() for path in export(root).glob("*.apkg")}
    shutil.rmtree(root.parent / "decks")
    for path in root.rglob("*.md"):
        os.utime(path, (START + 9, START + 9))
    assert {path.name: path.read_bytes() for path in export(root).glob("*.apkg")} == first
    with zipfile.ZipFile(root.parent / "decks" / "first.apkg") as package:
        assert {entry.date_time[0] for entry in package.infolist()} == {1980}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ["--site-url", "example.org"],
            '--site-url is "example.org", which is no whole address: begin it with https://',
        ),
        (["--output", "lessons/decks"], "lessons/decks lies among the sources of the course: name a folder of its own"),
        (["--output", "mkdocs.yml"], "mkdocs.yml is a file: name a folder with --output"),
    ],
)
def test_wrong_arguments_are_explained(
    words: list[str], message: str, make_course: MakeCourse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(make_course({}))
    result = CliRunner().invoke(main, ["export", "anki", *words])
    assert (result.exit_code, result.output) == (1, f"Error: {message}\n")


def test_a_failed_export_leaves_what_was_there(make_course: MakeCourse, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_course({})
    before = {path.name: path.read_bytes() for path in export(root).glob("*.apkg")}
    change(root, PRACTICE, "back: Beta.", "back: Changed.")
    os.utime(root / PRACTICE, (START, START))
    write_bytes = Path.write_bytes

    def fail(path: Path, content: bytes) -> int:
        if "second" in path.name:
            raise OSError(28, "No space left on device", str(path))
        return write_bytes(path, content)

    monkeypatch.setattr(Path, "write_bytes", fail)
    result = CliRunner().invoke(main, ["export", "anki", "--course", str(root), "--output", str(root.parent / "decks")])
    assert result.exit_code == 1 and "the disk is full" in result.output
    assert {path.name: path.read_bytes() for path in (root.parent / "decks").glob("*.apkg")} == before


def test_a_course_without_cards_says_so(make_course: MakeCourse) -> None:
    course = (
        "title: A\ntracks: [{id: one, number: 1, title: One, elsewhere: {title: B, url: 'https://example.org/'}}]\n"
    )
    root = make_course(
        {
            "lessons/course.yml": course,
            "mkdocs.yml": {"site_name: A sample\n": ""},
            "docs/index.md": "# A\n",
            "cheatsheets": None,
            "lessons/first": None,
            "lessons/second": None,
        }
    )
    result = CliRunner().invoke(main, ["export", "anki", "--course", str(root)])
    assert (result.exit_code, "this course has no cards yet" in result.output) == (1, True), result.output
