"""Elements of raw HTML that are open where a tag stands: whether it fits to them."""

import re
from dataclasses import dataclass

from trackbook.markdown import nesting
from trackbook.model import Slip, SlipKind

_TAG = re.compile(
    r"""<!--(?P<comment>.*?)(?:(?P<end>-->)|\Z)
    |<(?P<close>/?)(?P<name>[a-zA-Z][\w:.-]*)(?P<rest>(?=[\s/>])(?:[^<>"']|"[^"]*"|'[^']*')*)>
    |<(?P<broken>/?[a-zA-Z][\w-]*(?=[\s])[^<]*)""",
    re.DOTALL | re.VERBOSE,
)
_NAMES = re.compile(
    r"""\saria-label(?:ledby)?\s*=|\stitle\s*=|\salt\s*=\s*(?:"[^"]*\S[^"]*"|'[^']*\S[^']*'|[^\s"'>])"""
)
_HIDDEN = re.compile(r"\s(?:aria-hidden\s*=|hidden\b|(?:id|name)\s*=)")


_DEEPEST = 200
"""Elements and blocks inside each other: nobody means more, and each tag is compared with all that is open."""


@dataclass(slots=True)
class _Open:
    """An element that is open; without a name, the block of Markdown around what follows."""

    name: str = ""
    text: str = ""
    line: int = 0
    is_named: bool = True
    is_paragraph: bool = False
    ended: str = ""
    """What has ended a paragraph in it."""


class TagReader:
    """Reads a page's tags in their order, and keeps what is open."""

    def __init__(self) -> None:
        self.slips: list[Slip] = []
        self._open: list[_Open] = [_Open()]
        self._told: list[str] = []
        self._is_lost = False

    def read(self, html: str, line: int) -> None:
        """A piece of HTML that begins in `line`."""
        if self._is_lost:
            return
        counted, raw = 0, ""
        for tag in _TAG.finditer(html):
            between = html[counted : tag.start()]
            if between.strip():
                self.meet_text()
            line += between.count("\n")
            counted = tag.start()
            if raw and not (tag["close"] and tag["name"].lower() == raw):
                pass
            elif tag["comment"] is not None:
                if not tag["end"]:
                    self._tell("comment", tag[0], line)
            elif tag["broken"]:
                self._tell("broken", tag[0], line)
            else:
                raw = self._read_tag(tag, line)
            line += tag[0].count("\n")
            counted = tag.end()
        if html[counted:].strip():
            self.meet_text()

    def enter(self, *, is_paragraph: bool = False) -> None:
        self._open.append(_Open(is_paragraph=is_paragraph))

    def leave(self) -> None:
        """A block of Markdown ends: what is still open in it never closes."""
        while self._open[-1].name:
            self._end(self._open.pop(), is_closed=False)
        if len(self._open) > 1:
            self._open.pop()

    def leave_all(self) -> None:
        while len(self._open) > 1:
            if self._open[-1].name:
                self._end(self._open.pop(), is_closed=False)
            else:
                self._open.pop()

    def close_container(self) -> None:
        if self._open[-1].name:
            self._end(self._open.pop(), is_closed=True)

    def meet_text(self) -> None:
        """Something that can be seen, which names all around it."""
        for element in self._open:
            element.is_named = True

    def meet_markdown(self, line: int) -> None:
        self.meet_text()
        around = self._open[-1]
        if around.name in nesting.NO_MARKDOWN:
            self._tell("holds", around.text, line)

    def _read_tag(self, tag: re.Match[str], line: int) -> str:
        """Returns the name of an element in which all is text, if this tag opens one."""
        name = tag["name"].lower()
        if tag["close"]:
            self._close(name, tag[0], line)
            return ""
        is_foreign = any(element.name in nesting.FOREIGN for element in self._open)
        if not is_foreign:
            self._look_around(name, tag[0], line)
        if name in ("img", "input", "svg", "math") and (name != "img" or _NAMES.search(tag["rest"])):
            self.meet_text()
        if name in nesting.VOID:
            return ""
        if tag["rest"].endswith("/"):
            if not is_foreign and name not in nesting.FOREIGN and tag["name"][:1].islower() and "-" not in name:
                self._tell("self-closed", tag[0], line, name)
            return ""
        named = name not in nesting.NAMED or bool(_NAMES.search(tag["rest"]) or _HIDDEN.search(tag["rest"]))
        if name == "a" and not re.search(r"\shref\b", tag["rest"]):
            named = True
        if len(self._open) >= _DEEPEST:
            self._tell("deep", tag[0], line, str(_DEEPEST))
            self._is_lost = True
            return ""
        self._open.append(_Open(name, tag[0], line, named))
        return name if name in nesting.TEXT_ALONE else ""

    def _look_around(self, name: str, text: str, line: int) -> None:
        """What is around an element has a place for it."""
        if name in nesting.ENDS_PARAGRAPH:
            self._end_paragraph(name, text, line)
        around = [element.name for element in self._open]
        if name in nesting.FRAME:
            self._tell("frame", text, line)
        elif name in nesting.INSIDE and not any(each in nesting.INSIDE[name] for each in around):
            self._tell("outside", text, line, nesting.PARENT.get(name) or min(nesting.INSIDE[name]))
        if name in nesting.TOUCHED:
            outer = next((each for each in around if each in nesting.TOUCHING), "")
            if outer:
                self._tell("nested", text, line, outer)

    def _end_paragraph(self, name: str, text: str, line: int) -> None:
        for at in range(len(self._open) - 1, -1, -1):
            element = self._open[at]
            if element.name == "p":
                if all(each.name not in nesting.ENDS_PARAGRAPH for each in self._open[at + 1 :]):
                    del self._open[at]
                    self._open[-1].ended = text if name != "p" else ""
                return
            if not element.name:
                if element.is_paragraph and len(self._open) - 1 == at:
                    self._tell("block", text, line)
                return

    def _close(self, name: str, text: str, line: int) -> None:
        begin = max(at for at, element in enumerate(self._open) if not element.name)
        here = self._open[begin + 1 :]
        if name in self._told and all(element.name != name for element in here):
            self._told.remove(name)
        elif name in nesting.VOID or all(element.name != name for element in here):
            ended = self._open[-1].ended if name == "p" else ""
            if ended:
                self._open[-1].ended = ""
                self._tell("crossed", text, line, ended)
            else:
                self._tell("stray", text, line)
        else:
            while self._open[-1].name != name:
                inner = self._open.pop()
                if inner.name not in nesting.OPTIONAL:
                    self._tell("crossed", text, line, inner.text)
                    self._told.append(inner.name)
            self._end(self._open.pop(), is_closed=True)

    def _end(self, element: _Open, *, is_closed: bool) -> None:
        if not is_closed and element.name not in nesting.OPTIONAL:
            self._tell("open", element.text, element.line, element.name)
        elif not element.is_named:
            self._tell("nameless", element.text, element.line, _describe(element.name))

    def _tell(self, kind: SlipKind, text: str, line: int, other: str = "") -> None:
        if not self._is_lost:
            self.slips.append(Slip(kind, text, line, other))


def _describe(name: str) -> str:
    return {"a": "link", "button": "button"}.get(name, "heading")
