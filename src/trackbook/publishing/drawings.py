"""Drawings as they are published: browsers open one as a document of the site, so it draws and does nothing else."""

import re
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from trackbook.model.drawing import is_active, list_active, name_part
from trackbook.model.forbidden import asks_elsewhere
from trackbook.reading.drawings import find_activity

DRAWING = ".svg"
_NOTHING = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
_IMPORT = re.compile(r"@import[^;]*(?:;|$)", re.IGNORECASE)
_ADDRESS = re.compile(r"""(?:url|src|image-set)\((?:"[^"]*"|'[^']*'|[^()"'])*\)""", re.IGNORECASE)
_SPACES = {
    "": "http://www.w3.org/2000/svg",
    "xlink": "http://www.w3.org/1999/xlink",
    "html": "http://www.w3.org/1999/xhtml",
}


def clean_drawing(data: bytes) -> bytes:
    """The drawing without what does more than draw; nothing at all of one that can't be read."""
    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError):
        return _NOTHING
    if not find_activity("", data):
        return data
    if is_active(name_part(root.tag), _read_attributes(root)):
        return _NOTHING
    _clean(root)
    for prefix, uri in _SPACES.items():
        ElementTree.register_namespace(prefix, uri)
    cleaned: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return cleaned


def _clean(element: Element) -> None:
    tag = name_part(element.tag)
    active = {*list_active(tag, _read_attributes(element))}
    for name in [name for name in element.attrib if name_part(name) in active]:
        del element.attrib[name]
    if tag == "style":
        element.text = _clean_style("".join(element.itertext()))
        element[:] = []
    kept: list[Element] = []
    for child in element:
        if is_active(name_part(child.tag), _read_attributes(child)):
            _keep_tail(element, kept, child.tail or "")
        else:
            _clean(child)
            kept.append(child)
    element[:] = kept


def _keep_tail(parent: Element, kept: list[Element], tail: str) -> None:
    """Text after what is taken out stays where it was."""
    if kept:
        kept[-1].tail = (kept[-1].tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail


def _clean_style(css: str) -> str:
    """The style without what it asks of others; none of one that hides that."""
    if not asks_elsewhere(css):
        return css
    css = _IMPORT.sub("", css)
    css = _ADDRESS.sub(lambda found: "none" if asks_elsewhere(found[0]) else found[0], css)
    return "" if asks_elsewhere(css) else css


def _read_attributes(element: Element) -> dict[str, str]:
    return {name_part(name): value for name, value in element.attrib.items()}
