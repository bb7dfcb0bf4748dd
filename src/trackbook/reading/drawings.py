"""Drawings that do more than being drawn: scripts, handlers, and what they ask of others."""

import re
from collections.abc import Callable
from xml.parsers import expat

from trackbook.model import Finding, Source
from trackbook.model.drawing import is_active, list_active, name_part
from trackbook.model.forbidden import asks_elsewhere

CODE = "drawing-only-draws"
_SIGNS = re.compile(
    rb"script|on\w+\s*=|foreignObject|stylesheet|@import|ENTITY|ATTLIST|\0|handler|listener|iframe|embed|object|"
    rb"href\s*=\s*[\"'](?!#|data:image/)|=\s*[\"']\s*(?:https?:)?//(?!www\.w3\.org)|(?:url|src|image)\(\s*(?:&\w+;|[\"'])?\s*[^#\s)&\"']|&#|\\",
    re.IGNORECASE,
)
"""What most drawings have none of."""
_TAKEN = "the site has the drawing without it; take it out of the file"


def find_activity(name: str, data: bytes) -> list[Finding]:
    """What of an SVG is not published, each kind at its first place. One that isn't well formed has another check."""
    if not _SIGNS.search(data):
        return []
    found: dict[str, Finding] = {}
    parser = expat.ParserCreate(namespace_separator=" ")

    def tell(what: str) -> None:
        finding = Finding(Source(name, parser.CurrentLineNumber), f'"{name}" holds {what}.', _TAKEN, CODE)
        found.setdefault(what, finding)

    _listen(parser, tell)
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        return []
    return list(found.values())


def _listen(parser: expat.XMLParserType, tell: Callable[[str], None]) -> None:
    """Have `tell` called for whatever does more than draw."""
    styles: list[str] = []

    def begin(written: str, given: dict[str, str]) -> None:
        tag, attributes = name_part(written), {name_part(name): value for name, value in given.items()}
        if is_active(tag, attributes):
            tell(f"<{tag}>, which a drawing has no use for")
        for name in list_active(tag, attributes):
            tell(f'{name}="{attributes[name]}", which does more than draw')
        styles.clear()

    def end(written: str) -> None:
        if name_part(written) == "style" and asks_elsewhere("".join(styles)):
            tell("a style that asks another host for something")
        styles.clear()

    def instruct(target: str, _: str) -> None:
        if target == "xml-stylesheet":
            tell("<?xml-stylesheet?>, which a drawing has no use for")

    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.CharacterDataHandler, parser.ProcessingInstructionHandler = styles.append, instruct
