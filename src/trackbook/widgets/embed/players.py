"""From the address at which people watch something to that of its player, the one that asks least of them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, quote, urlencode, urlsplit

_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9](?::\d{1,5})?")
_YOUTUBE = re.compile(r"(?:(?:www|m|music)\.)?youtube(?:-nocookie)?\.com|youtu\.be")
_VIMEO = re.compile(r"(?:(?:www|player)\.)?vimeo\.com")
_PEERTUBE = re.compile(
    r"/(?:w|videos/watch|videos/embed)/([1-9A-HJ-NP-Za-km-z]{22}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
)
"""PeerTube runs on thousands of hosts: its addresses are known by the form of their ids."""
_VIDEO = re.compile(r"[\w-]{6,20}")
_TIME = re.compile(r"(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?")


class PlayerError(ValueError):
    """The fact, and what to type instead."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


@dataclass(frozen=True, slots=True)
class Player:
    """The address of a player, and the host that it asks."""

    address: str
    host: str


def find_player(url: str) -> Player:
    """Raises PlayerError for an address that no page can show safely, or that names nothing that plays."""
    try:
        parts = urlsplit(url.strip())
        host = parts.netloc.lower()
    except ValueError:
        raise PlayerError(f'"{url}" is no address', "write the whole address, from https:// on") from None
    if parts.scheme == "http":
        raise PlayerError(f'"{url}" is asked for by plain http', f"write https://{parts.netloc}{parts.path}")
    if parts.scheme != "https" or not host:
        raise PlayerError(f'"{url}" is no address of another host', "write the whole address, from https:// on")
    if not _HOST.fullmatch(host):
        raise PlayerError(
            f'"{parts.netloc}" is no name of a host', "write one such as www.example.org, in plain letters"
        )
    for knows, lead in _SERVICES:
        if knows(host, parts.path):
            return lead(parts)
    return Player(quote(url.strip(), safe=":/?#[]@!$&'()*+,;=%~"), host)


def _lead_to_youtube(parts: SplitResult) -> Player:
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
    steps = parts.path.strip("/").split("/")
    video = steps[0] if parts.netloc.lower() == "youtu.be" else asked.get("v", "")
    if len(steps) == 2 and steps[0] in ("embed", "shorts", "live", "v"):
        video = steps[1]
    options = {"autoplay": "1"}
    if video in ("", "videoseries") and re.fullmatch(r"[\w-]+", asked.get("list", "")):
        video, options["list"] = "videoseries", asked["list"]
    elif not _VIDEO.fullmatch(video):
        raise PlayerError(f'"{parts.geturl()}" names no video', "open the video, and copy its address: …/watch?v=…")
    if start := _read_seconds(asked.get("t") or asked.get("start") or ""):
        options["start"] = str(start)
    host = "www.youtube-nocookie.com"
    return Player(f"https://{host}/embed/{video}?{urlencode(options)}", host)


def _lead_to_vimeo(parts: SplitResult) -> Player:
    steps = parts.path.strip("/").split("/")
    number = next((at for at, step in enumerate(steps) if step.isdecimal()), None)
    if number is None:
        raise PlayerError(
            f'"{parts.geturl()}" names no video', "open the video, and copy its address: vimeo.com/123456"
        )
    key = parse_qs(parts.query).get("h", steps[number + 1 : number + 2])
    options = {**({"h": key[0]} if key and key[0].isalnum() else {}), "dnt": "1", "autoplay": "1"}
    return Player(f"https://player.vimeo.com/video/{steps[number]}?{urlencode(options)}", "player.vimeo.com")


def _lead_to_peertube(parts: SplitResult) -> Player:
    """Without the exchange between viewers, by which they learn each other's addresses."""
    found = _PEERTUBE.match(parts.path)
    assert found
    host = parts.netloc.lower()
    return Player(f"https://{host}/videos/embed/{found[1]}?{urlencode({'p2p': '0', 'autoplay': '1'})}", host)


def _read_seconds(time: str) -> int:
    """Of `90`, `90s` or `1m30s`."""
    found = _TIME.fullmatch(time)
    hours, minutes, seconds = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
    return hours * 3600 + minutes * 60 + seconds


_SERVICES: tuple[tuple[Callable[[str, str], object], Callable[[SplitResult], Player]], ...] = (
    (lambda host, _: _YOUTUBE.fullmatch(host), _lead_to_youtube),
    (lambda host, _: _VIMEO.fullmatch(host), _lead_to_vimeo),
    (lambda _, path: _PEERTUBE.fullmatch(path), _lead_to_peertube),
)
