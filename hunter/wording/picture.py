"""What stands in the picture of an incident: short labels, clean and defanged, not yet escaped."""

from collections.abc import Iterator
from dataclasses import dataclass

from hunter import names
from hunter.model import Incident, Link, Member
from hunter.wording.catalogue import incident_words as words
from hunter.wording.cleaning import harmless
from hunter.wording.facts import values_of
from hunter.wording.sentences import label_of, listed, shown_name, value_in_words, values_in_words
from hunter.wording.story import lists_of, shared_by, shown_strength, title

_MOST_LINES = 6

__all__ = ["Label", "link", "member", "part", "title"]


@dataclass(frozen=True, slots=True)
class Label:
    """What stands in one box."""

    key: str
    heading: str
    lines: tuple[str, ...]
    core: bool = True


def member(one: Member) -> Label:
    """A domain, its hosts, and what is known of it beside its links."""
    lines = tuple(_lines(one))[:_MOST_LINES]
    return Label(one.domain, shown_name(one.domain), lines, one.core)


def _lines(one: Member) -> Iterator[str]:
    unicode = names.to_unicode(one.domain)
    if unicode != one.domain:
        yield words.PICTURE_UNICODE.format(unicode=shown_name(unicode))
    hosts = [shown_name(str(name)) for name in values_of(one.dossier, "name") if name != one.domain]
    if hosts:
        yield listed(hosts[:2])
    for value in values_of(one.dossier, "registered")[:1]:
        day = value_in_words("registered", value)
        yield words.PICTURE_REGISTERED.format(day=day)
    addresses = [
        value for field in ("a", "aaaa", "host_address") for value in values_of(one.dossier, field)
    ]
    if addresses:
        yield listed(values_in_words("a", addresses[:2]))
    yield from _notes(one)


def _notes(one: Member) -> Iterator[str]:
    lists = lists_of(one)
    if lists:
        yield words.PICTURE_LISTED.format(lists=lists)
    for value in values_of(one.dossier, "tor_exit_last")[:1]:
        yield words.PICTURE_TOR.format(day=value_in_words("tor_exit_last", value))
    cdn = values_in_words("cdn", values_of(one.dossier, "cdn"))
    if cdn:
        yield words.PICTURE_HIDDEN.format(cdn=listed(cdn))
    for value in values_of(one.dossier, "origin_ip")[:1]:
        yield words.PICTURE_ORIGIN.format(origin=value_in_words("origin_ip", value))


def link(one: Link) -> Label:
    """What is shared, how strong that is, and how many carry it."""
    value = value_in_words(one.trait, one.value)
    headings = {
        "habit": words.PICTURE_HABIT.format(value=value),
        "own_name_servers": words.PICTURE_OWN_NAME_SERVERS.format(value=value),
        "cert_domain": words.PICTURE_CO_NAMES.format(value=value),
        "decision": words.PICTURE_DECIDED.format(actor=harmless(one.note)),
    }
    label = words.PICTURE_TRAITS.get(one.trait) or label_of(one.trait)
    heading = headings.get(one.trait) or words.PICTURE_SHARES.format(label=label, value=value)
    return Label(one.trait, heading, _weight(one, value))


def _weight(one: Link, value: str) -> tuple[str, ...]:
    """How much the link tells; for a person's word, why."""
    if one.trait == "decision":
        return (value,) if one.value else ()
    named = words.PICTURE_NAMED.format(count=one.shared)
    carried = named if one.trait == "cert_domain" else shared_by(one)
    hidden = [shown_name(domain) for domain in one.domains if domain in one.told]
    hedge = [words.PICTURE_TOLD.format(domains=listed(hidden))] if hidden else []
    return (
        words.PICTURE_STRENGTH.format(strength=shown_strength(one.strength), shared=carried),
        *hedge,
    )


def part(incident: Incident, most: int) -> str:
    """How much of it is in the picture; empty when all is."""
    domains, links = len(incident.members), len(incident.links)
    if max(domains, links) <= most:
        return ""
    return words.PICTURE_PART.format(
        domains=min(domains, most), every=domains, links=min(links, most), all_links=links
    )
