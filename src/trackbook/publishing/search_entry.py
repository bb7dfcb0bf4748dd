"""A result of search, as the index is to show it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SearchGroup:
    """What results stand together under: a module, a track, or (with no key) all other pages."""

    key: str
    title: str
    place: str = ""
    track_number: int | None = None


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """Something that search can find.

    `label` is a reader's word for its kind, `names` are what it is known by beside its title, `text` is what it says:
    None where the built page says it.
    """

    address: str
    title: str
    kind: str
    label: str
    group: SearchGroup
    names: tuple[str, ...] = ()
    text: str | None = None
