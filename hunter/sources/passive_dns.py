"""Who else is at a tracked address or with tracked name servers, as passive DNS saw it.

DNSDB and CIRCL cost a question for each track, out of a day's budget that outlives a restart; files
that somebody exported cost none.
"""

from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from pydantic import Field

from hunter import contracts, names
from hunter.clock import day_number
from hunter.contracts import Batch, SourceContext
from hunter.errors import WillNotPass, WillPass
from hunter.inquiries import Inquiries, State, stream_of
from hunter.model import Json, Track
from hunter.net.passive_dns import Asker, PassiveDns, Spent, providers
from hunter.net.passive_rows import Row, Rows, carries
from hunter.written import Duration, Interval, PassiveDnsAccounts

_PART = "sources.passive_dns"


class Settings(PassiveDnsAccounts, contracts.Settings):
    """`[sources.passive_dns]`."""

    enabled: bool = False
    every: Interval = Field(
        default=timedelta(hours=1), description="how often it is looked what is to be asked"
    )
    ask_every: Interval = Field(
        default=timedelta(days=1), description="how often the same track is asked for"
    )
    a_day: int = Field(default=20, ge=0, description="questions to each paid provider in a day")
    within: Duration = Field(
        default=timedelta(days=90), description="who was last seen there longer ago is left out"
    )
    at_most: int = Field(
        default=100,
        gt=0,
        description="a value that more domains carry is shared by strangers and is not followed",
    )


@dataclass(frozen=True, slots=True)
class _Round:
    """The tracks as one provider is asked about them."""

    provider: PassiveDns
    settings: Settings
    context: SourceContext

    @property
    def inquiries(self) -> Inquiries:
        name = self.provider.name
        return Inquiries(
            _PART, self.context, {"provider": name}, lambda track: f"{name} {stream_of(track)}"
        )


async def gather(settings: Settings, context: SourceContext) -> AsyncIterator[Batch]:
    """For each track that is due, the domains not told before; raises WillNotPass.

    One provider in trouble is reported, and stops none of the others.
    """

    def spend(provider: str) -> bool:
        return context.spend(f"{_PART}.{provider}", settings.a_day)

    asker = Asker(_PART, context.doors.http, context.now, spend, context.recall, context.keep)
    every = providers(settings, asker)
    if not every:
        raise WillNotPass(
            "it has nobody to ask: give dnsdb_key_file, circl_login_file or imports in"
            " [sources.passive_dns]"
        )
    for provider in every:
        async for batch in _ask(_Round(provider, settings, context)):
            yield batch


async def _ask(one: _Round) -> AsyncIterator[Batch]:
    """The tracks whose turn it is, until there is trouble."""
    since = one.context.now() - one.settings.within
    waiting = one.inquiries.due(one.provider.fields, one.settings.ask_every)
    for done, track in enumerate(waiting):
        try:
            rows = await one.provider.carrying(track.field, track.value, since)
        except (WillPass, WillNotPass) as error:
            if not isinstance(error, Spent):
                yield one.inquiries.tried(track)
            one.inquiries.report(
                one.provider.name, f"{error}; tracks that wait: {len(waiting) - done}"
            )
            return
        yield _answer(one, track, rows)
    one.inquiries.report(one.provider.name)


def _answer(one: _Round, track: Track, rows: Rows) -> Batch:
    """What the rows tell; of half an answer nothing, for it may be that of a crowd."""
    found = _domains(one, track, rows.rows)
    state = one.inquiries.state(track)
    trouble = ""
    if len(found) > one.settings.at_most:
        trouble = f"{len(found)} domains carry it: too common to be followed"
    elif rows.doubt:
        trouble = f"not the whole answer, so nothing of it is followed: {rows.doubt}"
    one.inquiries.report(f"{track.name} {one.provider.name}", trouble)
    new = {name: found[name] for name in found if not trouble and name not in state.known}
    asked = one.context.now().isoformat()
    return one.inquiries.told(track, State(asked, (*state.known, *new)), new)


def _domains(one: _Round, track: Track, rows: Iterable[Row]) -> Mapping[str, Mapping[str, Json]]:
    """Domain → when it was seen there, of those seen lately; the track's own is left out."""
    now = one.context.now()
    today, since = day_number(now), day_number(now - one.settings.within)
    found: dict[str, Mapping[str, Json]] = {}
    for row in rows:
        lately = row.first <= today and (row.last >= since or not row.last)
        if lately and carries(row, track.field, track.value):
            seen = {"first_seen": row.first, "last_seen": row.last}
            found |= dict.fromkeys(names.registrables([row.name]), seen)
    return {name: found[name] for name in found if name != track.because}
