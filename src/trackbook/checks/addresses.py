"""Addresses in links: whole, and written so that Markdown finds where they end."""

import re
from collections.abc import Iterator

from trackbook.checks.check import Settings, page_check
from trackbook.checks.once import quote
from trackbook.issue import find_close
from trackbook.model import Finding, Leftover, Link, Page, Source

_LEFT = re.compile(r"!?\[[^\[\]\n]*\](?P<gap>[ ]?)\((?P<target>[^()\n]*(?:\n[^()\n]*)?)(?P<end>\)?)")
_SWAPPED = re.compile(r"\((?P<text>[^()\n]+)\)\[(?P<target>[^\[\]\s]+)\]")
_STRAY = re.compile(r"\](?=\()")
_NO_ADDRESS = re.compile(
    r"(?<![\w\]\0])!\[(?!\^)(?P<text>[^\[\]\n]+)\](?![\[(:]| \()|^\[(?P<label>[^\[\]^\n][^\[\]\n]*)\]:[ ]*$",
    re.MULTILINE,
)
"""An image, or a definition, with nothing behind it."""
_ADDRESS = re.compile(
    r"\0|https?:|\.{0,2}/|#[^\W\d]|[^\s,]+\.(?:md|html?|png|svg|jpe?g|gif|webp|pdf|mp[34]|csv|py|ipynb|txt|json)(?:$|[#?\s\"])"
)
_SIZE = re.compile(r"\s=\d*x\d*\s*$")
_SCHEME = re.compile(r"(?P<scheme>[a-zA-Z][\w+.-]*):(?P<rest>.*)", re.DOTALL)
_CODE = re.compile(r"\s*<?\s*(?:javascript|vbscript|file|data):", re.IGNORECASE)
"""What is told for what it would do."""
_WEB = ("http", "https")
_SCHEMES = ("http", "https", "mailto", "ftp", "tel")
_OWN = frozenset((*_SCHEMES, "sftp", "ftps", "xmpp", "sms", "news", "git", "ssh", "geo", "mid", "cid", "irc", "doi"))
_HOST = re.compile(r"www\.|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|edu|gov|io|dev|info|ai|de|at|ch|eu|uk|fr)(?=$|[/?#:])")
_CUT = re.compile(r"(?P<scheme>[a-z]{3,6})/{1,3}(?P<rest>[\w-]+\.[^\s]+)", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")


@page_check
def link_is_whole(page: Page, _: Settings) -> Iterator[Finding]:
    """A link is whole: its text in brackets, right behind it the address in round ones, without spaces.

    Markdown makes no link of anything else, and the page shows the brackets; an address that is cut short or empty
    leads back to the page itself, or nowhere.
    """
    for link in page.all_links:
        if told := _describe_address(link):
            yield Finding(link.source, *told)
    for leftover in page.all_leftovers:
        for found in _LEFT.finditer(leftover.text):
            if hint := _say_whole(found):
                place = Source(page.path, leftover.find_line(found.start()))
                yield Finding(place, f'"{quote(found[0])}" is no link, and shown as it stands.', hint)
        for found in _SWAPPED.finditer(leftover.text):
            if _ADDRESS.match(found["target"]):
                place = Source(page.path, leftover.find_line(found.start()))
                message = f'"{quote(found[0])}" is no link, since its brackets are swapped.'
                target = quote(found["target"])
                yield Finding(place, message, f"write `[{quote(found['text'])}]({target})`")
        yield from _find_halves(page, leftover)


def _find_halves(page: Page, leftover: Leftover) -> Iterator[Finding]:
    """The end of a link without its beginning, and images and definitions without an address."""
    text = leftover.text
    for found in _STRAY.finditer(text) if "](" in text else ():
        if _is_unopened(text[: found.start()]):
            line = text[text.rfind("\n", 0, found.start()) + 1 :].partition("\n")[0]
            message = f'"{quote(line)}" holds the end of a link without its beginning, and shows it.'
            hint = "write `[` before the text of the link, or `\\]` for the sign itself"
            yield Finding(Source(page.path, leftover.find_line(found.start())), message, hint)
    for found in _NO_ADDRESS.finditer(text) if "![" in text or "]:" in text else ():
        what = "image" if found["text"] else "definition"
        hint = "write what it shows or leads to: " + (
            "`![what one sees](file.png)`" if found["text"] else "`[label]: address`"
        )
        place = Source(page.path, leftover.find_line(found.start()))
        yield Finding(place, f'the {what} "{quote(found[0])}" has no address, and is shown as it stands.', hint)


def _is_unopened(text: str) -> bool:
    """Whether nothing before a closing bracket opens it."""
    depth = 0
    for sign in reversed(text):
        depth += (sign == "]") - (sign == "[")
        if depth < 0:
            return False
    return True


def complete_address(href: str) -> str:
    """What an address that lacks its beginning is meant to be, if that can be told."""
    if _MAIL.fullmatch(href):
        return f"mailto:{href}"
    if _HOST.match(href):
        return f"https://{href}"
    cut = _CUT.fullmatch(href)
    scheme = find_close(cut["scheme"].lower(), _WEB) if cut else ""
    return f"{scheme}://{cut['rest']}" if cut and scheme else ""


def _describe_address(link: Link) -> tuple[str, str] | None:
    href = link.href.strip()
    if not href:
        what = "an image" if link.image else "a link"
        shown = f' "{quote(link.text)}"' if link.text else ""
        return f"{what}{shown} has no address.", "write the address, or the text alone"
    parts = _SCHEME.fullmatch(href)
    if not parts:
        return None
    scheme, rest = parts["scheme"].lower(), parts["rest"]
    if scheme in _WEB and not re.match(r"//[^/\s?#]", rest):
        return f'"{href}" names no host.', f'write "{scheme}://{rest.lstrip("/")}"'
    if scheme == "mailto" and "@" not in rest and "?" not in rest:
        return f'"{href}" names nobody to write to.', 'write "mailto:name@example.org"'
    if scheme not in _OWN and (meant := find_close(scheme, _SCHEMES)):
        return f'no browser knows "{parts["scheme"]}:".', f'Did you mean "{meant}:{rest}"?'
    return None


def _say_whole(found: re.Match[str]) -> str:
    """How to write a link that the parser did not recognize, if it is meant as one."""
    target = found["target"]
    if _CODE.match(target) or "{{" in target or "{%" in target:
        return ""
    if found["gap"]:
        wanted = target.strip() and _ADDRESS.match(target) and not re.search(r"[^\s]\s+[^\s\"'(]", target)
        return "write the address right behind the bracket, without a space" if wanted else ""
    if not _ADDRESS.match(target.strip("<")) and re.search(r",\s|^\s*$", target):
        return ""
    if _SIZE.search(target):
        width = re.sub(r"\D.*", "", target.rpartition("=")[2]) or "300"
        return f"write the size behind it: `![what one sees](file.png){{ width={width} }}`"
    if not found["end"]:
        return "close it: `)` ends the address"
    if "\n" in target:
        return "write the address in one line"
    if target.count('"') % 2:
        return 'close the quotes of its title: `[text](address "title")`'
    shown = quote(target.strip("<> "))
    return f"write `<{shown}>` between the round brackets, or %20 for each space"
