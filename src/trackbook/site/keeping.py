"""What others put into a folder that a build fills: it stands in the new one before that takes its place."""

import os
import shutil
import stat
from pathlib import Path, PurePosixPath

from trackbook.cache.made import LIST, Made, digest_file, is_made, list_names, name_some, read_made, write_made
from trackbook.issue import CourseError

_HOSTS = ("CNAME", "_headers", "_redirects")
"""Names by which hosts know what to do with a site. So may all that begin with a dot."""
Seen = dict[str, os.stat_result]


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
    emptied = f"git -C {show(site)} rm -rq ." if os.path.lexists(site / ".git") else f"rm -r {show(site)}"
    return f"move away what is yours or name another folder; if all of it is an old site, type `{emptied}`"


def keep_others(site: Path, new: Path) -> Seen:
    """Have all stand in `new`, too, that is in `site` and no build wrote. Returns how what a build wrote was seen.

    Raises CourseError, with the names, where it would be in the way of what is new there.
    """
    write_made(new, {name: digest_file(new / name) for name in list_names(new)})
    if not site.is_dir():
        return {}
    made, seen, others = read_made(site) or {}, Seen(), list[str]()
    for name in list_names(site):
        state = (site / name).lstat()
        if _is_same(state, new / name) or is_made(site, name, made) or _is_equal(site / name, new / name):
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


def _list_own_folders(site: Path, made: Made, others: list[str]) -> list[str]:
    """The folders that hold something of others', or nothing that a build wrote; those below others come first."""
    ours = {str(above) for name in made for above in PurePosixPath(name).parents}
    theirs = {str(above) for name in others for above in PurePosixPath(name).parents}
    found = (
        (Path(here) / name).relative_to(site).as_posix()
        for here, names, _ in os.walk(site, topdown=False)
        for name in names
        if not Path(here, name).is_symlink()
    )
    return [name for name in found if name in theirs or name not in ours]


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
    if not path.is_symlink() and path.is_dir():
        return os.path.lexists(there) and not there.is_dir()
    return os.path.lexists(there) or any(above.is_file() for above in there.parents if above.is_relative_to(new))


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


def discard(folder: Path, site: Path, seen: Seen | None = None) -> list[str]:
    """Remove an old folder, whose place `site` took. What is of others, and not in `site`, stays. Returns its names.

    `seen` is what was known before to be written by a build.
    """
    made = read_made(folder) or {}
    for name in [*list_names(folder)]:
        state = (folder / name).lstat()
        known = seen is not None and name in seen and _is_unchanged(state, seen[name])
        if (
            known
            or _is_same(state, site / name)
            or is_made(folder, name, made)
            or _is_equal(folder / name, site / name)
        ):
            _open_up(folder / name)
            (folder / name).unlink()
    left = [*list_names(folder)]
    if not left:
        remove(folder)
    return left


def remove(folder: Path) -> None:
    """Remove a folder with all in it, whatever may be done with what is in it."""
    for here, names, _ in os.walk(folder):
        for path in (Path(here), *(Path(here) / name for name in names)):
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | stat.S_IRWXU)
    shutil.rmtree(folder, ignore_errors=True)


def _open_up(path: Path) -> None:
    mode = path.parent.stat().st_mode
    if not mode & stat.S_IWUSR:
        path.parent.chmod(mode | stat.S_IRWXU)


def _is_unchanged(now: os.stat_result, then: os.stat_result) -> bool:
    return (now.st_ino, now.st_size, now.st_mtime_ns) == (then.st_ino, then.st_size, then.st_mtime_ns)


def _is_same(state: os.stat_result, other: Path) -> bool:
    try:
        there = other.lstat()
    except OSError:
        return False
    return (state.st_dev, state.st_ino) == (there.st_dev, there.st_ino)


def _is_equal(path: Path, other: Path) -> bool:
    """Whether nothing would be lost with it: the same bytes, or a link to the same, are there as well."""
    if path.is_symlink() and other.is_symlink():
        return path.readlink() == other.readlink()
    digest = digest_file(path) if os.path.lexists(other) else ""
    return bool(digest) and digest == digest_file(other)


def show(path: Path) -> str:
    """The path as one sees it from here."""
    here = Path.cwd()
    return str(path.relative_to(here) if path != here and path.is_relative_to(here) else path)
