"""Runs esbuild (https://esbuild.github.io), where it is: bundles a course's TypeScript, looks at its JavaScript."""

import json
import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from trackbook.cache.ending import temporary_folder
from trackbook.cache.programs import find_program
from trackbook.issue import CourseError

_OURS = Path(__file__).parent.parent / "browser"
_PLACES = ("node_modules/@esbuild/*/bin/esbuild", "node_modules/@esbuild/*/esbuild.exe")
_ERROR = re.compile(r"\[ERROR\] (.*)\n\s+(.*?):(\d+):\d+:")
_OPTIONS = (
    *("--bundle", "--minify", "--charset=utf8", "--legal-comments=none"),
    *("--target=chrome123,firefox120,safari17.5", "--entry-names=[name]-[hash]", "--chunk-names=[name]-[hash]"),
)
"""As `browser/build.mjs` has them."""


def find_esbuild(root: Path) -> Path | None:
    """That of the course (`npm install esbuild`), of Trackbook's own sources, or of the system."""
    found = (path for folder in (root, _OURS) for place in _PLACES for path in sorted(folder.glob(place)))
    system = find_program("esbuild", root)
    return next(found, Path(system) if system else None)


def bundle(
    esbuild: Path, root: Path, entries: Mapping[Path, str], api: str
) -> tuple[Mapping[str, bytes], Mapping[Path, str]]:
    """All files that come of the entries, each with the name that its file begins with, and the file each becomes.

    What they import from "trackbook" stays outside, in the file `api` beside them. Without one they become plain
    scripts, and find it in a variable of that name.
    """
    with temporary_folder() as folder:
        told = Path(folder) / "told.json"
        out = Path(folder) / "out"
        variable = Path(folder) / "trackbook.cjs"
        variable.write_text("module.exports = trackbook;", "utf-8")
        modules = ("--splitting", "--format=esm", f"--alias:trackbook=./{api}", f"--external:./{api}")
        outside = modules if api else ("--format=iife", f"--alias:trackbook={variable}")
        named = [f"{name}={path.relative_to(root).as_posix()}" for path, name in entries.items()]
        _run(esbuild, root, [*named, *_OPTIONS, *outside, f"--outdir={out}", f"--metafile={told}"])
        outputs = json.loads(told.read_text("utf-8"))["outputs"]
        made = {root / about["entryPoint"]: Path(path).name for path, about in outputs.items() if "entryPoint" in about}
        return {path.name: path.read_bytes() for path in sorted(out.iterdir())}, made


def check_syntax(esbuild: Path, root: Path, scripts: Sequence[Path]) -> None:
    """Raises CourseError when one of them is no JavaScript."""
    with temporary_folder() as folder:
        _run(esbuild, root, [*(str(path.relative_to(root)) for path in scripts), f"--outdir={folder}"])


def _run(esbuild: Path, root: Path, words: Sequence[str]) -> None:
    command = [str(esbuild), *words, "--log-level=error", "--log-limit=1", "--color=false"]
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8", errors="replace", check=False)
    except OSError as error:
        raise CourseError(f"{esbuild}: it can't be run ({error.strerror}): install esbuild again") from None
    if done.returncode:
        found = _ERROR.search(done.stderr)
        said = f"{found[2]}:{found[3]}: {found[1]}" if found else " ".join(done.stderr.split())
        raise CourseError(f"{said.rstrip('.')}. Mend the widget's code")
