"""Files that play in a page, by how their names end."""

import posixpath
from collections.abc import Mapping
from typing import Literal

Medium = Literal["video", "audio", "pdf"]
_ENDS: Mapping[Medium, tuple[str, ...]] = {
    "video": (".mp4", ".m4v", ".webm", ".ogv"),
    "audio": (".mp3", ".m4a", ".aac", ".ogg", ".oga", ".opus", ".wav", ".flac"),
    "pdf": (".pdf",),
}
PICTURES = (".svg", ".webp", ".avif", ".png", ".jpg", ".jpeg", ".gif")
UNPLAYED: Mapping[str, Medium] = {
    **dict.fromkeys((".mov", ".avi", ".mkv", ".wmv", ".flv", ".mpg", ".mpeg", ".3gp"), "video"),
    **dict.fromkeys((".wma", ".aif", ".aiff", ".amr", ".mid", ".midi"), "audio"),
}
"""Ends of what some browsers don't play, or none."""
_BY_END: Mapping[str, Medium] = {end: medium for medium, ends in _ENDS.items() for end in ends}


def name_medium(path: str) -> Medium | None:
    """What a file is that browsers play or show; None for pictures and all else."""
    return _BY_END.get(posixpath.splitext(path)[1].lower())
