"""Readers of fake logs without a server between, for tests of what is done with a reader."""

from collections.abc import Awaitable, Callable

from hunter.ct.loglist import Kind, Log
from hunter.ct.read_rfc6962 import Rfc6962Reader
from hunter.ct.read_static import StaticReader
from hunter.ct.readers import Answer, Reader
from hunter.errors import WillPass
from tests.world.ct import START, FakeLog
from tests.world.http import Request

URL = "https://ct.example/"


def described(fake: FakeLog) -> Log:
    """The log as a list has it."""
    submission = f"https://{fake.origin}/" if fake.kind == "static" else URL
    return Log(fake.name, "Operator", fake.spki, URL, Kind(fake.kind), submission)


def fetcher(fake: FakeLog) -> Callable[[str], Awaitable[Answer]]:
    """What asks the log without a server between."""

    async def fetch(path: str) -> Answer:
        response = fake.answer(Request("GET", path, {}, b""))
        if response.cut_after is not None:
            raise WillPass("the connection broke")
        return Answer(response.status, response.headers, response.body)

    return fetch


def reader(fake: FakeLog) -> Reader:
    """A reader that waits for nothing."""
    if fake.kind == "rfc6962":
        return Rfc6962Reader(described(fake), fetcher(fake))
    return StaticReader(described(fake), fetcher(fake), lambda: START, patience=START - START)


def grown(kind: str, size: int, name: str = "log", **options: object) -> FakeLog:
    """A log with `size` entries, `n0.example` and so on."""
    fake = FakeLog(name, kind=kind, **options)
    fake.grow(*numbered(0, size))
    return fake


def numbered(start: int, end: int) -> list[tuple[str]]:
    """The names of the entries from `start` to before `end`."""
    return [(f"n{at}.example",) for at in range(start, end)]
