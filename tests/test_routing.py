"""Who is told of what, and when: brands, severities, transitions, digests, quiet hours."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from hunter import canary, routing
from hunter.config import Config
from hunter.model import LINKED, Alert, AlertState, Level, Rhythm, Subscriber, Transition
from hunter.store import Store, alerts, outbox, retro, traffic
from hunter.store.outbox import Way
from tests.world.alerts import AT, DOSSIER, MATCH, OPENED, alert, notice
from tests.world.hunting import BRAND, PARTNER, NotifierSettings, small_config

NOON = datetime(2026, 7, 14, 10, tzinfo=UTC)
"""Twelve o'clock in Paris, in summer."""
IT = Subscriber("it", {"email": ("it@en-marche.example",)}, zone="Europe/Paris")
NIGHT = (time(22), time(7))


@pytest.mark.parametrize(
    ("subscriber", "obstacle"),
    [
        (IT, ""),
        (replace(IT, brands=("en-marche.fr",)), ""),
        (replace(IT, brands=("other.fr",)), "brand"),
        (replace(IT, minimum=Level.CRITICAL), "severity"),
        (replace(IT, transitions=("raised", "closed")), "transitions"),
        (replace(IT, transitions=("opened",)), ""),
    ],
)
def test_who_is_told(subscriber: Subscriber, obstacle: str) -> None:
    """By brand, severity and kind of news; the first thing that stands in the way is named."""
    found = routing.route(subscriber, "en-marche.fr", Level.HIGH, ["opened", "changed"], NOON)

    assert (found.obstacle, found.told) == (obstacle, not obstacle)


@pytest.mark.parametrize(
    ("changes", "due"),
    [
        ({}, NOON),
        ({"rhythm": Rhythm.HOURLY}, NOON + timedelta(hours=1)),
        ({"rhythm": Rhythm.DAILY, "digest_at": time(18)}, NOON + timedelta(hours=6)),
        ({"rhythm": Rhythm.DAILY, "digest_at": time(8)}, NOON + timedelta(hours=20)),
        ({"rhythm": Rhythm.DAILY, "digest_at": time(12)}, NOON + timedelta(days=1)),
        ({"rhythm": Rhythm.DAILY, "urgent": Level.HIGH}, NOON),
        ({"rhythm": Rhythm.HOURLY, "urgent": None}, NOON + timedelta(hours=1)),
    ],
)
def test_when_they_are_told(changes: dict[str, object], due: datetime) -> None:
    """At once, at the full hour, or at an hour of the day on their own clock."""
    subscriber = replace(IT, **changes)  # type: ignore[arg-type]

    assert routing.route(subscriber, "en-marche.fr", Level.HIGH, ["opened"], NOON).due_at == due


@pytest.mark.parametrize(
    ("quiet", "hour", "until"),
    [
        (None, 2, None),
        (NIGHT, 12, None),
        (NIGHT, 22, (15, 7)),
        (NIGHT, 2, (14, 7)),
        (NIGHT, 7, None),
        ((time(12), time(14)), 12, (14, 14)),
        ((time(12), time(14)), 13, (14, 14)),
        ((time(12), time(14)), 14, None),
    ],
)
def test_quiet_hours(
    quiet: tuple[time, time] | None, hour: int, until: tuple[int, int] | None
) -> None:
    """Also past midnight; on the subscriber's clock, two hours ahead of UTC."""
    now = NOON.replace(hour=0) + timedelta(hours=hour - 2)
    ends = NOON.replace(day=until[0], hour=until[1] - 2) if until else None

    assert routing.quiet_until(replace(IT, quiet=quiet), now) == ends


@pytest.mark.parametrize(
    ("now", "digest_at", "due"),
    [
        ("2027-03-27T23:30+01:00", time(8), "2027-03-28T08:00+02:00"),
        ("2027-10-31T00:30+02:00", time(0, 15), "2027-11-01T00:15+01:00"),
    ],
)
def test_a_digest_is_that_of_the_next_day_when_the_clocks_change(
    now: str, digest_at: time, due: str
) -> None:
    """In spring that day has 23 hours, in autumn 25."""
    subscriber = replace(IT, rhythm=Rhythm.DAILY, digest_at=digest_at)
    found = routing.next_digest(subscriber, datetime.fromisoformat(now))

    assert found == datetime.fromisoformat(due)


def test_a_night_ends_in_the_morning_when_the_clocks_change() -> None:
    """Also for whoever went to sleep half an hour before the shorter day began."""
    now = datetime.fromisoformat("2027-03-27T23:30+01:00")

    ends = routing.quiet_until(replace(IT, quiet=NIGHT), now)
    assert ends == datetime.fromisoformat("2027-03-28T07:00+02:00")


@given(
    st.integers(0, 10 * 365 * 24 * 60).map(lambda minutes: NOON + timedelta(minutes=minutes)),
    st.times().map(lambda at: at.replace(second=0, microsecond=0, tzinfo=None)),
    st.times().map(lambda at: at.replace(second=0, microsecond=0, tzinfo=None)),
    st.sampled_from(["UTC", "Europe/Paris", "America/Cayenne", "Pacific/Noumea"]),
)
def test_every_wait_ends_within_a_day(now: datetime, begin: time, end: time, zone: str) -> None:
    """Whatever the hours and the zone, on days when the clocks change too."""
    subscriber = replace(IT, zone=zone, quiet=(begin, end), digest_at=begin, rhythm=Rhythm.DAILY)
    day = timedelta(hours=25)

    assert now < routing.next_digest(subscriber, now) <= now + day
    until = routing.quiet_until(subscriber, now)
    assert until is None or now <= until + timedelta(hours=1) <= now + day + timedelta(hours=1)
    assert now - day <= routing.day_began(subscriber, now) <= now


def told_to(*subscribers: Subscriber) -> Config:
    """A config in which these are told of both brands."""
    return small_config(Path(), brands=(BRAND, PARTNER), subscribers=subscribers)


def test_each_gets_their_own_letter(tmp_path: Path) -> None:
    """In their language, when they want it, and only once."""
    news = (Transition(AT, "opened", "It was seen.", translations={"fr": "Il a été vu."}),)
    vigie = Subscriber("vigie", {"slack": ()}, language="fr", rhythm=Rhythm.HOURLY)
    far = replace(IT, name="far", brands=("other.fr",))
    with Store(tmp_path / "hunter.db") as store:
        for _ in range(2):
            routing.tell(store, told_to(IT, vigie, far), alert(), DOSSIER, news)

        assert outbox.ways(store, AT) == (Way("email", "it"),)
        later = AT + timedelta(hours=1)
        assert outbox.ways(store, later) == (Way("email", "it"), Way("slack", "vigie"))
        key = outbox.bind_one(store, Way("slack", "vigie"), later, urgent=False)
        assert key
        parcel = outbox.claim(store, Way("slack", "vigie"), key)
        assert parcel
        told = outbox.notice_in(store, parcel)
        assert (told.language, told.news) == ("fr", ("Il a été vu.",))
        assert not told.silent
        assert outbox.counts(store) == {"email": {"pending": 1}, "slack": {"sending": 1}}


@pytest.mark.parametrize(
    ("subscriber", "obstacle"),
    [
        (IT, "elsewhere"),
        (replace(IT, transitions=("closed",)), "elsewhere"),
        (replace(IT, brands=("nationbuilder.com",)), ""),
        (replace(IT, minimum=Level.CRITICAL), "severity"),
    ],
)
def test_whoever_hears_what_a_domain_imitates_hears_no_more_of_what_it_is_tied_to(
    tmp_path: Path, subscriber: Subscriber, obstacle: str
) -> None:
    """Unless the alert in which it imitates is not theirs to hear of."""
    config = told_to(subscriber)
    with Store(tmp_path / "hunter.db") as store:
        alerts.save(store, replace(alert(), id=0), {})
        tied = alerts.save(store, _tied("nationbuilder.com"), {})
        routing.tell(store, config, tied, DOSSIER, (OPENED,))
        (leg,) = routing.explain(store, config, tied, ["opened"], AT)

        assert leg.route.obstacle == obstacle
        assert bool(outbox.ways(store, AT)) is not bool(obstacle)


def test_a_graver_tie_is_told_beside_what_a_domain_imitates(tmp_path: Path) -> None:
    """Nobody is to think less of it than hunter does."""
    with Store(tmp_path / "hunter.db") as store:
        alerts.save(store, replace(alert(severity=Level.MEDIUM), id=0), {})
        tied = alerts.save(store, _tied("nationbuilder.com"), {})

        assert routing.beside(store, told_to(IT), tied) == ()


def test_a_domain_tied_to_two_brands_is_told_for_the_first(tmp_path: Path) -> None:
    """And for the other once nobody hears of the first any more: dismissed, or no brand by now."""
    both, one = told_to(IT), replace(told_to(IT), brands=(PARTNER,))
    with Store(tmp_path / "hunter.db") as store:
        first = alerts.save(store, _tied("en-marche.fr"), {})
        second = alerts.save(store, _tied("nationbuilder.com"), {})

        assert routing.beside(store, both, first) == ()
        assert [other.id for other in routing.beside(store, both, second)] == [first.id]
        assert routing.beside(store, one, second) == ()
        alerts.set_state(store, first, AlertState.DISMISSED, why="", actor="anna", now=AT)
        assert routing.beside(store, both, second) == ()


def _tied(brand: str) -> Alert:
    """An alert on the domain that a track tied to the brand."""
    match = replace(MATCH, brand=brand, technique=LINKED, matched="", span=(0, 0), confidence=0.0)
    return replace(alert(match), id=0, brand=brand)


@pytest.mark.parametrize(("severity", "urgent"), [(Level.HIGH, 0), (Level.CRITICAL, 1)])
def test_only_what_is_grave_enough_goes_out_in_quiet_hours(
    tmp_path: Path, severity: Level, urgent: int
) -> None:
    """The letter itself says whether it is urgent."""
    with Store(tmp_path / "hunter.db") as store:
        routing.tell(store, told_to(IT), alert(severity=severity), DOSSIER, (OPENED,))

        assert _waiting(store, Way("email", "it")) == (1, urgent)


def test_what_becomes_grave_enough_for_them_opens_for_them(tmp_path: Path) -> None:
    """Once; for who hears of what opens alone it had opened below their minimum."""
    grave = replace(IT, minimum=Level.HIGH, transitions=("opened",))
    config = told_to(grave)
    raised = replace(OPENED, kind="raised")
    with Store(tmp_path / "hunter.db") as store:
        low = alerts.save(store, replace(alert(severity=Level.LOW), id=0), {})
        high = replace(low, severity=Level.HIGH, transitions=(OPENED, raised))
        routing.tell(store, config, low, DOSSIER, (OPENED,))
        assert outbox.ways(store, AT) == ()
        assert [leg.route.told for leg in routing.explain(store, config, high, ["raised"], AT)] == [
            True
        ]

        for _ in range(2):
            routing.tell(store, config, high, DOSSIER, (raised,))
            high = replace(high, transitions=(*high.transitions, raised))
        assert _waiting(store, Way("email", "it")) == (1, 0)


def test_who_is_not_told_sees_at_once_how_the_alert_stands(tmp_path: Path) -> None:
    """Silently, and only of their brands, on a channel that shows it; it waits for no other."""
    channels = {"slack": (), "email": ("it@en-marche.example",)}
    silent = replace(IT, channels=channels, transitions=("closed",), rhythm=Rhythm.HOURLY)
    far = replace(silent, name="far", brands=("other.fr",))
    slack = Way("slack", "it")
    with Store(tmp_path / "hunter.db") as store:
        retro.add(store, "en-marche.fr", DOSSIER.domain, AT)
        routing.tell(store, told_to(silent, far), alert(severity=Level.MEDIUM), DOSSIER, (OPENED,))

        assert outbox.ways(store, AT + timedelta(days=1)) == (slack,)
        assert _waiting(store, slack) == (0, 0)
        key = outbox.next_bound(store, slack, AT)
        assert key
        parcel = outbox.claim(store, slack, key)
        assert parcel
        assert outbox.notice_in(store, parcel).silent


def _waiting(store: Store, way: Way) -> tuple[int, int]:
    """How many letters are due, and how many of them are urgent."""
    seen = traffic.on(store, way, AT, hour=AT, day=AT, flood=10)
    return seen.due, seen.urgent


@pytest.mark.parametrize(("severity", "hour"), [(Level.HIGH, 7), (Level.CRITICAL, 2)])
def test_a_route_counts_quiet_hours_in(tmp_path: Path, severity: Level, hour: int) -> None:
    """What is urgent goes out at once."""
    sleeper = replace(IT, quiet=NIGHT, zone="UTC")
    night, goes = AT.replace(hour=2), AT.replace(hour=hour)
    config = small_config(tmp_path, subscribers=(sleeper,))
    with Store(tmp_path / "hunter.db") as store:
        (leg,) = routing.explain(store, config, alert(severity=severity), ["opened"], night)

    assert (leg.sent_at, leg.route.urgent) == (goes, severity is Level.CRITICAL)


@pytest.mark.parametrize(
    ("an_hour", "a_day", "severity", "limit", "goes"),
    [
        (3, 9, Level.HIGH, "", "24 12:00"),
        (2, 9, Level.HIGH, "an_hour", "24 12:09"),
        (2, 9, Level.CRITICAL, "an_hour", "24 12:09"),
        (2, 2, Level.HIGH, "a_day", "25 07:00"),
        (3, 2, Level.CRITICAL, "", "24 12:00"),
    ],
)
def test_a_route_counts_limits_in(
    tmp_path: Path, an_hour: int, a_day: int, severity: Level, limit: str, goes: str
) -> None:
    """As they stand: after the hour's last message there is a pause, and the next day has a night.

    What is urgent waits for the pause, and not for the next day.
    """
    sleeper = replace(IT, channels={"pigeon": ()}, quiet=NIGHT, zone="UTC")
    pigeon = {"pigeon": NotifierSettings(an_hour=an_hour, a_day=a_day)}
    config = small_config(tmp_path, subscribers=(sleeper,), notifiers=pigeon)
    now = AT.replace(hour=12)
    with Store(tmp_path / "hunter.db") as store:
        for minutes in (20, 1):
            _sent(store, Way("pigeon", "it"), now - timedelta(minutes=minutes))
        (leg,) = routing.explain(store, config, alert(severity=severity), ["opened"], now)

    assert (leg.limit, f"{leg.sent_at:%d %H:%M}") == (limit, goes)


def test_a_route_counts_the_night_in_that_a_spread_day_reaches(tmp_path: Path) -> None:
    """Half of the day is gone, and the next message would go out when it is quiet already."""
    sleeper = replace(IT, channels={"pigeon": ()}, quiet=NIGHT, zone="UTC")
    pigeon = {"pigeon": NotifierSettings(an_hour=9, a_day=2)}
    config = small_config(tmp_path, subscribers=(sleeper,), notifiers=pigeon)
    evening = AT.replace(hour=21, minute=50)
    with Store(tmp_path / "hunter.db") as store:
        _sent(store, Way("pigeon", "it"), evening - timedelta(minutes=5))
        (leg,) = routing.explain(store, config, alert(), ["opened"], evening)

    assert (leg.limit, f"{leg.sent_at:%d %H:%M}") == ("half", "25 07:00")


def _sent(store: Store, way: Way, at: datetime) -> None:
    """A message that was accepted at that time."""
    outbox.add(
        *(store,), channel=way.channel, subscriber=way.subscriber, addresses=(),
        notice=replace(notice(f"{at}"), at=at),
    )  # fmt: skip
    key = outbox.bind_one(store, way, at, urgent=False)
    parcel = outbox.claim(store, way, key or "")
    assert parcel
    outbox.mark_sent(store, parcel, at)


def test_what_waits_for_who_has_left_the_config_waits_for_no_morning(tmp_path: Path) -> None:
    """Nobody knows their quiet hours any more; of others they are kept."""
    sleeper = replace(IT, quiet=NIGHT, zone="UTC")
    config = small_config(tmp_path, subscribers=(sleeper,))
    night = AT.replace(hour=2)

    assert routing.awake(config, Way("email", "gone"), night) == night
    assert routing.awake(config, Way("email", "it"), night) == AT.replace(hour=7)


def _waits(
    store: Store, subscriber: str, key: str, *addresses: str, channel: str = "email"
) -> None:
    """A letter that waits for somebody."""
    outbox.add(
        store, channel=channel, subscriber=subscriber, addresses=addresses, notice=notice(key)
    )


def _letters(store: Store) -> list[tuple[str, str]]:
    rows = store.rows("SELECT subscriber, notice ->> '$.key' AS key FROM outbox ORDER BY id")
    return [(row["subscriber"], row["key"]) for row in rows]


def test_who_has_left_the_config_is_sent_nothing_more(tmp_path: Path) -> None:
    """Nor on a channel that was taken from them; the journal says how many letters that were."""
    config = small_config(tmp_path, subscribers=(IT,))
    with Store(tmp_path / "hunter.db") as store, capture_logs() as logs:
        _waits(store, "gone", "a", "gone@en-marche.example")
        _waits(store, "gone", "b", "gone@en-marche.example")
        _waits(store, "it", "a", *IT.channels["email"])
        _waits(store, "it", "a", channel="slack")
        _waits(store, canary.RECIPIENT, "a", channel="slack")
        routing.follow_config(store, config)
        left = _letters(store)

    assert left == [("it", "a"), (canary.RECIPIENT, "a")]
    told = [(line["to"], line["channel"], line["letters"]) for line in logs]
    assert sorted(told) == [("gone", "email", 2), ("it", "slack", 1)]


def test_what_waits_for_who_was_renamed_goes_on_and_nothing_comes_twice(tmp_path: Path) -> None:
    """The same addresses on the same channel are the same reader."""
    config = small_config(tmp_path, subscribers=(IT,))
    with Store(tmp_path / "hunter.db") as store:
        _waits(store, "it", "a", *IT.channels["email"])
        _waits(store, "before", "a", *IT.channels["email"])
        _waits(store, "before", "b", *IT.channels["email"])
        routing.follow_config(store, config)

        assert _letters(store) == [("it", "a"), ("it", "b")]
