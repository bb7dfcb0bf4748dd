"""A plan and the readings of its pages to a course."""

from collections.abc import Mapping
from dataclasses import replace
from operator import is_

from trackbook.cache.digest import hash_parts
from trackbook.model import (
    MODULE_KINDS,
    Course,
    DataFile,
    Finding,
    Kind,
    Module,
    Page,
    Phase,
    SiteSettings,
    Source,
    Track,
)
from trackbook.reading.files import Inventory
from trackbook.reading.linking import link_page, list_places
from trackbook.reading.module import fill_module, locate_page
from trackbook.reading.page import PageReading
from trackbook.reading.plan import Plan
from trackbook.reading.record import Record
from trackbook.reading.shown import name_course, name_module, name_track
from trackbook.reading.spelling import read_misspellings
from trackbook.reading.unlisted import find_unlisted


class Assembly:
    """Puts a course together again and again: what did not change since the last time is taken as it was."""

    def __init__(self, plan: Plan, inventory: Inventory, last: "Assembly | None" = None) -> None:
        self.plan, self.inventory = plan, inventory
        self.kinds: dict[str, Kind] = {}
        """Every page that the course has, in reading order."""
        self._modules: dict[str, tuple[tuple[Kind, str], ...]] = {}
        for module in (module for track in plan.tracks for module in track.modules if not module.planned):
            paths = ((kind, locate_page(module.track, module.id, kind)) for kind in MODULE_KINDS)
            self._modules[module.key] = tuple((kind, path) for kind, path in paths if path in inventory.files)
            self.kinds |= {path: kind for kind, path in self._modules[module.key]}
        self._paths = [
            [path for module in track.modules for _, path in self._modules.get(module.key, ())] for track in plan.tracks
        ]
        plain = sorted(path for path in inventory.files if path.startswith("docs/") and path.endswith(".md"))
        self.kinds |= dict.fromkeys(plain, "plain")
        self._plain = plain
        self._unlisted = () if plan.unread else tuple(find_unlisted(plan.tracks, inventory.files, self.kinds.keys()))
        self._places = list_places(plan.tracks, inventory.files)
        self._files = hash_parts(*sorted(inventory.files))
        same = last is not None and last._places == self._places
        self._linked: dict[str, tuple[PageReading, Page]] = last._linked if last and same else {}
        self._filled: dict[tuple[str, Source], tuple[tuple[PageReading, ...], Module]] = {}
        self._tracks: dict[int, tuple[list[PageReading], Track]] = {}

    def assemble(
        self,
        readings: Mapping[str, PageReading],
        *,
        sizes: Mapping[str, int],
        data: Mapping[str, DataFile],
        record: Record,
        settings: SiteSettings,
        findings: tuple[Finding, ...],
        widgets: Mapping[str, object],
        digest: str,
    ) -> Course:
        """`findings` are those of what is no page."""
        plan = self.plan
        told = (found for path in self.kinds for found in readings[path].findings)
        tracks = tuple(self._fill_track(at, readings) for at in range(len(plan.tracks)))
        plain = tuple(self._link(path, readings[path]) for path in self._plain)
        return Course(
            id=plan.id,
            was=plan.was,
            title=plan.title,
            summary=plan.summary,
            language=plan.language,
            direction=plan.direction,
            tracks=tracks,
            plain=plain,
            files=self.inventory.files,
            sizes=sizes,
            sections=plan.sections,
            misspellings=read_misspellings(),
            data=data,
            widgets=widgets,
            recorded=record.items,
            settings=settings,
            findings=(*self.inventory.findings, *plan.findings, *findings, *told, *self._unlisted),
            unread=plan.unread,
            digest=digest,
            shown=name_course(plan, tracks, plain, self._files),
        )

    def _fill_track(self, at: int, readings: Mapping[str, PageReading]) -> Track:
        track, before = self.plan.tracks[at], self._tracks.get(at)
        read = [readings[path] for path in self._paths[at]]
        if before and all(map(is_, before[0], read)):
            return before[1]
        phases = (
            Phase(phase.title, tuple(self._fill(module, readings) for module in phase.modules))
            for phase in track.phases
        )
        filled = replace(track, phases=tuple(phases))
        filled = replace(filled, shown=name_track(filled))
        self._tracks[at] = (read, filled)
        return filled

    def _fill(self, module: Module, readings: Mapping[str, PageReading]) -> Module:
        if module.planned:
            return replace(module, shown=name_module(module))
        name = (module.key, module.source)  # which are two things: a list may stand in two tracks by an alias
        read = {kind: readings[path] for kind, path in self._modules[module.key]}
        before = self._filled.get(name)
        if before and all(known is now for known, now in zip(before[0], read.values(), strict=True)):
            return before[1]
        pages = {kind: self._link(reading.page.path, reading) for kind, reading in read.items()}
        filled = fill_module(module, pages, {kind: reading.declared for kind, reading in read.items()})
        filled = replace(filled, shown=name_module(filled))
        self._filled[name] = (tuple(read.values()), filled)
        return filled

    def _link(self, path: str, reading: PageReading) -> Page:
        before = self._linked.get(path)
        if before and before[0] is reading:
            return before[1]
        page = link_page(reading.page, self._places)
        self._linked[path] = (reading, page)
        return page
