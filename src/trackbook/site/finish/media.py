"""Recordings and documents in a page: what an author shows as a picture, by the name of a file that plays, plays."""

import posixpath
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from urllib.parse import quote, unquote, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from trackbook.model import PICTURES, Medium, name_medium
from trackbook.site.finish.figures import ReadFile, is_own, measure, stands_alone
from trackbook.site.finish.side_notes import Say

FindSize = Callable[[str], int | None]
_KEPT = ("id", "class", "title", "width", "height", "muted", "loop")
"""What an author may say of a picture, and of what plays too."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """A file that plays: its address as the page writes it, and what the author says of it."""

    medium: Medium
    address: str
    text: str
    attributes: str
    language: str
    whole: str
    """The address as one would type it, if the page's own is known."""


class MediaFinisher:
    """Makes players of pictures whose files play. `find_size` gives the bytes of a file by its address, or None."""

    def __init__(self, page: LexborHTMLParser, say: Say, read_file: ReadFile, find_size: FindSize) -> None:
        self._page, self._say, self._read_file, self._find_size = page, say, read_file, find_size
        canonical = page.css_first("link[rel=canonical]")
        self._home = (canonical.attributes.get("href") or "") if canonical else ""
        self._language = (page.root.attributes.get("lang") or "") if page.root else ""

    def place(self, article: LexborNode) -> None:
        """One alone in its paragraph takes its place, with its file below; one among words only plays."""
        for image in article.css("img"):
            address = image.attributes.get("src") or ""
            medium = name_medium(unquote(urlsplit(address).path)) if is_own(address) else None
            if medium is None:
                continue
            shown = self._read(medium, address, image)
            if (alone := stands_alone(image)) is not None:
                alone.replace_with(self._make(f'<div class="tb-media">{"".join(self._list_parts(shown))}</div>'))
            else:
                image.replace_with(self._make(self._write_among_words(shown, image)))

    def _read(self, medium: Medium, address: str, image: LexborNode) -> _Shown:
        kept = [(name, image.attributes[name]) for name in _KEPT if name in image.attributes]
        written = "".join(f' {name}="{escape(value or "")}"' for name, value in kept)
        text = (image.attributes.get("alt") or "").strip() or posixpath.basename(unquote(urlsplit(address).path))
        whole = urljoin(self._home, address) if self._home else unquote(address).lstrip("./")
        return _Shown(medium, address, text, written, self._language, whole)

    def _list_parts(self, shown: _Shown) -> Iterator[str]:
        yield self._write_document(shown) if shown.medium == "pdf" else self._write_player(shown)
        size = self._find_size(shown.address)
        kind = self._say(f"media.{shown.medium}")
        about = kind if size is None else self._say("media.about", kind=kind, size=self._say_size(size))
        yield f'<p class="tb-original">{_link(shown)} <span>{escape(about)}</span>'
        yield f' <span class="tb-address">{escape(self._say("media.where", address=shown.whole))}</span></p>'
        if shown.medium != "pdf" and (text := self._read_beside(shown, ".txt")):
            parts = (escape(" ".join(part.split())) for part in text.decode("utf-8", "replace").split("\n\n"))
            paragraphs = "".join(f"<p>{part}</p>" for part in parts if part)
            name = escape(self._say("media.transcript"))
            yield f'<details class="tb-transcript"><summary>{name}</summary>{paragraphs}</details>'

    def _write_player(self, shown: _Shown) -> str:
        source = f'{shown.attributes} src="{escape(shown.address)}" aria-label="{escape(shown.text)}"'
        if shown.medium == "audio":
            return f'<audio controls preload="metadata"{source}>{_link(shown)}</audio>'
        return (
            f'<video controls playsinline preload="metadata"{source}{self._write_poster(shown)}>'
            f"{self._write_track(shown)}{_link(shown)}</video>"
        )

    def _write_document(self, shown: _Shown) -> str:
        return (
            f'<object type="application/pdf" data="{escape(shown.address)}"{shown.attributes}'
            f' aria-label="{escape(shown.text)}">{_link(shown)}</object>'
        )

    def _write_among_words(self, shown: _Shown, image: LexborNode) -> str:
        if image.parent is not None and image.parent.tag == "a":
            return f"<span>{escape(shown.text)}</span>"
        return _link(shown) if shown.medium == "pdf" else self._write_player(shown)

    def _write_poster(self, shown: _Shown) -> str:
        """The picture that stands before the first frame, and gives the video its shape."""
        beside = (_locate_beside(shown.address, end) for end in PICTURES)
        address = next((address for address in beside if self._find_size(address) is not None), None)
        if address is None:
            return ""
        size = measure(self._read_file(unquote(address)) or b"")
        sized = f' width="{size[0]}" height="{size[1]}"' if size and "width=" not in shown.attributes else ""
        return f' poster="{escape(address)}"{sized}'

    def _write_track(self, shown: _Shown) -> str:
        address = _locate_beside(shown.address, ".vtt")
        if self._find_size(address) is None:
            return ""
        label = escape(self._say("media.captions"))
        return f'<track kind="captions" src="{escape(address)}" srclang="{escape(shown.language)}" label="{label}">'

    def _read_beside(self, shown: _Shown, end: str) -> bytes | None:
        address = _locate_beside(shown.address, end)
        return self._read_file(unquote(address)) if self._find_size(address) is not None else None

    def _say_size(self, size: int) -> str:
        if size < 1_000_000:
            return self._say("media.kilobytes", size=-(-size // 1000))
        return self._say("media.megabytes", size=round(size / 1_000_000))

    def _make(self, html: str) -> LexborNode:
        body = LexborHTMLParser(f"<body>{html}").body
        assert body and body.child
        return body.child


def _link(shown: _Shown) -> str:
    return f'<a href="{escape(shown.address)}">{escape(shown.text)}</a>'


def _locate_beside(address: str, end: str) -> str:
    """The address of a file of the same name that ends otherwise."""
    return quote(posixpath.splitext(unquote(urlsplit(address).path))[0] + end)
