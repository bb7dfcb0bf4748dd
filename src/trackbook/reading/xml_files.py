"""Files of XML that a browser opens as a page: one with a style sheet of its own, with HTML or with a drawing in it."""

import re
from xml.parsers import expat

from trackbook.model import Finding, Source
from trackbook.reading.files import Content

CODE = "file-is-no-document"
XML = (".xml", ".xsl", ".xslt", ".rdf", ".rss", ".atom", ".xbl", ".mml")
_SIGNS = re.compile(rb"xhtml|svg|stylesheet|Transform|&#|<!(?!--)|\0", re.IGNORECASE)
"""What plain data have none of."""
_SPACES = ("http://www.w3.org/1999/xhtml", "http://www.w3.org/2000/svg", "http://www.w3.org/1999/XSL/Transform")


def is_xml(path: str) -> bool:
    return path.lower().endswith(XML)


def look_at_xml(content: Content) -> list[Finding]:
    """That a file of XML is more than data, at the line that says so. What of it can't be read runs nothing."""
    name, data = content.name, content.data
    if content.trouble:
        return [content.trouble]
    if not _SIGNS.search(data):
        return []
    found: list[Finding] = []
    parser = expat.ParserCreate(namespace_separator=" ")

    def tell(what: str) -> None:
        if not found:
            hint = "save data alone in it, or zip it; or have your server send the policy with every file"
            message = f'"{name}" holds {what}, so it opens as a page of its own, outside of any policy.'
            found.append(Finding(Source(name, parser.CurrentLineNumber), message, hint, CODE))

    def begin(written: str, _: dict[str, str]) -> None:
        space, tag = written.rsplit(" ", 1) if " " in written else ("", written)
        if space in _SPACES:
            tell(f"<{tag}> of {space}")

    def instruct(target: str, _: str) -> None:
        if target == "xml-stylesheet":
            tell("<?xml-stylesheet?>")

    parser.StartElementHandler = begin
    parser.ProcessingInstructionHandler = instruct
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError):
        return found  # a browser shows, and runs, what comes before the error
    return found
