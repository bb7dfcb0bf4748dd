"""What `mkdocs.yml` says, as MkDocs understands it."""

import logging
import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from trackbook.issue import CourseError
from trackbook.site.extensions import complete_extensions
from trackbook.site.markdown import PAGE_EXTENSIONS

log = logging.getLogger("mkdocs.plugins.trackbook")


def load_config(root: Path, *, strict: bool = False) -> MkDocsConfig:
    """What `mkdocs.yml` says. Raises CourseError when it can't be used, or, if `strict`, when something is doubtful."""
    path = root.absolute() / "mkdocs.yml"
    if not path.is_file():
        raise CourseError(f"there is no mkdocs.yml in {root}: `trackbook new course DIR` makes a course with one")
    config = MkDocsConfig(config_file_path=str(path))
    try:
        with path.open("rb") as file:
            config.load_file(file)
        config.load_dict({"strict": strict})
        errors, warnings = config.validate()
    except MkDocsException as error:
        raise CourseError(f"mkdocs.yml: {' '.join(str(error).split())}") from None
    except RecursionError:
        raise CourseError("mkdocs.yml: too many levels stand inside each other") from None
    wrong, doubtful = ([_locate(path, *pair) for pair in pairs] for pairs in (errors, warnings))
    if told := [*wrong, *doubtful] if strict else wrong:
        raise CourseError("; ".join(told))
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


def set_markdown_options(config: MkDocsConfig) -> None:
    """The extensions that are on in every course, and ours, which stands last."""
    names, options = complete_extensions(config["markdown_extensions"], config["mdx_configs"], find_root(config))
    config["markdown_extensions"], config["mdx_configs"] = [*names, *PAGE_EXTENSIONS], options


def find_root(config: MkDocsConfig) -> Path:
    """The course's folder."""
    return Path(config.config_file_path or "mkdocs.yml").resolve().parent
