"""What a plain host takes of `mkdocs.yml`; plugins, hooks and templates are for others."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from trackbook.model import PythonName, SiteSettings
from trackbook.plain_host.untrusted import is_harmless
from trackbook.reading.named import read_path
from trackbook.reading.python_names import look_up
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


def read_settings(root: Path, *, trusted: bool = True) -> Settings:
    """Raises CourseError when the file can't be used. What runs is left out where the course is not `trusted`."""
    told = hold_settings(root)
    extensions, options = _read_extensions(told, root, trusted)
    names = ("site_url", "site_description", "copyright")
    texts = {name: told.find_text(name) for name in names}
    site_dir = root / (told.find_text("site_dir") or "site")
    return Settings(
        **texts,
        extra_css=[read_path(entry) for entry in told.list_below("extra_css")],
        extra_javascript=[entry.value for entry in told.list_below("extra_javascript") if trusted],
        site_dir=Path(os.path.realpath(site_dir)),  # `resolve` fails in a circle of links
        extensions=extensions,
        options=options,
        digest=told.digest,
    )


def _read_extensions(told: SiteSettings, root: Path, trusted: bool) -> tuple[list[str], dict[str, dict[str, Any]]]:
    """The names in their order with those that are on in every course, and the options of each."""
    listed: Any = told.find("markdown_extensions") or []
    entries = [{name: given} for name, given in listed.items()] if isinstance(listed, dict) else listed
    pairs = [next(iter(entry.items())) if isinstance(entry, dict) else (str(entry), None) for entry in entries]
    pairs = [(name, options) for name, options in pairs if trusted or is_harmless(name)]
    given = {name: dict(_look_up(options or {})) for name, options in pairs}
    names, options = complete_extensions(dict.fromkeys(["toc", "tables", "fenced_code", *given]), given, root)
    return [*names, *PAGE_EXTENSIONS], options


def _look_up(value: Any) -> Any:
    """Options with what their names of Python stand for, as MkDocs looks them up."""
    if isinstance(value, dict):
        return {key: _look_up(part) for key, part in value.items()}
    if isinstance(value, list):
        return [*map(_look_up, value)]
    return look_up(value) if isinstance(value, PythonName) else value
