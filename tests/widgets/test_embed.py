"""What lies elsewhere: whose player a page asks, and what it shows before."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml
from pydantic import ValidationError
from selectolax.lexbor import LexborHTMLParser, LexborNode

from trackbook.widgets import load_widgets
from trackbook.widgets.embed import Data
from trackbook.widgets.embed.players import PlayerError, find_player

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "players.yml").read_text("utf-8"))
URL = "https://youtu.be/eMlx5fFNoYc"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["url"])
def test_address_of_the_player(case: dict[str, str]) -> None:
    if "says" in case:
        with pytest.raises(PlayerError) as error:
            find_player(case["url"])
        assert error.value.message == case["says"]
        assert error.value.hint
    else:
        player = find_player(case["url"])
        assert player.address == case["player"]
        assert player.host == urlsplit(player.address).netloc.lower()


def render(**data: object) -> LexborHTMLParser:
    shown = Data.model_validate({"url": URL, "title": 'One "wave" & more', **data})
    html = load_widgets()["embed"].render_fallback(
        shown, "a/b", lambda text: f'<img alt="still" src="{text[10:-2]}">', "en"
    )
    assert "\n\n" not in html
    return LexborHTMLParser(html)


def find(page: LexborHTMLParser, selector: str) -> LexborNode:
    found = page.css_first(selector)
    assert found
    return found


def test_without_script_there_is_a_link_and_nothing_that_loads() -> None:
    page = render()
    assert page.css("img, iframe, script, [src], [srcset], [style]") == []
    links = [(link.attributes["href"], link.text()) for link in page.css("a")]
    assert links == [(URL, 'One "wave" & more')]
    assert "Plays at www.youtube-nocookie.com." in find(page, ".tb-plays").text()
    assert find(page, ".tb-there").text() == "To be seen at youtu.be, not here."
    assert find(page, ".tb-address").text() == f"At {URL}"


def test_a_still_picture_says_nothing_that_the_title_does_not_say() -> None:
    assert find(render(picture="still.png"), "img").attributes == {"alt": "", "src": "still.png"}


def test_a_picture_comes_back_as_it_was_read() -> None:
    """As the store has it."""
    data = Data.model_validate({"url": URL, "title": "One", "picture": "a still.png"})
    assert Data.model_validate_json(data.model_dump_json(exclude_unset=True)) == data


def test_an_embed_is_nothing_to_practise_and_may_have_an_id() -> None:
    data = Data.model_validate({"url": URL, "title": "One", "id": "talk"})
    assert data.list_items() == []
    assert find(render(id="talk"), ".tb-widget").id == "talk"
    assert find(render(), ".tb-widget").id is None


def test_ids_are_slugs_here_too() -> None:
    with pytest.raises(ValidationError, match="slug"):
        Data.model_validate({"url": URL, "title": "One", "id": "A Talk"})
