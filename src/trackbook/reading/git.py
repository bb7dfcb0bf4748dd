"""The one place that calls git, so that nothing in the repository it looks at is run.

What a repository configures is a command in many places: a monitor of files, hooks, filters, pagers, ways to other
hosts. So every call says itself what counts, and none of them looks at files of the working tree, for which git would
ask filters.
"""

import os
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from trackbook.cache.ending import temporary_folder
from trackbook.cache.programs import find_program

_SETTINGS = (
    *("core.quotepath=off", "core.fsmonitor=false", f"core.hooksPath={os.devnull}", "core.pager=cat"),
    *("core.sshCommand=false", "core.gitProxy=false", "core.askPass=false", "core.alternateRefsCommand=true"),
    *("credential.helper=", "gpg.program=false", "gpg.ssh.program=false", "gpg.x509.program=false"),
    *("log.showSignature=false", "log.follow=false", "diff.external=", "submodule.recurse=false"),
)
"""What counts, whatever a repository says. Filters and text conversion have any name: no command here asks for them."""
_KEPT = ("GIT_CONFIG_", "GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM")
"""Of git's variables, those of whoever calls us: all others lead to another repository, or name programs."""
_ALONE = {"GIT_ALLOW_PROTOCOL": "none", "GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}
"""Asks no other host, not even for what a partial clone lacks, and writes nothing by the way."""
_AS_IT_IS = ("utf-8", "surrogateescape")
DIFF = ("--no-ext-diff", "--no-textconv", "--no-renames", "--no-color", "--ignore-submodules=all", "--relative")
"""How differences of commits are asked for."""


def run_git(root: Path, *arguments: str, given: str = "", folder: Path | None = None) -> bytes | None:
    """What git says, with paths as they are; None when it fails, or is not there. `folder` is another one to be in."""
    try:
        done = subprocess.run(
            _command(root, arguments),
            cwd=folder or root,
            env=_environment(),
            input=given.encode(*_AS_IT_IS),
            capture_output=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout


def stream_git(root: Path, *arguments: str) -> Iterator[str]:
    """The lines that git says, as it says them: those of a long history would fill the memory. None when it fails."""
    nothing = subprocess.DEVNULL
    try:
        with subprocess.Popen(
            _command(root, arguments),
            cwd=root,
            env=_environment(),
            stdin=nothing,
            stdout=subprocess.PIPE,
            stderr=nothing,
        ) as git:
            assert git.stdout
            for line in git.stdout:
                yield line.decode("utf-8", "replace").removesuffix("\n")
    except OSError:
        return


def read_blobs(root: Path, commit: str, *paths: str) -> Mapping[str, bytes]:
    """The files of a commit at or below these paths, by their paths from `root`, as they were committed."""
    listed = run_git(root, "ls-tree", "-r", "-z", commit, "--", *paths) or b""
    entries = [entry.decode(*_AS_IT_IS).partition("\t") for entry in listed.split(b"\0") if entry]
    blobs = {path: about.split()[2] for about, _, path in entries if about.split()[1] == "blob"}
    told = run_git(root, "cat-file", "--batch", given="\n".join(blobs.values())) or b""
    texts: dict[str, bytes] = {}
    for path in blobs:
        head, _, told = told.partition(b"\n")
        if not (size := head.rpartition(b" ")[2]).isdigit():  # it is missing here, as in a partial clone
            continue
        texts[path], told = told[: int(size)], told[int(size) + 1 :]
    return texts


def move_in_index(root: Path, old: str, new: str) -> None:
    """Have git know files by their new paths, as `git mv` does.

    Whoever writes an index looks at files that are as new as it is, and asks filters what they hold. Here git finds no
    such files.
    """
    listed = (run_git(root, "ls-files", "--stage", "--full-name", "-z", "--", old) or b"").decode(*_AS_IT_IS)
    above = (run_git(root, "rev-parse", "--show-prefix") or b"").decode(*_AS_IT_IS).removesuffix("\n")
    if not listed:
        return
    lines = []
    for about, _, path in (entry.partition("\t") for entry in listed.split("\0") if entry):
        end = path.removeprefix(f"{above}{old}")
        lines += [f"0 {about.split()[1]}\t{path}", f"{about}\t{above}{new}{end}"]
    home = (run_git(root, "rev-parse", "--absolute-git-dir") or b"").decode(*_AS_IT_IS).removesuffix("\n")
    with temporary_folder() as empty:
        where = (f"--git-dir={home}", f"--work-tree={empty}", "update-index", "-z", "--index-info")
        run_git(root, *where, given="".join(f"{line}\0" for line in lines), folder=Path(empty))


def _command(root: Path, arguments: tuple[str, ...]) -> list[str]:
    git = find_program("git", root)
    if git is None:
        raise FileNotFoundError("git")
    return [git, "--no-pager", *(word for told in _SETTINGS for word in ("-c", told)), *arguments]


def _environment() -> Mapping[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or name.startswith(_KEPT)}
    return {**kept, **_ALONE}
