"""Where a module stands among the others: what every generated part asks of the course."""

from dataclasses import dataclass

from trackbook.language.words import Language
from trackbook.model import Concept, Course, Module, Phase, Track


@dataclass(frozen=True, slots=True)
class Outlook:
    """A module with its track, its phase and both numbers, counted from 1."""

    track: Track
    phase: Phase
    module: Module
    number: int
    phase_number: int

    def say_position(self, language: Language) -> str:
        """Such as "Lesson 3 of 10"; planned lessons count."""
        return language.say("place.lesson_of", number=self.number, total=len(self.track.modules))

    def say_place(self, language: Language) -> str:
        """The position with its place in the phase, such as "Lesson 3 of 10, closing phase 1"."""
        inside = self.phase.modules.index(self.module)
        where = "opening" if inside == 0 else "closing" if inside == len(self.phase.modules) - 1 else "inside"
        if len(self.phase.modules) == 1:
            where = "whole"
        return language.say(f"place.{where}", position=self.say_position(language), phase=self.phase_number)


def survey(course: Course) -> dict[str, Outlook]:
    """The outlook of every module by its key."""
    found: dict[str, Outlook] = {}
    for track in course.tracks:
        for outlook in _survey_track(track):
            found.setdefault(outlook.module.key, outlook)
    return found


def _survey_track(track: Track) -> list[Outlook]:
    places = [(phase, number, module) for number, phase in enumerate(track.phases, 1) for module in phase.modules]
    return [Outlook(track, phase, module, at, number) for at, (phase, number, module) in enumerate(places, 1)]


def list_teachers(course: Course, module: Module) -> list[Concept]:
    """The concepts that the module needs, as far as the course knows them."""
    return [course.concepts[need.concept] for need in module.needs if need.concept in course.concepts]
