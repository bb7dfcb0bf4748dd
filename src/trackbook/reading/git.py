"""What git says of the sources."""

import subprocess
from pathlib import Path


def run_git(root: Path, *arguments: str, given: str = "") -> bytes | None:
    """What git says, with paths as they are; None when it fails, or is not there."""
    try:
        done = subprocess.run(
            ["git", "-c", "core.quotepath=off", *arguments],
            cwd=root,
            input=given.encode(),
            capture_output=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout
