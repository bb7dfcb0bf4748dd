"""The external links of a course, and what is wrong with them by what their addresses answered."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus

from trackbook.external.reply import Answer
from trackbook.model import Course, Finding, Source

_KEEP_PROGRAMS_OUT = (401, 403, 407, 429, 451, 999)


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
    credits_ = [module.credit for module in course.modules]
    credits_ += [credit for track in course.tracks for credit in (track.credit, track.elsewhere)]
    links = [ExternalLink(link.href, link.source) for page in course.pages.values() for link in page.all_links]
    links += [ExternalLink(credit.url, credit.source) for credit in credits_ if credit and credit.source]
    return [link for link in links if link.href.lower().startswith(("http://", "https://", "//"))]


def gather_fragments(links: Iterable[ExternalLink]) -> dict[str, frozenset[str]]:
    """Each address once, with the fragments that links expect on its page."""
    wanted: dict[str, set[str]] = {}
    for link in links:
        wanted.setdefault(link.address, set()).update({link.fragment} - {""})
    return {address: frozenset(fragments) for address, fragments in wanted.items()}


def find_faults(links: Iterable[ExternalLink], answers: Mapping[str, Answer]) -> Iterator[Finding]:
    """The faults of each link whose address was answered; each names the check that reports it."""
    for link in links:
        if (answer := answers.get(link.address)) is not None:
            yield from _find_faults(link, answer)


def _find_faults(link: ExternalLink, answer: Answer) -> Iterator[Finding]:
    if answer.private:
        message = f'"{link.href}" leads to "{answer.private}", which stands at no public address.'
        hint = "link what every learner can open; to check a network of your own, add --allow-private"
        yield Finding(link.source, message, hint, "external-link-is-public")
    elif answer.status in _KEEP_PROGRAMS_OUT:
        message = f'"{link.href}" lets no program in: it answers {_name_status(answer.status)}.'
        hint = "open it in a browser; if it is right, write `allow: {external-link-can-be-checked: …}` with the reason"
        yield Finding(link.source, message, hint, "external-link-can-be-checked")
    elif not answer.is_success:
        said = f"answers {_name_status(answer.status)}" if answer.status else f"gives no answer: {answer.trouble}"
        hint = f"correct the address, or link a copy: https://web.archive.org/web/{link.address}"
        yield Finding(link.source, f'"{link.href}" {said}.', hint, "external-link-answers")
    else:
        if answer.moved_to:
            fragment = f"#{link.fragment}" if link.fragment and "#" not in answer.moved_to else ""
            now_at = answer.moved_to + fragment
            message = f'"{link.href}" has moved for good: it is now at {now_at}.'
            yield Finding(link.source, message, f'write "{now_at}"', "external-link-has-not-moved")
        if link.fragment in answer.lacks:
            message = f'"#{link.fragment}" is nowhere on {link.address}.'
            hint = "take the fragment from a link or heading of that page, or leave it out"
            yield Finding(link.source, message, hint, "external-fragment-lands")


def _name_status(status: int) -> str:
    try:
        return f'{status}, "{HTTPStatus(status).phrase}"'
    except ValueError:
        return str(status)
