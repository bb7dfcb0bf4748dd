"""What an SVG may do beyond being drawn: as a document of the site it has no policy of a page."""

from collections.abc import Iterator, Mapping

from trackbook.model.forbidden import asks_elsewhere, judge_attribute, judge_element

_DOCUMENTS = frozenset({"iframe", "object", "embed"})
_XLINK = "http://www.w3.org/1999/xlink"


def name_part(name: str) -> str:
    """The name of an element or attribute without its namespace, as HTML writes it; `}` or a space ends that."""
    space, _, local = name.replace("}", " ").rpartition(" ")
    return f"xlink:{local}".lower() if space.strip("{") == _XLINK else local.rpartition(":")[2].lower()


def is_active(tag: str, attributes: Mapping[str, str]) -> bool:
    """Whether an element as a whole has no place in a drawing. Names are as in `name_part`."""
    return tag in _DOCUMENTS or (tag != "style" and judge_element(tag, attributes.get) is not None)


def list_active(tag: str, attributes: Mapping[str, str]) -> Iterator[str]:
    """The attributes of an element that do more than draw, by their names as in `name_part`."""
    for name, value in attributes.items():
        if asks_elsewhere(value) if name == "style" else judge_attribute(tag, name, value) is not None:
            yield name
