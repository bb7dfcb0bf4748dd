"""The views that parts show: plain dicts with addresses right for the page they stand on."""

from collections.abc import Mapping, Sequence

from trackbook.language.timing import lesson_minutes
from trackbook.language.words import Language, load_language
from trackbook.model import MODULE_KINDS, Concept, Course, Credit, Module, Track
from trackbook.publishing.addresses import GLOSSARY, lesson_uri, link, locate_source, track_uri
from trackbook.publishing.outlook import Outlook, list_teachers

View = dict[str, object]


def view_track(track: Track, here: str) -> View:
    return {
        "id": track.id,
        "number": track.number,
        "title": track.title,
        "summary": track.summary,
        "url": link(here, track_uri(track)),
    }


def view_lesson(outlook: Outlook, here: str) -> View:
    """A lesson as cards and lists show it; `url` is None while it is planned."""
    module = outlook.module
    return {
        "id": module.id,
        "title": module.title,
        "summary": module.summary,
        "number": outlook.number,
        "track": view_track(outlook.track, here),
        "url": link(here, lesson_uri(module)) if module.pages else None,
        "planned": not module.pages,
        "is_track": False,
        "minutes": lesson_minutes(module),
        "practice_minutes": module.practice_minutes,
    }


def view_credit(credit: Credit | None, language: Language) -> View | None:
    if credit is None:
        return None
    return {"title": credit.title, "url": credit.url, "authors": language.join(credit.authors)}


def view_tabs(course: Course, module: Module, here: str) -> list[View]:
    say = load_language(course.language).say
    tabs: list[View] = []
    for kind in MODULE_KINDS:
        page = module.pages.get(kind)
        uri = locate_source(course, page.path) if page else ""
        tabs.append({"label": say(f"kind.{kind}"), "url": link(here, uri) if page else None, "current": uri == here})
    return tabs


def view_concept(concept: Concept, outlooks: Mapping[str, Outlook], course: Course, here: str) -> View:
    """A concept with the lesson that teaches it, or the track that assumes it."""
    say = load_language(course.language).say
    outlook = outlooks.get(concept.taught_in or "")
    track = course.track(concept.track)
    if outlook:
        where = say("place.track_lesson", track=outlook.track.number, number=outlook.number)
        url = link(here, lesson_uri(outlook.module) if outlook.module.pages else track_uri(outlook.track))
    else:
        where = say("place.track", number=track.number) if track else ""
        url = link(here, track_uri(track)) if track else ""
    return {
        "id": concept.id,
        "name": concept.name,
        "definition": concept.definition,
        "track": track.number if track else 0,
        "where": where,
        "lesson": outlook.module.title if outlook else track.title if track else "",
        "planned": bool(outlook and not outlook.module.pages),
        "url": url,
        "glossary": link(here, GLOSSARY, concept.id),
    }


def view_needs(course: Course, module: Module, outlooks: Mapping[str, Outlook], here: str) -> list[View]:
    return [view_concept(concept, outlooks, course, here) for concept in list_teachers(course, module)]


def view_pager(course: Course, outlook: Outlook, outlooks: Mapping[str, Outlook], here: str) -> View:
    """The cards to either side: a planned neighbour without a link, and beside it the nearest written one."""
    modules = outlook.track.modules
    index = outlook.number - 1
    tracks = list(course.tracks)
    position = tracks.index(outlook.track)
    return {
        "previous": _side([outlooks[module.key] for module in reversed(modules[:index])], tracks[:position][-1:], here),
        "next": _side([outlooks[module.key] for module in modules[index + 1 :]], tracks[position + 1 :][:1], here),
    }


def _side(way: Sequence[Outlook], track: Sequence[Track], here: str) -> list[View]:
    cards: list[View] = []
    if way and not way[0].module.pages:
        cards.append(view_lesson(way[0], here))
    if written := next((outlook for outlook in way if outlook.module.pages), None):
        cards.append(view_lesson(written, here))
    elif track:
        cards.append({**view_track(track[0], here), "is_track": True, "planned": False, "minutes": 0})
    return cards


def view_deeper(course: Course, outlook: Outlook, outlooks: Mapping[str, Outlook], here: str) -> dict[str, View]:
    """One card a lesson that goes deeper, by its module's key, with the deferred concepts it teaches."""
    cards: dict[str, View] = {}
    for deferral in outlook.module.defers:
        for left in deferral.concepts:
            concept = course.concepts.get(left.concept)
            target = outlooks.get(concept.taught_in or "") if concept else None
            if concept and target and concept.track == deferral.track:
                card = cards.setdefault(target.module.key, {**view_lesson(target, here), "concepts": []})
                concepts = card["concepts"]
                assert isinstance(concepts, list)
                concepts.append({"id": concept.id, "name": concept.name})
                if not target.module.pages:
                    card["url"] = None
    return cards


def view_shorter(course: Course, outlook: Outlook, outlooks: Mapping[str, Outlook], here: str) -> list[View]:
    """The lessons that defer to this one: the short tours."""
    mine = {concept.id: concept.name for concept in outlook.module.teaches}
    tours: dict[str, list[str]] = {}
    for number, module, concept in sorted(
        found for name in mine for found in course.deferred.get((outlook.track.id, name), ())
    ):
        del number
        tours.setdefault(module, []).append(mine[concept])
    return [
        {**view_lesson(outlooks[key], here), "concepts": names}
        for key, names in tours.items()
        if key in outlooks and outlooks[key].module.pages
    ]
