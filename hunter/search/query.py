"""What one may ask for."""

from dataclasses import dataclass

from hunter.model import Level, Stage, Value

SORTS = ("seen", "registered", "domain", "severity", "confidence")
"""By what answers are sorted: the newest, the gravest, the likest first; domains from a on."""


@dataclass(frozen=True, slots=True)
class Query:
    """What a domain must have; what is left out does not matter; of several values any will do.

    What a domain had before counts too. Texts are compared without case where they are parts of
    names, and days are YYYYMMDD.
    """

    contains: tuple[str, ...] = ()
    """Any of them in the domain, or a host under it, as it is written or as it is shown."""
    excludes: tuple[str, ...] = ()
    """In none of them."""
    matches: str = ""
    """A regular expression (RE2) that one of them holds."""
    registered_since: int = 0
    registered_until: int = 0
    seen_since: int = 0
    seen_until: int = 0
    registrant: tuple[str, ...] = ()
    registrant_domain: tuple[str, ...] = ()
    organisation: str = ""
    """A part of the registrant's organisation."""
    ns: tuple[str, ...] = ()
    """Name servers, or the domains they stand under."""
    address: tuple[str, ...] = ()
    """Addresses, or networks in CIDR."""
    asn: tuple[int, ...] = ()
    as_name: str = ""
    """A part of the name of a network."""
    registrar: str = ""
    """A part of the registrar's name."""
    tld: tuple[str, ...] = ()
    technique: tuple[str, ...] = ()
    """A part of it: `keyword` stands in `tld-swap+keyword`."""
    brand: tuple[str, ...] = ()
    stage: tuple[Stage, ...] = ()
    severity: Level | None = None
    """Of its gravest alert, at least."""
    indicator_list: str = ""
    """A part of the name of a list on which something of it stands."""
    cert_key: tuple[str, ...] = ()
    having: tuple[tuple[str, tuple[Value, ...]], ...] = ()
    """Any other field, and values of which any will do, in whatever case."""
    sort: str = "seen"
    reverse: bool = False
    limit: int = 1000
