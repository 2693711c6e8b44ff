"""The story of an incident: what there is, what ties it, and every reading that stays open."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from hunter import names
from hunter.model import TOLD_BY, Alert, Incident, Level, Link, Member, Value
from hunter.wording.catalogue import incident_words as words
from hunter.wording.catalogue import words as common
from hunter.wording.cleaning import harmless
from hunter.wording.course import course
from hunter.wording.facts import values_of
from hunter.wording.sentences import (
    label_within,
    listed,
    name_and_unicode,
    named,
    of,
    shown_in_letters,
    shown_name,
    value_in_words,
    values_in_words,
)

_MOST = 60
"""Lines of a chapter, and no more: an incident may have hundreds of domains."""
_HOSTS = 5
_STRONG = 0.5


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading and what stands under it, one sentence or line each; clean and defanged."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """An incident in words."""

    title: str
    chapters: tuple[Chapter, ...]
    caveat: str


def story(incident: Incident) -> Story:
    """The whole story; what is uncertain is hedged, what is unknown is not told."""
    told = (
        (words.DOMAINS, _members(incident)),
        (words.COURSE, _both_ends(course(incident))),
        (words.TIES, (sentence_for_link(link) for link in _ties(incident))),
        (words.LOOSER, _looser(incident)),
        (words.CONTEXT, _context(incident)),
        (words.READING, _reading(incident)),
        (words.OTHERWISE, _otherwise(incident)),
        (words.CONFIRM, words.CONFIRMING),
        (words.REFUTE, (line.format(brands=_brands(incident)) for line in words.REFUTING)),
    )
    chapters = (Chapter(heading, _bounded(lines)) for heading, lines in told)
    return Story(title(incident), tuple(one for one in chapters if one.lines), words.CAVEAT)


def title(incident: Incident) -> str:
    """One line: how many domains, around which brand."""
    more = len(incident.attached)
    attached = words.ATTACHED_MANY if more > 1 else words.ATTACHED_ONE if more else ""
    return words.TITLE.format(
        number=incident.id,
        core=words.CORE.format(count=len(incident.core)),
        attached=attached.format(count=more),
        brands=_brands(incident),
    )


def _bounded(lines: Iterable[str]) -> tuple[str, ...]:
    every = tuple(lines)
    if len(every) <= _MOST:
        return every
    return (*every[:_MOST], words.MORE_EVENTS.format(count=len(every) - _MOST))


def _both_ends(events: tuple[str, ...]) -> tuple[str, ...]:
    """How it began and how it stands: what is left out lies between."""
    left_out = len(events) - _MOST + 1
    if left_out <= 1:
        return events
    half = _MOST // 2
    between = words.MORE_EVENTS.format(count=left_out)
    return (*events[: half - 1], between, *events[-half:])


def _brands(incident: Incident) -> str:
    brands = [shown_in_letters(brand) for brand in incident.brands]
    return listed(brands) if brands else words.NOBODYS


def _members(incident: Incident) -> Iterator[str]:
    for member in incident.members:
        alert = member.alert
        yield words.MEMBER.format(
            domain=name_and_unicode(member.domain, names.to_unicode(member.domain)),
            hosts=_hosts(member),
            registered=_registered(member),
            likeness=_likeness(member),
            alert=_standing(alert) if alert else words.IN_NO_ALERT,
        )


def _standing(alert: Alert) -> str:
    return words.IN_ALERT.format(
        severity=common.LEVELS[alert.severity], state=common.STATES[alert.state]
    )


def _hosts(member: Member) -> str:
    seen = [str(name) for name in values_of(member.dossier, "name") if name != member.domain]
    shown = [shown_name(name) for name in seen[:_HOSTS]]
    if len(seen) > _HOSTS:
        shown.append(common.MORE.format(count=len(seen) - _HOSTS))
    return words.HOSTS.format(hosts=listed(shown)) if shown else ""


def _registered(member: Member) -> str:
    for field, sentence in (("registered", words.REGISTERED), ("first_seen", words.NOT_DATED)):
        values = values_of(member.dossier, field)
        if values:
            return sentence.format(day=value_in_words(field, values[0]))
    return words.NEVER_DATED


def _likeness(member: Member) -> str:
    matched = values_of(member.dossier, "matched")
    if matched and matched[0]:
        return words.IMITATES.format(brand=shown_in_letters(member.dossier.brand))
    tracks = [str(one) for one in values_of(member.dossier, "track")]
    by_text = bool(tracks) and all(one.startswith("string=") for one in tracks)
    return words.WATCHED_STRING if by_text else words.RESEMBLES_NONE


def _ties(incident: Incident) -> Iterator[Link]:
    """The links that join, and weaker ones among the core alone."""
    core = {member.domain for member in incident.core}
    for link in incident.links:
        if link.strength >= _STRONG or core.issuperset(link.domains):
            yield link


def sentence_for_link(link: Link) -> str:
    """What the domains share, and how much that tells."""
    told = {
        "domains": named(link.domains),
        "strength": shown_strength(link.strength),
        "shared": _counted(link),
        "value": value_in_words(link.trait, link.value),
        "count": link.shared,
        "actor": harmless(link.note),
        "why": words.WHY.format(why=harmless(str(link.value))) if link.value else "",
        "what": what_is_shared(link),
    }
    sentences = {
        "habit": words.HABIT,
        "own_name_servers": words.OWN_NAME_SERVERS,
        "cert_domain": words.CO_NAMES,
        "decision": words.DECIDED,
    }
    hidden = [domain for domain in link.domains if domain in link.told]
    hedge = words.TOLD.format(domains=named(hidden)) if hidden else ""
    return sentences.get(link.trait, words.SHARE).format(**told) + hedge


def shown_strength(strength: float) -> str:
    """With the mark that the language has before decimals."""
    return f"{strength:.2f}".replace(".", common.DECIMAL_MARK)


def shared_by(link: Link) -> str:
    """How many carry it: by the store alone, or by all that is known."""
    sentence = words.KNOWN_WITH if link.trait in {"address", "cert_key"} else words.SHARED_BY
    return sentence.format(count=link.shared)


def _counted(link: Link) -> str:
    """How many carry it, and why so many may still tell something."""
    shared = shared_by(link)
    alike = 0 < link.hands < link.shared
    return words.AS_HANDS.format(shared=shared, hands=link.hands) if alike else shared


def what_is_shared(link: Link) -> str:
    """The shared value with what it is: `the registrant's address x[@]y[.]z`."""
    value = value_in_words(link.trait, link.value)
    if link.trait in words.TRAITS:
        return words.TRAITS[link.trait].format(value=value.removeprefix("AS"))
    return words.TRAIT.format(label=label_within(link.trait), value=value)


def _looser(incident: Incident) -> Iterator[str]:
    """Those that the same links attach are told together: of a flood they are dozens."""
    alike: dict[tuple[str, tuple[Link, ...]], list[str]] = {}
    for member in incident.attached:
        own = tuple(link for link in incident.links if member.domain in link.domains)
        alike.setdefault((shown_strength(member.strength), own), []).append(member.domain)
    for (strength, own), domains in alike.items():
        sentence = words.ATTACHED if len(domains) == 1 else words.ATTACHED_TOGETHER
        yield sentence.format(
            domains=named(domains),
            strength=strength,
            reasons=" ".join(sentence_for_link(link) for link in own),
        )


def _context(incident: Incident) -> Iterator[str]:
    alone = [one.domain for one in incident.members if True in values_of(one.dossier, "dedicated")]
    if alone:
        sentence = words.DEDICATED if len(alone) > 1 else words.DEDICATED_ONE
        yield sentence.format(domains=named(alone), domain=named(alone))
    for member in incident.members:
        yield from _listings(member)
        yield from _tor(member)
        yield from _hosting(member)
        yield from _name_servers(member)
    if any(_listed_or_tor(member) for member in incident.members):
        yield words.THREE_READINGS


def _listed_or_tor(member: Member) -> bool:
    return any(values_of(member.dossier, field) for field in ("ioc_list", "tor_exit_last"))


def _listings(member: Member) -> Iterator[str]:
    told = values_of(member.dossier, "ioc_listing")
    listings = [value_in_words("ioc_listing", one) for one in told] or [_listing(member)]
    for one in filter(None, listings):
        yield words.LISTED.format(domain=shown_name(member.domain), listing=one)


def _listing(member: Member) -> str:
    """What stands on which list of which day, from the single facts; empty for nothing."""
    lists = lists_of(member)
    values = values_in_words("ioc_value", values_of(member.dossier, "ioc_value"))
    told = listed(values) if values else shown_name(member.domain)
    return words.LISTING.format(values=told, lists=lists) if lists else ""


def lists_of(member: Member) -> str:
    """The lists on which something of it stands, with their days; empty when there is none."""
    lists = values_in_words("ioc_list", values_of(member.dossier, "ioc_list"))
    days = values_in_words("ioc_list_date", values_of(member.dossier, "ioc_list_date"))
    dated = words.DATED.format(days=listed(days)) if days else ""
    return listed(lists) + dated if lists else ""


def _tor(member: Member) -> Iterator[str]:
    dossier, of_domain = member.dossier, of(shown_name(member.domain))
    told = values_in_words("tor_exit_address", values_of(dossier, "tor_exit_address"))
    address = listed(told) if told else words.ITS_ADDRESS
    if True in values_of(dossier, "tor_exit"):
        yield words.TOR_NOW.format(address=address, of_domain=of_domain)
        return
    for value in values_of(dossier, "tor_exit_last"):
        yield words.TOR_LAST.format(
            address=address,
            of_domain=of_domain,
            day=value_in_words("tor_exit_last", value),
            before=_days_before(value, member),
            not_now=words.TOR_NOT_NOW if False in values_of(dossier, "tor_exit") else "",
            covers=_covered(member),
        )


def _covered(member: Member) -> str:
    """Of which days the lists of exits speak: beyond them, silence says nothing."""
    spans = []
    for told in values_of(member.dossier, "tor_exit_covers"):
        first, _, last = str(told).partition("-")
        days = [value_in_words("tor_exit_last", day) for day in (first, last)]
        if _date(first) and _date(last):
            spans.append(words.TOR_SPAN.format(first=days[0], last=days[1]))
    return words.TOR_COVERS.format(spans=listed(spans[:_HOSTS])) if spans else ""


def _days_before(value: Value, member: Member) -> str:
    last, registered = _date(value), [_date(one) for one in values_of(member.dossier, "registered")]
    known = [day for day in registered if day]
    if not (last and known) or min(known) <= last:
        return ""
    days = (min(known) - last).days
    return (words.TOR_BEFORE if days > 1 else words.TOR_BEFORE_ONE).format(days=days)


def _date(value: Value) -> date | None:
    try:
        return datetime.strptime(str(value), "%Y%m%d").replace(tzinfo=UTC).date()
    except ValueError:
        return None


def _hosting(member: Member) -> Iterator[str]:
    dossier, domain = member.dossier, shown_name(member.domain)
    cdn = values_in_words("cdn", values_of(dossier, "cdn"))
    if cdn:
        yield words.HIDDEN.format(domain=domain, cdn=listed(cdn))
    for value in values_of(dossier, "origin_ip"):
        told_by = {
            fact.provider
            for fact in member.history
            if (fact.field, fact.value, fact.ended_at) == ("origin_ip", value, None)
        }
        provider = listed([_teller(one) for one in sorted(told_by)])
        origin = value_in_words("origin_ip", value)
        yield words.ORIGIN.format(domain=domain, origin=origin, provider=provider)
    networks = values_in_words("as_name", values_of(dossier, "as_name"))
    if networks:
        yield words.NETWORKS.format(domain=domain, networks=listed(networks))


def _teller(provider: str) -> str:
    """Whoever tells a fact; a person's word is said to be one."""
    who = harmless(provider.removeprefix(TOLD_BY))
    return words.TOLD_BY.format(who=who) if provider.startswith(TOLD_BY) else who


def _name_servers(member: Member) -> Iterator[str]:
    before = values_in_words("ns_domain", values_of(member.dossier, "past_ns_domain"))
    now = values_in_words("ns_domain", values_of(member.dossier, "ns_domain"))
    if before and now:
        yield words.NAME_SERVERS_BEFORE.format(
            domain=shown_name(member.domain), before=listed(before), now=listed(now)
        )


def _reading(incident: Incident) -> Iterator[str]:
    yield words.ONE_HAND.format(domains=named([member.domain for member in incident.core]))
    attached = [member.domain for member in incident.attached]
    if attached:
        sentence = words.LOOSELY if len(attached) == 1 else words.LOOSELY_TOGETHER
        yield sentence.format(domains=named(attached))
    if incident.severity >= Level.HIGH:
        yield words.ACT.format(attached=words.ACT_ATTACHED if incident.attached else "")


def _otherwise(incident: Incident) -> Iterator[str]:
    yield words.CHANCE
    yield words.REUSE
    if any(_listed_or_tor(member) for member in incident.members):
        yield words.MUDDYING
    yield words.SERVICE
    yield words.OWNER
