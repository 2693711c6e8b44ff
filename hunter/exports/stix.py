"""STIX 2.1: a bundle that any threat-intelligence platform imports; see `hunter.stix`.

What a person dismissed goes out with `revoked`, for those who have it already. That is for good,
and its last version (3.2, 3.6.2): an alert that is opened again has an indicator of its own from
then on. Addresses are what the domain resolved to, and not indicators: others live there too.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain

from pydantic import Field

from hunter import handover, stix, wording
from hunter.contracts import Case, ExportSettings
from hunter.handover import Held
from hunter.stix import Object, Tlp
from hunter.wording.frame import attack_ids
from hunter.wording.sentences import shown_name

MEDIA = "application/stix+json;version=2.1"
SUFFIX = ".stix.json"

_SURE = 95
_UNCONFIRMED = 90
"""The most that points say: nobody is surer of what no person has looked at."""
_RELATED = (
    ("ns", "domain-name", "name server of the domain"),
    ("mx", "domain-name", "mail server of the domain"),
    ("registrant_email", "email-addr", "the holder's mailbox, as stated by whoever registered"),
    ("soa_mailbox", "email-addr", "mailbox of who runs the domain's zone"),
)
_CERTIFICATE = "certificate that the domain's server showed"


class Settings(ExportSettings):
    """How the bundle is marked, and in whose name."""

    tlp: Tlp = Field(default="amber", description="who may have it (Traffic Light Protocol)")
    producer: str = Field(
        default="hunter", min_length=1, max_length=200, description="who says so: your campaign"
    )


def export(cases: Iterable[Case], settings: Settings, _at: datetime) -> Iterator[bytes]:
    """One bundle: a marking, who made it, and for each case its observables and a report."""
    marking = stix.marking(settings.tlp)
    producer = stix.producer(wording.clean(settings.producer) or "hunter")
    by = {"created_by_ref": producer["id"], "object_marking_refs": [marking["id"]]}
    found = (one for case in handover.named(cases) for one in _of_case(case, by))
    return stix.bundle(chain((marking, producer), found))


def _of_case(case: Case, by: Object) -> list[Object]:
    """Everything about one case; the report at its end names all of it."""
    domain = stix.observable("domain-name", value=case.alert.domain)
    told = handover.told(case)
    *revoked, indicator = _indicators(case, told, by)
    infrastructure = _infrastructure(case, by)
    opened = case.alert.opened_at
    found = [
        *(domain, infrastructure),
        *_pointing(indicator, infrastructure, case, by),
        stix.link("consists-of", (infrastructure, domain), by, since=opened, modified=opened),
        *_resolutions(case, by),
        *_related(case, domain, by),
    ]
    refs = list(dict.fromkeys(one["id"] for one in found))
    return [*revoked, *found, _report(case, told, refs, by)]


def _pointing(indicator: Object, infrastructure: Object, case: Case, by: Object) -> list[Object]:
    begun, ends = handover.lives(case.alert)[-1][0], (indicator, infrastructure)
    if not indicator:
        return []
    return [indicator, stix.link("indicates", ends, by, since=begun, modified=begun)]


def _resolutions(case: Case, by: Object) -> Iterator[Object]:
    for one in handover.addresses(case):
        ends = stix.observable("domain-name", value=one.subject), stix.address(str(one.value))
        yield from (*ends, _seen("resolves-to", ends, one, case, by))


def _related(case: Case, domain: Object, by: Object) -> Iterator[Object]:
    for field, kind, what in _RELATED:
        choose = handover.mailboxes if kind == "email-addr" else handover.hosts
        for one in choose(case, field):
            found = stix.observable(kind, value=str(one.value))
            yield from (found, _seen("related-to", (domain, found), one, case, by, what=what))
    certificate, seen = _certificate(case), handover.held(case, "cert_serial")
    if certificate and seen:
        yield certificate
        yield _seen("related-to", (domain, certificate), seen[-1], case, by, what=_CERTIFICATE)


def _seen(
    kind: str, ends: tuple[Object, Object], one: Held, case: Case, by: Object, *, what: str = ""
) -> Object:
    return stix.link(
        kind,
        ends,
        by,
        since=one.first,
        until=one.ended,
        modified=handover.learnt_at(case),
        description=what,
    )


def _certificate(case: Case) -> Object:
    """The one its server shows now; empty when there are several, for facts do not pair them."""
    fields = case.dossier.fields
    serial, issuer = fields.get("cert_serial"), fields.get("cert_issuer")
    if not isinstance(serial, str) or not wording.clean(serial):
        return {}
    found = stix.observable("x509-certificate", serial_number=wording.clean(serial))
    if isinstance(issuer, str):
        found["issuer"] = wording.clean(issuer)
    for end in ("before", "after"):
        at = handover.moment(fields.get(f"cert_not_{end}"))
        found |= {f"validity_not_{end}": handover.utc_text(at)} if at else {}
    return found


def _infrastructure(case: Case, by: Object) -> Object:
    name, opened = f"what stands behind {shown_name(case.alert.domain)}", case.alert.opened_at
    about = {"name": name, "infrastructure_types": ["unknown"]}
    return stix.made("infrastructure", _key(case), by, about, created=opened, modified=opened)


def _indicators(case: Case, told: tuple[str, str], by: Object) -> Iterator[Object]:
    """One for each life of the alert: those that a dismissal ended are revoked.

    The last is empty while no machine should raise an alarm: nobody confirmed a mere link yet.
    """
    for number, (begun, over) in enumerate(handover.lives(case.alert)):
        if not (over or handover.is_to_detect(case)):
            yield {}
            return
        about = _revoked(case) if over else _holding(case, told)
        # Hosts may still come: what is revoked must not change any more.
        wanted = (case.alert.domain,) if over else handover.imitating(case)
        about |= {
            "pattern": stix.pattern(wanted),
            "pattern_type": "stix",
            "pattern_version": "2.1",
            "valid_from": handover.utc_text(begun),
        }
        key = f"{_key(case)} {number}" if number else _key(case)
        times = {"created": begun, "modified": over or handover.changed_at(case)}
        yield stix.made("indicator", key, by, about, **times)


def _revoked(case: Case) -> Object:
    """Nothing that may change: of what is revoked there must be no later version."""
    name = shown_name(case.alert.domain)
    return {"revoked": True, "name": name, "indicator_types": ["benign"]}


def _holding(case: Case, told: tuple[str, str]) -> Object:
    alert, (name, description) = case.alert, told
    sure = alert.is_confirmed
    return {
        "confidence": _SURE if sure else min(_UNCONFIRMED, max(0, alert.score)),
        "labels": [
            f"severity:{alert.severity}",
            f"technique:{wording.clean(alert.match.technique)}",
        ],
        "name": name,
        "description": description,
        "indicator_types": ["malicious-activity" if sure else "anomalous-activity"],
        **_references(case),
    }


def _references(case: Case) -> Object:
    tags = [tag for finding in case.alert.findings for tag in finding.tags]
    found = dict.fromkeys(attack_ids(tags))
    named = [{"source_name": "mitre-attack", "external_id": one} for one in found]
    return {"external_references": named} if named else {}


def _report(case: Case, told: tuple[str, str], refs: list[str], by: Object) -> Object:
    name, description = told
    pointing = any(ref.startswith("indicator--") for ref in refs)
    about = {
        "name": name,
        "description": description,
        "report_types": ["indicator" if pointing else "observed-data"],
        "published": handover.utc_text(case.alert.opened_at),
        "object_refs": refs,
    }
    times = {"created": case.alert.opened_at, "modified": handover.changed_at(case)}
    return stix.made("report", _key(case), by, about, **times)


def _key(case: Case) -> str:
    return f"{case.alert.brand} {case.alert.domain}"
