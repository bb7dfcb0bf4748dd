"""What is wrong with external links, by what their addresses answered; each finding names the check that reports it."""

from collections.abc import Iterable, Iterator, Mapping
from http import HTTPStatus

from trackbook.external.answer import Answer
from trackbook.external.links import ExternalLink
from trackbook.model import Finding

_KEEP_PROGRAMS_OUT = (401, 403, 407, 429, 451, 999)


def find_faults(links: Iterable[ExternalLink], answers: Mapping[str, Answer]) -> Iterator[Finding]:
    """The faults of each link whose address was answered."""
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
            now_at = _add_fragment(answer.moved_to, link.fragment)
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


def _add_fragment(address: str, fragment: str) -> str:
    return address if "#" in address or not fragment else f"{address}#{fragment}"
