"""What a registry tells of a domain, in one shape for RDAP and WHOIS, and as facts.

A value that a registry or a privacy service withholds is "could not find out" with that reason,
and the withholding itself is a fact. The phrases are those that registries and services print.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from hunter import names
from hunter.clock import ANOTHERS_ERROR, day_number
from hunter.errors import NotAName
from hunter.model import Fact, Value
from hunter.net.text import clean

REGISTRATION_FIELDS: Mapping[str, str] = {
    "registration": "found or absent, as the registry says",
    "registered": "the day of registration, YYYYMMDD",
    "registered_at": "the moment of registration, ISO 8601 in UTC",
    "updated": "the day the registration was last changed, YYYYMMDD",
    "expires": "the day the registration ends, YYYYMMDD",
    "registrar": "who sold it",
    "registrar_iana_id": "the registrar's number at IANA",
    "registrant_email": "mailbox of the holder",
    "registrant_email_domain": "the part of that mailbox after the @",
    "registrant_name": "name of the holder",
    "registrant_org": "organisation of the holder",
    "registrant_country": "country of the holder, two letters",
    "registrant_redacted": "whether the registry or a privacy service withholds the holder",
    "abuse_email": "where the registrar takes complaints",
    "registry_ns": "name servers as the registry has them",
    "domain_status": "the registry's status codes",
}

SILENT = "the registry's answer does not say"
NO_HOLDER = "the registry's answer names no holder"
WITHHELD = "withheld by the registry or the registrar"
BEHIND_SERVICE = "a privacy service stands in for the holder"

_HOLDER = ("registrant_email", "registrant_email_domain", "registrant_name", "registrant_org")
_MAX_VALUES = 20
_FIRST_YEAR = 1985
"""Before it nobody had a name in the DNS; year 1 and 1970 stand for "not known" in databases."""
_WITHHELD = re.compile(
    r"redacted|data protected|not disclosed|gdpr mask|statutory mask|restricted publication"
    r"|diffusion restreinte|\bano nymous\b|^anonymous$|not shown|non-public|request email form"
    r"|contact domain holder|query the rdds|rdds service|private person|protected from disclosure"
    r"|personal data|^\W*(?:private|privacy|hidden|masked|withheld)\W*$",
    re.IGNORECASE,
)
_SERVICE = re.compile(
    r"whois ?guard|domains ?by ?proxy|privacy ?protect|withheld ?for ?privacy|contact ?privacy"
    r"|perfect ?privacy|whois ?proxy|privacy ?guardian|whois ?privacy|privacy ?service"
    r"|identity ?protect|proxy ?protection|whois ?agent|private ?registration|privacy ?trustee"
    r"|registration ?private|super ?privacy|domain ?privacy|anonymi[sz]e|\bnjalla?\b|jewella"
    r"|whois ?protection|private ?whois|data ?privacy|my ?privacy|domain ?protection ?service"
    r"|protected ?domain ?service|domain ?discreet|whois ?trustee|domain ?id ?shield"
    r"|private ?by ?design|\b1337 ?services\b|@njal\.la$|@o-w-o\.info$"
    r"|@contact\.gandi\.net$".replace(" ?", "[ -]?"),
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"\W*(?:none|n/?a|null|not applicable|not available|unavailable|unknown|individual"
    r"|natural person)?\W*|.*[@.](?:example\.(?:com|net|org)|invalid|test|localhost|localdomain)",
    re.IGNORECASE,
)
"""Also a mailbox under a name that nobody can have (RFC 2606)."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = tuple(
    re.compile(form, re.IGNORECASE | re.ASCII)
    for form in (
        r"(?P<year>\d{4})[-./ ]*(?P<month>\d\d|[a-z]{3})[-./ ]*(?P<day>\d\d)\b",
        r"(?P<day>\d{1,2})[-./ ]+(?P<month>\d{1,2}|[a-z]{3,9})[-./ ]+(?P<year>\d{4})\b",
        r"(?:[a-z]{3} )?(?P<month>[a-z]{3,9}) (?P<day>\d{1,2}),? (?:\S+ ){0,2}(?P<year>\d{4})\b",
    )
)
"""A day as registries write it; with the year last, the day is before a month in figures."""
_MAILBOX = re.compile(r"([^@\s<>\"(),:;]{1,64})@([^@\s<>\"(),:;]{1,253})")


@dataclass(frozen=True, slots=True)
class Holder:
    """The registrant as an answer gives it; `withheld` says why something is left out."""

    email: str = ""
    name: str = ""
    org: str = ""
    country: str = ""
    withheld: str = ""


@dataclass(frozen=True, slots=True)
class Registration:
    """A registry's answer, parsed. `holder` is None when the answer names none."""

    domain: str = ""
    registrar: str = ""
    registrar_iana_id: int | None = None
    registered: datetime | None = None
    updated: datetime | None = None
    expires: datetime | None = None
    holder: Holder | None = None
    abuse_email: str = ""
    name_servers: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    further: str = ""
    """Where the registrar itself can be asked: a URL, or a WHOIS server."""
    doubt: str = ""
    """Why more could not be learnt of the holder."""


def holder(email: str, name: str, org: str, country: str, *, withheld: bool = False) -> Holder:
    """A registrant with what is not theirs taken out. `withheld`: the answer says so itself."""
    given = [clean(text) for text in (email, name, org)]
    stated = ["" if _NOTHING.fullmatch(text) else text for text in given]
    service = any(_SERVICE.search(text) for text in stated)
    masked = any(_WITHHELD.search(text) for text in stated)
    reason = BEHIND_SERVICE if service else WITHHELD if masked or withheld else ""
    nation = clean(country).upper()
    kept = ["" if service or _WITHHELD.search(text) else text for text in stated]
    return Holder(
        email=mailbox(kept[0]),
        name=kept[1],
        org=kept[2],
        country=nation if re.fullmatch(r"[A-Z]{2}", nation) and not service else "",
        withheld=reason,
    )


def mailbox(text: str) -> str:
    """The address in `text`, lower case, its domain as DNS has it; empty when there is none."""
    found = _MAILBOX.fullmatch(clean(text).removeprefix("mailto:").lower())
    if found is None:
        return ""
    try:
        return f"{found[1]}@{names.domain_name(found[2])}"
    except NotAName:
        return ""


def moment(text: str) -> datetime | None:
    """A date as registries write it, in UTC; None when it is none."""
    stated = clean(text, 40)
    for reading in (_iso, _day):
        try:
            found = reading(stated)
            found = found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
        except (ValueError, OverflowError):
            continue
        return found if found.year >= _FIRST_YEAR else None
    return None


def _iso(text: str) -> datetime:
    dashed = re.sub(r"^(\d{4})[./](\d\d)[./](\d\d)", r"\1-\2-\3", text)
    return datetime.fromisoformat(dashed.removesuffix(" UTC"))


def _day(text: str) -> datetime:
    """`12.04.2017`, `2017-Apr-12.`, `Wed Apr 12 2017`: the day, where no zone tells the moment."""
    found = next((match for form in _DAYS if (match := form.match(text))), None)
    if found is None:
        raise ValueError(f"{text!r} is no day")
    month = found["month"]
    number = int(month) if month.isdecimal() else _MONTHS.index(month[:3].lower()) + 1
    return datetime(int(found["year"]), number, int(found["day"]), tzinfo=UTC)


def combined(registry: Registration, registrar: Registration) -> Registration:
    """The registry's word, completed by the registrar's where the registry is silent."""
    gaps = {
        name: getattr(registrar, name)
        for name in Registration.__slots__
        if not getattr(registry, name) and getattr(registrar, name)
    }
    told = registrar.holder
    if told is not None and (told.email or registry.holder is None):
        gaps["holder"] = told
    return replace(registry, **gaps)


def facts_of(found: Registration, subject: str, provider: str, at: datetime) -> tuple[Fact, ...]:
    """Every field with its values, or with the reason why it has none."""
    values = {**_dates(found, at), **_offices(found), **_holder_values(found)}
    facts = [
        Fact(subject, field, value, provider, at)
        for field, several in values.items()
        for value in several[:_MAX_VALUES]
    ]
    silent = ((field, why) for field, why in _silences(found).items() if not values.get(field))
    return (*facts, *(Fact(subject, field, None, provider, at, why) for field, why in silent))


def unknown(subject: str, provider: str, at: datetime, why: str) -> tuple[Fact, ...]:
    """Nothing could be found out."""
    return tuple(Fact(subject, field, None, provider, at, why) for field in REGISTRATION_FIELDS)


def absent(subject: str, provider: str, at: datetime) -> tuple[Fact, ...]:
    """The registry says that there is no such domain."""
    return (Fact(subject, "registration", "absent", provider, at),)


def _dates(found: Registration, now: datetime) -> dict[str, tuple[Value, ...]]:
    """What was done on a day to come is no date: such a name would be new for ever."""
    done = {"registered": found.registered, "updated": found.updated}
    past = {field: at for field, at in done.items() if at and at <= now + ANOTHERS_ERROR}
    moments = {**past, "expires": found.expires}
    days: dict[str, tuple[Value, ...]] = {
        field: (day_number(at),) for field, at in moments.items() if at
    }
    if "registered" in past:
        days["registered_at"] = (past["registered"].isoformat(),)
    return days


def _offices(found: Registration) -> dict[str, tuple[Value, ...]]:
    number = found.registrar_iana_id
    return {
        "registration": ("found",),
        "registrar": (found.registrar,) if found.registrar else (),
        "registrar_iana_id": () if number is None else (number,),
        "abuse_email": (found.abuse_email,) if found.abuse_email else (),
        "registry_ns": found.name_servers,
        "domain_status": found.statuses,
    }


def _holder_values(found: Registration) -> dict[str, tuple[Value, ...]]:
    if found.holder is None:
        return {}
    stated = {
        "registrant_email": found.holder.email,
        "registrant_email_domain": found.holder.email.rpartition("@")[2],
        "registrant_name": found.holder.name,
        "registrant_org": found.holder.org,
        "registrant_country": found.holder.country,
    }
    shown: dict[str, tuple[Value, ...]] = {
        field: (value,) for field, value in stated.items() if value
    }
    # It may be an id or a telephone number that is declared to be left out.
    redacted = bool(found.holder.withheld) and not found.holder.email
    return {**shown, "registrant_redacted": (redacted,)}


def _silences(found: Registration) -> dict[str, str]:
    """Why a field without a value has none. Name servers and status codes may really be none."""
    told = ("registered", "registered_at", "updated", "expires", "registrar", "registrar_iana_id")
    reasons = dict.fromkeys((*told, "abuse_email"), SILENT)
    if found.holder is None:
        lost = (*_HOLDER, "registrant_country", "registrant_redacted")
        return reasons | dict.fromkeys(lost, found.doubt or NO_HOLDER)
    if found.holder.withheld:
        return reasons | dict.fromkeys(_HOLDER, found.holder.withheld)
    return reasons | dict.fromkeys(_HOLDER[:2], SILENT)


def platform(domain: str) -> str:
    """Why the registration of a host under a platform (`x.pages.dev`) tells nothing; else empty."""
    name = names.parse(domain)
    if not name.private_suffix:
        return ""
    return f"a host under the platform {name.suffix}; its registration is not public"


def is_about(found: Registration, domain: str) -> bool:
    """Whether the answer is about the domain that was asked for, or does not say what about."""
    try:
        return not found.domain or names.to_ascii(found.domain) == domain
    except NotAName:
        return False


def needs_more(found: Registration) -> bool:
    """Whether it pays to ask the registrar for the holder's mailbox."""
    return bool(found.further) and (found.holder is None or not found.holder.email)


def hosts(found: Iterable[str]) -> tuple[str, ...]:
    """Host names in the one form that is kept; what is no name is left out."""
    kept: dict[str, None] = {}
    for text in found:
        try:
            kept[names.to_ascii(clean(text))] = None
        except NotAName:
            continue
    return tuple(kept)[:_MAX_VALUES]
