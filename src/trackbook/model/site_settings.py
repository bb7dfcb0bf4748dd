"""What `mkdocs.yml` says of the site: every setting with its place, and the navigation of the plain pages."""

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from trackbook.model.place import Source

SETTINGS = "mkdocs.yml"
Keys = tuple[int | str, ...]
"""The way to a setting: names, and numbers in lists."""


@dataclass(frozen=True, slots=True)
class PythonName:
    """What `!!python/name:…` names, or a tag that calls it. Reading does neither."""

    name: str
    is_called: bool = False
    keywords: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class Setting:
    """A key of `mkdocs.yml`, or an entry of one of its lists: the way to it, what it holds, and where it stands."""

    keys: Keys
    value: object
    source: Source

    @property
    def name(self) -> str:
        """As an author speaks of it: `theme.icon.logo`, `extra_css`."""
        return ".".join(str(key) for key in self.keys if isinstance(key, str))


@dataclass(frozen=True, slots=True)
class Plugin:
    """An entry of `plugins:`."""

    name: str
    options: Mapping[str, object]
    source: Source

    @property
    def is_on(self) -> bool:
        return self.options.get("enabled") is not False


@dataclass(frozen=True, slots=True)
class NavEntry:
    """An entry of `nav:`: a page of `docs/` by its path there, an address, or a section with `entries`."""

    title: str
    path: str
    source: Source
    entries: tuple["NavEntry", ...] = ()

    @property
    def is_external(self) -> bool:
        return is_remote(self.path)

    @property
    def page(self) -> str:
        """The path of the page that it names, from the course's folder."""
        return posixpath.normpath(posixpath.join("docs", self.path))

    def list_all(self) -> Iterator["NavEntry"]:
        """It, and all in it."""
        yield self
        for entry in self.entries:
            yield from entry.list_all()


@dataclass(frozen=True)
class SiteSettings:
    """Every setting by the way to it, as the environment and inherited files fill it.

    `files` are those it was read from: none where the course has no `mkdocs.yml`. `absent` are the settings that name
    what is not there, such as a hook or an icon. `unread` says that a file could not be read: nothing is known then.
    `variables` are those of the environment that the files ask for.
    """

    entries: Mapping[Keys, Setting] = field(default_factory=dict)
    files: tuple[str, ...] = ()
    absent: frozenset[Keys] = frozenset()
    unread: bool = False
    variables: tuple[tuple[str, Source], ...] = ()
    digest: str = field(default="", compare=False)

    def find(self, *keys: int | str) -> object:
        """The value of a setting; None where it is not set."""
        found = self.entries.get(keys)
        return found.value if found else None

    def find_text(self, *keys: int | str) -> str:
        """The text of a setting; empty where it is none."""
        value = self.find(*keys)
        return value if isinstance(value, str) else ""

    def locate(self, *keys: int | str) -> Source:
        """The place of a setting, or of the nearest one above it."""
        while keys:
            if keys in self.entries:
                return self.entries[keys].source
            keys = keys[:-1]
        return Source(self.files[0] if self.files else SETTINGS)

    def list_below(self, *keys: int | str) -> list[Setting]:
        """The settings right below one, in their order."""
        return [entry for way, entry in self.entries.items() if way[:-1] == keys]

    @cached_property
    def theme(self) -> str | None:
        """The name of the theme; None where none is set."""
        value = self.find("theme")
        name = self.find("theme", "name") if isinstance(value, Mapping) else value
        return None if name is None else str(name)

    @cached_property
    def extensions(self) -> Mapping[str, object]:
        """Those of Python-Markdown that are named, each with its options."""
        listed = [
            (inner.keys[-1], inner.value)
            if isinstance(entry.value, Mapping) or inner is not entry
            else (inner.value, {})
            for entry in self.list_below("markdown_extensions")
            for inner in (self.list_below(*entry.keys) if isinstance(entry.value, Mapping) else [entry])
        ]
        return {str(name): options or {} for name, options in listed}

    @cached_property
    def plugins(self) -> tuple[Plugin, ...]:
        listed = [
            inner
            for entry in self.list_below("plugins")
            for inner in (self.list_below(*entry.keys) if isinstance(entry.keys[-1], int) else [entry]) or [entry]
        ]
        return tuple(_make_plugin(entry) for entry in listed)

    def has_plugin(self, name: str) -> bool:
        """Whether the plugin of this name has a hand in the pages."""
        return any(plugin.name == name and plugin.is_on for plugin in self.plugins)

    @cached_property
    def nav(self) -> tuple[NavEntry, ...]:
        return tuple(self._list_nav("nav"))

    def _list_nav(self, *keys: int | str) -> Iterator[NavEntry]:
        for entry in self.list_below(*keys):
            named = self.list_below(*entry.keys) if isinstance(entry.value, Mapping) else [entry]
            for part in named:
                title = part.keys[-1]
                yield NavEntry(
                    title if isinstance(title, str) else "",
                    part.value if isinstance(part.value, str) else "",
                    part.source,
                    tuple(self._list_nav(*part.keys)) if isinstance(part.value, list) else (),
                )


def is_remote(path: str) -> bool:
    """Whether a path is the address of another host."""
    return path.startswith(("http://", "https://", "//"))


def _make_plugin(entry: Setting) -> Plugin:
    named = isinstance(entry.keys[-1], str)
    options = entry.value if named and isinstance(entry.value, Mapping) else {}
    return Plugin(str(entry.keys[-1] if named else entry.value), options, entry.source)
