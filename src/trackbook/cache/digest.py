"""Names for what something was made from: equal names, equal things."""

import sys
import unicodedata
from functools import cache
from hashlib import blake2b
from pathlib import Path
from sysconfig import get_path

_OWN = Path(__file__).parent.parent


def hash_parts(*parts: str | bytes) -> str:
    """32 hexadecimal digits for a list of texts: other parts, or the same cut elsewhere, give another name."""
    digest = blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(b"%d:" % len(data))
        digest.update(data)
    return digest.hexdigest()


@cache
def fingerprint() -> str:
    """Names the program: every file of ours, the versions of all that is installed beside it, and of Python.

    The examples of checks are left out: only `trackbook explain` shows them.
    """
    ours = (path for path in _OWN.rglob("*") if path.suffix in (".py", ".html", ".yaml", ".yml", ".md"))
    own = sorted(path for path in ours if path.parent.name != "examples")
    files = [part for path in own for part in (str(path.relative_to(_OWN)), path.read_bytes())]
    places = {Path(get_path(name)) for name in ("purelib", "platlib")}
    installed = sorted({path.name for place in places for path in place.glob("*.dist-info")})
    return hash_parts(sys.version, unicodedata.unidata_version, *installed, *files)


def hash_folder(folder: Path, but: tuple[str, ...] = ()) -> str:
    """Names what the files below a folder hold, without those that end as `but` says; empty where there are none."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.endswith(but)]
    inside = [path for path in files if not _is_left_out(path.relative_to(folder))]
    return (
        hash_parts(*(part for path in inside for part in (str(path.relative_to(folder)), path.read_bytes())))
        if inside
        else ""
    )


def _is_left_out(path: Path) -> bool:
    return any(part.startswith(".") or part in ("__pycache__", "node_modules") for part in path.parts)
