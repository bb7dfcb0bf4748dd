"""The report as a file: by its last line it is known, so that no other file gives way to it, nor a changed one."""

import os
import re
from hashlib import sha256
from pathlib import Path

from trackbook.cache.made import replace_file
from trackbook.issue import CourseError

_SEAL = re.compile(rb"<!-- Written by `trackbook report`, SHA-256 of all above: ([0-9a-f]{64}) -->\n\Z")


def write_page(path: Path, page: str) -> None:
    """Write the page in the place of an earlier one. Raises CourseError where anything else is there."""
    content = f"{page}\n".encode()
    if os.path.lexists(path) and not _is_report(path):
        raise CourseError(
            f"{path} is there, and `trackbook report` did not write it as it is now: move it away, or name another file"
        )
    seal = f"<!-- Written by `trackbook report`, SHA-256 of all above: {sha256(content).hexdigest()} -->\n"
    replace_file(path, content + seal.encode())


def _is_report(path: Path) -> bool:
    content = path.read_bytes() if path.is_file() else b""
    found = _SEAL.search(content)
    return found is not None and sha256(content[: found.start()]).hexdigest().encode() == found[1]
