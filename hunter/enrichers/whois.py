"""Who registered a domain, by WHOIS (RFC 3912), where RDAP could not tell."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache
from importlib.resources import files
from typing import Annotated
from weakref import WeakKeyDictionary

from pydantic import AfterValidator, Field

from hunter import hushed, names
from hunter.contracts import EnricherContext, EnricherSettings
from hunter.errors import NotAName, WillPass
from hunter.model import Dossier, Fact
from hunter.net import registration, whois_text
from hunter.net.registration import REGISTRATION_FIELDS, Registration
from hunter.net.whois import WhoisDoor
from hunter.written import Interval, Server

FIELDS: Mapping[str, str] = {
    **REGISTRATION_FIELDS,
    "whois_server": "the WHOIS server that was asked, where RDAP could not tell enough",
}
AFTER: tuple[str, ...] = ("rdap", "dns")

_QUESTIONS: Mapping[str, str] = {
    "whois.denic.de": "-T dn,ace {}",
    "whois.jprs.jp": "{}/e",
    "whois.verisign-grs.com": "domain {}",
}
_PAUSE = timedelta(minutes=10)
_REFERRALS: WeakKeyDictionary[WhoisDoor, dict[str, str]] = WeakKeyDictionary()


def _ending(text: str) -> str:
    """As it is compared: of a domain only what stands after its last dot is looked up."""
    try:
        found = names.to_ascii(text)
    except NotAName:
        found = "."
    if "." in found or "*" in text:
        raise ValueError(f"{text!r} is no top-level domain: write it without a dot, such as fr")
    return found


Ending = Annotated[str, AfterValidator(_ending)]


class Settings(EnricherSettings):
    """`[enrichers.whois]`."""

    refresh: Interval = Field(
        default=timedelta(hours=12), description="an answer younger than this is not asked again"
    )
    servers: dict[Ending, Server] = Field(
        default_factory=dict, description='a top-level domain\'s server, { fr = "whois.nic.fr" }'
    )
    referral_server: Server = Field(
        default="whois.iana.org", description="knows the servers of all top-level domains"
    )


def wants(dossier: Dossier, _settings: Settings) -> bool:
    """Whether RDAP told too little: no registration, or a holder neither named nor withheld.

    What has name servers is registered: a registry's RDAP may lag, or know but some of its names.
    """
    fields = dossier.fields
    if "whois_server" in fields:
        return True
    if "registration" in dossier.unknown and registration.platform(dossier.domain):
        return False
    if "registration" not in fields:
        return True
    known = "registrant_email" in fields or fields.get("registrant_redacted") is True
    if fields["registration"] == "absent":
        return "ns" in fields
    return not known


async def enrich(dossier: Dossier, settings: Settings, context: EnricherContext) -> Sequence[Fact]:
    """The registration as the registry's WHOIS tells it, completed by the registrar's."""
    domain, at = dossier.domain, context.now()
    why = registration.platform(domain)
    server = "" if why else await _server_for(domain, settings, context)
    if not server:
        ending = domain.rpartition(".")[2]
        why = why or f"no WHOIS server is known for .{ending}"
        return registration.unknown(domain, "whois", at, why)
    text = await _ask(server, domain, context)
    asked = Fact(domain, "whois_server", server, "whois", at)
    found = _read(text, server, domain)
    if found is None and dossier.fields.get("registration") == "found":
        # The registry's RDAP knows it: whoever does not is no witness that it is free.
        return (asked,)
    if found is None:
        return (asked, *registration.absent(domain, "whois", at))
    if isinstance(found, str):
        return (asked, *registration.unknown(domain, "whois", at, found))
    if registration.needs_more(found) and found.further != server:
        found = await _completed(found, domain, server, context)
    return (asked, *registration.facts_of(found, domain, "whois", at))


async def _completed(
    found: Registration, domain: str, registry: str, context: EnricherContext
) -> Registration:
    """One hop to the registrar. The server is a stranger's word: the address guard decides."""
    try:
        more = _read(await _ask(found.further, domain, context, registry), found.further, domain)
    except WillPass as error:
        more = str(error)
    if isinstance(more, Registration):
        return registration.combined(found, more)
    why = more or "not found there"
    return replace(found, doubt=f"{registration.NO_HOLDER}, and at the registrar: {why}")


async def _ask(server: str, domain: str, context: EnricherContext, pointed_by: str = "") -> str:
    hushed.heed(context, "enrichers.whois", server)
    query = _QUESTIONS.get(server, "{}").format(domain)
    text = await context.doors.whois.ask(server, query, pointed_by=pointed_by)
    if whois_text.says_no(text) and not whois_text.says_absent(text) and not whois_text.read(text):
        hushed.hush(context, "enrichers.whois", server, _PAUSE)
        raise WillPass(f"{server} refuses to answer for now", _PAUSE)
    return text


def _read(text: str, server: str, domain: str) -> Registration | str | None:
    """The registration, None for "no such domain", or why neither can be told."""
    found = whois_text.read(text)
    if found is not None:
        return found if registration.is_about(found, domain) else "an answer about another domain"
    if whois_text.says_absent(text):
        return None
    return f"the answer of {server} cannot be read"


async def _server_for(domain: str, settings: Settings, context: EnricherContext) -> str:
    ending = domain.rpartition(".")[2]
    known = settings.servers.get(ending) or _shipped().get(ending)
    if known:
        return known
    referrals = _REFERRALS.setdefault(context.doors.whois, {})
    if ending in referrals:
        return referrals[ending]
    text = await _ask(settings.referral_server, ending, context)
    found = whois_text.referral(text)
    if found or whois_text.read(text):
        referrals[ending] = found
    return found


@cache
def _shipped() -> Mapping[str, str]:
    text = files("hunter").joinpath("data/whois_servers.json").read_text("utf-8")
    servers: Mapping[str, str] = json.loads(text)["servers"]
    return servers
