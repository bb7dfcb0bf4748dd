"""What `mkdocs.yml` says, as MkDocs understands it."""

import logging
import os
import re
from pathlib import Path

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError

from trackbook.issue import CourseError

log = logging.getLogger("mkdocs.plugins.trackbook")


def load_host(root: Path, *, strict: bool = False, site_dir: str | None = None) -> MkDocsConfig:
    """What `mkdocs.yml` says; `site_dir` stands in the place of its own. Raises CourseError when it can't be used."""
    path = root.absolute() / "mkdocs.yml"
    if not path.is_file():
        raise CourseError(f"there is no mkdocs.yml in {root}: `trackbook new course DIR` makes a course with one")
    config = MkDocsConfig(config_file_path=str(path))
    try:
        with path.open("rb") as file:
            config.load_file(file)
        config.load_dict({"strict": strict} | ({"site_dir": site_dir} if site_dir else {}))
        errors, warnings = config.validate()
    except (ConfigurationError, Abort) as error:
        raise CourseError(f"mkdocs.yml: {' '.join(str(error).split())}") from None
    except RecursionError:
        raise CourseError("mkdocs.yml: too many levels stand inside each other") from None
    wrong, doubtful = ([_locate(path, *pair) for pair in pairs] for pairs in (errors, warnings))
    if wrong or (strict and doubtful):
        raise CourseError("; ".join([*wrong, *doubtful] if strict else wrong))
    for line in doubtful:
        log.warning(line)
    if "trackbook" not in config.plugins:
        raise CourseError("mkdocs.yml lists no plugin `trackbook`: add it under `plugins:`")
    return config


def _locate(path: Path, name: str, what: object) -> str:
    """What MkDocs says of a setting, after its place."""
    text = path.read_text("utf-8", "replace")
    found = re.search(rf"""^(["']?){re.escape(name)}\1\s*:""", text, re.MULTILINE)
    line = f":{text.count(chr(10), 0, found.start()) + 1}" if found else ""
    return f"mkdocs.yml{line}: {name}: {' '.join(str(what).split())}"
