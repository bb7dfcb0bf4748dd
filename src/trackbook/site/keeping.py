"""What others put into a folder that a build fills: it stands in the new one before that takes its place."""

import os
import shlex
import shutil
from collections.abc import Iterable
from pathlib import Path

from trackbook.cache.made import (
    LIST,
    Made,
    digest_file,
    is_made,
    list_folders,
    list_names,
    name_some,
    read_made,
    write_made,
)
from trackbook.issue import CourseError

_HOSTS = ("CNAME", "_headers", "_redirects")
"""Names by which hosts know what to do with a site. So may all that begin with a dot."""
Seen = dict[str, os.stat_result]
_DIGEST = 64
"""Letters of a digest."""


def refuse_unknown(site: Path) -> None:
    """Raises CourseError when the folder has no list of what a build wrote, but more than a host's own files."""
    if not os.path.lexists(site):
        return
    if not site.is_dir():
        raise CourseError(f"{show(site)} is no folder: move it away, or name another folder")
    if read_made(site) is None and (site / LIST).is_file():
        raise CourseError(f"{show(site)}/{LIST} can't be read, so nothing is known to be ours: {_name_way_out(site)}")
    if others := list_unknown(site):
        raise CourseError(
            f"{show(site)}/ holds what is on no list of Trackbook's ({name_some(others)}), and was left as it is: "
            f"{_name_way_out(site)}"
        )


def list_unknown(site: Path) -> list[str]:
    """What lies in a folder without a list, but for what a host has there."""
    if read_made(site) is not None:
        return []
    return [entry.name for entry in site.iterdir() if not entry.name.startswith(".") and entry.name not in _HOSTS]


def _name_way_out(site: Path) -> str:
    name = shlex.quote(show(site))
    spared = " ".join(f'":(exclude){host}"' for host in (".*", *_HOSTS))
    emptied = f"git -C {name} rm -rq . {spared}" if os.path.lexists(site / ".git") else f"rm -r {name}"
    return f"move away what is yours or name another folder; if all of it is an old site, type `{emptied}`"


def keep_others(site: Path, new: Path) -> Seen:
    """Have all stand in `new`, too, that is in `site` and no build wrote. Returns how what a build wrote was seen.

    Raises CourseError, with the names, where it would be in the way of what is new there.
    """
    made = read_made(site) or {}
    seen = _list_new(new, site, made)
    if not site.is_dir():
        return {}
    others = list[str]()
    for name in list_names(site):
        if name in seen:
            continue
        state = (site / name).lstat()
        if is_made(site, name, made) or is_there(site / name, state, new / name):
            seen[name] = state
        else:
            others.append(name)
    folders = _list_own_folders(site, made, others)
    _refuse_in_the_way(site, new, [*others, *folders])
    for name in others:
        (new / name).parent.mkdir(parents=True, exist_ok=True)
        _give_name(site / name, new / name)
    _keep_folders(site, new, folders)
    return seen


def _list_new(new: Path, site: Path, made: Made) -> Seen:
    """Write the list of what is in `new`. Returns those of its files that it shares with the last site.

    Such a file is what was written last time, unless someone wrote into it since. Should the time of that be hidden,
    then the list has what we wrote, not what they did: so nothing of theirs is taken for ours.
    """
    shared, digests = Seen(), dict[str, str]()
    until = look(site / LIST)
    for name in list_names(new):
        state, last = os.lstat(f"{new}/{name}"), look(f"{site}/{name}")
        if last and is_same(state, last):
            shared[name] = state
        is_known = name in shared and until and state.st_mtime_ns <= until.st_mtime_ns
        digests[name] = made.get(name, "") if is_known else ""
        if len(digests[name]) != _DIGEST:
            digests[name] = digest_file(new / name)
    write_made(new, digests)
    return shared


def look(path: Path | str) -> os.stat_result | None:
    try:
        return os.lstat(path)
    except OSError:
        return None


def _list_own_folders(site: Path, made: Made, others: list[str]) -> list[str]:
    """The folders that hold something of others', or nothing that a build wrote; those below others come first."""
    ours, theirs = _list_above(made), _list_above(others)
    return [name for name in list_folders(site) if name in theirs or name not in ours]


def _list_above(names: Iterable[str]) -> set[str]:
    """All the folders in which these are."""
    found = set[str]()
    for name in names:
        above = name.rpartition("/")[0]
        while above and above not in found:
            found.add(above)
            above = above.rpartition("/")[0]
    return found


def _refuse_in_the_way(site: Path, new: Path, names: list[str]) -> None:
    taken = [name for name in names if _is_in_the_way(site / name, new / name, new)]
    if taken:
        is_one = len(taken) == 1
        raise CourseError(
            f"{show(site)}/ holds {name_some(taken)}, which no build wrote as {'it is' if is_one else 'they are'} now, "
            f"where the new site has its own: move {'it' if is_one else 'them'} away, or write the change into the "
            f"course and delete {'it' if is_one else 'them'}; {show(site)}/ stays as it was"
        )


def _is_in_the_way(path: Path, there: Path, new: Path) -> bool:
    """Whether it can't stand `there` in the folder `new` beside all that is new."""
    if any(above.is_file() for above in there.parents if above.is_relative_to(new)):
        return True
    is_folder = path.is_dir() and not path.is_symlink()
    return os.path.lexists(there) and not (is_folder and there.is_dir())


def _give_name(path: Path, other: Path) -> None:
    """A second name, so that the file is the very same; a copy where the system has none."""
    try:
        os.link(path, other, follow_symlinks=False)
    except (OSError, NotImplementedError):
        shutil.copy2(path, other, follow_symlinks=False)


def _keep_folders(site: Path, new: Path, folders: list[str]) -> None:
    """Make them, and let no one do more with them than before: last with those in which others are."""
    for name in folders:
        (new / name).mkdir(parents=True, exist_ok=True)
    for name in folders:
        shutil.copystat(site / name, new / name)


def is_same(one: os.stat_result, other: os.stat_result) -> bool:
    return (one.st_dev, one.st_ino) == (other.st_dev, other.st_ino)


def is_there(path: Path, state: os.stat_result, other: Path) -> bool:
    """Whether nothing would be lost with it: the very same file, one of the same bytes, or a link to the same."""
    if (there := look(other)) and is_same(state, there):
        return True
    if path.is_symlink() and other.is_symlink():
        return path.readlink() == other.readlink()
    digest = digest_file(path) if os.path.lexists(other) else ""
    return bool(digest) and digest == digest_file(other)


def show(path: Path) -> str:
    """The path as one sees it from here."""
    here = Path.cwd()
    return str(path.relative_to(here) if path != here and path.is_relative_to(here) else path)
