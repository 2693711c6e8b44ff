"""The files that go with a message: what a subscriber asked for, of the alerts it tells of."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import islice

from hunter import casebook, ribs, wording
from hunter.config import Config
from hunter.contracts import Case
from hunter.model import Alert, Subscriber
from hunter.notice import Attachment, Gist, Notice
from hunter.store import Store, alerts
from hunter.wording.as_data import live

_MOST_CASES = 500
"""Past that a file would be too large for a mail; the list of the digest names them all."""


def attach(
    store: Store,
    config: Config,
    subscriber: Subscriber,
    notice: Notice,
    now: datetime,
    *,
    told: Iterable[Notice | Gist],
) -> Notice:
    """The notice with the exports that the subscriber asked for, if they asked for any.

    `told` is all that the notice stands for, the gravest first.
    """
    if not subscriber.attach or notice.silent:
        return notice
    found = tuple(islice(_alerts(store, told), _MOST_CASES + 1))
    cases = tuple(casebook.case_of(store, config, one, now) for one in found[:_MOST_CASES])
    files = tuple(_file(name, cases, now) for name in subscriber.attach) if cases else ()
    remark = notice.remark
    if len(found) > _MOST_CASES:
        remark = wording.gravest_alone(_MOST_CASES, notice.language)
    return replace(notice, attachments=(*notice.attachments, *files), remark=remark)


def _alerts(store: Store, told: Iterable[Notice | Gist]) -> Iterator[Alert]:
    for brand, domain in dict.fromkeys((one.brand, one.domain) for one in told):
        alert = alerts.find(store, live(brand), live(domain))
        if alert is not None:
            yield alert


def _file(name: str, cases: tuple[Case, ...], now: datetime) -> Attachment:
    rib = ribs.load("exports", name)
    content = casebook.export(name, cases, (), now)
    return Attachment(f"hunter-{now:%Y%m%dT%H%M%SZ}{rib.SUFFIX}", rib.MEDIA, content)
