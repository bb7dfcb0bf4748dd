"""Pages, read in the cheapest way: from memory, from the store, and what is left over several processes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from trackbook.cache.processes import spread
from trackbook.cache.store import Store
from trackbook.model import DataFile, Kind
from trackbook.reading.codec import decode_reading, encode_reading
from trackbook.reading.data import is_answered
from trackbook.reading.files import Content
from trackbook.reading.page import NO_FILES, PageReading, WidgetType, name_page, read_page

_AT_ONCE = 200
Task = tuple[Content, Kind]


@dataclass(frozen=True, slots=True)
class _Work:
    """What a process does for one page. It has none of the course's data: who asks for some is read where that is."""

    widgets: Mapping[str, WidgetType]

    def __call__(self, task: Task) -> bytes | None:
        reading = read_page(*task, self.widgets, NO_FILES)
        return None if reading.answers else encode_reading(reading, task[0], self.widgets, NO_FILES)


class PageReader:
    """Reads pages, and has those that it read last."""

    def __init__(self, widgets: Mapping[str, WidgetType], store: Store | None) -> None:
        self.widgets, self.store = widgets, store
        self._known: dict[str, tuple[str, PageReading]] = {}

    def read_all(self, tasks: Iterable[Task], files: Mapping[str, DataFile]) -> dict[str, PageReading]:
        """The same; what is not among them is forgotten."""
        readings = self.read(tasks, files)
        self._known = {path: known for path, known in self._known.items() if path in readings}
        return readings

    def read(self, tasks: Iterable[Task], files: Mapping[str, DataFile]) -> dict[str, PageReading]:
        """The readings of these pages, by their paths."""
        missing: list[Task] = []
        found: dict[str, PageReading] = {}
        rest = iter(tasks)
        while part := list(islice(rest, _AT_ONCE)):
            missing += self._recall(part, files, found)
        for (content, kind), reading in self._read_missing(missing, files):
            found[content.name] = reading
            self._known[content.name] = (name_page(content, kind, self.widgets), reading)
        return found

    def _recall(
        self, tasks: Iterable[Task], files: Mapping[str, DataFile], found: dict[str, PageReading]
    ) -> list[Task]:
        """Put into `found` what was read before; what was not comes back."""
        new = {}
        for content, kind in tasks:
            name = name_page(content, kind, self.widgets)
            before, reading = self._known.get(content.name, ("", None))
            if reading and before == name and is_answered(reading.answers, files):
                found[content.name] = reading
            else:
                new[name] = (content, kind)
        kept = self.store.get_many(new) if self.store else {}
        for name, value in kept.items():
            content, _ = new[name]
            if reading := decode_reading(value, content, self.widgets, files):
                found[content.name] = reading
                self._known[content.name] = (name, reading)
        return [task for task in new.values() if task[0].name not in found]

    def _read_missing(self, tasks: list[Task], files: Mapping[str, DataFile]) -> Iterator[tuple[Task, PageReading]]:
        if not self.store:
            yield from ((task, read_page(*task, self.widgets, files)) for task in tasks)
            return
        alone = [task for task in tasks if b".json" not in task[0].data]  # the others may ask for data
        values = spread(_Work(self.widgets), alone)
        for content, kind in tasks:
            value = next(values) if b".json" not in content.data else None
            reading = decode_reading(value, content, self.widgets, files)
            if not reading:
                reading = read_page(content, kind, self.widgets, files)
                value = encode_reading(reading, content, self.widgets, files)
            if value:
                self.store.put(name_page(content, kind, self.widgets), value)
            yield (content, kind), reading
