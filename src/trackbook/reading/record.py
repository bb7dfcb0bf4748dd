"""`lessons/ids.yml`: the ids of all items as of the last release, which learners' records hang on."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import yaml

from trackbook.model import MODULE_KINDS, Course, Finding, Kind, Recorded
from trackbook.reading.files import Content, decode_text
from trackbook.reading.shape import Shape, Slug, fit
from trackbook.reading.yaml import read_yaml

RECORD = "lessons/ids.yml"
CONCEPT = "concept"
CODE = "recorded-id-stays"
_HEAD = (
    "# What learners' records hang on: the ids of all items at the last release. `trackbook record` writes this file.\n"
)
_LINE = 110


class RecordShape(Shape):
    """Ids by module, page and widget; under `concept` those of the concepts that the page teaches."""

    modules: dict[str, dict[Kind, dict[str, list[Slug]]]] = {}


@dataclass(frozen=True, slots=True)
class Record:
    """The items of the last release, and what is wrong with the file."""

    items: tuple[Recorded, ...] = ()
    findings: tuple[Finding, ...] = ()


def read_record(content: Content) -> Record:
    text, findings = decode_text(content)
    document, trouble = read_yaml(text, RECORD)
    findings += trouble
    fitted = fit(RecordShape, document, RECORD, CODE)
    findings += fitted.findings
    items = (
        Recorded(name, module, kind, form, fitted.document.locate(("modules", module, kind, form, index)))
        for module, pages in (fitted.value or RecordShape()).modules.items()
        for kind, forms in pages.items()
        for form, names in forms.items()
        for index, name in enumerate(names)
    )
    return Record(tuple(items), tuple(findings))


def list_recorded(course: Course) -> Iterator[Recorded]:
    """The items of the course as it is: those of widgets, and the concepts that written lessons teach."""
    for module in course.modules:
        for kind in MODULE_KINDS:
            if page := module.pages.get(kind):
                for concept in module.teaches if kind == "lesson" else ():
                    yield Recorded(concept.id, module.key, kind, CONCEPT, concept.source)
                for fence in page.fences:
                    for item in fence.items:
                        yield Recorded(item.id, module.key, kind, fence.language, item.source)


def is_record(content: Content) -> bool:
    """Whether it is a record, or empty, so that a new one may take its place."""
    data = content.data.strip()
    return not data or (not read_record(content).findings and re.search(rb"^modules:", data, re.MULTILINE) is not None)


def format_record(items: Iterable[Recorded]) -> str:
    """The text of the record with these items."""
    modules: dict[str, dict[str, dict[str, list[str]]]] = {}
    for item in items:
        modules.setdefault(item.module, {}).setdefault(item.page, {}).setdefault(item.form, []).append(item.id)
    return _HEAD + yaml.safe_dump({"modules": modules}, sort_keys=False, default_flow_style=None, width=_LINE)
