"""What a made-up course teaches where, before a page is written: tracks, modules, concepts, and what leads where."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from tests.synthetic.words import Writer, make_writer

MODULES_OF_A_TRACK = 10
MODULES_OF_A_PHASE = 5
CONCEPTS_OF_A_MODULE = 3


@dataclass(frozen=True)
class Concept:
    id: str
    definition: str
    module: str
    """`track/module` that teaches it."""

    @property
    def name(self) -> str:
        return self.id.replace("-", " ")


@dataclass(frozen=True)
class Module:
    number: int
    track: int
    title: str
    summary: str
    topic: list[str]
    concepts: list[Concept]

    @property
    def id(self) -> str:
        return name_module(self.track, self.number)


@dataclass(frozen=True)
class Plan:
    """A module, and where its links lead: concepts of earlier modules, and of later ones."""

    module: Module
    needs: list[Concept]
    promises: list[Concept]
    defers: Concept | None
    """Left to a later track."""


@dataclass(frozen=True)
class Track:
    number: int
    title: str
    builds_on: int | None
    modules: list[Plan]

    @property
    def id(self) -> str:
        return f"track-{self.number}"

    @property
    def summary(self) -> str:
        return f"How {self.title.lower()} came about, and what comes of it."


def plan_course(modules: int, first: int = 1) -> list[Track]:
    """Tracks from this number on."""
    planned = list(_plan_modules(modules, first))
    tracks: dict[int, list[Plan]] = {}
    for module in planned:
        tracks.setdefault(module.track, []).append(_link_module(module, planned, first))
    return [Track(number, _name_track(number), _choose_base(number, first), plans) for number, plans in tracks.items()]


def name_module(track: int, number: int) -> str:
    return f"track-{track}/module-{number}"


def _plan_modules(modules: int, first: int) -> Iterator[Module]:
    taken: set[str] = set()
    for number in range(modules):
        writer = make_writer(number)
        topic = writer.pick_topic()
        track = first + number // MODULES_OF_A_TRACK
        title = f"{writer.name(topic).capitalize()}: {writer.name(topic, 3)}"
        concepts = list(_plan_concepts(writer, topic, name_module(track, number), taken))
        yield Module(number, track, title, writer.write_sentence(topic), topic, concepts)


def _plan_concepts(writer: Writer, topic: list[str], module: str, taken: set[str]) -> Iterator[Concept]:
    pairs = (f"{one}-{other}" for one, other in zip(topic[::2], topic[1::2], strict=True))
    for concept in [pair for pair in pairs if pair not in taken][:CONCEPTS_OF_A_MODULE]:
        taken.add(concept)
        yield Concept(concept, writer.write_sentence(topic, 18, 26), module)


def _link_module(module: Module, planned: list[Module], first: int) -> Plan:
    """It needs three earlier modules, one of the track below; it promises the next one, and one of a later track."""
    chance = Random(module.number)
    start = (module.track - first) * MODULES_OF_A_TRACK
    before = planned[start : module.number]
    earlier = [before[-1], chance.choice(before)] if before else []
    base = _choose_base(module.track, first)
    if base is not None:
        end = (base - first + 1) * MODULES_OF_A_TRACK
        earlier.append(chance.choice(planned[end - MODULES_OF_A_TRACK : end]))
    following = planned[module.number + 1 : start + MODULES_OF_A_TRACK][:1]
    later = planned[start + MODULES_OF_A_TRACK :]
    needs = dict.fromkeys(chance.choice(one.concepts) for one in earlier)
    promises = [chance.choice(one.concepts) for one in following]
    defers = chance.choice(chance.choice(later).concepts) if later else None
    return Plan(module, list(needs), [*promises, *([defers] if defers else [])], defers)


def _choose_base(number: int, first: int) -> int | None:
    """The track that another builds on: so none has a long way back."""
    return first + (number - first - 1) // 2 if number > first else None


def _name_track(number: int) -> str:
    writer = make_writer(-number)
    return f"The {writer.name(writer.pick_topic())}"
