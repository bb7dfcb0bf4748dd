"""The whole course: the outline, then every page it lists, then the links between them."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from trackbook.issue import CourseError
from trackbook.language import load_language
from trackbook.model import Concept, Course, DataFile, Finding, Module, Need, Page, Phase, Source, Track
from trackbook.reading.data import read_data
from trackbook.reading.files import Inventory, list_files, read_text
from trackbook.reading.linking import link_course
from trackbook.reading.module import make_concepts, make_credit, read_module
from trackbook.reading.outline import OUTLINE, ModuleShape, OutlineShape, TrackShape, list_sections
from trackbook.reading.page import WidgetType, read_page
from trackbook.reading.record import read_record
from trackbook.reading.shape import fit
from trackbook.reading.spelling import read_misspellings
from trackbook.reading.yaml import Document, read_yaml


def read_course(root: Path, widgets: Mapping[str, WidgetType]) -> Course:
    """The course whose `lessons/`, `cheatsheets/` and `docs/` stand in `root`.

    What can't be read is in its `findings`. Raises CourseError when there is no outline at all.
    """
    if not (root / OUTLINE).is_file():
        raise CourseError(f"there is no {OUTLINE} in {root}: `trackbook new course DIR` makes a course with one")
    inventory = list_files(root)
    findings = [*inventory.findings]
    text, trouble = read_text(root, OUTLINE) if OUTLINE in inventory.files else ("", [])
    findings += trouble
    document, trouble = read_yaml(text, OUTLINE)
    findings += trouble
    fitted = fit(OutlineShape, document, OUTLINE, "outline-fits")
    findings += fitted.findings
    outline = fitted.value or OutlineShape()
    if document.node is None and not findings:
        findings.append(
            Finding(Source(OUTLINE), f"{OUTLINE} is empty.", "write `title: …` and `tracks:`", "outline-fits")
        )
    data = read_data(root, inventory.files, findings)
    reader = _Reader(root, inventory, widgets, data=data, findings=findings, document=fitted.document)
    tracks = tuple(reader.read_track(index, shape) for index, shape in enumerate(outline.tracks))
    plain = tuple(reader.read_plain())
    recorded = read_record(root, inventory.files, findings)
    unread = fitted.document.node is None
    if not unread:
        findings += _find_strays(inventory, tracks)
    course = Course(
        id=outline.id or outline.title,
        title=outline.title,
        summary=outline.summary,
        language=outline.language,
        direction=outline.direction or load_language(outline.language).direction,
        tracks=tracks,
        plain=plain,
        files=inventory.files,
        sizes=inventory.sizes,
        sections=list_sections(outline.sections),
        misspellings=read_misspellings(),
        data=data,
        recorded=recorded,
        findings=tuple(findings),
        unread=unread,
    )
    return link_course(course)


class _Reader:
    """Carries what every page's reading needs, so that arguments stay few."""

    def __init__(
        self,
        root: Path,
        inventory: Inventory,
        widgets: Mapping[str, WidgetType],
        *,
        data: Mapping[str, DataFile],
        findings: list[Finding],
        document: Document,
    ) -> None:
        self.root, self.inventory, self.widgets, self.data = root, inventory, widgets, data
        self.findings, self.document = findings, document
        self.written: dict[str, Module] = {}

    def read_track(self, index: int, shape: TrackShape) -> Track:
        here = ("tracks", index)
        return Track(
            id=shape.id,
            number=shape.number,
            title=shape.title,
            source=self.document.locate((*here, "id")),
            summary=shape.summary or "",
            builds_on=tuple(
                Need(name, self.document.locate((*here, "builds_on", i))) for i, name in enumerate(shape.builds_on)
            ),
            credit=make_credit(shape.source, self.document.locate((*here, "source", "url"))),
            elsewhere=make_credit(shape.elsewhere, self.document.locate((*here, "elsewhere", "url"))),
            teaches=make_concepts(shape.teaches, shape.id, None, self.document, (*here, "teaches")),
            phases=tuple(
                Phase(
                    phase.title,
                    tuple(
                        self.read_module(shape.id, (*here, "phases", i, "modules", j), module)
                        for j, module in enumerate(phase.modules)
                    ),
                )
                for i, phase in enumerate(shape.phases)
            ),
        )

    def read_module(self, track: str, here: tuple[int | str, ...], shape: ModuleShape) -> Module:
        source = self.document.locate(here)
        key = f"{track}/{shape.id}"
        teaches: tuple[Concept, ...] = make_concepts(shape.teaches, track, key, self.document, (*here, "teaches"))
        if shape.planned:
            return Module(
                id=shape.id,
                track=track,
                title=shape.title or shape.id.replace("-", " ").capitalize(),
                source=source,
                summary=shape.summary or "",
                planned=True,
                teaches=teaches,
            )
        if shape.title or shape.summary or shape.teaches:
            message = f'"{shape.id}" is no planned module, so its own pages say its title, summary and concepts.'
            hint = f"write `- {shape.id}` alone, or add `planned: true`"
            self.findings.append(Finding(source, message, hint, "outline-fits"))
        if key not in self.written:  # an outline may list it twice
            module, files = Module(shape.id, track, "", source), self.inventory.files
            self.written[key] = read_module(
                self.root, module, files, self.widgets, data=self.data, findings=self.findings
            )
        return replace(self.written[key], source=source)

    def read_plain(self) -> Iterator[Page]:
        for path in sorted(self.inventory.files):
            if path.startswith("docs/") and path.endswith(".md"):
                reading = read_page(self.root, path, "plain", self.widgets, self.data)
                self.findings += reading.findings
                yield reading.page


def _find_strays(inventory: Inventory, tracks: tuple[Track, ...]) -> Iterator[Finding]:
    """Folders and pages that no outline names: nobody would ever see them."""
    modules = {module.key: module for track in tracks for module in track.modules}
    named = {track.id for track in tracks} | {"data"}
    pages = {page.path for module in modules.values() for page in module.pages.values()}
    seen: set[str] = set()
    for path in sorted(inventory.files):
        top, _, rest = path.partition("/")
        parts = rest.split("/")
        if top == "docs" or path == OUTLINE or (top == "lessons" and parts[0] == "data"):
            continue
        if len(parts) > 1 and parts[0] not in named:
            stray, hint = f"{top}/{parts[0]}", f"list a track with `id: {parts[0]}` in {OUTLINE}, or remove the folder"
        elif top == "lessons" and len(parts) > 2 and f"{parts[0]}/{parts[1]}" not in modules:
            stray = f"{top}/{parts[0]}/{parts[1]}"
            hint = f"list `{parts[1]}` under a phase of {parts[0]} in {OUTLINE}, or remove the folder"
        elif top == "lessons" and len(parts) > 2 and modules[f"{parts[0]}/{parts[1]}"].planned:
            stray = f"{top}/{parts[0]}/{parts[1]}"
            hint = f"list it in {OUTLINE} as `- {parts[1]}`, without `planned: true`, or remove the folder"
        elif path.endswith(".md") and path not in pages:
            stray = path
            hint = (
                "name it overview.md, lesson.md or practice.md"
                if top == "lessons"
                else (f"name it after a module that {OUTLINE} lists, or remove it")
            )
        else:
            continue
        if stray not in seen:
            seen.add(stray)
            yield Finding(Source(stray), f'"{stray}" is nowhere in the outline.', hint, "source-has-its-place")
