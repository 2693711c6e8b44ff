"""The door to HTTP: bounded, guarded, and with one kind of trouble.

The only user of aiohttp, of which no more is taken than the exchange itself: it is four to five
times as quick as what is written in Python alone, and certificate logs and registries are asked
hundreds of times a second. Redirects, bounds and decompression are the door's.

Every hop of a redirect goes through the address guard, connections are made to the address that was
checked, bodies are bounded after decompression, and no cookie, proxy or netrc is ever used.
Messages name hosts only: paths and queries may hold secrets.
"""

import asyncio
import base64
import contextlib
import os
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from io import BytesIO
from pathlib import Path

import aiohttp
import yarl

from hunter.errors import WillPass
from hunter.net.bodies import Gzip, Gzips, Plain, body_in
from hunter.net.connections import open_session
from hunter.net.guard import Guard, Resolve, system_addresses
from hunter.net.text import clean, decoded
from hunter.net.urls import as_browsers_read, askable, parsed, place

_MAX_REDIRECTS = 5
_MAX_VISITS = 50
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_FOR_ANY_HOST = frozenset(("accept", "if-modified-since", "if-none-match"))
_MAX_PAUSE = timedelta(days=1)
_DOWNLOAD_SECONDS = 1800.0
_BEFORE_SENDING = (
    aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL,
)  # fmt: skip
# A header that cannot be sent is a ValueError, without a class of its own.
_TROUBLE = (aiohttp.ClientError, zlib.error, ValueError)


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """What came back. `headers` have lower-case keys; `url` is where the last redirect led."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str
    hops: tuple[str, ...] = ()
    """The URLs that redirected, in their order."""


@dataclass(frozen=True, slots=True)
class _Question:
    method: str
    url: yarl.URL
    headers: Mapping[str, str]
    content: bytes | None
    max_bytes: int
    seconds: float
    guard: Guard
    cut: bool = False
    follow: bool = True
    hops: tuple[str, ...] = ()
    is_download: bool = False


class HttpDoor:
    """Asks web servers. `timeout` is in seconds and for a whole exchange, redirects included.

    `private_hosts` (`host` or `host:port`) may be asked although their address is not public, but
    not because a stranger points there; `allow_private` lets every address through, for tests.
    """

    def __init__(
        self,
        user_agent: str,
        allow_private: bool = False,
        timeout: float = 20.0,
        *,
        private_hosts: tuple[str, ...] = (),
        resolve: Resolve = system_addresses,
    ) -> None:
        self._timeout = timeout
        self._headers = {
            "Accept": "*/*",
            "Accept-Encoding": "gzip",
            "Connection": "keep-alive",
            "User-Agent": user_agent,
        }
        self._guard = Guard(allow_private, frozenset(private_hosts), resolve)
        self._opened: dict[Guard, aiohttp.ClientSession] = {}
        self._closed = False
        self.visits = asyncio.Semaphore(_MAX_VISITS)
        """Turns for questions to suspects' servers: those that never answer must not take all the
        connections, of which a door has 100."""

    async def get(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        max_bytes: int = 2_000_000,
        seconds: float | None = None,
        cut: bool = False,
        follow: bool = True,
        pointed_by: str = "",
        after: HttpAnswer | None = None,
    ) -> HttpAnswer:
        """The answer, whatever its status; raises WillPass for trouble on the way and oversize.

        With `cut` a larger body is cut at `max_bytes` instead; without `follow` a redirect is an
        answer like any other. `pointed_by` is the URL of whoever gave this one. `after` is the
        page that sends its visitors on to this one: one redirect more on the way to it.
        """
        hops = (*after.hops, after.url) if after else ()
        pointed_by = after.url if after else pointed_by
        guard = _beyond(askable(pointed_by), self._guard) if pointed_by else self._guard
        limits = (max_bytes, seconds or self._timeout, guard, cut, follow, hops)
        question = _Question("GET", askable(url), headers or {}, None, *limits)
        return await self._in_memory(question)

    async def post(
        self,
        url: str,
        *,
        content: bytes,
        headers: Mapping[str, str] | None = None,
        max_bytes: int = 200_000,
        seconds: float | None = None,
    ) -> HttpAnswer:
        """The same for a POST, which is never sent on to where a redirect points."""
        limits = (max_bytes, seconds or self._timeout, self._guard)
        question = _Question("POST", askable(url), headers or {}, content, *limits)
        return await self._in_memory(question)

    async def download(
        self,
        url: str,
        target: Path,
        *,
        headers: Mapping[str, str] | None = None,
        max_bytes: int,
    ) -> HttpAnswer:
        """The same with the body in `target`, which is there only when the status was 2xx."""
        limits = (max_bytes, _DOWNLOAD_SECONDS, self._guard)
        question = _Question("GET", askable(url), headers or {}, None, *limits, is_download=True)
        with _part_of(target) as part:
            with part.open("wb") as file:
                answer = await self._exchange(question, file.write)
            if answer.status // 100 == 2:  # noqa: PLR2004
                part.replace(target)
        return answer

    async def close(self) -> None:
        """Close every connection."""
        self._closed = True
        for session in self._opened.values():
            await session.close()

    def _session(self, guard: Guard) -> aiohttp.ClientSession:
        """What holds the connections; it belongs to the loop of whoever asks first."""
        if self._closed:
            raise WillPass("hunter is closing its connections")
        if guard not in self._opened:
            self._opened[guard] = open_session(guard, self._timeout)
        return self._opened[guard]

    async def _in_memory(self, question: _Question) -> HttpAnswer:
        # It gives its bytes away without a copy, and a body may have many megabytes.
        body = BytesIO()
        answer = await self._exchange(question, body.write)
        return replace(answer, body=body.getvalue())

    async def _exchange(self, question: _Question, write: Callable[[bytes], object]) -> HttpAnswer:
        host = place(question.url)
        try:
            async with asyncio.timeout(question.seconds):
                return await self._follow(question, write)
        except TimeoutError as error:
            # A whole download may take long; that nothing comes at all is noticed sooner.
            sooner = isinstance(error, aiohttp.ServerTimeoutError)
            within = "in time" if sooner else f"within {question.seconds:g} s"
            message = f"{host} did not answer {within}"
            raise WillPass(message, in_doubt=_sent(question, error)) from None
        except _TROUBLE as error:
            # No cause: it holds the whole URL, and a traceback in a log shows causes.
            raise WillPass(f"{host} {_in_words(error)}", in_doubt=_sent(question, error)) from None

    async def _follow(self, question: _Question, write: Callable[[bytes], object]) -> HttpAnswer:
        while len(question.hops) <= _MAX_REDIRECTS:
            question.guard.check(question.url.raw_host or "", question.url.port or 0)
            async with self._session(question.guard).request(
                question.method,
                question.url.with_user(None) if question.url.raw_user else question.url,
                headers=_sent_with(question, self._headers),
                data=None if question.content is None else BytesIO(question.content),
                allow_redirects=False,
            ) as response:
                answer = _answer(response, question)
                further = _redirected(question, answer)
                if further is None:
                    await _receive(response, answer, question, write)
                    return answer
            question = further
        raise WillPass(f"{place(question.url)} redirects more than {_MAX_REDIRECTS} times")


def retry_after(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """The pause a server asks for (RFC 9110, 10.2.3), as seconds or as a date; a day at most."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdecimal():
        return min(timedelta(seconds=int(value[:9])), _MAX_PAUSE)
    try:
        at = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError):
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return min(max(at - now, timedelta()), _MAX_PAUSE)


def _sent(question: _Question, error: Exception) -> bool:
    """Whether a message may have reached the other side before the trouble."""
    return question.method == "POST" and not isinstance(error, _BEFORE_SENDING)


def _in_words(error: Exception) -> str:
    """What the trouble was; aiohttp's own words repeat the host, or hold the whole URL."""
    match error:
        case aiohttp.ClientResponseError():
            why = error.message
        case aiohttp.InvalidURL():
            why = error.description or "not a URL"
        case aiohttp.ServerDisconnectedError():
            why = "the connection was closed"
        case aiohttp.ClientPayloadError() if "payload is not completed" in str(error):
            return "broke off in the middle of its answer"
        case aiohttp.ClientConnectorCertificateError():
            why = str(error.certificate_error)
        case aiohttp.ClientSSLError():
            why = str(error.os_error)
        case aiohttp.ClientConnectorError():
            # Below zero are getaddrinfo's own numbers.
            number = error.os_error.errno or 0
            return f"cannot be reached: {os.strerror(number) if number > 0 else error.os_error}"
        case _:
            why = str(error)
    return f"did not answer properly: {clean(why) or type(error).__name__}"


def _sent_with(question: _Question, always: Mapping[str, str]) -> dict[str, str]:
    """The headers of a request; what is asked for by hand takes the place of what is usual."""
    url, own = question.url, {name.lower() for name in question.headers}
    usual = {name: value for name, value in always.items() if name.lower() not in own}
    if url.user is not None and "authorization" not in own:
        pair = base64.b64encode(f"{url.user}:{url.password or ''}".encode())
        usual["Authorization"] = f"Basic {pair.decode()}"
    return {**usual, **question.headers}


def _redirected(question: _Question, answer: HttpAnswer) -> _Question | None:
    location = answer.headers.get("location")
    if answer.status not in _REDIRECTS or not location:
        return None
    if question.method != "GET" or not question.follow:
        return None
    further = parsed(as_browsers_read(location, question.url.scheme))
    url = askable(str(question.url.join(further)))
    hops, guard = (*question.hops, str(question.url)), _beyond(question.url, question.guard)
    return replace(question, url=url, headers=_headers_for(url, question), hops=hops, guard=guard)


def _beyond(url: yarl.URL, guard: Guard) -> Guard:
    return guard.beyond(url.raw_host or "", url.port or 0)


def _headers_for(url: yarl.URL, question: _Question) -> Mapping[str, str]:
    old = question.url
    if (url.scheme, url.host, url.port) == (old.scheme, old.host, old.port):
        return question.headers
    # Keys go by many names: `X-Api-Key`, `X-Apikey`, `X-Auth-Token`.
    return dict(item for item in question.headers.items() if item[0].lower() in _FOR_ANY_HOST)


async def _receive(
    response: aiohttp.ClientResponse,
    answer: HttpAnswer,
    question: _Question,
    write: Callable[[bytes], object],
) -> None:
    """Write the body out as it comes, within its bounds."""
    body = _body_of(answer, question)
    size = 0
    async for piece in response.content.iter_any():
        for part in body.parts(piece):
            size += len(part)
            if size > question.max_bytes and question.cut:
                write(part[: len(part) - size + question.max_bytes])
                return
            if size > question.max_bytes:
                raise _unread(question, f"is larger than {question.max_bytes} bytes")
            write(part)
    if not body.whole():
        raise _unread(question, "was cut off")


def _body_of(answer: HttpAnswer, question: _Question) -> Plain | Gzip | Gzips:
    encoding = answer.headers.get("content-encoding", "").lower()
    body = body_in(encoding, several=question.is_download)
    if body is None:
        raise _unread(question, f"is in an encoding it was not asked for: {clean(encoding)}")
    return body


def _unread(question: _Question, why: str) -> WillPass:
    """What was posted may have been taken, whatever the answer says."""
    message = f"the answer of {place(question.url)} {why}"
    return WillPass(message, in_doubt=question.method == "POST")


def _answer(response: aiohttp.ClientResponse, question: _Question) -> HttpAnswer:
    """The answer without its body; a repeated header is one list (RFC 9110, 5.3)."""
    headers: dict[str, str] = {}
    for raw_name, raw_value in response.raw_headers:
        name, value = raw_name.decode("ascii").lower(), decoded(raw_value)
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return HttpAnswer(response.status, headers, b"", str(question.url), question.hops)


@contextlib.contextmanager
def _part_of(target: Path) -> Iterator[Path]:
    part = target.with_name(target.name + ".part")
    try:
        yield part
    finally:
        part.unlink(missing_ok=True)
