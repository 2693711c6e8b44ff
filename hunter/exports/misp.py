"""MISP: an event for each brand, as the MISP core format has it (draft-dulaunoy-misp-core-format).

Identities are made from brand and domain (UUIDv5), so that MISP updates what it has. It takes an
event only when that is newer than its own, hence the time of writing, and of that what is newer;
it takes no identity twice, were it in another event, and no name twice in one. Of tags it drops
none, so that what changes stands in the comment. What a person dismissed, or the config says is
ours by now, stays in the event, and is no longer meant for detection (`to_ids`).
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Literal, TypeAlias
from uuid import UUID, uuid5

from pydantic import Field

from hunter import handover, wording
from hunter.contracts import Case, ExportSettings
from hunter.dossiers import values_of
from hunter.handover import Held
from hunter.model import Level, Value
from hunter.spool import Spool
from hunter.wording.sentences import shown_name

MEDIA = "application/json"
SUFFIX = ".misp.json"

Object: TypeAlias = dict[str, Any]
Fields: TypeAlias = Mapping[str, tuple[str, str]]

_OURS = UUID("0b3a4e8f-3f5c-5a65-8a06-7c1f6f0f6f2e")
_DISTRIBUTIONS = ("organisation", "community", "connected", "all")
_THREATS = {Level.INFORMATIONAL: 4, Level.LOW: 3, Level.MEDIUM: 2, Level.HIGH: 1, Level.CRITICAL: 1}
_DOMAIN_IP = ("domain-ip", "43b3b146-77eb-4931-b4cc-b66c60f28734", "11", "network")
_WHOIS = ("whois", "429faea1-34ff-47af-8a00-7c62d3be5a6a", "10", "network")
_X509 = ("x509", "d1ab756a-26b5-4349-9f43-765630f0911c", "14", "network")
_WHOIS_FIELDS = {
    "registrar": ("registrar", "whois-registrar"),
    "registrant_email": ("registrant-email", "whois-registrant-email"),
    "registrant_name": ("registrant-name", "whois-registrant-name"),
    "registrant_org": ("registrant-org", "whois-registrant-org"),
    "ns": ("nameserver", "hostname"),
    "registered": ("creation-date", "datetime"),
    "updated": ("modification-date", "datetime"),
    "expires": ("expiration-date", "datetime"),
}
_X509_FIELDS = {
    "cert_serial": ("serial-number", "text"),
    "cert_issuer": ("issuer", "text"),
    "cert_names": ("dns_names", "hostname"),
    "cert_not_before": ("validity-not-before", "datetime"),
    "cert_not_after": ("validity-not-after", "datetime"),
}


class Settings(ExportSettings):
    """How the event is marked, and who sees it in MISP."""

    tlp: Literal["clear", "green", "amber", "red"] = Field(
        default="amber", description="who may have it (Traffic Light Protocol)"
    )
    distribution: Literal["organisation", "community", "connected", "all"] = Field(
        default="organisation", description="how far MISP itself hands it on"
    )


def export(cases: Iterable[Case], settings: Settings, at: datetime) -> Iterator[bytes]:
    """The event of the one brand, or those of several as MISP itself writes them."""
    by_brand: dict[str, Object] = {}
    with Spool() as spool:
        for case in handover.named(cases):
            brand = case.alert.brand
            by_brand[brand] = by_brand.get(brand) or _event(brand, settings, at)
            _add(by_brand[brand], case, spool, 2 * [*by_brand].index(brand))
        found = [by_brand[brand] for brand in sorted(by_brand)] or [_event("", settings, at)]
        events = [{"Event": event} for event in found]
        yield from spool.spliced(events[0] if len(events) == 1 else {"response": events})


def _event(brand: str, settings: Settings, at: datetime) -> Object:
    return {
        "uuid": _uuid("event", brand),
        "info": f"Lookalikes of {shown_name(brand) or 'nothing'}, as hunter saw them",
        "date": f"{at:%Y-%m-%d}",
        "timestamp": _seconds(at),
        "threat_level_id": str(max(_THREATS.values())),
        "analysis": "1",
        "distribution": str(_DISTRIBUTIONS.index(settings.distribution)),
        "published": False,
        "Tag": [{"name": f"tlp:{settings.tlp}"}],
        "Attribute": [],
        "Object": [],
    }


def _add(event: Object, case: Case, spool: Spool, first: int) -> None:
    """What is told of the case: all that is told of thousands would fill the memory."""
    event["date"] = min(event["date"], f"{case.alert.opened_at:%Y-%m-%d}")
    event["threat_level_id"] = min(event["threat_level_id"], str(_THREATS[case.alert.severity]))
    changed = _seconds(handover.changed_at(case))
    found = {"Attribute": _names(case, changed), "Object": _objects(case, changed)}
    for number, (kind, told) in enumerate(found.items(), first):
        spool.add(number, told)
        event[kind] = [number] if spool.holds(number) else []


def _names(case: Case, changed: str) -> Iterator[Object]:
    """The domain, and the hosts that imitate where it does not: what imitates is to be detected."""
    alert, detect, imitating = case.alert, handover.is_to_detect(case), handover.imitating(case)
    comment = f"{alert.severity}, {alert.state}: {handover.headline(case)}"
    for name in dict.fromkeys((alert.domain, *imitating)):
        kind = "domain" if name == alert.domain else "hostname"
        yield _attribute(_key(case), kind, name, changed) | {
            "to_ids": detect and name in imitating,
            "comment": comment,
        }


def _attribute(key: str, kind: str, value: str, changed: str, relation: str = "") -> Object:
    category = "Attribution" if kind.startswith("whois-") else "Network activity"
    return {
        "uuid": _uuid("attribute", key, relation, value),
        "type": kind,
        "category": "Other" if kind in ("text", "datetime") else category,
        "value": value,
        "to_ids": False,
        "timestamp": changed,
        **({"object_relation": relation} if relation else {}),
    }


def _objects(case: Case, changed: str) -> Iterator[Object]:
    for one in handover.addresses(case):
        yield _resolution(case, one, changed)
    if whois := list(_told(case, "whois", _WHOIS_FIELDS, changed)):
        name = _attribute(_key(case, "whois"), "domain", case.alert.domain, changed, "domain")
        yield _object(_WHOIS, _key(case), [name, *whois], changed)
    if isinstance(case.dossier.fields.get("cert_serial"), str):
        # Of several certificates, facts do not tell which value belongs to which.
        yield _object(_X509, _key(case), [*_told(case, "x509", _X509_FIELDS, changed)], changed)


def _resolution(case: Case, one: Held, changed: str) -> Object:
    """An address, and from when until when the name was seen there."""
    key = _key(case, one.subject, str(one.value))
    kind = "domain" if one.subject == case.alert.domain else "hostname"
    parts = [
        _attribute(key, kind, one.subject, changed, kind),
        _attribute(key, "ip-dst", str(one.value), changed, "ip"),
    ]
    seen = {"first_seen": _iso(one.first), "last_seen": _iso(one.ended or one.last)}
    return _object(_DOMAIN_IP, key, parts, changed) | seen


def _told(case: Case, name: str, fields: Fields, changed: str) -> Iterator[Object]:
    for told, (relation, kind) in fields.items():
        for value in values_of(case.dossier.fields, told):
            if text := _text(kind, value):
                yield _attribute(_key(case, name), kind, text, changed, relation)


def _text(kind: str, value: Value) -> str:
    """The value in MISP's form; empty when it has none."""
    if kind == "datetime":
        day = handover.moment(value)
        return _iso(day) if day else ""
    if kind == "hostname":
        return str(value) if handover.is_host(value) else ""
    if kind == "whois-registrant-email":
        return str(value) if handover.is_mailbox(value) else ""
    return wording.clean(str(value))


def _object(template: tuple[str, ...], key: str, parts: list[Object], changed: str) -> Object:
    name, identity, version, category = template
    return {
        "uuid": _uuid("object", name, key),
        "name": name,
        "meta-category": category,
        "template_uuid": identity,
        "template_version": version,
        "timestamp": changed,
        "Attribute": parts,
    }


def _key(case: Case, *more: str) -> str:
    return " ".join((case.alert.brand, case.alert.domain, *more))


def _uuid(*key: str) -> str:
    return str(uuid5(_OURS, " ".join(key)))


def _seconds(at: datetime) -> str:
    return str(int(at.timestamp()))


def _iso(at: datetime) -> str:
    return at.isoformat(timespec="microseconds")
