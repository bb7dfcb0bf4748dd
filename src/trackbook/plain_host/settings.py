"""What a plain host takes of `mkdocs.yml`; plugins, hooks and themes are for others."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from trackbook.cache.digest import hash_parts
from trackbook.issue import CourseError
from trackbook.site.extensions import complete_extensions
from trackbook.site.markdown import PAGE_EXTENSIONS


@dataclass(frozen=True)
class Settings:
    """`digest` names all that stands in the file, as the environment fills it."""

    site_name: str
    site_dir: Path
    site_url: str = ""
    site_description: str = ""
    copyright: str = ""
    extra_css: list[str] = field(default_factory=list)
    extra_javascript: list[str] = field(default_factory=list)
    extensions: list[str] = field(default_factory=list)
    options: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    digest: str = ""


def read_settings(root: Path) -> Settings:
    """Raises CourseError when the file can't be used."""
    path = root / "mkdocs.yml"
    try:
        told = yaml.load(path.read_text("utf-8"), _Loader)
    except OSError:
        raise CourseError(
            f"there is no mkdocs.yml in {root}: `trackbook new course DIR` makes a course with one"
        ) from None
    except yaml.YAMLError as error:
        raise CourseError(f"mkdocs.yml: {' '.join(str(error).split())}") from None
    if not isinstance(told, dict) or not told.get("site_name"):
        raise CourseError("mkdocs.yml: there is no `site_name:`; give the site one")
    extensions, options = _read_extensions(told.get("markdown_extensions") or [], root)
    names = ("site_name", "site_url", "site_description", "copyright", "extra_css", "extra_javascript")
    given = {name: told[name] for name in names if told.get(name)}
    site_dir = (root / str(told.get("site_dir") or "site")).resolve()
    return Settings(**given, site_dir=site_dir, extensions=extensions, options=options, digest=hash_parts(repr(told)))


def _read_extensions(listed: list[Any], root: Path) -> tuple[list[str], dict[str, dict[str, Any]]]:
    """The names in their order with those that are on in every course, and the options of each."""
    pairs = [next(iter(entry.items())) if isinstance(entry, dict) else (str(entry), None) for entry in listed]
    given = {name: dict(told or {}) for name, told in pairs}
    names, options = complete_extensions(dict.fromkeys(["toc", "tables", "fenced_code", *given]), given, root)
    return [*names, *PAGE_EXTENSIONS], options


class _Loader(yaml.SafeLoader):
    """YAML, and `!ENV` as MkDocs has it: names of variables, then what stands in when none is set."""


def _read_variable(loader: yaml.SafeLoader, node: yaml.Node) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return os.environ.get(str(node.value), "")
    *names, default = loader.construct_sequence(node) if isinstance(node, yaml.SequenceNode) else [""]
    return next((os.environ[name] for name in names if name in os.environ), default)


_Loader.add_constructor("!ENV", _read_variable)
