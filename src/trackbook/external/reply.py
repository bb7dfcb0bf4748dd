"""One reply of a server, or none, in plain values."""

import asyncio
import errno
import socket
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime
from itertools import pairwise, takewhile

import aiohttp

from trackbook.external.public import NotPublicError

_ASK_TO_WAIT = (429, 503)
_MAY_RECOVER = (*_ASK_TO_WAIT, 500, 502, 504)
_FOR_GOOD = (301, 308)
_NO_NETWORK = (errno.ENETDOWN, errno.ENETUNREACH)


@dataclass(frozen=True, slots=True)
class Answer:
    """`status` is the last one of HTTP; where there was none it is 0, and `trouble` says why.

    `private` is the host that was not asked because its address is not public, `moved_to` is where permanent redirects
    lead. Of the fragments that were `sought`, the page `lacks` some. `offline` says that no network was reached, or no
    name could be looked up; `unknown_host` is a name that nobody has, as far as can be known.
    """

    status: int = 0
    trouble: str = ""
    private: str = ""
    moved_to: str = ""
    sought: frozenset[str] = frozenset()
    lacks: frozenset[str] = frozenset()
    offline: bool = False
    unknown_host: str = ""

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer, whether another try may bring a better one, and the seconds that the server asks to wait for it."""

    answer: Answer
    may_recover: bool = False
    pause: float | None = None

    @property
    def asks_to_wait(self) -> bool:
        return self.answer.status in _ASK_TO_WAIT


def read_reply(response: aiohttp.ClientResponse, now: float) -> Reply:
    trouble = "" if response.status else "its status is 000"
    answer = Answer(response.status, trouble, moved_to=_find_new_address(response))
    pause = _read_pause(response.headers.get("Retry-After", ""), now)
    return Reply(answer, may_recover=response.status in _MAY_RECOVER, pause=pause)


def read_trouble(error: Exception) -> Reply:
    """What went wrong before there was a status, named as an author knows it."""
    match error:
        case aiohttp.ClientConnectorError(os_error=NotPublicError()):
            return Reply(Answer(private=error.host))
        case aiohttp.ClientConnectorCertificateError():
            reason = getattr(error.certificate_error, "verify_message", "") or str(error.certificate_error)
            return Reply(Answer(trouble=f"its certificate can't be trusted ({reason})"))
        case aiohttp.ClientConnectorDNSError(os_error=OSError(errno=socket.EAI_AGAIN)):
            trouble = f'the host "{error.host}" can\'t be looked up right now'
            return Reply(Answer(trouble=trouble, offline=True), may_recover=True)
        case aiohttp.ClientConnectorDNSError():
            return Reply(Answer(trouble=f'there is no host "{error.host}"', unknown_host=error.host))
        case aiohttp.TooManyRedirects():
            return Reply(Answer(trouble="its redirects never end"))
        case aiohttp.NonHttpUrlRedirectClientError():
            scheme = str(error.args[0]).partition(":")[0]
            return Reply(Answer(trouble=f'it redirects to a "{scheme}:" address'))
        case aiohttp.InvalidURL() | ValueError():
            return Reply(Answer(trouble="that is no whole address"))
        case aiohttp.ClientResponseError():
            return Reply(Answer(trouble="what it says is no HTTP"))
        case asyncio.TimeoutError():
            return Reply(Answer(trouble="it takes too long"), may_recover=True)
        case aiohttp.ClientConnectorError():
            trouble, offline = error.os_error.strerror or str(error.os_error), error.os_error.errno in _NO_NETWORK
            return Reply(Answer(trouble=trouble, offline=offline), may_recover=True)
    return Reply(Answer(trouble=f"the connection broke off ({type(error).__name__})"), may_recover=True)


def _find_new_address(response: aiohttp.ClientResponse) -> str:
    """Where the redirects at the beginning lead that are for good; what a temporary one adds may change again."""
    steps = [*response.history, response]
    lasting = list(takewhile(lambda pair: pair[0].status in _FOR_GOOD, pairwise(steps)))
    return str(lasting[-1][1].url) if lasting and lasting[-1][1].url != steps[0].url else ""


def _read_pause(header: str, now: float) -> float | None:
    """The seconds that `Retry-After` asks for, given as a number or as a date (RFC 9110, 10.2.3)."""
    if header.isascii() and header.strip().isdigit():
        return float(header[:9])
    try:
        when = parsedate_to_datetime(header)
        return max(0.0, when.replace(tzinfo=when.tzinfo or UTC).timestamp() - now)
    except (ValueError, OverflowError):
        return None
