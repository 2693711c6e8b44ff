"""The founding case as footprints and as an incident."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hunter.incidents.hands import Footprint
from hunter.model import Alert, Dossier, Incident, Link, Member, PastFact, Value
from tests.world.alerts import MATCH, alert

BRAND = "en-marche.fr"
CORE = ("accounts-office.fr", "mail-en-marche.fr", "onedrive-en-marche.fr", "portal-office.fr")
LOOSE = "en-marche.co"
NOW = datetime(2017, 4, 24, 12, tzinfo=UTC)
REGISTERED = {
    "onedrive-en-marche.fr": 20170315,
    "mail-en-marche.fr": 20170317,
    "accounts-office.fr": 20170322,
    "portal-office.fr": 20170329,
    LOOSE: 20170412,
}

Values = Value | tuple[Value, ...]


def footprint(domain: str, brand: str = BRAND, **values: Values) -> Footprint:
    """A domain of the brand's, registered when the case says, with these values."""
    day = REGISTERED.get(domain)
    held = {
        field: frozenset(value if isinstance(value, tuple) else (value,))
        for field, value in values.items()
    }
    registered = datetime.strptime(str(day), "%Y%m%d").replace(tzinfo=UTC).date() if day else None
    return Footprint(domain, frozenset({brand}), registered, held)


def on(one: Footprint, day: date) -> Footprint:
    """The same, registered on another day."""
    return replace(one, registered=day)


def case() -> tuple[Footprint, ...]:
    """The five domains of 2017."""
    pinch = {"registrant_email": "johnpinch@mail.com", "registrant_email_domain": "mail.com"}
    other = {**pinch, "registrant_email": "amarocarrion@mail.com"}
    return (*(footprint(domain, **pinch) for domain in CORE), footprint(LOOSE, **other))


def alone(_places: Sequence[str], _value: Value) -> int:
    """A store in which nobody else carries anything."""
    return 0


def member(domain: str, *, core: bool = True, **fields: Values) -> Member:
    """A member of an incident with these fields, each learnt on the day it was registered."""
    registered = REGISTERED.get(domain, 20170401)
    since = datetime.strptime(str(registered), "%Y%m%d").replace(tzinfo=UTC)
    known: Mapping[str, Values] = {
        "name": domain,
        "registered": registered,
        "matched": "en-marche" if "en-marche" in domain else "",
        **fields,
    }
    history = tuple(
        PastFact(domain, field, value, "told by a partner", since, NOW, None)
        for field, values in fields.items()
        for value in (values if isinstance(values, tuple) else (values,))
    )
    match = replace(MATCH, name=domain, registrable=domain)
    raised: Alert = replace(alert(match), opened_at=since + timedelta(hours=12))
    dossier = Dossier(domain, BRAND, NOW, known)
    return Member(domain, core, 0.9 if core else 0.36, dossier, history, raised)


def incident(**changes: object) -> Incident:
    """The incident of 2017."""
    listed: dict[str, Values] = {
        "a": "194.187.249.135",
        "ioc_list": "Grizzly Steppe",
        "ioc_list_date": 20161229,
        "ioc_value": "194.187.249.135",
        "tor_exit": False,
        "tor_exit_last": 20161012,
        "tor_exit_address": "194.187.249.135",
    }
    members = (
        member(
            "onedrive-en-marche.fr", name=("onedrive-en-marche.fr", "mail.onedrive-en-marche.fr")
        ),
        *(member(domain) for domain in CORE[:2]),
        member("portal-office.fr", **listed),
        member(LOOSE, core=False, cdn="Cloudflare", origin_ip="193.29.187.40"),
    )
    links = (
        Link("registrant_email", "johnpinch@mail.com", CORE, 0.91, 4),
        Link("habit", "mail.com", (*CORE, LOOSE), 0.36, 5),
    )
    return replace(Incident(1, (BRAND,), members, links), **changes)  # type: ignore[arg-type]
