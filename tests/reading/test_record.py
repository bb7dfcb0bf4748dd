"""The record of ids: written as the course is, and what goes is named."""

from collections.abc import Callable, Mapping
from pathlib import Path

import yaml
from click.testing import CliRunner

from trackbook.cli import main
from trackbook.publishing import publish_course
from trackbook.reading import read_course
from trackbook.widgets import load_widgets

MakeCourse = Callable[[Mapping[str, object]], Path]


def run(*words: str | Path) -> str:
    result = CliRunner().invoke(main, list(map(str, words)))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.output


def test_record_holds_every_id_and_names_what_goes(make_course: MakeCourse) -> None:
    root = make_course(
        {"lessons/first/beta/practice.md": {"front: Before beta?": "reverse: true, front: Before beta?"}}
    )
    assert run("record", "--course", root) == "Wrote lessons/ids.yml with 9 ids.\n"
    text = (root / "lessons/ids.yml").read_text("utf-8")
    assert yaml.safe_load(text)["modules"]["first/beta"] == {
        "lesson": {"concept": ["beta"]},
        "practice": {"flashcards": ["card-one", "card-two", "card-two-reverse"]},
    }
    assert "recorded-id-stays" not in run("check", "--course", root)
    practice = root / "lessons/first/beta/practice.md"
    practice.write_text(
        practice.read_text("utf-8").replace("{id: card-two, ", "{id: card-2, was: [card-two], "), "utf-8"
    )
    assert "recorded-id-stays" not in run("check", "--course", root)
    practice.write_text(practice.read_text("utf-8").replace("was: [card-two], ", ""), "utf-8")
    assert run("check", "--course", root).count(": recorded-id-stays: ") == 2
    assert run("record", "--course", root).splitlines()[1:] == [
        "Let go: first/beta#card-two (flashcards)",
        "Let go: first/beta#card-two-reverse (flashcards)",
    ]
    assert "recorded-id-stays" not in run("check", "--course", root)


def test_ids_that_look_like_other_values_come_back(make_course: MakeCourse) -> None:
    root = make_course({"lessons/first/alpha/practice.md": {"id: which": "id: 'no'"}})
    run("record", "--course", root)
    assert "recorded-id-stays" not in run("check", "--course", root)


def test_nothing_is_recorded_of_a_broken_course(make_course: MakeCourse) -> None:
    root = make_course({"lessons/first/alpha/practice.md": {"id: which": "id: Which"}})
    assert "nothing was written" in run("record", "--course", root)
    assert not (root / "lessons/ids.yml").exists()


def test_record_is_not_published(make_course: MakeCourse) -> None:
    root = make_course({})
    run("record", "--course", root)
    site = publish_course(read_course(root, load_widgets(root)), str)
    assert "lessons/ids.yml" not in site.copies.values()
