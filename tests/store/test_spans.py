"""What the store holds of a span of time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hunter.model import Sighting, Stage
from hunter.store import Store, sightings, spans
from hunter.store.spans import Known, Lookalike
from tests.world.alerts import MATCH

AT = datetime(2017, 4, 24, tzinfo=UTC)
DAY = timedelta(days=1)


def seen(store: Store, name: str, at: datetime, source: str = "ct_logs", sure: float = 0.9) -> None:
    """A name that a source saw."""
    domain = ".".join(name.split(".")[-2:])
    match = replace(MATCH, name=name, registrable=domain, confidence=sure, technique=f"at {sure}")
    sightings.record(store, [Sighting(name, domain, source, at)], [match], at)


def test_a_lookalike_is_told_once_by_its_plainest_name(store: Store) -> None:
    """Whatever else was seen under it."""
    seen(store, "www.a.fr", AT, sure=0.3)
    seen(store, "mail.a.fr", AT + DAY, sure=0.8)
    sightings.set_stage(store, "a.fr", Stage.MAIL, AT)

    assert spans.lookalikes(store, AT, AT + DAY) == (
        Lookalike("a.fr", "en-marche.fr", "at 0.8", 0.8, AT, Stage.MAIL),
    )


def test_a_lookalike_of_two_brands_is_one(store: Store) -> None:
    """Of the brand that it resembles more: a campaign's domains often share a word."""
    seen(store, "a.fr", AT, sure=0.9)
    weaker = replace(MATCH, name="a.fr", registrable="a.fr", brand="marche.fr", confidence=0.4)
    sightings.record(store, [Sighting("a.fr", "a.fr", "ct_logs", AT)], [weaker], AT)

    found = spans.lookalikes(store, AT, AT + DAY)
    assert [(one.domain, one.brand) for one in found] == [("a.fr", "en-marche.fr")]


def test_the_end_is_not_part_of_the_span(store: Store) -> None:
    """So that two spans that follow each other tell everything once."""
    for number, name in enumerate(("a.fr", "b.fr", "c.fr")):
        seen(store, name, AT + number * DAY)

    found = [one.domain for one in spans.lookalikes(store, AT, AT + 2 * DAY)]
    assert found == ["a.fr", "b.fr"]
    assert spans.names_by_source(store, AT, AT + DAY) == {"ct_logs": 1}


def test_names_are_counted_by_source(store: Store) -> None:
    """Each when that source saw it first, the busiest source first."""
    seen(store, "a.fr", AT, "registrations")
    seen(store, "a.fr", AT + DAY, "registrations")
    seen(store, "b.fr", AT)
    seen(store, "c.fr", AT)

    found = spans.names_by_source(store, AT, AT + 2 * DAY)
    assert list(found.items()) == [("ct_logs", 2), ("registrations", 1)]


def test_what_is_known_of_a_domain(store: Store) -> None:
    """Its first sighting, and its stage once it was looked up; nothing of a stranger."""
    seen(store, "a.fr", AT)

    assert spans.known(store, ("a.fr", "b.fr")) == {"a.fr": Known(AT, None)}
