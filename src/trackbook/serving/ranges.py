"""A part of a file, for what asks for parts: a browser that plays a video jumps in it."""

import re

_ASKED = re.compile(r"bytes=(\d*)-(\d*)", re.ASCII)


def read_range(header: str, size: int) -> range | None:
    """The bytes that one range (RFC 9110, section 14) asks for; empty where there are none, None when it is not read.

    Several ranges at once may be answered as if none was asked for.
    """
    found = _ASKED.fullmatch(header.strip())
    if not found or not (found[1] or found[2]):
        return None
    if not found[1]:
        return range(max(0, size - int(found[2])), size)
    last = int(found[2]) if found[2] else size - 1
    if last < int(found[1]) and found[2]:
        return None
    return range(int(found[1]), min(last + 1, size))
