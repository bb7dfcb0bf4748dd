"""The elements that a piece of raw HTML opens, and where in it their attributes stand."""

import pytest

from trackbook.markdown.raw_html import list_elements

CASES = [
    ("", []),
    ("</div>", []),
    ("a < b", []),
    ("<!-- <img src=x> -->", []),
    ("<script>'<img src=x>'</script>", [("script", {})]),
    ("<style>\n<b>\n</style><i>", [("style", {}), ("i", {})]),
    (
        '<Tip warning={true}>\n<img src="a.png" alt>',
        [("Tip", {"warning": "{true}"}), ("img", {"src": "a.png", "alt": ""})],
    ),
    ("<a HREF='x.md' title = \"a > b\">", [("a", {"href": "x.md", "title": "a > b"})]),
    ("<a href=x.md?a=1&amp;b=2>", [("a", {"href": "x.md?a=1&b=2"})]),
    ("<br/><hr />", [("br", {}), ("hr", {})]),
    ("<details open><summary>x", [("details", {"open": ""}), ("summary", {})]),
    ("<img", []),
    ("<div\n", []),
]


@pytest.mark.parametrize(("html", "elements"), CASES)
def test_elements_are_listed(html: str, elements: list[tuple[str, dict[str, str]]]) -> None:
    found = [(each.name, {part.name: part.value for part in each.attributes}) for each in list_elements(html)]
    assert found == elements


def test_lines_and_places() -> None:
    html = "<div>\n\n  <img alt=''\n    src='a&amp;b.png'>\n</div>"
    image = list_elements(html, 10)[1]
    alt, src = image.attributes
    assert (image.line, alt.line, src.line) == (12, 12, 13)
    assert src.span and (html[slice(*src.span)], src.value) == ("a&amp;b.png", "a&b.png")
    assert alt.span and html[: alt.span[0]].endswith("alt='") and alt.span[0] == alt.span[1]
    assert image.get("src") == src and image.get("width") is None


def test_what_is_written_is_quoted() -> None:
    image = list_elements("<IMG onError=alert(1) src=x src=y>")[0]
    assert (image.name, image.tag) == ("IMG", "img")
    assert [part.name for part in image.attributes] == ["onerror", "src", "src"]
    assert (image.get("src") or image.attributes[0]).value == "x"
