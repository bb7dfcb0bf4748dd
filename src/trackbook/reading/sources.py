"""The sources of a course as they are right now, and a name for all of them."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path, PurePosixPath

from trackbook.cache.digest import fingerprint, hash_folder, hash_parts
from trackbook.model import OWN_WIDGETS, Finding, SiteSettings
from trackbook.reading.data import is_data
from trackbook.reading.excluding import match_docs
from trackbook.reading.files import (
    SOURCE_FOLDERS,
    Content,
    Inventory,
    find_size,
    is_source_name,
    list_files,
    read_content,
)
from trackbook.reading.named import find_absent
from trackbook.reading.outline import OUTLINE
from trackbook.reading.pictures import is_picture, read_ends
from trackbook.reading.record import RECORD
from trackbook.reading.settings import name_settings, read_settings
from trackbook.reading.taken_in import TakenIn, find_missing, list_taken_in
from trackbook.reading.xml_files import is_xml

NOTHING: Mapping[str, bytes] = {}


class Sources:
    """The files below `root`; those in `instead` hold what is said there, on the disk or not."""

    def __init__(self, root: Path, instead: Mapping[str, bytes] = NOTHING) -> None:
        self.root, self.instead = root, instead

    @cached_property
    def settings(self) -> SiteSettings:
        return self._told[0]

    @cached_property
    def _told(self) -> tuple[SiteSettings, tuple[Finding, ...]]:
        settings, findings = read_settings(self.read, lambda path: os.path.isfile(self.root / path))  # noqa: PTH113 (a name that is too long is none)
        settings = replace(settings, absent=settings.absent | find_absent(settings, self.root))
        return replace(settings, digest=name_settings(settings)), findings

    def list(self) -> Inventory:
        """The files, without those of `docs/` that settings leave out; what is off in the settings is found, too."""
        listed, left_out = list_files(self.root), match_docs(self.settings, "exclude_docs")
        sizes = {path: size for path, size in listed.sizes.items() if not left_out(path)}
        inventory = replace(listed, sizes=sizes, findings=(*listed.findings, *self._told[1]))
        if not self.instead:
            return inventory
        sizes = {**inventory.sizes, **{path: len(data) for path, data in self.instead.items()}}
        whole = {path for path in sizes if sizes.keys().isdisjoint(map(str, PurePosixPath(path).parents))}
        findings = tuple(found for found in inventory.findings if found.source.path not in self.instead)
        return Inventory({path: size for path, size in sizes.items() if path in whole}, findings, inventory.linked)

    def find_size(self, path: str) -> int | None:
        """The bytes of a file; None where no plain file is."""
        return len(self.instead[path]) if path in self.instead else find_size(self.root, path)

    def exists(self, path: str) -> bool:
        return path in self.instead or os.path.lexists(self.root / path)

    def read_any(self, path: str) -> Content | None:
        """What a file holds; None where nothing is."""
        return self.read(path) if self.exists(path) else None

    def read(self, path: str) -> Content:
        if path in self.instead:
            return Content(path, self.instead[path])
        return (read_ends if is_picture(path) or is_xml(path) else read_content)(self.root, path)


def is_read(path: str) -> bool:
    """Whether what the file holds matters, and not only that it is there and how big it is."""
    return path.endswith(".md") or path in (OUTLINE, RECORD) or is_data(path) or is_picture(path) or is_xml(path)


def concerns(path: str) -> bool:
    """Whether the path leads to what can be a source."""
    folder, *rest = path.split("/")
    return folder in SOURCE_FOLDERS and all(map(is_source_name, rest))


def hash_own_widgets(root: Path, *, run: bool) -> str:
    """Names the files of the course's own widgets, and whether their code runs; empty where there are none."""
    digest = hash_folder(root / OWN_WIDGETS)
    return digest if run or not digest else hash_parts("not run", digest)


def hash_sources(root: Path) -> str:
    """Names all that a course is read from, as `Course.digest` does where no code of it runs."""
    sources = Sources(root)
    inventory = sources.list()
    digests: dict[str, str] = {}
    named: list[TakenIn] = []
    for path in filter(is_read, inventory.sizes):
        content = sources.read(path)
        digests[path] = content.digest
        named += list_taken_in(content)
    findings = [*inventory.findings, *find_missing(named, inventory.files, sources.read_any, sources.settings)]
    return hash_state(inventory.sizes, digests, findings, hash_own_widgets(root, run=False), sources.settings.digest)


def hash_state(
    sizes: Mapping[str, int], digests: Mapping[str, str], findings: Iterable[Finding], widgets: str, settings: str
) -> str:
    """`widgets` names the files of the course's own, `settings` those of the site."""
    files = [f"{path}\0{digests.get(path, '')}\0{sizes[path]}" for path in sorted(sizes)]
    told = sorted(f"{found.source.path}\0{found.message}" for found in findings)
    return hash_parts("course", fingerprint(), widgets, settings, "\0".join(files), "\0".join(told))
