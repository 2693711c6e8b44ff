"""What a domain says of its mail: who may send for it (SPF), and who reads the reports (DMARC).

Sources: RFC 7208 (SPF), RFC 7489 (DMARC). The mailboxes named here and in the SOA record are told
by whoever runs the domain, whatever its registration hides.
"""

import asyncio
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import unquote

from pydantic import Field

from hunter import names
from hunter.contracts import EnricherContext, EnricherSettings
from hunter.dossiers import texts_of
from hunter.model import Dossier, Fact, Value
from hunter.net.dns import DnsAnswer, DnsStatus
from hunter.net.text import clean
from hunter.written import Interval

FIELDS: Mapping[str, str] = {
    "spf": "its SPF record: which servers may send mail for it",
    "spf_includes": "domains whose senders may send for it too (SPF include and redirect)",
    "dmarc_policy": "what others shall do with forged mail (DMARC): none, quarantine or reject",
    "dmarc_rua": "mailboxes that get the daily DMARC reports",
    "dmarc_ruf": "mailboxes that get a DMARC report on each forged mail",
    "dmarc_domain": "registrable domains of the mailboxes that get DMARC reports",
    "mail_provider": "the mail services its mail servers belong to, by name where it is known",
    "soa_mailbox_domain": "registrable domain of the mailbox of who runs the zone",
}
AFTER: tuple[str, ...] = ("dns",)

_PROVIDERS: Mapping[str, str] = {
    "google.com": "Google",
    "googlemail.com": "Google",
    "outlook.com": "Microsoft",
    "protonmail.ch": "Proton",
    "zoho.com": "Zoho",
    "zoho.eu": "Zoho",
    "yandex.net": "Yandex",
    "yandex.ru": "Yandex",
    "mail.ru": "Mail.ru",
    "ovh.net": "OVH",
    "gandi.net": "Gandi",
    "ionos.com": "IONOS",
    "ionos.fr": "IONOS",
    "kundenserver.de": "IONOS",
    "registrar-servers.com": "Namecheap",
    "privateemail.com": "Namecheap",
    "secureserver.net": "GoDaddy",
    "mailgun.org": "Mailgun",
    "sendgrid.net": "SendGrid",
    "mxrouting.net": "MXroute",
    "improvmx.com": "ImprovMX",
    "cloudflare.net": "Cloudflare",
    "messagingengine.com": "Fastmail",
    "migadu.com": "Migadu",
    "tutanota.de": "Tuta",
}
_SPF_FIELDS = ("spf", "spf_includes")
_DMARC_FIELDS = ("dmarc_policy", "dmarc_rua", "dmarc_ruf", "dmarc_domain")
_POLICIES = ("none", "quarantine", "reject")
_MAX_VALUES = 20
_SPF = re.compile(r"v=spf1(?: |$)", re.IGNORECASE)
_DMARC = re.compile(r"v\s*=\s*DMARC1\s*(?:;|$)")
_OTHERS = re.compile(r"(?:[+?~-]?include:|redirect=)(\S+)", re.IGNORECASE)
_MAILBOX = re.compile(r"[^\s@,;<>]{1,64}@[^\s@,;<>]{1,253}")


class Settings(EnricherSettings):
    """`[enrichers.mail]`."""

    refresh: Interval = Field(
        default=timedelta(hours=6), description="an answer younger than this is not asked again"
    )


@dataclass(frozen=True, slots=True)
class _Teller:
    """Makes the facts of one look."""

    domain: str
    context: EnricherContext

    def values(self, field: str, values: Iterable[Value]) -> Iterator[Fact]:
        for value in list(dict.fromkeys(values))[:_MAX_VALUES]:
            yield Fact(self.domain, field, value, "mail", self.context.now())

    def unknown(self, fields: Iterable[str], why: str) -> Iterator[Fact]:
        for field in fields:
            yield Fact(self.domain, field, None, "mail", self.context.now(), why)


def wants(dossier: Dossier, _settings: Settings) -> bool:
    """Whether the domain is known to have any record at all."""
    return dossier.fields.get("dns_status") == "found"


async def enrich(dossier: Dossier, _settings: Settings, context: EnricherContext) -> Sequence[Fact]:
    """The domain's own words about its mail, and the mailboxes in them."""
    door, domain = context.doors.dns, dossier.domain
    policy, report = await asyncio.gather(
        door.ask(domain, "TXT"), door.ask(f"_dmarc.{domain}", "TXT")
    )
    tell = _Teller(domain, context)
    return [
        *_spf(policy, tell),
        *_dmarc(report, tell),
        *tell.values("mail_provider", _providers(dossier)),
        *tell.values("soa_mailbox_domain", _domains_of(texts_of(dossier, "soa_mailbox"))),
    ]


def _spf(answer: DnsAnswer, tell: _Teller) -> Iterator[Fact]:
    if answer.status is DnsStatus.UNKNOWN:
        yield from tell.unknown(_SPF_FIELDS, answer.reason)
        return
    records = [record for record in answer.records if _SPF.match(record)]
    yield from tell.values("spf", (clean(record) for record in records))
    others = (found for record in records for found in _OTHERS.findall(record))
    yield from tell.values("spf_includes", (clean(other.lower()) for other in others))


def _dmarc(answer: DnsAnswer, tell: _Teller) -> Iterator[Fact]:
    if answer.status is DnsStatus.UNKNOWN:
        yield from tell.unknown(_DMARC_FIELDS, answer.reason)
        return
    records = [record for record in answer.records if _DMARC.match(record)]
    if len(records) > 1:
        # RFC 7489, 6.6.3: more than one record is as good as none, and says so.
        yield from tell.unknown(
            _DMARC_FIELDS, "there are several DMARC records; none of them counts"
        )
        return
    tags = _tags("".join(records))
    daily, each = (tuple(_mailboxes(tags.get(tag, ""))) for tag in ("rua", "ruf"))
    yield from tell.values("dmarc_policy", {tags.get("p", "").lower()} & set(_POLICIES))
    yield from tell.values("dmarc_rua", daily)
    yield from tell.values("dmarc_ruf", each)
    yield from tell.values("dmarc_domain", _domains_of((*daily, *each)))


def _tags(record: str) -> dict[str, str]:
    """`v=DMARC1; p=none; rua=...` by tag; the first of a repeated tag counts."""
    pairs = (part.partition("=") for part in reversed(record.split(";")))
    return {tag.strip().lower(): value.strip() for tag, _, value in pairs}


def _mailboxes(uris: str) -> Iterator[str]:
    """`mailto:x@y.fr!10m,mailto:...`: the size limit after the `!` is no part of the address."""
    for uri in uris.split(","):
        scheme, _, rest = uri.strip().partition(":")
        found = _MAILBOX.fullmatch(clean(unquote(rest.partition("!")[0]))) if rest else None
        if found and scheme.lower() == "mailto":
            local, _, host = found[0].rpartition("@")
            yield f"{local}@{host.lower()}"


def _domains_of(mailboxes: Iterable[str]) -> tuple[str, ...]:
    return names.registrables(mailbox.rpartition("@")[2] for mailbox in mailboxes)


def _providers(dossier: Dossier) -> Iterator[str]:
    """The services behind the mail servers; the domain's own servers are none."""
    for domain in texts_of(dossier, "mx_domain"):
        if domain != dossier.domain:
            yield _PROVIDERS.get(domain, domain)
