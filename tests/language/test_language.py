"""The site's own words: every language says everything, and what says them names texts that exist."""

import re
from collections.abc import Iterator, Mapping
from string import Formatter

import pytest
from markupsafe import Markup
from tests.conftest import ROOT

from trackbook.issue import CourseError
from trackbook.language.words import Language, list_languages, load_language
from trackbook.model import Course
from trackbook.widgets import load_site_language, load_widgets

CODE = ("src/trackbook", "lessons/widgets")
FORMS = {"zero", "one", "two", "few", "many", "other"}
SAME = {
    "elements.transformer-block.norm",
    "widgets.transformer-block.attention",
    "widgets.recurrence-race.attention",
    "widgets.attention-steps.query",
    "widgets.attention-steps.key",
    "widgets.attention-steps.value",
    "widgets.recurrence-race.tokens",
    "widgets.tokenizer.bytes",
    "widgets.tokenizer.token",
    "kind.concept",
    "elements.marks.link",
    "elements.attention-map.head",
    "list.colon",
    "elements.review.next_count",
    "elements.review.all_recalled",
    "media.about",
    "media.kilobytes",
    "media.megabytes",
    "media.video",
    "list.separator",
    "place.phase",
    "place.phase_title",
    "place.there",
} | {"script.keys.name_tab", "script.keys.name_esc"}
"""Texts that are the same in English and German."""


def load_ours(code: str) -> Language:
    """What the site of our course says in a language, its own widgets included."""
    return load_site_language(Course(language=code, widgets=load_widgets(ROOT)))


def split_form(key: str) -> tuple[str, str]:
    stem, _, form = key.rpartition(".")
    return (stem, form) if form in FORMS else (key, "")


def group_forms(language: Language) -> Mapping[str, dict[str, str]]:
    """Each text's forms by its key; a text without plural forms has the one form ""."""
    grouped: dict[str, dict[str, str]] = {}
    for key, text in language.texts.items():
        stem, form = split_form(key)
        grouped.setdefault(stem, {})[form] = text
    return grouped


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def list_said(folder: str, pattern: str) -> Iterator[tuple[str, str]]:
    """What templates and code say: the file's path, and the key or, of a computed one, its beginning."""
    for path in sorted((ROOT / folder).rglob("*")):
        if re.fullmatch(pattern, path.suffix) and not {"node_modules", "assets"} & set(path.parts):
            for said in re.finditer(r"""\bsay(?:_html)?\(\s*(f?["'`])([a-z_.-]+)""", path.read_text("utf-8")):
                yield path.relative_to(ROOT).as_posix(), said[2]


@pytest.mark.parametrize("code", list_languages())
def test_every_language_says_everything(code: str) -> None:
    english, other = group_forms(load_ours("en")), group_forms(load_ours(code))
    assert set(other) == set(english)
    for key, forms in other.items():
        wanted = set().union(*map(fields, english[key].values()))
        for form, text in forms.items():
            needed = wanted - ({"count"} if form == "one" else set())  # "the card" says as much as "1 card"
            assert needed <= fields(text) <= wanted, f"{key}.{form}"


@pytest.mark.parametrize("code", list_languages())
def test_texts_have_the_plural_forms_of_their_language(code: str) -> None:
    language = load_ours(code)
    needed = {*language.locale.plural_form.tags, "other"}
    for key, forms in group_forms(language).items():
        assert set(forms) in ({""}, needed), key


@pytest.mark.parametrize("code", list_languages())
def test_quotes_are_typographic(code: str) -> None:
    assert [key for key, text in load_ours(code).texts.items() if re.search(r"""["'`]|\.\.\.""", text)] == []


def test_german_is_not_english() -> None:
    german = load_ours("de").texts
    assert {key for key, text in load_ours("en").texts.items() if german.get(key) == text} - SAME == set()


def test_what_is_said_is_in_the_texts() -> None:
    texts = load_ours("en").texts
    keys = {split_form(key)[0] for key in texts}
    said = [
        *list_said("overrides", r"\.html"),
        *(said for folder in CODE for said in list_said(folder, r"\.(html|py)")),
        *((path, _find_script_text(path, key)) for folder in CODE for path, key in list_said(folder, r"\.ts")),
    ]
    assert len(said) > 60
    begun = {(path, key) for path, key in said if key.endswith((".", "_")) and _begins(key, keys)}
    lost = [one for one in said if one[1] not in keys and one not in begun]
    assert lost == []


def _find_script_text(path: str, key: str) -> str:
    """Where the text of a script is: one of a widget has those of its own element, and those for all pages."""
    element = key.partition(".")[0]
    of_widget = re.search(r"/widgets/(\w+)/", path)
    ours = {
        "certificate",
        "done",
        "home",
        "marks",
        "offline",
        "onward",
        "path",
        "practice",
        "progress",
        "quiz",
        "review",
    }
    names = {of_widget[1].replace("_", "-")} if of_widget else ours
    return f"{'elements' if element in names else 'script'}.{key}"


def test_a_page_has_the_texts_of_its_own_elements() -> None:
    groups = {key.partition(".")[0] for key in load_ours("en").list_script_texts(["quiz", "unknown"])}
    assert {"search", "record", "quiz"} <= groups
    assert not groups & {"predict", "tiny-gpt", "review"}


def _begins(start: str, keys: set[str]) -> bool:
    return any(key.startswith(start) for key in keys)


def test_count_chooses_the_form() -> None:
    say = load_language("en").say
    assert say("tracks.lessons", 1) == "1 lesson"
    assert say("tracks.lessons", 10) == "10 lessons"
    polish = Language("pl", "ltr", {"a.one": "{count} plik", "a.few": "{count} pliki", "a.many": "{count} plików"})
    assert [polish.say("a", count) for count in (1, 3, 5)] == ["1 plik", "3 pliki", "5 plików"]


def test_values_are_escaped_in_html() -> None:
    say = load_language("en").say_html
    assert say("frame.link_here", title="a < b") == "Link to “a &lt; b”"
    assert say("redirect.text", page=Markup("<b>x</b>")) == "This page has moved: <b>x</b>"


def test_times_and_names_read_as_the_language_writes_them() -> None:
    english, german = load_language("en"), load_language("de")
    assert [english.say_minutes(minutes) for minutes in (0, 35, 60, 95)] == ["0 min", "35 min", "1 h", "1 h 35 min"]
    assert german.say_minutes(95) == "1 Std. 35 Min."
    names = ["Ada", "Ben", "Cem"]
    assert (english.join(names), english.join(names[:2])) == ("Ada, Ben, and Cem", "Ada and Ben")
    assert (german.join(names), german.join(names[:1]), german.join([])) == ("Ada, Ben und Cem", "Ada", "")


def test_a_regional_code_takes_the_words_of_its_language() -> None:
    austrian = load_language("de-AT")
    assert (austrian.code, austrian.texts) == ("de-AT", load_language("de").texts)


def test_a_language_without_words_is_refused() -> None:
    with pytest.raises(CourseError, match='no words in the language "xx"'):
        load_language("xx")


def test_templates_hold_no_words() -> None:
    """The report speaks English, as checks do: it is for instructors."""
    found = {}
    for path in (path for folder in ("overrides", *CODE) for path in (ROOT / folder).rglob("*.html")):
        if not {"node_modules", "assets", "report"} & set(path.parts):
            bare = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<!--.*?-->", "", path.read_text("utf-8"), flags=re.DOTALL)
            named = re.findall(r'\b(?:aria-label|title|alt|placeholder)="[^"]*[a-z][^"]*"', bare)
            shown = re.findall(r"[^\W\d_]{2,}", re.sub(r"&\w+;", "", re.sub(r"<[^>]*>", "", bare, flags=re.DOTALL)))
            if named or shown:
                found[path.name] = [*named, *shown]
    assert found == {}


def test_scripts_hold_no_sentences() -> None:
    found = {}
    for path in (path for folder in CODE for path in (ROOT / folder).rglob("*.ts")):
        if "node_modules" not in path.parts and not path.name.endswith(".d.ts"):
            bare = re.sub(r"/\*.*?\*/|//[^\n]*|\bError\([^)]*\)", "", path.read_text("utf-8"), flags=re.DOTALL)
            if sentences := re.findall(r"""["'`][A-Z][a-z]+(?: [a-z]+)+[^"'`]*["'`]""", bare):
                found[path.name] = sentences
    assert found == {}
