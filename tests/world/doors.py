"""The doors as an enricher gets them, opened to fake servers on loopback."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, cast

from hunter.contracts import Doors, EnricherContext, NotifierContext
from hunter.model import Dossier, Fact, Value
from hunter.net.dns import DnsDoor
from hunter.net.http import HttpDoor
from hunter.net.tls import TlsDoor
from hunter.net.whois import WhoisDoor
from tests.world.alerts import AT

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@asynccontextmanager
async def doors(
    *, dns: int = 9, whois: int = 9, private: tuple[str, ...] | None = None
) -> AsyncIterator[Doors]:
    """Doors to servers on these ports; with `private`, no other private host is let through."""
    everywhere = private is None
    opened = Doors(
        http=HttpDoor("hunter/test", everywhere, 30.0, private_hosts=private or ()),
        dns=DnsDoor((f"127.0.0.1:{dns}",), timeout=2.0, tries=1),
        whois=WhoisDoor(
            whois, 30.0, allow_private=everywhere, private_hosts=private or (), min_interval=0.0
        ),
        tls=TlsDoor(30.0, allow_private=everywhere, private_hosts=private or ()),
    )
    try:
        yield opened
    finally:
        await opened.http.close()
        await opened.dns.close()


@asynccontextmanager
async def door() -> AsyncIterator[NotifierContext]:
    """What a notifier gets: the real way out, which may reach loopback here."""
    http = HttpDoor("hunter/test", allow_private=True, timeout=5.0)
    try:
        yield NotifierContext(lambda: AT, Doors(http, cast(Any, None), cast(Any, None)))
    finally:
        await http.close()


def context(opened: Doors) -> EnricherContext:
    """A context whose clock stands still at NOW."""
    return EnricherContext(lambda: NOW, opened)


def keeping(opened: Doors, kept: dict[str, str]) -> EnricherContext:
    """The same with a memory, which outlives a restart."""
    return replace(context(opened), recall=kept.get, keep=kept.__setitem__)


def dossier(domain: str, unknown: dict[str, str] | None = None, **fields: object) -> Dossier:
    """A dossier that knows these fields."""
    return Dossier(domain, "", NOW, fields, unknown or {})  # type: ignore[arg-type]


def values(facts: object, subject: str) -> dict[str, set[Value]]:
    """field → values, of the facts about the subject that hold one."""
    found: dict[str, set[Value]] = {}
    for fact in _facts(facts):
        if fact.subject == subject and fact.value is not None:
            found.setdefault(fact.field, set()).add(fact.value)
    return found


def unknowns(facts: object, subject: str) -> dict[str, str]:
    """field → reason, of the facts that could not be found out."""
    return {
        fact.field: fact.unknown
        for fact in _facts(facts)
        if fact.subject == subject and fact.value is None
    }


def _facts(facts: object) -> list[Fact]:
    return list(facts)  # type: ignore[call-overload, no-any-return]
