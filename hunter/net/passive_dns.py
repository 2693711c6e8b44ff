"""The doors to passive DNS: DNSDB, CIRCL and imported files, asked the same three questions.

Sources: DNSDB API version 2 (lookups, quotas, response codes), CIRCL Passive DNS version 2 and its
client PyPDNS (headers). A provider that refuses its key is not asked again with that key for a day;
one that asks for a pause gets it.
"""

import asyncio
from base64 import b64encode
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Protocol
from urllib.parse import quote
from weakref import WeakKeyDictionary

from hunter import hushed
from hunter.clock import is_lately
from hunter.errors import WillNotPass, WillPass
from hunter.net import passive_rows
from hunter.net.http import HttpAnswer, HttpDoor, retry_after
from hunter.net.passive_rows import Row, Rows
from hunter.net.secret import fingerprint, read_secret
from hunter.net.shelf import Shelf
from hunter.net.text import clean

_ASKERS = ("enrichers.passive_dns", "sources.passive_dns")
"""They ask with one account: it has one pause."""
_OK = 200
_REFUSALS = (401, 402, 403)
_TOO_MANY = 429
_MAX_BYTES = 20_000_000
_PAGE, _MAX_PAGES = 500, 5
_LONGEST_CURSOR = 100
_SECONDS = 25.0
_PAUSE = timedelta(minutes=5)
_TRACKED = ("a", "aaaa", "network", "ns", "ns_domain")
_AFTER_A_REFUSAL = timedelta(days=1)
"""An account may be paid again, with the key it had."""


class PassiveDns(Protocol):
    """Somebody who saw DNS answers go by."""

    @property
    def name(self) -> str:
        """How it is called in facts and reports."""
        ...

    async def by_name(self, name: str) -> Rows:
        """The records of that very name; raises WillPass or WillNotPass."""
        ...

    async def by_address(self, address: str) -> Rows:
        """The records that point to the address; raises WillPass or WillNotPass."""
        ...

    @property
    def fields(self) -> Collection[str]:
        """The fields of tracks for which it can be asked who carries a value."""
        ...

    async def carrying(self, field: str, value: str, since: datetime) -> Rows:
        """The records with the value of a track, at least those seen since; raises as above."""
        ...


class Accounts(Protocol):
    """The settings of whoever asks: which providers there are."""

    @property
    def dnsdb_key_file(self) -> Path | None:
        """Holds the key."""
        ...

    @property
    def dnsdb_url(self) -> str:
        """Where DNSDB is asked."""
        ...

    @property
    def circl_login_file(self) -> Path | None:
        """Holds `user:password`."""
        ...

    @property
    def circl_url(self) -> str:
        """Where CIRCL is asked."""
        ...

    @property
    def imports(self) -> Sequence[Path]:
        """Files and folders."""
        ...


class Spent(WillPass):
    """The day's budget is spent: nothing was asked."""


@dataclass(frozen=True, slots=True)
class Asker:
    """The part that asks: through which door, out of which budget, what is kept of refusals."""

    part: str
    door: HttpDoor
    now: Callable[[], datetime]
    spend: Callable[[str], bool]
    """Takes one question to the provider of that name from today's budget."""
    recall: Callable[[str], str | None]
    keep: Callable[[str, str], None]


def providers(accounts: Accounts, asker: Asker) -> list["PassiveDns"]:
    """Everybody who can be asked."""
    shelf = _SHELVES.setdefault(asker.door, Shelf(_imports))
    found: list[PassiveDns] = [Imported(place, shelf) for place in accounts.imports]
    if accounts.dnsdb_key_file:
        account = Account("dnsdb", accounts.dnsdb_url, accounts.dnsdb_key_file, asker)
        found.append(Dnsdb(account))
    if accounts.circl_login_file:
        account = Account("circl", accounts.circl_url, accounts.circl_login_file, asker)
        found.append(Circl(account))
    return found


_SHELVES: WeakKeyDictionary[HttpDoor, Shelf["Imports"]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Refusals:
    """Which keys were refused lately: a restart must not try them again."""

    recall: Callable[[str], str | None]
    keep: Callable[[str, str], None]

    def check(self, name: str, secret: str, now: datetime) -> None:
        """Raise WillNotPass when the provider refused that very key within a day."""
        at, _, why = (self.recall(_refusal(name, secret)) or "").partition(" ")
        if at and is_lately(datetime.fromisoformat(at), _AFTER_A_REFUSAL, now):
            raise WillNotPass(why)

    def note(self, name: str, secret: str, why: str, now: datetime) -> None:
        """Keep that the key was refused, but not the key."""
        self.keep(_refusal(name, secret), f"{now.isoformat()} {why}")


def _refusal(name: str, secret: str) -> str:
    """Each key has a note of its own: those who ask may have one each."""
    return f"passive_dns.{name}.refused.{fingerprint(secret)}"


@dataclass(frozen=True, slots=True)
class Account:
    """Access to a provider that wants one."""

    name: str
    url: str
    secret: Path
    asker: Asker

    async def ask(self, path: str, headers: Callable[[str], Mapping[str, str]]) -> HttpAnswer:
        """The answer with status 200, whatever it holds: 404 is no answer, but a wrong URL."""
        secret = read_secret(self.secret)
        now, refusals = self.asker.now, Refusals(self.asker.recall, self.asker.keep)
        refusals.check(self.name, secret, now())
        for part in _ASKERS:
            hushed.heed(self.asker, part, self.name)
        if not self.asker.spend(self.name):
            raise Spent(f"today's questions to {self.name} are spent", _until_midnight(now()))
        answer = await self.asker.door.get(
            f"{self.url.rstrip('/')}{path}",
            headers=headers(secret),
            max_bytes=_MAX_BYTES,
            seconds=_SECONDS,
        )
        if answer.status in _REFUSALS:
            why = f"{self.name} refuses the key: status {answer.status}"
            refusals.note(self.name, secret, why, now())
            raise WillNotPass(why)
        if answer.status != _OK:
            raise self._pausing(answer)
        return answer

    def _pausing(self, answer: HttpAnswer) -> WillPass:
        now = self.asker.now()
        wish = retry_after(answer.headers, now) or _reset(answer.headers, now)
        if wish or answer.status == _TOO_MANY:
            hushed.hush(self.asker, self.asker.part, self.name, wish or _PAUSE)
        return WillPass(f"{self.name} answered with status {answer.status}", wish)


@dataclass(frozen=True, slots=True)
class Dnsdb:
    """DNSDB by DomainTools."""

    account: Account
    limit: int = 1000
    name: str = "dnsdb"

    async def by_name(self, name: str) -> Rows:
        """`/lookup/rrset/name`."""
        return await self._ask(f"rrset/name/{quote(name, safe='')}")

    async def by_address(self, address: str) -> Rows:
        """`/lookup/rdata/ip`."""
        return await self._ask(f"rdata/ip/{quote(address, safe=':')}")

    @property
    def fields(self) -> Collection[str]:
        """Addresses, networks and name servers."""
        return _TRACKED

    async def carrying(self, field: str, value: str, since: datetime) -> Rows:
        """`/lookup/rdata`; a network with a comma, the name servers below a domain with a star."""
        which = {"ns": f"name/{value}/NS", "ns_domain": f"name/*.{value}/NS"}
        asked = which.get(field, f"ip/{quote(value.replace('/', ','), safe=':,')}")
        return await self._ask(f"rdata/{asked}", f"&time_last_after={since.timestamp():.0f}")

    async def _ask(self, what: str, more: str = "") -> Rows:
        path = f"/dnsdb/v2/lookup/{what}?limit={self.limit}{more}"
        answer = await self.account.ask(path, _dnsdb_headers)
        found = passive_rows.saf(answer.body)
        if found.doubt and not found.rows:
            raise WillPass(f"{self.name}: {found.doubt}")
        return found


@dataclass(frozen=True, slots=True)
class Circl:
    """CIRCL Passive DNS; the secret is `user:password`."""

    account: Account
    name: str = "circl"

    async def by_name(self, name: str) -> Rows:
        """The records of the name."""
        return await self._ask(name)

    async def by_address(self, address: str) -> Rows:
        """The records with the address."""
        return await self._ask(address)

    @property
    def fields(self) -> Collection[str]:
        """No networks: CIRCL takes one name or one address."""
        return ("a", "aaaa", "ns")

    async def carrying(self, _field: str, value: str, _since: datetime) -> Rows:
        """The records with that value anywhere."""
        return await self._ask(value)

    async def _ask(self, what: str) -> Rows:
        """Page after page: a cursor in the headers says that there are more."""
        found: tuple[Row, ...] = ()
        cursor, begun = "", {""}
        for _ in range(_MAX_PAGES):
            answer = await self.account.ask(f"/{quote(what, safe=':')}", partial(_paging, cursor))
            page = passive_rows.cof(answer.body)
            found += page.rows
            cursor = clean(answer.headers.get("x-dribble-cursor", ""), _LONGEST_CURSOR)
            doubt = page.doubt or clean(answer.headers.get("x-dribble-errors", ""))
            if doubt and not found:
                raise WillPass(f"{self.name}: {doubt}")
            if doubt or not cursor:
                return Rows(found, doubt)
            if cursor in begun:
                return Rows(found, "the pages go in a circle")
            begun.add(cursor)
        return Rows(found, f"there are more than {_MAX_PAGES} pages")


@dataclass(frozen=True, slots=True)
class Imported:
    """A file or folder of rows that somebody exported."""

    place: Path
    shelf: Shelf["Imports"]
    name: str = "imports"

    async def by_name(self, name: str) -> Rows:
        """The rows of the name."""
        return Rows(tuple((await self.shelf.of_file(self.place)).by_name.get(name, ())))

    async def by_address(self, address: str) -> Rows:
        """The rows with the address: a file holds what somebody asked for, and never all."""
        found = (await self.shelf.of_file(self.place)).by_value.get(address, ())
        return Rows(tuple(found), "an export holds only what was asked for")

    @property
    def fields(self) -> Collection[str]:
        """All that a row can tell."""
        return _TRACKED

    async def carrying(self, field: str, value: str, _since: datetime) -> Rows:
        """The rows with the value."""
        held = await self.shelf.of_file(self.place)
        return Rows(await asyncio.to_thread(held.carrying, field, value))


@dataclass(frozen=True, slots=True)
class Imports:
    """Imported rows by what they are asked for."""

    by_name: Mapping[str, Sequence[Row]]
    by_value: Mapping[str, Sequence[Row]]

    def carrying(self, field: str, value: str) -> tuple[Row, ...]:
        """The rows with the value of a track."""
        rows = (row for some in self.by_value.values() for row in some)
        return tuple(row for row in rows if passive_rows.carries(row, field, value))


def _imports(source: Path | bytes) -> Imports:
    by_name: dict[str, list[Row]] = {}
    by_value: dict[str, list[Row]] = {}
    for row in passive_rows.read(source):
        by_name.setdefault(row.name, []).append(row)
        by_value.setdefault(row.value, []).append(row)
    return Imports(by_name, by_value)


def _dnsdb_headers(secret: str) -> Mapping[str, str]:
    return {"X-API-Key": secret, "Accept": "application/x-ndjson"}


def _paging(cursor: str, secret: str) -> Mapping[str, str]:
    """CIRCL's headers; without the first it would itself ask the suspect's name servers now."""
    return {
        "dribble-disable-active-query": "1",
        "dribble-paginate-count": str(_PAGE),
        **({"dribble-paginate-cursor": cursor} if cursor else {}),
        "Authorization": f"Basic {b64encode(secret.encode()).decode()}",
    }


def _until_midnight(now: datetime) -> timedelta:
    now = now.astimezone(UTC)
    return now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1) - now


def _reset(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """DNSDB's X-RateLimit-Reset: when the quota begins anew, in seconds of the epoch."""
    text = headers.get("x-ratelimit-reset", "")[:10]
    if not (text.isascii() and text.isdecimal()):
        return None
    wait = timedelta(seconds=int(text) - now.timestamp())
    return min(max(wait, timedelta()), timedelta(days=1))
