"""The whole course, read again and again: what did not change is taken from memory, or from the store."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar, cast

from trackbook.cache.digest import fingerprint, hash_parts
from trackbook.cache.garbage import pausing
from trackbook.cache.store import Store
from trackbook.issue import CourseError
from trackbook.model import SETTINGS, Course, DataFile, Finding, SiteSettings
from trackbook.reading.assembly import Assembly
from trackbook.reading.codec import decode, encode
from trackbook.reading.data import is_data, read_data
from trackbook.reading.files import Content
from trackbook.reading.outline import OUTLINE
from trackbook.reading.page import PageReading, WidgetType, runs
from trackbook.reading.pages import PageReader
from trackbook.reading.pictures import is_picture, look_at_picture
from trackbook.reading.plan import Plan, read_plan
from trackbook.reading.record import RECORD, Record, read_record
from trackbook.reading.sources import NOTHING, Sources, concerns, hash_own_widgets, hash_state, is_read
from trackbook.reading.taken_in import TakenIn, find_missing, list_taken_in
from trackbook.reading.xml_files import is_xml, look_at_xml

Value = TypeVar("Value")


class CourseReader:
    """Reads the course whose `lessons/`, `cheatsheets/` and `docs/` stand in `root`.

    Whatever was read before, the course is equal to one that is read from scratch. Other widgets need another reader.
    """

    def __init__(self, root: Path, widgets: Mapping[str, WidgetType], store: Store | None = None) -> None:
        self.root, self.store = root, store
        self._pages, self._own = PageReader(widgets, store), hash_own_widgets(root, run=runs(widgets))
        self._instead: Mapping[str, bytes] = NOTHING
        self._stale = True
        self._assembly: Assembly | None = None
        self._others: dict[str, tuple[str, object]] = {}
        self._sizes: Mapping[str, int] = {}
        self._digests: dict[str, str] = {}
        self._readings: dict[str, PageReading] = {}
        self._taken_in: dict[str, list[TakenIn]] = {}
        self._record, self._settings = Record(), SiteSettings()
        self._data: dict[str, DataFile] = {}
        self._findings: tuple[Finding, ...] = ()

    def read(self, changed: Iterable[str] | None = None, sources: Sources | None = None) -> Course:
        """The course, as its sources on the disk have it, or those that are given.

        `changed` are the paths that may have changed since the last time, when they are known: files, or folders with
        all in them. What can't be read is in the `findings` of the course. Raises CourseError when there is no outline.
        """
        sources = sources or Sources(self.root)
        touched = None if changed is None or self._stale else {*changed, *sources.instead, *self._instead}
        self._instead, self._stale = sources.instead, True
        with pausing():  # all that is read stays: the search would take a quarter of the time
            if self._assembly is None or touched is None or not self._read_touched(sources, touched):
                self._assembly = self._read_all(sources)
            self._stale = False
            named = (each for listed in self._taken_in.values() for each in listed)
            files = self._assembly.inventory.files
            missing = [*find_missing(named, files, sources.read_any, self._settings)]
            return self._assembly.assemble(
                self._readings,
                sizes=self._sizes,
                data=self._data,
                record=self._record,
                settings=self._settings,
                findings=(*self._findings, *(found for found in missing if found.source.path in self._readings)),
                widgets=self._pages.widgets,
                digest=hash_state(
                    self._sizes,
                    self._digests,
                    [*self._assembly.inventory.findings, *missing],
                    self._own,
                    self._settings.digest,
                ),
            )

    def _read_touched(self, sources: Sources, touched: Iterable[str]) -> bool:
        """Read what changed. False when more than known pages and pictures did: nothing is read then."""
        assert self._assembly
        touched = [*touched]
        if self._assembly.inventory.linked:  # a file may change where nobody wrote
            return False
        if any(path in (SETTINGS, *self._settings.files) for path in touched):
            return False
        sizes: dict[str, int] = {}
        contents: list[Content] = []
        for path in sorted(filter(concerns, touched)):
            size = sources.find_size(path)
            if path not in self._sizes or size is None:
                was = bool(self._assembly.inventory.findings) or any(
                    f"{known}/".startswith(f"{path}/") for known in self._sizes
                )
                if was or sources.exists(path):
                    return False
                continue  # it came and went
            sizes[path] = size
            if is_read(path):
                content = sources.read(path)
                if content.digest != self._digests[path]:
                    if path not in self._assembly.kinds:
                        return False
                    contents.append(content)
        self._sizes = {**self._sizes, **sizes}
        self._digests |= {content.name: content.digest for content in contents}
        self._taken_in |= {content.name: list_taken_in(content) for content in contents}
        kinds = self._assembly.kinds
        self._readings |= self._pages.read(((content, kinds[content.name]) for content in contents), self._data)
        return True

    def _read_all(self, sources: Sources) -> Assembly:
        inventory, self._settings = sources.list(), sources.settings
        if OUTLINE not in inventory.sizes and not (self.root / OUTLINE).is_file():
            raise CourseError(
                f"there is no {OUTLINE} in {self.root}: `trackbook new course DIR` makes a course with one"
            )
        digests: dict[str, str] = {}
        taken_in: dict[str, list[TakenIn]] = {}

        def read(path: str) -> Content:
            content = sources.read(path)
            digests[path] = content.digest
            taken_in[path] = list_taken_in(content)
            return content

        if OUTLINE in inventory.sizes:
            plan = self._keep(Plan, read_plan, read(OUTLINE))
        else:  # such as a link that leads out: the inventory says so
            plan = replace(read_plan(Content(OUTLINE)), findings=())
        self._record = self._keep(Record, read_record, read(RECORD)) if RECORD in inventory.sizes else Record()
        self._data, findings = {}, [*self._record.findings]
        for path in sorted(filter(is_data, inventory.sizes)):
            file, trouble = self._remember(read_data, read(path))
            findings += trouble
            if file:
                self._data[path] = file
        for path in filter(is_picture, inventory.sizes):
            look = partial(look_at_picture, size=inventory.sizes[path])
            findings += self._remember(look, read(path))
        for path in filter(is_xml, inventory.sizes):
            findings += self._remember(look_at_xml, read(path))
        self._findings = tuple(findings)
        assembly = Assembly(plan, inventory, self._assembly)
        tasks = ((read(path), kind) for path, kind in assembly.kinds.items())
        self._readings = self._pages.read_all(tasks, self._data)
        for path in filter(is_read, inventory.sizes.keys() - digests.keys()):
            read(path)
        self._sizes, self._digests, self._taken_in = dict(inventory.sizes), digests, taken_in
        return assembly

    def _remember(self, read: Callable[[Content], Value], content: Content) -> Value:
        """What is read from the content, once."""
        digest, value = self._others.get(content.name, ("", None))
        if digest != content.digest:
            value = read(content)
            self._others[content.name] = (content.digest, value)
        return cast(Value, value)

    def _keep(self, kind: type[Value], read: Callable[[Content], Value], content: Content) -> Value:
        """What is read from the content, once for all runs."""
        key = hash_parts(kind.__name__, fingerprint(), content.name, content.digest)

        def look_up(content: Content) -> Value:
            value = decode(kind, self.store.get(key)) if self.store else None
            if value is None:
                value = read(content)
                if self.store and (encoded := encode(value)):
                    self.store.put(key, encoded)
            return value

        return self._remember(look_up, content)
