"""What the DNS says of a domain, and of the host names seen under it."""

import asyncio
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import Field

from hunter import names
from hunter.contracts import EnricherContext, EnricherSettings
from hunter.dossiers import texts_of
from hunter.errors import WillPass
from hunter.model import Dossier, Fact, Value
from hunter.net.dns import DnsAnswer, DnsDoor, DnsStatus
from hunter.net.mailbox import of_zone
from hunter.net.text import clean

FIELDS: Mapping[str, str] = {
    "dns_status": "found, empty (the name exists and has no record) or absent",
    "resolves": "whether it has an address",
    "a": "IPv4 addresses",
    "aaaa": "IPv6 addresses",
    "host_address": "addresses of the host names seen under it",
    "ns": "name servers",
    "ns_domain": "registrable domains of the name servers",
    "has_mx": "whether it can receive mail; a null MX (RFC 7505) says no, and so does localhost",
    "mx": "mail servers",
    "mx_domain": "registrable domains of the mail servers",
    "txt": "TXT records, each cut at 300 characters",
    "soa_mname": "the zone's primary server",
    "soa_mailbox": "the mailbox of who runs the zone",
}
AFTER: tuple[str, ...] = ()

_KINDS = ("A", "AAAA", "NS", "MX", "SOA", "TXT")
_FIELDS_OF: Mapping[str, tuple[str, ...]] = {
    "A": ("a",),
    "AAAA": ("aaaa",),
    "NS": ("ns", "ns_domain"),
    "MX": ("mx", "mx_domain", "has_mx"),
    "SOA": ("soa_mname", "soa_mailbox"),
    "TXT": ("txt",),
}
_NULL_MX = "."
_NO_SERVER = re.compile(r"(?:^|\.)(?:localhost|localdomain|invalid|\d+)$")
"""Names that no mail server has (RFC 6761), which say "no mail" as a null MX does."""
_MAX_VALUES = 20


class Settings(EnricherSettings):
    """`[enrichers.dns]`."""

    hosts: int = Field(
        default=10, ge=0, description="how many of the host names seen under a domain are asked too"
    )


@dataclass(frozen=True, slots=True)
class _Answers:
    """All answers about one name."""

    name: str
    by_kind: Mapping[str, DnsAnswer]
    at: datetime

    def records(self, kind: str) -> tuple[str, ...]:
        return self.by_kind[kind].records[:_MAX_VALUES]

    def fact(self, field: str, value: Value | None, unknown: str = "") -> Fact:
        return Fact(self.name, field, value, "dns", self.at, unknown)


def wants(_dossier: Dossier, _settings: Settings) -> bool:
    """Every domain can be asked for."""
    return True


async def enrich(dossier: Dossier, settings: Settings, context: EnricherContext) -> Sequence[Fact]:
    """Facts about the domain, and the addresses of its hosts with each host as the subject.

    Raises WillPass when it is our own name servers that do not answer.
    """
    door, at = context.doors.dns, context.now()
    seen = _hosts(dossier)
    hosts = seen[: settings.hosts]
    domain, *others = await asyncio.gather(
        _ask(door, dossier.domain, _KINDS, at),
        *(_ask(door, host, ("A", "AAAA"), at) for host in hosts),
    )
    servers = sorted(_below(domain.name, _mail_servers(domain)).difference(hosts))
    others += await asyncio.gather(
        *(_ask(door, one, ("A", "AAAA"), at) for one in servers[: settings.hosts])
    )
    if _status(domain).value is None:
        await _check_our_own(context)
    below = [fact for host in others for fact in (*_unknowns(host), *_addresses(host))]
    left_out = len(seen) - len(hosts)
    return [*_facts_of(domain), *_addresses_below(domain, below, left_out), *below]


def _hosts(dossier: Dossier) -> tuple[str, ...]:
    """Those that were seen, and its own mail servers as far as they were known."""
    return tuple(sorted(_below(dossier.domain, texts_of(dossier, "name", "mx"))))


def _below(domain: str, hosts: Iterable[str]) -> set[str]:
    """Those that are names: an MX record may hold anything."""
    return {one for one in hosts if one.endswith(f".{domain}") and names.registrables((one,))}


async def _ask(door: DnsDoor, name: str, kinds: Iterable[str], at: datetime) -> _Answers:
    kinds = tuple(kinds)
    answers = await asyncio.gather(*(door.ask(name, kind) for kind in kinds))
    return _Answers(name, dict(zip(kinds, answers, strict=True)), at)


async def _check_our_own(context: EnricherContext) -> None:
    """A squatter's servers may be broken; when nobody tells of the brand either, ours are."""
    for brand in context.brands[:1]:
        answer = await context.doors.dns.ask(brand.domain, "NS")
        if answer.status is DnsStatus.UNKNOWN:
            raise WillPass(f"no answer about {brand.domain} either: {answer.reason}")


def _facts_of(answers: _Answers) -> Iterator[Fact]:
    yield _status(answers)
    yield from _unknowns(answers)
    yield from _addresses(answers)
    yield from _delegation(answers)
    yield from _mail(answers)
    yield from _authority(answers)
    for text in dict.fromkeys(clean(record) for record in answers.records("TXT")):
        yield answers.fact("txt", text)


def _status(answers: _Answers) -> Fact:
    statuses = {answer.status for answer in answers.by_kind.values()}
    known = (DnsStatus.FOUND, DnsStatus.EMPTY, DnsStatus.ABSENT)
    best = next((status for status in known if status in statuses), None)
    if best is None:
        return answers.fact("dns_status", None, answers.by_kind["NS"].reason)
    return answers.fact("dns_status", str(best))


def _unknowns(answers: _Answers) -> Iterator[Fact]:
    for kind, answer in answers.by_kind.items():
        if answer.status is DnsStatus.UNKNOWN:
            yield from (answers.fact(field, None, answer.reason) for field in _FIELDS_OF[kind])


def _addresses(answers: _Answers) -> Iterator[Fact]:
    for kind in ("A", "AAAA"):
        yield from (answers.fact(kind.lower(), address) for address in answers.records(kind))
    found = bool(answers.records("A") or answers.records("AAAA"))
    reasons = [answers.by_kind[kind].reason for kind in ("A", "AAAA")]
    doubt = "" if found else next(filter(None, reasons), "")
    yield answers.fact("resolves", None if doubt else found, doubt)


def _addresses_below(domain: _Answers, below: Iterable[Fact], left_out: int) -> Iterator[Fact]:
    """A host whose servers do not answer may still be where it was.

    Nor has none an address because the first have none: a squatter calls hosts as he likes.
    """
    told = {one.value: one.unknown for one in below if one.field in ("a", "aaaa")}
    if left_out and not told:
        told[None] = f"{left_out} of the hosts seen under it were not asked"
    yield from (domain.fact("host_address", address, why) for address, why in told.items())


def _delegation(answers: _Answers) -> Iterator[Fact]:
    servers = answers.records("NS")
    yield from (answers.fact("ns", server) for server in servers)
    yield from (answers.fact("ns_domain", domain) for domain in names.registrables(servers))


def _mail(answers: _Answers) -> Iterator[Fact]:
    if answers.by_kind["MX"].status is DnsStatus.UNKNOWN:
        return
    servers = _mail_servers(answers)
    yield answers.fact("has_mx", any(not _NO_SERVER.search(server) for server in servers))
    yield from (answers.fact("mx", server) for server in servers)
    yield from (answers.fact("mx_domain", domain) for domain in names.registrables(servers))


def _mail_servers(answers: _Answers) -> tuple[str, ...]:
    hosts = (record.partition(" ")[2] for record in answers.records("MX"))
    return tuple(dict.fromkeys(host for host in hosts if host != _NULL_MX))


def _authority(answers: _Answers) -> Iterator[Fact]:
    for record in answers.records("SOA")[:1]:
        primary, _, rest = record.partition(" ")
        mailbox = of_zone(rest.rpartition(" ")[0])
        yield answers.fact("soa_mname", primary)
        if mailbox:
            yield answers.fact("soa_mailbox", mailbox)
