"""The site's files that are no pages of Markdown, but for those about cards: each uri with what writes its text."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import cast

from trackbook.model import Track, is_slug
from trackbook.publishing.addresses import (
    CHEATSHEETS,
    GLOSSARY,
    MAP,
    address,
    lesson_uri,
    link,
    locate,
    locate_source,
    track_uri,
)
from trackbook.publishing.edition import Edition
from trackbook.publishing.examples import read_example
from trackbook.widgets import WidgetData, list_widgets


def publish_redirects(edition: Edition) -> Iterator[tuple[str, Callable[[], str]]]:
    """A page at each former address of a module's pages: it leads to the new one without script or the host's help."""
    course = edition.course
    current = {module.key for module in course.modules}
    for module in course.modules:
        for former in module.was:
            parts = former.concept.split("/")
            if former.concept in current or len(parts) != 2 or not all(map(is_slug, parts)):
                continue
            for page in module.pages.values():
                new = locate_source(course, page.path)
                old = new.replace(module.key, former.concept, 1)
                yield f"{address(old)}index.html", partial(_redirect, edition, module.title, link(old, new))


def _redirect(edition: Edition, title: str, url: str) -> str:
    return edition.show("redirect", title=title, url=url) + "\n"


def publish_widget_files(edition: Edition) -> Iterator[tuple[str, Callable[[], str]]]:
    """What widgets load when a learner asks for it, cut out of the course's data; what shows the same shares a file."""
    course, widgets = edition.course, list_widgets(edition.course)
    giving = [name for name, widget in widgets.items() if widget.data.list_files is not WidgetData.list_files]
    pages = [page for page in course.pages.values() if not set(giving).isdisjoint(page.widgets)]
    pages += [read_example(widgets[name], course.data) for name in giving]
    for fence in (fence for page in pages for fence in page.fences if fence.data is not None):
        for path, text in cast(WidgetData, fence.data).list_files().items():
            yield locate_source(course, path), partial(str, text)


def write_llms(edition: Edition) -> str:
    """The text of llms.txt (https://llmstxt.org): the course in short for language models, in plain Markdown.

    It has a section a track with its written lessons. Addresses are whole where the site's own is known.
    """

    def write_link(uri: str, title: str, summary: str) -> str:
        name = _join(title).replace("[", r"\[").replace("]", r"\]")
        line = f"- [{name}]({locate(edition.site, 'index.md', uri)})"
        return f"{line}: {_join(summary)}" if summary else line

    def list_track(track: Track) -> Iterator[str]:
        yield write_link(track_uri(track), edition.say("llms.track"), track.summary)
        for module in track.modules:
            if module.pages:
                yield write_link(lesson_uri(module), module.title, module.summary)

    course, say = edition.course, edition.say
    parts = [f"# {_join(course.title)}"]
    if course.summary:
        parts.append(f"> {_join(course.summary)}")
    for track in course.tracks:
        parts.append("\n".join([f"## {_join(edition.name_track(track))}", "", *list_track(track)]))
    others = {"glossary": GLOSSARY, "cheatsheets": CHEATSHEETS, "map": MAP}
    lines = [write_link(uri, say(f"{name}.title"), say(f"{name}.description")) for name, uri in others.items()]
    # The name of the section is part of the format: what stands in it may be left out.
    parts.append("\n".join(["## Optional", "", *lines]))
    return "\n\n".join(parts) + "\n"


def _join(text: str) -> str:
    return " ".join(text.split())
