"""A module's folder and cheatsheet to one module."""

from collections.abc import Mapping
from dataclasses import fields, replace

from trackbook.issue import CourseError
from trackbook.model import Kind, Module, Page, is_slug, suggest_slug
from trackbook.reading.declaring import Declared
from trackbook.reading.yaml import read_yaml

_NOTHING = Declared()


def locate_page(track: str, module: str, kind: Kind) -> str:
    """The path of a module's page, relative to the course root."""
    return f"cheatsheets/{track}/{module}.md" if kind == "cheatsheet" else f"lessons/{track}/{module}/{kind}.md"


def split_key(key: str) -> tuple[str, str]:
    """Track and module of `track/module`. Raises CourseError when that is no key of a module."""
    track, _, module = key.partition("/")
    if not (is_slug(track) and is_slug(module)):
        wanted = f"{suggest_slug(track)}/{suggest_slug(module or 'module')}"
        raise CourseError(f'"{key}" is not track/module in lower-case letters, digits and hyphens: try {wanted}')
    return track, module


def split_new_key(key: str) -> tuple[str, str]:
    """The same of a name that is to be given. Raises CourseError when YAML would read it as no text, such as `null`."""
    for part in split_key(key):
        if read_yaml(part, key)[0].value != part:
            raise CourseError(f'"{key}": YAML reads "{part}" as something else than text: choose another name')
    return split_key(key)


def fill_module(module: Module, pages: Mapping[Kind, Page], declared: Mapping[Kind, Declared]) -> Module:
    """The module that the outline lists, with its pages and what they declare."""
    overview, lesson = declared.get("overview", _NOTHING), declared.get("lesson", _NOTHING)
    said = {field.name: getattr(overview, field.name) for field in fields(overview)}
    said["title"] = overview.title or next((page.title for page in pages.values()), "") or module.id
    return replace(
        module, **{**said, "pages": pages, "teaches": lesson.teaches, "stated": {**overview.stated, **lesson.stated}}
    )
