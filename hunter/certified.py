"""Keep what the sources of certificates knew as facts: the newest stands, older ones are history.

Many logs have the same certificate, in whatever order: its serial tells that it is known, its first
day of validity which one is newer. One of which no day is known is older than any other; so is one
of a day to come as soon as there is another, for it would stand until that day.
"""

from collections.abc import Iterable
from datetime import datetime

from hunter import certificates
from hunter.certificates import FIELDS
from hunter.clock import ANOTHERS_ERROR, day_number
from hunter.model import Fact, Sighting
from hunter.store import Store, facts, sightings

PROVIDER = "sighting"
_SINCE = "cert_not_before"
_MOST = 100
"""Certificates of one domain that are kept as facts whatever their day: whoever hosts thousands has
one for each. After that a newer day's first one is, for a squatter may order a hundred at once, and
then the one that counts."""


def keep(store: Store, seen: Iterable[Sighting], now: datetime) -> None:
    """Keep the certificates of the sightings; a new one is a reason to look at its domain again."""
    shown = ((one.registrable, certificates.of_sighting(one.origin)) for one in seen)
    # Thousands of the names may be of one domain and in one certificate.
    for domain, said in dict.fromkeys(shown):
        if said is not None:
            found = certificates.facts(domain, said, PROVIDER, now)
            _keep_one(store, domain, said.serial, found, now)


def _keep_one(store: Store, domain: str, serial: str, found: list[Fact], now: datetime) -> None:
    known = facts.told(store, domain, "cert_serial", PROVIDER)
    same = [fact for fact in known if _plain(fact.value) == _plain(serial)]
    if same and same[-1].ended_at is None:
        # Another source may know more of it, and says nothing about what it leaves out.
        more = [fact for fact in found if fact.field != "cert_serial"]
        facts.record(store, domain, more, provider=PROVIDER, fields=(), at=now)
    elif not same:
        _keep_new(store, domain, found, now, has_room=len(known) < _MOST)


def _keep_new(
    store: Store, domain: str, found: list[Fact], now: datetime, *, has_room: bool
) -> None:
    since = [fact.value for fact in found if fact.field == _SINCE]
    newest = [
        fact.value
        for fact in facts.told(store, domain, _SINCE, PROVIDER)
        if fact.ended_at is None and int(str(fact.value)) <= day_number(now + ANOTHERS_ERROR)
    ]
    if not has_room and since <= newest:
        return
    if since < newest:
        facts.record_past(store, found, provider=PROVIDER, at=now)
    else:
        facts.record(store, domain, found, provider=PROVIDER, fields=FIELDS, at=now)
    sightings.make_due(store, domain, now)


def _plain(serial: object) -> str:
    """Without the zeros that one source writes in front, and another does not."""
    return str(serial).lstrip("0")
