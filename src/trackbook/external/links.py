"""The external links of a course, each with every place that it stands at."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from trackbook.model import Course, Source


@dataclass(frozen=True, slots=True)
class ExternalLink:
    """An address as an author wrote it, in the two parts that are asked for and looked for."""

    href: str
    source: Source

    @property
    def address(self) -> str:
        whole = f"https:{self.href}" if self.href.startswith("//") else self.href
        return whole.partition("#")[0]

    @property
    def fragment(self) -> str:
        return self.href.partition("#")[2]


def list_links(course: Course) -> list[ExternalLink]:
    """Every link of the course, its images and its credits included, that leads out by http or https."""
    return [link for link in _list_all(course) if link.href.lower().startswith(("http://", "https://", "//"))]


def gather_fragments(links: Iterable[ExternalLink]) -> dict[str, frozenset[str]]:
    """Each address once, with the fragments that links expect on its page."""
    wanted: dict[str, set[str]] = {}
    for link in links:
        wanted.setdefault(link.address, set()).update({link.fragment} - {""})
    return {address: frozenset(fragments) for address, fragments in wanted.items()}


def _list_all(course: Course) -> Iterator[ExternalLink]:
    for page in course.pages.values():
        for link in page.all_links:
            yield ExternalLink(link.href, link.source)
    credits_ = [module.credit for module in course.modules]
    for credit in [*credits_, *(credit for track in course.tracks for credit in (track.credit, track.elsewhere))]:
        if credit and credit.source:
            yield ExternalLink(credit.url, credit.source)
