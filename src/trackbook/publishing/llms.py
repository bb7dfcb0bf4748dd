"""The course in short for language models (https://llmstxt.org): what there is, with addresses, in plain Markdown."""

from collections.abc import Iterator

from trackbook.language.words import load_language
from trackbook.model import Course, Track
from trackbook.publishing.addresses import CHEATSHEETS, GLOSSARY, MAP, lesson_uri, locate, track_uri


def write_llms(course: Course, site: str) -> str:
    """The text of llms.txt: a section a track with its written lessons. Addresses are whole where `site` is known."""
    say = load_language(course.language).say
    parts = [f"# {_join(course.title)}"]
    if course.summary:
        parts.append(f"> {_join(course.summary)}")
    for track in course.tracks:
        heading = say("place.track_title", number=track.number, title=track.title)
        parts.append("\n".join([f"## {_join(heading)}", "", *_list_track(course, track, site)]))
    others = [
        _link(site, uri, say(f"{name}.title"), say(f"{name}.description"))
        for name, uri in (("glossary", GLOSSARY), ("cheatsheets", CHEATSHEETS), ("map", MAP))
    ]
    # The name of the section is part of the format: what stands in it may be left out.
    parts.append("\n".join(["## Optional", "", *others]))
    return "\n\n".join(parts) + "\n"


def _list_track(course: Course, track: Track, site: str) -> Iterator[str]:
    yield _link(site, track_uri(track), load_language(course.language).say("llms.track"), track.summary)
    for module in track.modules:
        if module.pages:
            yield _link(site, lesson_uri(module), module.title, module.summary)


def _link(site: str, uri: str, title: str, summary: str) -> str:
    name = _join(title).replace("[", r"\[").replace("]", r"\]")
    line = f"- [{name}]({locate(site, 'index.md', uri)})"
    return f"{line}: {_join(summary)}" if summary else line


def _join(text: str) -> str:
    return " ".join(text.split())
