"""The pictures that links are shown with: the same bytes each time, inside their margins, in signs that there are."""

import re
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image, ImageChops
from tests.conftest import ROOT, SAMPLE

from trackbook.cache.store import Store
from trackbook.publishing.social import CardLine, SocialCard, list_cards
from trackbook.reading import read_course
from trackbook.site.pictures import social_cards
from trackbook.site.pictures.social_cards import HEIGHT, HUES, WIDTH, draw_card, recall_cards
from trackbook.site.pictures.typeface import Typeface, find_fonts
from trackbook.widgets import load_widgets

LINE = CardLine(4, (True, True, False, False))
CARD = SocialCard("Deep learning", "A course", "Track 4", 4, (LINE,))
PAPER = (252, 251, 248)
MARGIN = 80


def draw(card: SocialCard) -> Image.Image:
    return Image.open(BytesIO(draw_card(card, find_fonts()))).convert("RGB")


def find_ink(image: Image.Image, top: int = 16, bottom: int = HEIGHT) -> tuple[int, int, int, int]:
    """The box around all that is not paper, below the band at the top."""
    part = image.crop((0, top, WIDTH, bottom))
    box = ImageChops.difference(part, Image.new("RGB", part.size, PAPER)).getbbox()
    assert box
    return box


def test_every_track_has_a_card_and_so_has_the_course() -> None:
    cards = list_cards(read_course(SAMPLE, load_widgets()))
    assert list(cards) == ["", "zero", "first", "second"]
    assert cards["first"] == SocialCard(
        "First track",
        over="A sample",
        place="Track 1",
        number=1,
        lines=(CardLine(1, (True, True, False)),),
        alt="Track 1: First track · A sample",
    )
    assert cards[""].lines == (CardLine(1, (True, True, False)), CardLine(2, (True,)))


def test_same_card_gives_the_same_bytes_and_another_others() -> None:
    first = draw_card(CARD, find_fonts())
    assert first == draw_card(CARD, find_fonts())
    assert first != draw_card(replace(CARD, title="Deep learnings"), find_fonts())
    assert Image.open(BytesIO(first)).size == (WIDTH, HEIGHT) == (1200, 630)


TITLES = [
    "T",
    "Networks that see, hear and read, and what is known of why they do so well",
    "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz",
    "On and on " * 40,
    "W" * 300,
]


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("lines", [(), (LINE,), (CardLine(5, (True,) * 60), *[LINE] * 11)])
def test_whatever_its_title_a_card_keeps_its_margins(title: str, direction: str, lines: tuple[CardLine, ...]) -> None:
    image = draw(replace(CARD, title=title, lines=lines, over=title, direction=direction))
    left, _, right, bottom = find_ink(image)
    assert left >= MARGIN - 4  # a letter may reach a little past its own beginning
    assert right <= WIDTH - MARGIN + 4
    assert bottom <= HEIGHT - 16 - 40
    first_line = HEIGHT - 72 - 44 * (min(len(lines), 6) - 1)
    if lines:
        assert not _has_ink(image, first_line - 34, first_line - 24), "the title runs into the lines"


def _has_ink(image: Image.Image, top: int, bottom: int) -> bool:
    part = image.crop((0, top, WIDTH, bottom))
    return ImageChops.difference(part, Image.new("RGB", part.size, PAPER)).getbbox() is not None


def test_texts_from_right_to_left_begin_at_the_right() -> None:
    left, _, right, _ = find_ink(draw(CARD), bottom=480)
    mirrored_left, _, mirrored_right, _ = find_ink(draw(replace(CARD, direction="rtl")), bottom=480)
    assert left < MARGIN + 12 and right < WIDTH - 2 * MARGIN
    assert mirrored_right > WIDTH - MARGIN - 12 and mirrored_left > 2 * MARGIN


@pytest.mark.parametrize("text", ["Gdańsk, Győr, Çeşme", "Übung", "L’été – “ok” 5 × 3"])
def test_european_letters_are_written(text: str) -> None:
    assert Typeface(find_fonts(), 40, 700).can_write(text)


@pytest.mark.parametrize("title", ["深層学習", "שלום", "التعلم", "Graph 深"])
def test_number_stands_for_a_title_that_cannot_be_written(title: str) -> None:
    assert not Typeface(find_fonts(), 40, 700).can_write(title)
    card = replace(CARD, title=title, place=title, over=title)
    image = draw(card)
    assert image.tobytes() == draw(replace(card, title="שלום", place="", over="")).tobytes()
    assert image.tobytes() != draw(replace(card, number=3)).tobytes()


def test_drawn_card_is_taken_from_the_store() -> None:
    store = Store()
    (drawn,) = recall_cards([CARD], store)
    assert drawn == draw_card(CARD, find_fonts())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(social_cards, "draw_card", lambda card, fonts: f"{card.title} {len(fonts)}".encode())
        other, *same = recall_cards([replace(CARD, title="Other"), CARD, CARD], store)
    assert other == f"Other {len(find_fonts())}".encode()
    assert same == [drawn] * 2


def test_cards_are_the_same_by_many_processes_as_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    cards = [replace(CARD, title=f"Track {number}") for number in range(4)]
    alone = recall_cards(cards, Store())
    assert alone == [draw_card(card, find_fonts()) for card in cards]
    monkeypatch.setattr(social_cards, "_FEWEST", 2)
    monkeypatch.setenv("TRACKBOOK_PROCESSES", "2")
    assert recall_cards(cards, Store()) == alone


def test_hues_are_those_of_the_theme() -> None:
    """tokens.css picks a track's hue by the last digit of its number."""
    tokens = (ROOT / "overrides/styles/tokens.css").read_text("utf-8")
    colors = dict(re.findall(r"(--tb-\w+): light-dark\((#\w{6})", tokens.partition("[data-track]")[0]))
    found = {str(digit): colors["--tb-accent"] for digit in range(10)}
    for selector, value, named, color in re.findall(
        r"^(\S.*data-track\$.*) \{\n  --tb-track: (var\((--tb-\w+)\)|light-dark\((#\w{6}).*)", tokens, flags=re.M
    ):
        del value
        found |= dict.fromkeys(re.findall(r'"(\d)"', selector), color or colors[named])
    assert dict(enumerate(HUES)) == {int(digit): color for digit, color in found.items()}
