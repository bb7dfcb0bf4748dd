"""The nouns of a course: frozen values that hold what the authors wrote, each with the place it came from."""

from trackbook.model.course import OWN_WIDGETS, Course, DataFile, Direction, Phase, Track
from trackbook.model.media import PICTURES, UNPLAYED, Medium, name_medium
from trackbook.model.module import Concept, Credit, Deferral, Module, Need, Objective, Promise, Stated
from trackbook.model.page import MODULE_KINDS, Allowance, Fence, Item, Kind, Page, Recorded
from trackbook.model.place import SLUG_SCHEMA, Finding, Level, Source, is_slug, suggest_slug
from trackbook.model.text import STAND_IN, Definition, Formula, Heading, Link, Passage, PassageKind, Table

__all__ = [
    "MODULE_KINDS",
    "OWN_WIDGETS",
    "PICTURES",
    "SLUG_SCHEMA",
    "STAND_IN",
    "UNPLAYED",
    "Allowance",
    "Concept",
    "Course",
    "Credit",
    "DataFile",
    "Deferral",
    "Definition",
    "Direction",
    "Fence",
    "Finding",
    "Formula",
    "Heading",
    "Item",
    "Kind",
    "Level",
    "Link",
    "Medium",
    "Module",
    "Need",
    "Objective",
    "Page",
    "Passage",
    "PassageKind",
    "Phase",
    "Promise",
    "Recorded",
    "Source",
    "Stated",
    "Table",
    "Track",
    "is_slug",
    "name_medium",
    "suggest_slug",
]
