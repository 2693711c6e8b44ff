"""What of a case may be handed on, for every format: values with their times, names to block. Pure.

Formats for machines carry names and addresses as they are. What is not of the form that a format
promises (a mailbox that is none, an address that is none) is left out here.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import ip_address
from itertools import zip_longest

from hunter import names, wording
from hunter.contracts import Case
from hunter.dossiers import day_of, values_of
from hunter.errors import NotAName
from hunter.model import REOPENED, Alert, AlertState, Match, PastFact, Value
from hunter.net.guard import leads_somewhere
from hunter.wording.catalogue import speaking

_MAILBOX = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@([\w.-]{1,253})", re.ASCII)
_DAY = re.compile(r"(?:19|20)\d{6}")
_LONGEST_NAME = 180
"""Room for a wildcard before it and a zone's name behind it, within the 253 of RFC 1035."""

PLATFORM = "all of a platform or an ending, and not one name"
PROTECTED = "the protected name itself stands under it"
TOO_LONG = f"longer than {_LONGEST_NAME} characters"
NO_NAME = "no domain name"
LEFT_OUT = "yours or harmless, as the config says"
UNCONFIRMED = "no lookalike itself, and nobody has confirmed it yet"


@dataclass(frozen=True, slots=True)
class Held:
    """A value of a subject, and from when until when it was seen to hold."""

    subject: str
    value: Value
    first: datetime
    last: datetime
    ended: datetime | None = None


def held(case: Case, *fields: str) -> tuple[Held, ...]:
    """The values that the fields held, now or before, oldest first; whoever told of them.

    Without a history, what the dossier knows, at its moment.
    """
    if not case.history:
        return tuple(_now(case, fields))
    found: dict[tuple[str, str], Held] = {}
    for row in case.history:
        if row.field in fields and row.value is not None:
            key = (row.subject, repr(row.value))
            found[key] = _joined(found.get(key), row, row.value)
    return tuple(sorted(found.values(), key=lambda one: (one.first, one.subject, str(one.value))))


def _joined(before: Held | None, row: PastFact, value: Value) -> Held:
    if before is None:
        return Held(row.subject, value, row.first_seen, row.last_seen, row.ended_at)
    holds = before.ended is None or row.ended_at is None
    ended = None if holds else max(filter(None, (before.ended, row.ended_at)))
    first, last = min(before.first, row.first_seen), max(before.last, row.last_seen)
    return Held(row.subject, value, first, last, ended)


def _now(case: Case, fields: Iterable[str]) -> Iterator[Held]:
    dossier = case.dossier
    for field in fields:
        for value in values_of(dossier.fields, field):
            yield Held(dossier.domain, value, dossier.at, dossier.at)


def addresses(case: Case) -> tuple[Held, ...]:
    """The addresses of the domain and its hosts, each a valid one that leads somewhere."""
    found = held(case, "a", "aaaa")
    return tuple(one for one in found if is_reached(one.value) and is_host(one.subject))


def hosts(case: Case, *fields: str) -> tuple[Held, ...]:
    """The values of the fields that are host names: name servers, mail servers."""
    return tuple(one for one in held(case, *fields) if is_host(one.value))


def mailboxes(case: Case, *fields: str) -> tuple[Held, ...]:
    """The values of the fields that are mailboxes."""
    return tuple(one for one in held(case, *fields) if is_mailbox(one.value))


def is_address(value: Value) -> bool:
    """Whether it is an IP address, without a zone."""
    try:
        return "%" not in str(value) and bool(ip_address(str(value)))
    except ValueError:
        return False


def is_reached(value: Value) -> bool:
    """Whether it leads to a server: whoever blocked 127.0.0.1 would block their own machine."""
    return is_address(value) and leads_somewhere(str(value))


def is_host(value: Value) -> bool:
    """Whether it is a host's name in ASCII, lower case and of at least two labels."""
    try:
        return names.domain_name(str(value)) == value
    except NotAName:
        return False


def is_mailbox(value: Value) -> bool:
    """Whether it is a mailbox that any mail program would take."""
    found = _MAILBOX.fullmatch(str(value))
    return bool(found) and is_host(found[1].lower()) if found else False


def moment(day: object) -> datetime | None:
    """The beginning of a day written YYYYMMDD, in UTC; None when it is none."""
    return day_of(str(day)) if _DAY.fullmatch(str(day)) else None


def host_names(case: Case) -> tuple[str, ...]:
    """The hosts seen under the domain, sorted."""
    told = (*values_of(case.dossier.fields, "name"), *(row.subject for row in case.history))
    below = {str(one) for one in told if names.is_under(str(one), case.alert.domain)}
    return tuple(sorted(one for one in below - {case.alert.domain} if is_host(one)))


def imitating(case: Case) -> tuple[str, ...]:
    """The domain; or where only hosts under it imitate, these and nothing beside them, sorted.

    The domain may be a firm's that gives a host to each of its customers, and is not known for it.
    """
    return all_that_imitate(case.alert.domain, (case.alert.match, *case.others))


def all_that_imitate(domain: str, found: Iterable[Match]) -> tuple[str, ...]:
    """The same of matches under the domain."""
    hosts = {what_imitates(match, domain) for match in found}
    return (domain,) if domain in hosts else tuple(sorted(hosts))


def what_imitates(match: Match, domain: str) -> str:
    """The host from the label in which the imitation begins; the domain, if it goes into that."""
    host = names.host_of(match.name, match.span, domain)
    return host if is_host(host) else domain


def named(cases: Iterable[Case]) -> Iterator[Case]:
    """The cases whose domain is one that a machine can be told, one by one."""
    return (case for case in cases if is_host(case.alert.domain))


def learnt_at(case: Case) -> datetime:
    """When the last change of a fact was seen; a fact that only went on is no change."""
    changes = [moment for row in case.history for moment in (row.first_seen, row.ended_at)]
    return max((change for change in changes if change), default=case.alert.opened_at)


def changed_at(case: Case) -> datetime:
    """When anything that a format tells of the case changed last."""
    opened = case.alert.opened_at
    return max(opened, case.alert.updated_at, learnt_at(case), case.named_at or opened)


def is_dismissed(case: Case) -> bool:
    """Whether a person found it harmless: nobody should block it any more."""
    return case.alert.state is AlertState.DISMISSED


def is_to_detect(case: Case) -> bool:
    """Whether a machine should raise an alarm at the domain."""
    return not (is_dismissed(case) or case.is_left_out or case.alert.is_mere_link)


def lives(alert: Alert) -> list[tuple[datetime, datetime | None]]:
    """From when the alert stood, and until it was dismissed; one more for each time it came back.

    The last has no end where nobody dismissed it.
    """
    begun: list[datetime] = [alert.opened_at]
    ended: list[datetime] = []
    for step in alert.transitions:
        if step.kind == AlertState.DISMISSED and len(ended) < len(begun):
            ended.append(step.at)
        elif step.kind == REOPENED and len(ended) == len(begun):
            begun.append(step.at)
    return [*zip_longest(begun, ended)]


def to_block(cases: Iterable[Case]) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """The names that a block list should hold, and those left out with the reason; both sorted.

    A name stands for all names under it, so that what would block more than one registration, or
    the protected name, is left out, and so is what the config says is ours by now. So is what only
    shares a value with a lookalike, until somebody confirms it: a squatter need but write a firm's
    mailbox into a registration to have the firm blocked. Dismissed alerts are not spoken of.
    """
    reasons: dict[str, list[str]] = {}
    for case in cases:
        for name in () if is_dismissed(case) else imitating(case):
            reasons.setdefault(name, []).append(_why_not(case, name))
    wanted = {name: _of_all(several) for name, several in reasons.items()}
    kept = sorted(name for name, why in wanted.items() if not why)
    return tuple(kept), tuple(sorted(one for one in wanted.items() if one[1]))


def _of_all(reasons: Sequence[str]) -> str:
    """Why a name is left out: a brand that it does imitate makes up for one that it does not."""
    imitates = "" in reasons
    return next((why for why in reasons if why and not (imitates and why == UNCONFIRMED)), "")


def _why_not(case: Case, name: str) -> str:
    if not is_host(name):
        return NO_NAME
    if case.is_left_out:
        return LEFT_OUT
    if case.alert.is_mere_link:
        return UNCONFIRMED
    if names.is_under(case.alert.brand, name):
        return PROTECTED
    if names.parse(name).suffix == name:
        return PLATFORM
    return TOO_LONG if len(name) > _LONGEST_NAME else ""


def utc_text(at: datetime) -> str:
    """A moment as most formats want it: `2017-04-24T06:00:00Z`."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def headline(case: Case) -> str:
    """The case in one sentence; files for machines are in English, whatever people speak."""
    with speaking("en"):
        return wording.headline(case.alert, case.dossier)


def told(case: Case) -> tuple[str, str]:
    """The case in one sentence, and in some: why, what could not be found out, how sure it is."""
    first = headline(case)
    with speaking("en"):
        return first, "\n".join([first, *wording.account(case.alert, case.dossier)])
