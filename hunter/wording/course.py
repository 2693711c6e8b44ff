"""The course of events of an incident, a line for each thing that happened on a day."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from hunter.model import Incident, Member, PastFact
from hunter.wording.catalogue import incident_words as words
from hunter.wording.facts import values_of
from hunter.wording.sentences import label_of, listed, named, value_in_words
from hunter.wording.sentences import values_in_words as shown_values

_FIELDS = ("ns_domain", "a", "aaaa", "host_address", "origin_ip", "cdn", "mx_domain", "cert_issuer")
"""What is told when it appears, and when it ends."""
_MOST_OF_ONE = 4


def course(incident: Incident) -> tuple[str, ...]:
    """What happened when, oldest first; hunter's own look is the day when it saw a change."""
    events = sorted({event for member in incident.members for event in _events(member)})
    alike: dict[tuple[str, int, str], list[str]] = {}
    for when, order, domain, what in events:
        alike.setdefault((when, order, what), []).append(domain)
    return tuple(
        words.EVENT.format(day=value_in_words("registered", when), domain=named(domains), what=what)
        for (when, _, what), domains in alike.items()
    )


def _events(member: Member) -> Iterator[tuple[str, int, str, str]]:
    """Day, a number for the order within the day, domain, and what happened.

    The day is written YYYYMMDD, as `registered` is: those of French are in no order as texts.
    """
    for value in values_of(member.dossier, "registered"):
        yield str(value), 0, member.domain, words.EVENT_REGISTERED
    for when, field, values in _appearances(member.history):
        yield f"{when:%Y%m%d}", 1, member.domain, _said(words.EVENT_FROM, field, values)
    for when, field, values in _ends(member.history):
        yield f"{when:%Y%m%d}", 1, member.domain, _said(words.EVENT_UNTIL, field, values)
    if member.alert is not None:
        yield f"{member.alert.opened_at:%Y%m%d}", 2, member.domain, words.EVENT_ALERT


def _said(sentence: str, field: str, facts: list[PastFact]) -> str:
    values = shown_values(field, (fact.value for fact in facts if fact.value is not None))
    return sentence.format(label=label_of(field), values=listed(values))


def _appearances(
    history: tuple[PastFact, ...],
) -> Iterator[tuple[datetime, str, list[PastFact]]]:
    found: dict[tuple[datetime, str], list[PastFact]] = defaultdict(list)
    for fact in _first_told(history):
        found[fact.first_seen, fact.field].append(fact)
    yield from _first_ones(found)


def _first_told(history: tuple[PastFact, ...]) -> Iterator[PastFact]:
    for fact, others in _with_others(history):
        if fact.value is not None and not any(_begun_before(fact, one) for one in others):
            yield fact


def _ends(history: tuple[PastFact, ...]) -> Iterator[tuple[datetime, str, list[PastFact]]]:
    found: dict[tuple[datetime, str], list[PastFact]] = defaultdict(list)
    begun = {(fact.field, fact.first_seen) for fact in _first_told(history)}
    for fact, others in _with_others(history):
        # What another value took the place of is told by that value's own line.
        ended = fact.ended_at
        goes_on = any(_holds_after(ended, one) for one in others) if ended else True
        if ended and not goes_on and (fact.field, ended) not in begun:
            found[ended, fact.field].append(fact)
    yield from _first_ones(found)


def _with_others(history: tuple[PastFact, ...]) -> Iterator[tuple[PastFact, list[PastFact]]]:
    """Each fact that is told of, with all that anybody told of the same value."""
    alike: dict[tuple[str, str, str], list[PastFact]] = defaultdict(list)
    for fact in history:
        if fact.field in _FIELDS:
            alike[fact.subject, fact.field, repr(fact.value)].append(fact)
    for facts in alike.values():
        yield from ((fact, facts) for fact in facts)


def _begun_before(fact: PastFact, other: PastFact) -> bool:
    """Whether the other one told of the value already when this one came: nothing happened then."""
    return other.first_seen < fact.first_seen and _holds_after(fact.first_seen, other)


def _holds_after(when: datetime, fact: PastFact) -> bool:
    return fact.first_seen <= when and (fact.ended_at is None or fact.ended_at > when)


def _first_ones(
    found: dict[tuple[datetime, str], list[PastFact]],
) -> Iterator[tuple[datetime, str, list[PastFact]]]:
    """The first few of each field: an address behind a CDN changes by the hour."""
    told: dict[str, int] = defaultdict(int)
    for (when, field), facts in sorted(found.items(), key=lambda one: one[0]):
        told[field] += 1
        if told[field] <= _MOST_OF_ONE:
            yield when, field, facts
