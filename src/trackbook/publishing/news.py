"""What is new in the course: a page, and a feed that readers of feeds follow (Atom, RFC 4287)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import groupby

from trackbook.publishing.addresses import FEED, NEWS, lesson_uri, link, locate
from trackbook.publishing.edition import Edition, Position
from trackbook.publishing.generated_pages import make_page
from trackbook.publishing.site_source import SitePage, Slots
from trackbook.publishing.text import escape_markdown
from trackbook.reading.dates import Edit

_MUCH = 20
"""Changed lines of a module on one day from which on it is told, unless its author announces less."""
_MOST = 60


@dataclass(frozen=True, slots=True)
class News:
    """A module that came on a day, or was much changed then, and what its author says of that."""

    position: Position
    day: date
    time: int
    is_new: bool
    words: str


def list_news(edition: Edition, edits: Sequence[Edit]) -> tuple[News, ...]:
    """The newest first, of one day in the order of the course."""
    found: dict[tuple[str, str], list[Edit]] = {}
    for edit in (*edits, *_list_announced(edition)):
        if module := edition.course.owners.get(edit.path):
            found.setdefault((edit.date, module.key), []).append(edit)
    born = {key: day for (day, key), edits in found.items() if _brings_lesson(edition.positions[key], edits)}
    order = {key: place for place, key in enumerate(edition.positions)}
    days = sorted((name for name in found if name[0] >= born.get(name[1], "")), key=lambda name: order[name[1]])
    days.sort(key=lambda name: name[0], reverse=True)
    told = (_tell(edition.positions[key], found[day, key]) for day, key in days)
    return tuple(news for news in told if news)[:_MOST]


def _list_announced(edition: Edition) -> Iterator[Edit]:
    """What front matter announces, as if a commit of that day did."""
    for position in edition.positions.values():
        path = next((page.path for page in position.module.pages.values()), "")
        for day, words in position.module.news if path else ():
            midnight = datetime.combine(date.fromisoformat(day), time(), UTC)
            yield Edit(path, int(midnight.timestamp()), day, added=False, lines=0, news=" ".join(words.split()))


def _tell(position: Position, edits: list[Edit]) -> News | None:
    is_new = _brings_lesson(position, edits)
    words = " ".join(dict.fromkeys(edit.news for edit in reversed(edits) if edit.news))
    if not (is_new or words or sum(edit.lines for edit in edits) >= _MUCH):
        return None
    return News(position, date.fromisoformat(edits[0].date), edits[0].time, is_new, words)


def _brings_lesson(position: Position, edits: list[Edit]) -> bool:
    lesson = position.module.pages.get("lesson")
    return any(edit.added and lesson and edit.path == lesson.path for edit in edits)


def publish_news(edition: Edition, news: Sequence[News]) -> Iterator[SitePage]:
    """The page, where there is something to tell."""

    def write(edition: Edition, slots: Slots) -> Iterator[str]:
        yield slots.add(edition.show("news_lede", NEWS, feed=link(NEWS, FEED) if edition.site else ""))
        for day, group in groupby(news, key=lambda one: one.day):
            yield f"## {escape_markdown(edition.language.say_date(day))}"
            yield slots.add(edition.show("news", NEWS, news=[*group]))

    if news:
        yield make_page(edition, NEWS, "news", write, description="lede", unlisted=True)


def write_feed(edition: Edition, news: Sequence[News]) -> str:
    """The newest as Atom, for a site whose address is known."""
    entries = [
        {
            "title": edition.say(f"news.{_name(one)}_entry", title=one.position.module.title),
            "url": locate(edition.site, NEWS, lesson_uri(one.position.module)),
            "id": f"{locate(edition.site, NEWS, lesson_uri(one.position.module))}#{one.day.isoformat()}",
            "time": _write_time(one.time),
            "text": one.words or one.position.module.summary,
        }
        for one in news[:30]
    ]
    author = edition.course.settings.find_text("site_author") or edition.course.title
    newest = max(one.time for one in news)
    page, feed = (locate(edition.site, NEWS, there) for there in (NEWS, FEED))
    return edition.show("feed", entries=entries, author=author, time=_write_time(newest), page=page, feed=feed) + "\n"


def _name(news: News) -> str:
    return "new" if news.is_new else "changed"


def _write_time(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
