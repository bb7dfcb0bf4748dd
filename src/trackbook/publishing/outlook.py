"""Where a module stands among the others: what every generated part asks of the course."""

from dataclasses import dataclass

from trackbook.model import Concept, Course, Module, Phase, Track


@dataclass(frozen=True, slots=True)
class Outlook:
    """A module with its track, its phase and both numbers, counted from 1."""

    track: Track
    phase: Phase
    module: Module
    number: int
    phase_number: int

    @property
    def position(self) -> str:
        """Such as "Lesson 3 of 10"; planned lessons count."""
        return f"Lesson {self.number} of {len(self.track.modules)}"

    @property
    def sentence(self) -> str:
        """The position with its place in the phase, such as "Lesson 3 of 10, closing phase 1"."""
        inside = self.phase.modules.index(self.module)
        verb = "opening" if inside == 0 else "closing" if inside == len(self.phase.modules) - 1 else "in"
        if len(self.phase.modules) == 1:
            verb = "the whole of"
        return f"{self.position}, {verb} phase {self.phase_number}"


def survey(course: Course) -> dict[str, Outlook]:
    """The outlook of every module by its key."""
    found: dict[str, Outlook] = {}
    for track in course.tracks:
        number = 0
        for phase_number, phase in enumerate(track.phases, 1):
            for module in phase.modules:
                number += 1
                found.setdefault(module.key, Outlook(track, phase, module, number, phase_number))
    return found


def list_teachers(course: Course, module: Module) -> list[Concept]:
    """The concepts that the module needs, as far as the course knows them."""
    return [course.concepts[need.concept] for need in module.needs if need.concept in course.concepts]
