"""Links out of the course lead where they did: `trackbook check --external` asks, and files what it learned here."""

from collections.abc import Iterator

from trackbook.checks.check import advice, check, met_while_reading
from trackbook.model import Course, Finding


@check
def external_link_answers(course: Course) -> Iterator[Finding]:
    """Every address outside the course answers, over a connection that browsers trust.

    Pages of others come and go. A learner who meets a dead one can't tell whether they missed something.
    """
    yield from met_while_reading(course, "external-link-answers")


@check
def external_link_is_public(course: Course) -> Iterator[Finding]:
    """No link leads into a private network, nor redirects there.

    No learner reaches it. And it isn't asked, so that nobody can look around a network by a link that its machines
    check; `--allow-private` is for a network of your own.
    """
    yield from met_while_reading(course, "external-link-is-public")


@advice
def external_link_has_not_moved(course: Course) -> Iterator[Finding]:
    """No address outside the course says that its page has moved for good.

    The old address works as long as somebody keeps the redirect; the new one is the one that lasts.
    """
    yield from met_while_reading(course, "external-link-has-not-moved")


@advice
def external_fragment_lands(course: Course) -> Iterator[Finding]:
    """The `#fragment` of a link out of the course is an id or a name on that page.

    The page opens at its top otherwise. This is advice: a page may make its anchors by script, which nobody runs here.
    """
    yield from met_while_reading(course, "external-fragment-lands")


@advice
def external_link_can_be_checked(course: Course) -> Iterator[Finding]:
    """The server of a link lets programs ask, not only browsers.

    Where it doesn't, nobody notices the day on which the page goes. Look yourself, and say in `allow:` that you did.
    """
    yield from met_while_reading(course, "external-link-can-be-checked")
