"""The files that go with a message: what a subscriber asked for, of the alerts it tells of."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import TypeAlias

from hunter import casebook, ribs, wording
from hunter.config import Config
from hunter.contracts import Case
from hunter.model import Alert, Subscriber
from hunter.notice import Attachment, Gist, Notice
from hunter.store import Store, alerts
from hunter.wording.as_data import live

_MOST_CASES = 500
"""Past that a file would be too large for a mail; the list of the digest names them all."""


Guard: TypeAlias = Callable[[Awaitable[Attachment], str], Awaitable[Attachment | None]]
"""Makes a file; None where there is a fault in that, which then is in the journal."""


async def attach(
    store: Store,
    config: Config,
    subscriber: Subscriber,
    notice: Notice,
    now: datetime,
    *,
    told: Iterable[Notice | Gist],
    guard: Guard,
) -> Notice:
    """The notice with the exports that the subscriber asked for, if they asked for any.

    `told` is all that the notice stands for, the gravest first. A file that cannot be made holds up
    no notice.
    """
    if not subscriber.attach or notice.silent:
        return notice
    found = tuple(islice(_alerts(store, told), _MOST_CASES + 1))
    cases = await _cases(store, config, found[:_MOST_CASES], now)
    wanted = subscriber.attach if cases else ()
    made = {name: await guard(_file(name, cases, now), f"export {name}") for name in wanted}
    files = filter(None, made.values())
    remarks = [notice.remark]
    if len(found) > _MOST_CASES:
        remarks = [wording.gravest_alone(_MOST_CASES, notice.language)]
    if lost := [name for name, file in made.items() if file is None]:
        remarks.append(wording.not_made(lost, notice.language))
    remark = " ".join(filter(None, remarks))
    return replace(notice, attachments=(*notice.attachments, *files), remark=remark)


async def _cases(
    store: Store, config: Config, found: Iterable[Alert], now: datetime
) -> tuple[Case, ...]:
    """Each takes milliseconds: others have a turn between them."""
    cases: list[Case] = []
    for one in found:
        cases.append(casebook.case_of(store, config, one, now))
        await asyncio.sleep(0)
    return tuple(cases)


def _alerts(store: Store, told: Iterable[Notice | Gist]) -> Iterator[Alert]:
    for brand, domain in dict.fromkeys((one.brand, one.domain) for one in told):
        alert = alerts.find(store, live(brand), live(domain))
        if alert is not None:
            yield alert


async def _file(name: str, cases: tuple[Case, ...], now: datetime) -> Attachment:
    rib = ribs.load("exports", name)
    content = await asyncio.to_thread(_whole, name, cases, now)
    return Attachment(f"hunter-{now:%Y%m%dT%H%M%SZ}{rib.SUFFIX}", rib.MEDIA, content)


def _whole(name: str, cases: tuple[Case, ...], now: datetime) -> bytes:
    return b"".join(casebook.export(name, cases, (), now))
