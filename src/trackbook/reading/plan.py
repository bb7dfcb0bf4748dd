"""The outline to a plan: tracks and modules in their order, before any page is read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from trackbook.language.words import load_language
from trackbook.model import Direction, Finding, Keys, Kind, Module, Need, Phase, Source, Track
from trackbook.reading.declaring import make_concepts, make_credit
from trackbook.reading.document import Document
from trackbook.reading.files import Content, decode_text, read_content
from trackbook.reading.outline import OUTLINE, ModuleShape, OutlineShape, TrackShape, list_sections
from trackbook.reading.plain_texts import find_curved_quotes, find_marks
from trackbook.reading.shape import fit
from trackbook.reading.yaml import read_yaml


@dataclass(frozen=True, slots=True)
class Plan:
    """What the outline says. A written module has its place, but neither pages nor what they declare."""

    id: str
    title: str
    summary: str
    language: str
    direction: Direction
    tracks: tuple[Track, ...]
    sections: Mapping[Kind, tuple[str, ...]] = field(default_factory=dict)
    unread: bool = False
    findings: tuple[Finding, ...] = ()
    was: tuple[str, ...] = ()


def read_plan(content: Content) -> Plan:
    text, findings = decode_text(content)
    document, trouble = read_yaml(text, OUTLINE)
    findings += trouble
    fitted = fit(OutlineShape, document, OUTLINE, "outline-fits")
    findings += [*fitted.findings, *find_marks(document), *find_curved_quotes(document)]
    outline = fitted.value or OutlineShape()
    if document.node is None and not findings:
        hint = "write `title: …` and `tracks:`"
        findings.append(Finding(Source(OUTLINE), f"{OUTLINE} is empty.", hint, "outline-fits"))
    document = fitted.document
    findings += _find_overdone(outline, document)
    return Plan(
        id=outline.id or outline.title,
        was=tuple(outline.was),
        title=outline.title,
        summary=outline.summary,
        language=outline.language,
        direction=outline.direction or load_language(outline.language).direction,
        tracks=tuple(_plan_track(shape, document, ("tracks", index)) for index, shape in enumerate(outline.tracks)),
        sections=list_sections(outline.sections),
        unread=document.node is None,
        findings=tuple(findings),
    )


def read_title(root: Path) -> str:
    """The title of the course."""
    return read_plan(read_content(root, OUTLINE)).title


def _plan_track(shape: TrackShape, document: Document, here: Keys) -> Track:
    locate = document.locate
    return Track(
        id=shape.id,
        number=shape.number,
        title=shape.title,
        source=locate((*here, "id")),
        summary=shape.summary or "",
        builds_on=tuple(Need(name, locate((*here, "builds_on", i))) for i, name in enumerate(shape.builds_on)),
        credit=make_credit(shape.source, locate((*here, "source", "url"))),
        elsewhere=make_credit(shape.elsewhere, locate((*here, "elsewhere", "url"))),
        teaches=make_concepts(shape.teaches, shape.id, None, document, (*here, "teaches")),
        phases=tuple(
            Phase(
                phase.title,
                tuple(
                    _plan_module(module, shape.id, document, (*here, "phases", i, "modules", j))
                    for j, module in enumerate(phase.modules)
                ),
            )
            for i, phase in enumerate(shape.phases)
        ),
    )


def _plan_module(shape: ModuleShape, track: str, document: Document, here: Keys) -> Module:
    source = document.locate(here)
    if not shape.planned:
        return Module(shape.id, track, "", source)
    return Module(
        id=shape.id,
        track=track,
        title=shape.title or shape.id.replace("-", " ").capitalize(),
        source=source,
        summary=shape.summary or "",
        planned=True,
        teaches=make_concepts(shape.teaches, track, f"{track}/{shape.id}", document, (*here, "teaches")),
    )


def _find_overdone(outline: OutlineShape, document: Document) -> Iterator[Finding]:
    """Written modules of which the outline says what their pages say."""
    for at, track in enumerate(outline.tracks):
        for i, phase in enumerate(track.phases):
            for j, shape in enumerate(phase.modules):
                if not shape.planned and (shape.title or shape.summary or shape.teaches):
                    source = document.locate(("tracks", at, "phases", i, "modules", j))
                    message = (
                        f'"{shape.id}" is no planned module, so its own pages say its title, summary and concepts.'
                    )
                    hint = f"write `- {shape.id}` alone, or add `planned: true`"
                    yield Finding(source, message, hint, "outline-fits")
