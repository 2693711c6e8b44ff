"""Logs that stand on no list."""

import base64
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from hunter.ct.follow import start_at
from hunter.ct.loglist import Kind
from hunter.ct.read_rfc6962 import Rfc6962Reader
from hunter.ct.read_static import StaticReader
from hunter.ct.readers import Answer
from hunter.ct.unlisted import NoKey, read_key, unlisted
from tests.world.ct import START, FakeLog, status
from tests.world.http import Request


@pytest.mark.parametrize("kind", ["rfc6962", "static"])
async def test_the_server_tells_the_kind_and_the_key_proves_it(kind: str) -> None:
    """What it then signs verifies with the key that was given."""
    fake = FakeLog("log", kind=kind)
    fake.grow(("a.example",), ("b.example",))

    async def fetch(path: str) -> Answer:
        found = fake.answer(Request("GET", path, {}, b""))
        return Answer(found.status, found.headers, found.body)

    log = await unlisted("https://log.example/", fake.spki, fetch)
    static = StaticReader(log, fetch, lambda: START)
    position = await start_at(static if kind == "static" else Rfc6962Reader(log, fetch))

    assert log.kind == Kind(kind)
    assert position.tree.size == 2


async def test_what_is_no_checkpoint_is_taken_for_the_older_kind() -> None:
    """A page that says sorry, with status 200."""
    fake = FakeLog("log", kind="static")
    fake.fault(status(200))

    async def fetch(path: str) -> Answer:
        found = fake.answer(Request("GET", path, {}, b""))
        return Answer(found.status, found.headers, found.body)

    assert (await unlisted("https://log.example/", fake.spki, fetch)).kind is Kind.RFC6962


def test_a_key_is_read_in_every_dress() -> None:
    """PEM, DER, and base64 as log lists have it."""
    fake = FakeLog("log")
    pem = fake.key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    dressed = (pem, fake.spki, base64.b64encode(fake.spki) + b"\n")
    assert {read_key(content) for content in dressed} == {fake.spki}


@pytest.mark.parametrize("content", [b"", b"-----BEGIN", b"hello", Path(__file__).read_bytes()])
def test_what_is_no_key_is_refused(content: bytes) -> None:
    """With a word about what was expected."""
    with pytest.raises(NoKey, match="neither PEM, nor DER"):
        read_key(content)
