"""Asks addresses of the web: politely, patiently, and never for more than a link needs."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

import aiohttp
from tenacity import AsyncRetrying, RetryCallState, retry_if_result, stop_after_attempt

from trackbook.external.anchors import find_missing
from trackbook.external.public import open_public_socket, open_socket
from trackbook.external.reply import Answer, Reply, read_reply, read_trouble

Tell = Callable[[str, Answer], None]


@dataclass(frozen=True, slots=True)
class Manners:
    """How to ask. Times are seconds; `sleep` and `now` are the clock."""

    agent: str = "Trackbook (checks the links of a course)"
    allow_private: bool = False
    requests_at_once: int = 16
    requests_per_host: int = 2
    tries: int = 3
    patience: float = 20
    longest_pause: float = 60
    most_bytes: int = 5_000_000
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    now: Callable[[], float] = time.time


async def ask_all(wanted: Mapping[str, frozenset[str]], manners: Manners, tell: Tell) -> None:
    """Asks every address for the fragments that are wanted of it, and tells each answer when it comes."""
    connector = aiohttp.TCPConnector(
        limit=0,
        limit_per_host=manners.requests_per_host,
        socket_factory=open_socket if manners.allow_private else open_public_socket,
    )
    async with (
        aiohttp.ClientSession(
            connector=connector,
            headers={"User-Agent": manners.agent, "Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"},
            timeout=aiohttp.ClientTimeout(total=manners.patience),
            max_line_size=65_536,
            max_field_size=65_536,
        ) as session,
        asyncio.TaskGroup() as group,
    ):
        asker = _Asker(session, manners)
        for address, fragments in wanted.items():
            group.create_task(asker.ask(address, fragments, tell))


class _Asker:
    def __init__(self, session: aiohttp.ClientSession, manners: Manners) -> None:
        self.session, self.manners = session, manners
        self.everywhere = asyncio.Semaphore(manners.requests_at_once)
        self.hosts: dict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(manners.requests_per_host))

    async def ask(self, address: str, fragments: frozenset[str], tell: Tell) -> None:
        """A host that asked for a pause gets it from all its addresses: they share its few places."""
        patient = AsyncRetrying(
            sleep=self.manners.sleep,
            wait=self._pause,
            stop=stop_after_attempt(self.manners.tries),
            retry=retry_if_result(self._is_worth_another_try),
            retry_error_callback=lambda state: state.outcome and state.outcome.result(),
        )
        async with self.hosts[address.split("/")[2].lower()]:
            reply: Reply = await patient(self._ask_once, address, fragments)
        tell(address, reply.answer)

    async def _ask_once(self, address: str, fragments: frozenset[str]) -> Reply:
        """By HEAD; by GET when that brings nothing, or when the page has to be read."""
        async with self.everywhere:
            if not fragments:
                reply = await self._request("HEAD", address, fragments)
                if reply.answer.is_success or reply.answer.private or reply.asks_to_wait:
                    return reply
            return await self._request("GET", address, fragments)

    async def _request(self, method: str, address: str, fragments: frozenset[str]) -> Reply:
        try:
            if urlsplit(address).username is not None:
                return Reply(Answer(trouble="a name or a password stands before its host"))
            async with self.session.request(method, address, allow_redirects=True) as response:
                reply = read_reply(response, self.manners.now())
                if not fragments or not reply.answer.is_success:
                    return reply
                html = await self._read_html(response)
                lacks = frozenset() if html is None else find_missing(fragments, html)
                return replace(reply, answer=replace(reply.answer, sought=fragments, lacks=lacks))
        except (aiohttp.ClientError, OSError, ValueError) as error:
            return read_trouble(error)

    async def _read_html(self, response: aiohttp.ClientResponse) -> str | None:
        """The whole page; None when it is no page, or so long or slow that what is missing could still come."""
        if "html" not in response.content_type:
            return None
        body = b""
        try:
            async for chunk in response.content.iter_chunked(65_536):
                body += chunk
                if len(body) > self.manners.most_bytes:
                    return None
        except (aiohttp.ClientError, TimeoutError):
            return None
        return body.decode("utf-8", errors="replace")

    def _pause(self, state: RetryCallState) -> float:
        """What the server asked for, else 1, 2, 4… seconds."""
        asked = _reply_of(state).pause
        return 2.0 ** (state.attempt_number - 1) if asked is None else asked

    def _is_worth_another_try(self, reply: Reply) -> bool:
        return reply.may_recover and (reply.pause or 0) <= self.manners.longest_pause


def _reply_of(state: RetryCallState) -> Reply:
    reply: Reply = state.outcome.result() if state.outcome else Reply(Answer())
    return reply
