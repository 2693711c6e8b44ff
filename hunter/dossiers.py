"""Put together what is known of a domain: the dossier that enrichers and rules see. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Protocol

from hunter import ladder, names, ribs
from hunter.allow import own_of
from hunter.clock import day_number
from hunter.model import Brand, Dossier, Match, Sighting, Stage, Value

FIELDS: Mapping[str, str] = {
    "name": "host names seen under the domain",
    "domain": "the registrable domain",
    "tld": "its public suffix",
    "brand": "the protected domain it is held against",
    "brand_kind": "brand, or partner",
    "technique": "how the name imitates; track when it was found by a shared value only",
    "unicode": "the name that imitates as it is shown, where it has accents or foreign letters",
    "matched": "the part of the name that imitates",
    "term": "the brand's term that is imitated",
    "confidence": "0 to 1, how plainly it imitates; 0 when only a track found it",
    "source": "the sources that saw it",
    "track": "the tracks that found it, as field=value",
    "first_seen": "the day hunter saw it first, YYYYMMDD",
    "age_days": "days since its registration",
    "stage": "how far up: unregistered, registered, name servers, address, certificate, mail, web",
    "past_ns_domain": "registrable domains of name servers it had before",
    "leads_nowhere": "whether all its addresses are such as lead to no server (127.0.0.1)",
    "page_at_brand": "whether its front page leads on to a place that is the brand's own",
    "unknown": "the fields that could not be found out",
}
"""Field → meaning, for the fields that no enricher provides."""

ALWAYS = frozenset(FIELDS) - {
    *("track", "age_days", "past_ns_domain", "leads_nowhere", "page_at_brand", "unicode"),
    "unknown",
}
"""Those that every dossier of a lookalike has."""
SINGLE = frozenset(FIELDS) - {"name", "source", "track", "past_ns_domain", "unknown"}
"""Those that never hold several values."""

_STAGES = tuple(map(str, Stage))
_COMPACT_DAY = re.compile(r"[0-9]{8}")
_ONE_LOOK = timedelta(minutes=10)
"""Answers that come within it of each other are one look at the domain."""


def rule_fields() -> Mapping[str, str]:
    """Every field a rule may use, with its meaning: the dossier's own and each enricher's."""
    fields = dict(FIELDS)
    for name in ribs.names("enrichers"):
        fields |= ribs.load("enrichers", name).FIELDS
    return fields


class Interval(Protocol):
    """A value and the time it held: a `PastFact`, or as much of one as a dossier is made of."""

    @property
    def field(self) -> str:
        """What it is about."""

    @property
    def value(self) -> Value | None:
        """What was answered; None when it could not be found out."""

    @property
    def first_seen(self) -> datetime:
        """Since when."""

    @property
    def ended_at(self) -> datetime | None:
        """Until when; None while it holds."""

    @property
    def unknown(self) -> str:
        """Why it could not be found out."""


def assemble(
    domain: str,
    *,
    brand: Brand | None,
    match: Match | None,
    sightings: Sequence[Sighting],
    history: Iterable[Interval],
    at: datetime,
) -> Dossier:
    """The dossier of `domain` at a moment, for one brand; with none, only what is true for all."""
    facts = [fact for fact in history if fact.first_seen <= at]
    current = [fact for fact in facts if fact.ended_at is None or fact.ended_at > at]
    known = _known(current)
    fields = {
        **known,
        **_from_sightings(sightings),
        **_from_match(brand, match),
        "domain": domain,
        "tld": _suffix(domain),
        "stage": _STAGES[ladder.highest(known, [one.source for one in sightings])],
        **(_past_ns(facts, known) if len(facts) > len(current) else {}),
        **_age(known, at),
        **_nowhere(known),
        **_at_brand(brand, known),
    }
    unknown = {fact.field: fact.unknown for fact in current if fact.value is None}
    missing = {field: why for field, why in unknown.items() if field not in fields}
    if missing:
        fields["unknown"] = tuple(sorted(missing))
    return Dossier(domain, brand.domain if brand else "", at, fields, missing)


def _suffix(domain: str) -> str:
    """The public suffix of a registrable domain: what follows its first dot, save for rarities."""
    rest = domain.partition(".")[2]
    rules = names.suffix_rules()
    plain = rest in rules and f"*.{rest}" not in rules and domain not in rules
    return rest if plain and f"!{domain}" not in rules else names.parse(domain).suffix


def moments(history: Sequence[Interval], sightings: Iterable[Sighting]) -> tuple[datetime, ...]:
    """When what is known of the domain changed, in order; the answers of one look together."""
    times = [sighting.seen_at for sighting in sightings]
    times += [fact.first_seen for fact in history]
    times += [fact.ended_at for fact in history if fact.ended_at is not None]
    times.sort()
    looks = [
        time
        for time, after in pairwise(times)
        if after != time and after - time > _ONE_LOOK  # equal ones are many, and cheaper to tell
    ]
    return (*looks, *times[-1:])


def _known(facts: Iterable[Interval]) -> dict[str, Value | tuple[Value, ...]]:
    found: dict[str, Value] = {}
    several: dict[str, dict[Value, None]] = {}
    for fact in facts:
        value = fact.value
        if value is not None:
            first = found.setdefault(fact.field, value)
            if first is not value and first != value:
                several.setdefault(fact.field, {first: None})[value] = None
    return {**found, **{field: tuple(values) for field, values in several.items()}}


def _from_sightings(sightings: Sequence[Sighting]) -> dict[str, Value | tuple[Value, ...]]:
    if not sightings:
        return {}
    fields: dict[str, Value | tuple[Value, ...]] = {
        "name": tuple(sorted({one.name for one in sightings})),
        "source": tuple(sorted({one.source for one in sightings})),
        "first_seen": day_number(min([one.seen_at for one in sightings])),
    }
    tracks = {str(one.origin["track"]) for one in sightings if "track" in one.origin}
    if tracks:
        fields["track"] = tuple(sorted(tracks))
    return fields


def _from_match(brand: Brand | None, match: Match | None) -> dict[str, Value]:
    if brand is None or match is None:
        return {}
    return {
        "brand": brand.domain,
        "brand_kind": str(brand.kind),
        "technique": match.technique,
        "matched": match.matched,
        "term": match.term,
        "confidence": match.confidence,
        **({"unicode": match.unicode} if match.unicode else {}),
    }


def _past_ns(
    facts: Iterable[Interval], known: Mapping[str, Value | tuple[Value, ...]]
) -> dict[str, tuple[Value, ...]]:
    now = set(values_of(known, "ns_domain"))
    before = {
        fact.value: None
        for fact in facts
        if fact.field == "ns_domain" and fact.value is not None and fact.value not in now
    }
    return {"past_ns_domain": tuple(before)} if before else {}


def _age(known: Mapping[str, Value | tuple[Value, ...]], at: datetime) -> dict[str, Value]:
    day = day_of(min(map(str, values_of(known, "registered")), default=""))
    return {} if day is None else {"age_days": max(0, (at - day).days)}


def _nowhere(known: Mapping[str, Value | tuple[Value, ...]]) -> dict[str, Value]:
    nowhere = ladder.lead_nowhere(known)
    return {} if nowhere is None else {"leads_nowhere": nowhere}


def _at_brand(
    brand: Brand | None, known: Mapping[str, Value | tuple[Value, ...]]
) -> dict[str, Value]:
    """Whether visitors end where only the brand can be: every place that is told must be its own.

    Never read from the URL, which is cut where it is long: `https://en-marche.fr:AAA...@evil.fr/`.
    """
    hosts = values_of(known, "page_final_host") or values_of(known, "page_final_domain")
    if brand is None or not hosts:
        return {}
    own = own_of(brand)
    return {"page_at_brand": all(own.covers(str(host)) for host in hosts)}


@lru_cache(maxsize=4096)
def day_of(written: str) -> datetime | None:
    """The beginning of a day that is written YYYYMMDD; None when it is no day."""
    if not _COMPACT_DAY.fullmatch(written):
        return None
    try:
        return datetime.fromisoformat(written).replace(tzinfo=UTC)
    except ValueError:
        return None


def values_of(fields: Mapping[str, Value | tuple[Value, ...]], field: str) -> tuple[Value, ...]:
    """A field's values, whether it holds none, one or several."""
    value = fields.get(field, ())
    return value if isinstance(value, tuple) else (value,)


def texts_of(dossier: Dossier, *fields: str) -> tuple[str, ...]:
    """All values of the fields as texts, each once, in the order of the fields."""
    values = [value for field in fields for value in values_of(dossier.fields, field)]
    return tuple(dict.fromkeys(map(str, values)))
