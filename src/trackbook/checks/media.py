"""What plays: everyone can take it in, and every browser can play it."""

import posixpath
from collections.abc import Iterator, Set

from trackbook.checks.check import Settings, check, page_check
from trackbook.model import UNPLAYED, Course, Fence, Finding, Link, Medium, Page, name_medium

_PLAYERS = ("video", "audio", "source")
_PLAYED = {"video": "MP4 (H.264 and AAC) or WebM", "audio": "MP3 or M4A"}


@check
def video_has_captions(course: Course) -> Iterator[Finding]:
    """Every video of the course has captions.

    Who can't hear it, or may not turn the sound on, has nothing else (WCAG 2.2, 1.2.2). Of a video without sound, they
    say what it shows.
    """
    for part, link, target in _list_played(course, "video"):
        captions = posixpath.splitext(target)[0] + ".vtt"
        tracks = _list_sources(part, "track")
        has_track = link.raw and any(_is_in(other, tracks) and _is_together(link, other) for other in part.links)
        if captions not in course.files and not has_track:
            name = posixpath.basename(captions)
            hint = f"write them into {name} beside it (WebVTT), or say under `allow:` why it needs none"
            yield Finding(link.source, f'the video "{link.href}" has no captions.', hint)


@check
def recording_has_transcript(course: Course) -> Iterator[Finding]:
    """Every sound recording of the course has a transcript.

    Who can't hear it has nothing else (WCAG 2.2, 1.2.1); everybody can skim it, search it and print it.
    """
    for part, link, target in _list_played(course, "audio"):
        transcript = posixpath.splitext(target)[0] + ".txt"
        played = _list_sources(part, *_PLAYERS)
        has_link = any(
            not other.image and not _is_in(other, played) and _is_together(link, other) for other in part.links
        )
        if transcript not in course.files and not has_link:
            name = posixpath.basename(transcript)
            hint = f"write what is said into {name} beside it, or link to it in the same paragraph"
            yield Finding(link.source, f'the recording "{link.href}" has no transcript.', hint)


@page_check
def recording_plays_in_browsers(page: Page, _: Settings) -> Iterator[Finding]:
    """A video or sound recording has a form that browsers play.

    In others a learner meets a player that does nothing, and only in some browsers: not in the one you tried.
    """
    for part in _list_parts(page):
        played = _list_sources(part, *_PLAYERS)
        for link in part.links:
            end = posixpath.splitext(link.href.partition("#")[0].partition("?")[0])[1].lower()
            if end in UNPLAYED and (link.image or _is_in(link, played)):
                message = f'"{link.href}" is in a form that not every browser plays.'
                yield Finding(link.source, message, f"save it as {_PLAYED[UNPLAYED[end]]}")


def _list_played(course: Course, medium: Medium) -> Iterator[tuple[Page | Fence, Link, str]]:
    """What plays in the text of a page or in a widget, with that, and the path of its file."""
    for page in course.pages.values():
        for part in _list_parts(page):
            played = _list_sources(part, *_PLAYERS)
            for link in part.links:
                if link.target and name_medium(link.target) == medium and (link.image or _is_in(link, played)):
                    yield part, link, link.target


def _list_parts(page: Page) -> tuple[Page | Fence, ...]:
    """The text, and each widget: what one of them says is said of what plays in it."""
    return (page, *page.fences)


def _list_sources(part: Page | Fence, *tags: str) -> frozenset[tuple[int, str]]:
    """The line and address of each file that elements of raw HTML name as their source."""
    elements = ((element, element.get("src")) for element in part.elements if element.tag in tags)
    return frozenset(
        (line, source.value.strip()) for element, source in elements if source for line in (source.line, element.line)
    )


def _is_in(link: Link, sources: Set[tuple[int, str]]) -> bool:
    return link.raw and (link.source.line, link.href) in sources


def _is_together(one: Link, other: Link) -> bool:
    """Whether both stand in one block, or in one text of a widget."""
    return other.block_end == one.block_end and (one.span is not None or other.source == one.source)
