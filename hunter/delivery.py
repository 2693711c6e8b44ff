"""Deliver what waits in the outbox: way beside way, and on each way one parcel after the other."""

import random
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import TypeAlias

from hunter import attaching, canary_watch, metrics, pacing, ribs, routing, wording
from hunter.config import Config
from hunter.contracts import Doors, NotifierContext, NotifierSettings, Recipient
from hunter.errors import HunterError, Partly, TooLarge, Unwelcome, WillNotPass, WillPass
from hunter.model import PASSING, Report, Subscriber
from hunter.notice import Notice
from hunter.pacing import Amount, Pace
from hunter.store import Store, memory, outbox, reports
from hunter.store.outbox import Parcel, Way

_FIRST_RETRY = timedelta(seconds=30)
_LONGEST_RETRY = timedelta(hours=1)
_LONGEST_IN_PART = timedelta(hours=6)
"""Letters that a full mailbox misses add up, and each of them is tried by itself."""
_GIVES_UP = timedelta(days=5)
"""For how long a mailbox is tried that others of the same message are not: RFC 5321, 4.5.4.1."""
_OFF = timedelta(days=1)
_LONGEST_WISH = timedelta(days=1)
_HOUR = timedelta(hours=1)
_HALF_AFTER = timedelta(minutes=5)
"""When the halves of what was refused are tried: who writes one letter that filters refuse must not
hold up for hours those that came together with it."""
_MOST_TOGETHER = 10_000
_MOST_REFUSED = 5
"""So many in a row, none of which was refused before: that may be no letter's fault."""
_FAULT = "a fault in hunter; see the journal"

Outcome: TypeAlias = Callable[[], bool]
"""Writes down what came of a parcel, once or again; whether the next one may go."""


@dataclass(frozen=True)
class Post:
    """What delivering needs of a hunt."""

    config: Config
    store: Store
    doors: Doors
    now: Callable[[], datetime]
    report: Callable[[Report], None]
    refusals: dict[Way, int]
    """How many were refused on a way since one was taken."""
    unwritten: dict[Way, Outcome]
    """What the store could not take."""
    guard: attaching.Guard

    def subscriber(self, way: Way) -> Subscriber:
        """Whoever is at the end of the way; the canary's, who is in no config, is told at once."""
        found = (one for one in self.config.subscribers if one.name == way.subscriber)
        return next(found, Subscriber(way.subscriber, {}))

    def settings(self, way: Way) -> NotifierSettings | None:
        """How the channel is set up; None when it is no longer."""
        found = self.config.notifiers.get(way.channel)
        if not isinstance(found, NotifierSettings):
            return None
        return canary_watch.door(self.config, way, found)


def take(post: Post, way: Way) -> tuple[Parcel, Pace] | None:
    """Take the next parcel of a way in hand; None when nothing may go out now.

    What a person has settled meanwhile is no news any more, whatever held it back.
    """
    if way.part in reports.switched_off(post.store):
        return None
    with post.store.transaction():
        now = post.now()
        outbox.leave_out_settled(post.store, way, now)
        key = outbox.next_bound(post.store, way, now)
        how = _pace(post, way, now, key)
        if key is None:
            key = _bind(post, way, how, now)
        parcel = outbox.claim(post.store, way, key) if key else None
    return (_addressed(post, parcel), how) if parcel else None


def _addressed(post: Post, parcel: Parcel) -> Parcel:
    """To the addresses of today: one that was misspelt and is mended must not refuse for ever."""
    channels = post.subscriber(parcel.way).channels
    return replace(parcel, addresses=channels.get(parcel.way.channel, parcel.addresses))


def _pace(post: Post, way: Way, now: datetime, bound: str | None) -> Pace:
    subscriber, settings = post.subscriber(way), post.settings(way)
    if settings is None or (bound and outbox.goes_alone(post.store, bound)):
        return Pace(Amount.ONE)
    limits = routing.limits(subscriber, settings)
    seen = routing.traffic_on(post.store, subscriber, way, limits, now, aside=bound or "")
    if bound:
        return Pace(Amount.ONE, last_today=pacing.is_last(seen, limits))
    return pacing.pace(
        seen,
        limits,
        now,
        day_ends=routing.day_ends(subscriber, now),
        quiet=routing.quiet_until(subscriber, now) is not None,
        failed=outbox.failures(post.store, way) > 0,
    )


def _bind(post: Post, way: Way, how: Pace, now: datetime) -> str | None:
    if how.amount is Amount.NONE:
        return None
    if how.amount is Amount.ONE:
        return outbox.bind_one(post.store, way, now, urgent=how.urgent)
    return outbox.bind_together(
        post.store, way, now, urgent=how.urgent, why=how.why, most=_MOST_TOGETHER
    )


async def send(post: Post, parcel: Parcel, how: Pace) -> bool:
    """Hand the parcel over and write down what came of it; whether the next one may go."""
    unkept: dict[str, str] = {}
    outcome = await _outcome(post, parcel, how, unkept)
    return write_down(post, parcel.way, partial(_remembered, post, parcel.way, unkept, outcome))


def _remembered(post: Post, way: Way, unkept: Mapping[str, str], outcome: Outcome) -> bool:
    """The outcome, after what the notifier keeps: without that, who has it would get it again."""
    for key, value in unkept.items():
        memory.keep(post.store, way.channel, key, value, post.now())
    return outcome()


def write_down(post: Post, way: Way, outcome: Outcome) -> bool:
    """Write it; what a store in trouble does not take is kept for `catch_up`."""
    try:
        return outcome()
    except HunterError:
        post.unwritten[way] = outcome
        raise


def catch_up(post: Post) -> None:
    """Write down what could not be written: nothing that was accepted may go out again."""
    for way in tuple(post.unwritten):
        write_down(post, way, post.unwritten.pop(way))


def try_again(post: Post) -> None:
    """Try what was switched off once a day: the other side may have been at fault.

    Where mail is the only channel, nobody would ever hear that it is off.
    """
    reports.switch_on_after(post.store, _OFF, post.now())


async def _outcome(post: Post, parcel: Parcel, how: Pace, unkept: dict[str, str]) -> Outcome:
    settings = post.settings(parcel.way)
    if settings is None:
        return partial(_switch_off, post, parcel, "the channel is no longer configured")
    try:
        remarks = await _hand_over(post, parcel, how, settings, unkept)
    except Partly as error:
        return partial(_accept_in_part, post, parcel, post.now(), str(error))
    except WillPass as error:
        return partial(_rest, post, parcel, error)
    except Unwelcome as error:
        return await _unwelcome(post, parcel, str(error), settings, unkept)
    except WillNotPass as error:
        return partial(_switch_off, post, parcel, str(error))
    return partial(_accept, post, parcel, post.now(), remarks)


async def _unwelcome(
    post: Post, parcel: Parcel, reason: str, settings: NotifierSettings, unkept: dict[str, str]
) -> Outcome:
    """Refuse the parcel; after many, switch the way off if it refuses hunter's own words as well.

    Letters hold what strangers wrote, and whoever writes what mail filters refuse must not be able
    to close a way for all others.
    """
    if parcel.sent_at:
        # In halves it would come again, under other keys, to those who have it.
        return partial(_put_off_in_part, post, parcel, post.now(), reason)
    if post.refusals.get(parcel.way, 0) + _is_news(parcel) >= _MOST_REFUSED:
        try:
            await _tell_of_refusals(post, parcel, reason, settings, unkept)
        except WillPass as error:
            return partial(_rest, post, parcel, error)
        except WillNotPass:
            return partial(_switch_off, post, parcel, reason)
        post.refusals.pop(parcel.way, None)
    return partial(_refuse, post, parcel, reason)


async def _tell_of_refusals(
    post: Post, parcel: Parcel, reason: str, settings: NotifierSettings, unkept: dict[str, str]
) -> None:
    way, now = parcel.way, post.now()
    message = f"{_MOST_REFUSED} in a row refused and tried again every hour: {reason}"
    report = Report(f"notifiers.{way.channel}", False, message, now, way.subscriber, "refused")
    notice = wording.health_notice([(report, now)], (), now, post.subscriber(way).language)
    recipient = Recipient(way.subscriber, parcel.addresses)
    notifier = ribs.load("notifiers", way.channel)
    await notifier.send(notice, recipient, settings, _context(post, way, [], unkept))


def _accept(post: Post, parcel: Parcel, at: datetime, remarks: Sequence[str]) -> bool:
    outbox.mark_sent(post.store, parcel, at)
    post.refusals.pop(parcel.way, None)
    _report_open(post, parcel.way, "accepted", remarks)
    return True


def _accept_in_part(post: Post, parcel: Parcel, at: datetime, reason: str) -> bool:
    post.refusals.pop(parcel.way, None)
    return _put_off_in_part(post, parcel, at, reason)


def _put_off_in_part(post: Post, parcel: Parcel, at: datetime, reason: str) -> bool:
    """The parcel is tried again later, and those after it go on.

    A mailbox that stays full for days must not keep them from everybody else.
    """
    since = at - (parcel.sent_at or at)
    if since >= _GIVES_UP:
        return _give_up(post, parcel, at, reason)
    wait = min(max(since, _FIRST_RETRY), _LONGEST_IN_PART) * _jitter()
    outbox.mark_sent_in_part(post.store, parcel, reason, at, at + wait)
    _report(post, parcel.way, "put off", reason, PASSING)
    return True


def _give_up(post: Post, parcel: Parcel, at: datetime, reason: str) -> bool:
    outbox.mark_sent(post.store, parcel, at)
    remark = f"given up after {_GIVES_UP.days} days: {reason}"
    _report_open(post, parcel.way, "given up", (remark,))
    return True


async def _hand_over(
    post: Post, parcel: Parcel, how: Pace, settings: NotifierSettings, unkept: dict[str, str]
) -> Sequence[str]:
    """Returns, once it is accepted, what was not well on the way."""
    way = parcel.way
    remarks: list[str] = []
    context = _context(post, way, remarks, unkept)
    notifier = ribs.load("notifiers", way.channel)
    notice = await _notice(post, parcel, with_files=notifier.CARRIES_FILES)
    if how.last_today:
        remark = wording.last_today(settings.a_day, post.subscriber(way).language)
        notice = replace(notice, remark=f"{notice.remark} {remark}".strip())
    recipient = Recipient(way.subscriber, parcel.addresses)
    await _send_what_fits(
        lambda one: notifier.send(one, recipient, settings, context), wording.lighter(notice)
    )
    return remarks


def _context(post: Post, way: Way, remarks: list[str], unkept: dict[str, str]) -> NotifierContext:
    """What the store does not take goes to `unkept`: the message that it is about is out."""

    def recall(key: str) -> str | None:
        return unkept[key] if key in unkept else memory.recall(post.store, way.channel, key)

    def keep(key: str, value: str) -> None:
        try:
            memory.keep(post.store, way.channel, key, value, post.now())
        except HunterError:
            unkept[key] = value

    return NotifierContext(post.now, post.doors, recall, keep, remarks.append)


async def _send_what_fits(
    send_one: Callable[[Notice], Awaitable[None]], notices: Iterable[Notice]
) -> None:
    """Send the first that is not too large for the other side."""
    *heavy, lightest = notices
    for one in heavy:
        with suppress(TooLarge):
            await send_one(one)
            return
    await send_one(lightest)


async def _notice(post: Post, parcel: Parcel, *, with_files: bool) -> Notice:
    """What is said: the one letter's notice, or a digest of them all; with what was asked for."""
    subscriber, now = post.subscriber(parcel.way), post.now()
    if parcel.together:
        gists = outbox.gists_in(post.store, parcel.key)
        notice = wording.digest(
            *(parcel.key, gists, parcel.together, now, subscriber.language), with_list=with_files
        )
    else:
        notice = outbox.notice_in(post.store, parcel)
    if not with_files:
        return notice
    told = outbox.gists_in(post.store, parcel.key) if parcel.together else (notice,)
    return await attaching.attach(
        *(post.store, post.config, subscriber, notice, now), told=told, guard=post.guard
    )


def _rest(post: Post, parcel: Parcel, error: WillPass) -> bool:
    """Put it back and leave the way alone for a while, as long as the other side wishes."""
    now = post.now()
    tries = outbox.failures(post.store, parcel.way)
    wish = min(error.retry_after or timedelta(), _LONGEST_WISH)
    with post.store.transaction():
        outbox.put_back(post.store, parcel, str(error), in_doubt=error.in_doubt)
        outbox.rest(post.store, parcel.way, now + max(wish, _back_off(tries)))
    _report(post, parcel.way, "put off", str(error), PASSING)
    return False


def put_off(post: Post, parcel: Parcel, wait: timedelta) -> bool:
    """A fault in hunter: the parcel is tried again later, and those after it go on."""
    again = post.now() + wait
    outbox.put_back(post.store, parcel, _FAULT, in_doubt=True, due_at=again)
    _report(post, parcel.way, "put off", _FAULT, "fault")
    return True


def _refuse(post: Post, parcel: Parcel, reason: str) -> bool:
    """The parcel is tried again later, and those after it go on."""
    now, wait = post.now(), _HALF_AFTER if parcel.together else _HOUR
    outbox.put_aside(post.store, parcel, reason, now, now + wait)
    _report_open(post, parcel.way, "refused")
    post.refusals[parcel.way] = post.refusals.get(parcel.way, 0) + _is_news(parcel)
    return True


def _is_news(parcel: Parcel) -> bool:
    """What is refused once more says nothing new of the way."""
    return bool(parcel.together) or not parcel.refused


def _back_off(failures: int) -> timedelta:
    """Twice as long each time, up to an hour."""
    wait: timedelta = min(_FIRST_RETRY * 2 ** min(failures, 10), _LONGEST_RETRY)
    return wait * _jitter()


def _jitter() -> float:
    """So that ways do not march in step."""
    return random.uniform(0.8, 1.2)  # noqa: S311


def _switch_off(post: Post, parcel: Parcel, reason: str) -> bool:
    """Switch the subscriber's channel off for a day, or until a person has mended it.

    One subscriber's: an address that is refused must not silence the others.
    """
    with post.store.transaction():
        outbox.put_back(post.store, parcel, reason)
        outbox.rest(post.store, parcel.way, post.now())
        reports.switch_off(post.store, parcel.way.part, reason, post.now())
    post.refusals.pop(parcel.way, None)
    _report(post, parcel.way, "refused", f"switched off: {reason}", "off")
    return False


def _report_open(post: Post, way: Way, outcome: str, remarks: Sequence[str] = ()) -> None:
    """A way that takes letters is well only if it refuses none of them."""
    letters, reason = outbox.refused(post.store, way)
    if letters:
        message = f"{letters} refused and tried again every hour: {reason}"
        _report(post, way, outcome, message, "refused")
    else:
        _report(post, way, outcome, "; ".join(("delivers", *remarks)))


def _report(post: Post, way: Way, outcome: str, message: str, trouble: str = "") -> None:
    metrics.add("hunter_deliveries_total", way.channel, outcome)
    part = f"notifiers.{way.channel}"
    post.report(Report(part, not trouble, message, post.now(), way.subscriber, trouble))
