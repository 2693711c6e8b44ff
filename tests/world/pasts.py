"""A stored past in a few lines: lookalikes, and what was learnt of them on which day."""

from datetime import timedelta

from hunter.model import Fact, Match, Sighting, Value
from hunter.store import Store, facts, sightings
from tests.world.hunting import BRAND, START


def match_of(name: str, brand: str = BRAND.domain, confidence: float = 0.8) -> Match:
    """What makes the name a lookalike: the bare keyword, or the whole label."""
    term = "en-marche" if "en-marche" in name else "marche"
    span = (name.index("marche"), name.index("marche") + 6)
    reason = f"`{term}` stands in {name}"
    technique = "combosquatting" if term == "en-marche" else "keyword"
    return Match(name, name, brand, technique, "marche", span, confidence, reason, term=term)


def seen(
    store: Store, name: str, day: float = 0, *, confidence: float = 0.8, brand: str = BRAND.domain
) -> None:
    """A lookalike that was first seen on a day, and looked at then."""
    at = START + timedelta(days=day)
    match = match_of(name, brand, confidence)
    sightings.record(store, [Sighting(name, name, "registrations", at)], [match], at)
    learnt(store, name, day, "resolves", False)
    sightings.set_due(store, name, at + timedelta(days=1000))


def learnt(store: Store, name: str, day: float, field: str, *values: Value) -> None:
    """What was found out of it on a day; nothing means that there was nothing."""
    at = START + timedelta(days=day)
    found = [Fact(name, field, value, "told", at) for value in values]
    facts.record(store, name, found, provider="told", fields=[field], at=at)
