"""The files that go with a message: what a subscriber asked for, of the alerts it tells of."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from hunter import casebook, ribs
from hunter.config import Config
from hunter.contracts import Case
from hunter.model import Subscriber
from hunter.notice import Attachment, Notice
from hunter.store import Store, alerts
from hunter.wording.as_data import live

_MOST_CASES = 500
"""Past that a file would be too large for a mail; the list of the digest names them all."""


def attach(
    store: Store, config: Config, subscriber: Subscriber, notice: Notice, now: datetime
) -> Notice:
    """The notice with the exports that the subscriber asked for, if they asked for any."""
    if not subscriber.attach or notice.silent:
        return notice
    cases = tuple(_cases(store, config, notice, now))
    files = tuple(_file(name, cases, now) for name in subscriber.attach) if cases else ()
    return replace(notice, attachments=(*notice.attachments, *files))


def _cases(store: Store, config: Config, notice: Notice, now: datetime) -> Iterator[Case]:
    gists = [gist for group in notice.groups for gist in group.gists]
    about = [(one.brand, one.domain) for one in gists] or [(notice.brand, notice.domain)]
    for brand, domain in tuple(dict.fromkeys(about))[:_MOST_CASES]:
        alert = alerts.find(store, live(brand), live(domain))
        if alert is not None:
            yield casebook.case_of(store, config, alert, now)


def _file(name: str, cases: tuple[Case, ...], now: datetime) -> Attachment:
    rib = ribs.load("exports", name)
    content = casebook.export(name, cases, (), now)
    return Attachment(f"hunter-{now:%Y%m%dT%H%M%SZ}{rib.SUFFIX}", rib.MEDIA, content)
