"""What else a tracked registrant registered, as DomainTools Iris or WhoisXML tell.

Each question costs money: it is written down before it is asked, the days' budget outlives a
restart, and a provider that refuses is left alone until the key is another or a day is over.
"""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from pydantic import Field

from hunter import contracts
from hunter.contracts import Batch, SourceContext
from hunter.errors import WillNotPass, WillPass
from hunter.inquiries import Inquiries, State, stream_of
from hunter.model import BY_HUNTER, Track
from hunter.net.reverse_whois import PROVIDERS, Access, Misfit, Provider, Question, ask
from hunter.net.secret import fingerprint, read_secret
from hunter.trackable import MANY
from hunter.written import Interval, SecretFile, WebAddress

_PART = "sources.reverse_whois"
_BUDGET = "budget"
_PAUSE = "pause"
_AFTER_A_REFUSAL = timedelta(days=1)
_AFTER_TROUBLE = timedelta(minutes=30)
_MAX_PAGES = 20


class Settings(contracts.Settings):
    """`[sources.reverse_whois]`."""

    enabled: bool = False
    every: Interval = Field(
        default=timedelta(minutes=15), description="how often it is looked what is to be asked"
    )
    ask_every: Interval = Field(
        default=timedelta(days=1), description="how often the same registrant is asked for"
    )
    provider: Literal["domaintools", "whoisxml"] = Field(
        default="domaintools", description="whose account you have: domaintools or whoisxml"
    )
    api_key_file: SecretFile | None = Field(
        default=None, description="a file that holds your API key and nothing else"
    )
    url: WebAddress = Field(default="", description="another place to ask than the provider's own")
    a_day: int = Field(default=20, ge=0, description="questions in a day; each page is one")
    at_most: int = Field(
        default=500,
        gt=0,
        description="a registrant with more domains than this is a service and is not followed",
    )


@dataclass(frozen=True, slots=True)
class _Round:
    """One round of questions."""

    settings: Settings
    context: SourceContext
    provider: Provider
    key: str

    @property
    def inquiries(self) -> Inquiries:
        return Inquiries(_PART, self.context, {"provider": self.provider.name}, stream_of)


async def gather(settings: Settings, context: SourceContext) -> AsyncIterator[Batch]:
    """For each track that is due, the domains not told before; raises WillPass or WillNotPass."""
    one = _Round(settings, context, PROVIDERS[settings.provider], _key(settings))
    _stop_if_paused(one)
    for track in _due(one):
        if _spent(one) >= settings.a_day:
            break
        try:
            async for batch in _follow(one, track):
                yield batch
        except Misfit as error:
            one.inquiries.report(track.name, str(error))
            known = one.inquiries.state(track).known
            yield one.inquiries.told(track, State(context.now().isoformat(), known))
        except (WillPass, WillNotPass) as error:
            yield one.inquiries.tried(track)
            yield _pause(one, error)
            raise
    waiting = len(_due(one))
    spent = f"today's {settings.a_day} questions are spent; registrants that wait: {waiting}"
    one.inquiries.report(_BUDGET, spent if waiting else "")


def _key(settings: Settings) -> str:
    if settings.api_key_file is None:
        raise WillNotPass("it needs an account: give api_key_file in [sources.reverse_whois]")
    return read_secret(settings.api_key_file)


def _due(one: _Round) -> list[Track]:
    return one.inquiries.due(one.provider.fields, one.settings.ask_every)


async def _follow(one: _Round, track: Track) -> AsyncIterator[Batch]:
    """Page after page; the budget is written down before each question is asked."""
    access = Access(one.context.doors.http, one.settings.url or one.provider.url, one.key)
    begun: set[str] = set()
    for _ in range(_MAX_PAGES):
        spent, state, now = _spent(one), one.inquiries.state(track), one.context.now()
        if spent >= one.settings.a_day:
            return
        if state.further in begun:
            raise Misfit(f"the pages of {one.provider.name} go in a circle")
        begun.add(state.further)
        yield Batch(b"", f"{_today(one)} {spent + 1}", stream=_BUDGET)
        question = Question(one.provider.fields[track.field], track.value, state.further)
        page = await ask(one.provider, access, question, now)
        if page.total > _most(track, one.settings):
            one.inquiries.report(
                track.name, f"{page.total} domains carry it: too common to be followed"
            )
            yield one.inquiries.told(track, State(now.isoformat(), state.known))
            return
        new = [name for name in page.domains if name not in {track.because, *state.known}]
        asked = state.asked if page.further else now.isoformat()
        after = State(asked, (*state.known, *new), page.further)
        yield one.inquiries.told(track, after, {name: {} for name in new})
        if not page.further:
            one.inquiries.report(track.name)
            return


def _most(track: Track, settings: Settings) -> int:
    """Whoever registers a name writes any mailbox, such as that of a firm with hundreds of names.

    Each would be an alert: what nobody has looked at is followed while it is rare.
    """
    return min(settings.at_most, MANY) if track.made_by == BY_HUNTER else settings.at_most


def _today(one: _Round) -> str:
    return one.context.now().astimezone(UTC).date().isoformat()


def _spent(one: _Round) -> int:
    day, _, spent = (one.context.cursor(_BUDGET) or "").partition(" ")
    return int(spent) if day == _today(one) else 0


def _pause(one: _Round, error: WillPass | WillNotPass) -> Batch:
    """What keeps the provider from being asked again too soon, also after a restart."""
    wish = error.retry_after if isinstance(error, WillPass) else _AFTER_A_REFUSAL
    until = one.context.now() + max(wish or _AFTER_TROUBLE, _AFTER_TROUBLE)
    pause = {"until": until.isoformat(), "why": str(error), "key": _fingerprint(one)}
    return Batch(b"", json.dumps(pause), stream=_PAUSE)


def _stop_if_paused(one: _Round) -> None:
    cursor = one.context.cursor(_PAUSE)
    pause = json.loads(cursor) if cursor else {"until": "", "key": ""}
    left = (
        datetime.fromisoformat(pause["until"]) - one.context.now()
        if pause["until"]
        else timedelta()
    )
    # No pause is longer, unless a clock that was ahead began it.
    if timedelta() < left <= _AFTER_A_REFUSAL and pause["key"] == _fingerprint(one):
        # Without `left`: nobody is asked before that, and a new key is to be seen soon.
        raise WillPass(f"{pause['why']}; it is left alone for now")


def _fingerprint(one: _Round) -> str:
    return fingerprint(f"{one.provider.name} {one.key}")
