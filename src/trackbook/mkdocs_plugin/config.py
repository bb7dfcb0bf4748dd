"""What `mkdocs.yml` says, as MkDocs understands it."""

import logging
import os
import re
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError, MkDocsException
from mkdocs.utils.yaml import get_yaml_loader, yaml_load

from trackbook.issue import CourseError
from trackbook.model import SETTINGS
from trackbook.reading.plan import read_title
from trackbook.reading.python_names import PREFIX, construct_name, look_up
from trackbook.site.extensions import complete_extensions
from trackbook.site.markdown import PAGE_EXTENSIONS
from trackbook.site.settings import hold_settings, is_needed

_DIGITS_OF_A_TIME = 11
"""Of seconds, up to the year 5138."""
log = logging.getLogger("mkdocs.plugins.trackbook")


def load_config(root: Path, *, strict: bool = False) -> MkDocsConfig:
    """What `mkdocs.yml` says. Raises CourseError when it can't be used, or, if `strict`, when something is doubtful."""
    hold_settings(root)
    _hold_epoch()
    path = root.absolute() / SETTINGS
    config = MkDocsConfig(config_file_path=str(path))
    try:
        with path.open("rb") as file:
            config.load_dict(yaml_load(file, make_loader(config)))
        config.load_dict({"strict": strict, "site_name": read_title(root), "plugins": _list_needed(config)})
        errors, warnings = config.validate()
    except MkDocsException as error:
        raise CourseError(f"mkdocs.yml: {' '.join(str(error).split())}") from None
    wrong, doubtful = ([_locate(path, *pair) for pair in pairs] for pairs in (errors, warnings))
    if told := [*wrong, *doubtful] if strict else wrong:
        raise CourseError("; ".join(told))
    for line in doubtful:
        log.warning(line)
    return config


def make_loader(config: MkDocsConfig) -> Any:
    """MkDocs' own loader, but of all that names code it takes only helpers of extensions."""
    loader: Any = get_yaml_loader(config=config)
    for kind in ("yaml_constructors", "yaml_multi_constructors"):
        known = getattr(loader, kind)
        setattr(loader, kind, {tag: make for tag, make in known.items() if not str(tag).startswith(PREFIX)})
    loader.add_multi_constructor(PREFIX, _construct_name)
    return loader


def _construct_name(constructor: Any, suffix: str, node: Any) -> Any:
    named = construct_name(constructor, suffix, node)
    if named is None:
        raise ConfigurationError(f'"!!python/{suffix}" is code that no setting may name')
    return look_up(named)


def _hold_epoch() -> None:
    """Raises CourseError where the time that MkDocs writes into a site is none."""
    named = os.environ.get("SOURCE_DATE_EPOCH")
    if named is not None and not (named.isascii() and named.isdigit() and len(named) <= _DIGITS_OF_A_TIME):
        short = named if len(named) < 40 else f"{named[:40]}…"
        raise CourseError(f'SOURCE_DATE_EPOCH is "{short}": unset it, or give whole seconds since 1970')


def _list_needed(config: MkDocsConfig) -> Any:
    """The plugins as they are listed, but for those whose work the site does by itself."""
    listed: Any = config.data["plugins"]
    if isinstance(listed, dict):
        return {name: options for name, options in listed.items() if is_needed(name)}
    return [entry for entry in listed if is_needed(next(iter(entry)) if isinstance(entry, dict) else entry)]


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
