"""Where programs of others are found: never where a course could have put one."""

import os
import shutil
from pathlib import Path


def find_program(name: str, course: Path | None = None) -> str | None:
    """The whole path of a program on the `PATH`; None where there is none.

    Places named from the folder one is in are left out, and so are those in the `course`: `npm run` adds its
    `node_modules/.bin`.
    """
    places = [place for place in os.environ.get("PATH", os.defpath).split(os.pathsep) if _is_outside(place, course)]
    found = shutil.which(name, path=os.pathsep.join(places)) if places else None
    return found if found and Path(found).is_absolute() else None  # on Windows it may be one of this folder


def _is_outside(place: str, course: Path | None) -> bool:
    folder = Path(place)
    return folder.is_absolute() and not (course and folder.resolve().is_relative_to(course.resolve()))
