"""What a plain host takes of `mkdocs.yml`; plugins, hooks and templates are for others."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

from trackbook.issue import CourseError
from trackbook.model import PythonName, SiteSettings
from trackbook.reading.named import read_path
from trackbook.site.extensions import complete_extensions
from trackbook.site.markdown import PAGE_EXTENSIONS
from trackbook.site.settings import hold_settings


@dataclass(frozen=True)
class Settings:
    """`digest` names all that stands in the file, as the environment fills it."""

    site_dir: Path
    site_url: str = ""
    site_description: str = ""
    copyright: str = ""
    extra_css: list[str] = field(default_factory=list)
    extra_javascript: list[Any] = field(default_factory=list)
    extensions: list[str] = field(default_factory=list)
    options: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    digest: str = ""


def read_settings(root: Path) -> Settings:
    """Raises CourseError when the file can't be used."""
    told = hold_settings(root)
    extensions, options = _read_extensions(told, root)
    names = ("site_url", "site_description", "copyright")
    texts = {name: told.find_text(name) for name in names}
    return Settings(
        **texts,
        extra_css=[read_path(entry) for entry in told.list_below("extra_css")],
        extra_javascript=[entry.value for entry in told.list_below("extra_javascript")],
        site_dir=Path(
            os.path.realpath(root / (told.find_text("site_dir") or "site"))
        ),  # `resolve` fails in a circle of links
        extensions=extensions,
        options=options,
        digest=told.digest,
    )


def _read_extensions(told: SiteSettings, root: Path) -> tuple[list[str], dict[str, dict[str, Any]]]:
    """The names in their order with those that are on in every course, and the options of each."""
    listed: Any = told.find("markdown_extensions") or []
    entries = [{name: given} for name, given in listed.items()] if isinstance(listed, dict) else listed
    pairs = [next(iter(entry.items())) if isinstance(entry, dict) else (str(entry), None) for entry in entries]
    given = {name: dict(_look_up(options or {})) for name, options in pairs}
    names, options = complete_extensions(dict.fromkeys(["toc", "tables", "fenced_code", *given]), given, root)
    return [*names, *PAGE_EXTENSIONS], options


def _look_up(value: Any) -> Any:
    """Options with what their names of Python stand for, as MkDocs looks them up."""
    if isinstance(value, dict):
        return {key: _look_up(part) for key, part in value.items()}
    if isinstance(value, list):
        return [*map(_look_up, value)]
    if not isinstance(value, PythonName):
        return value
    try:
        found = resolve_name(value.name)
    except (AttributeError, ImportError, ValueError):
        raise CourseError(f'mkdocs.yml: there is nothing in Python of the name "{value.name}"') from None
    if value.is_called:
        raise CourseError(f'mkdocs.yml: the plain host does not call "{value.name}": leave out `--host plain`')
    return found
