"""Certificates of sightings in the store: the newest stands, and nothing is lost or told twice."""

from datetime import datetime, timedelta

import pytest

from hunter import certificates, certified
from hunter.model import Json, Sighting
from hunter.store import Store, facts, sightings

NOW = datetime.fromisoformat("2017-04-13T12:00:00+00:00")
DOMAIN = "en-marche.co"
HOUR = timedelta(hours=1)


def see(store: Store, serial: str, day: str, at: datetime, **more: Json) -> None:
    """A source shows a certificate of the domain; `more` replaces what it says."""
    known: dict[str, Json] = {"serial": serial, "key": f"key {serial}", "not_before": day}
    seen = Sighting(DOMAIN, DOMAIN, "ct_logs", at, {**known, **more})
    sightings.record(store, [seen], [], at)
    certified.keep(store, [seen], at)


def held(store: Store, field: str) -> list[tuple[object, bool]]:
    """The field's values by time, and whether each still holds."""
    return [
        (one.value, one.ended_at is None) for one in facts.told(store, DOMAIN, field, "sighting")
    ]


def test_a_newer_certificate_takes_the_place_of_the_one_before(store: Store) -> None:
    """What it was stays its history, so that others are still found by it."""
    see(store, "01", "2017-04-12", NOW)
    see(store, "02", "2017-04-13", NOW + HOUR)
    assert held(store, "cert_key") == [("key 01", False), ("key 02", True)]
    assert facts.sharing(store, "cert_key", "key 01") == (DOMAIN,)


def test_an_older_one_that_comes_late_is_history_at_once(store: Store) -> None:
    """Logs are read in any order, and some again from years ago."""
    see(store, "02", "2017-04-13", NOW)
    see(store, "01", "2016-04-12", NOW + HOUR)
    assert held(store, "cert_key") == [("key 02", True), ("key 01", False)]


def test_one_that_is_to_hold_from_2040_on_does_not_stand_until_then(store: Store) -> None:
    """Any issuer may write any day, and each renewal meanwhile would be history at once."""
    see(store, "01", "2040-01-01", NOW)
    assert held(store, "cert_key") == [("key 01", True)]
    see(store, "02", "2017-04-13", NOW + HOUR)
    assert held(store, "cert_key") == [("key 01", False), ("key 02", True)]


def test_the_same_one_from_another_log_is_no_news(store: Store) -> None:
    """However its serial is written; what one of the sources leaves out is not ended."""
    see(store, "0498bdf8", "2017-04-12", NOW, key="")
    sightings.set_due(store, DOMAIN, NOW + 5 * HOUR)
    see(store, "498BDF8", "2017-04-12", NOW + HOUR, key="ab")
    see(store, "0498bdf8", "2017-04-12", NOW + 2 * HOUR, key="")
    assert held(store, "cert_serial") == [("0498bdf8", True)]
    assert held(store, "cert_key") == [("ab", True)]
    assert sightings.due(store, NOW + 3 * HOUR, 9) == ()


def test_an_old_one_seen_again_changes_nothing(store: Store) -> None:
    """A second log shows the renewed one first."""
    see(store, "01", "2017-04-12", NOW)
    see(store, "02", "2017-04-13", NOW + HOUR)
    before = facts.history(store, DOMAIN)
    see(store, "01", "2017-04-12", NOW + 2 * HOUR)
    assert facts.history(store, DOMAIN) == before


def test_a_new_one_is_a_reason_to_look_again(store: Store) -> None:
    """Somebody prepares something."""
    see(store, "01", "2017-04-12", NOW)
    sightings.set_due(store, DOMAIN, NOW + 50 * HOUR)
    see(store, "02", "2017-04-13", NOW + HOUR)
    assert sightings.due(store, NOW + HOUR, 9) == (DOMAIN,)


def test_a_hoster_with_thousands_does_not_fill_the_store(store: Store) -> None:
    """The sightings tell the others."""
    for number in range(130):
        see(store, f"{number + 1:x}", "2017-04-12", NOW + number * HOUR)
    assert len(held(store, "cert_serial")) == 100


def test_a_hundred_ordered_at_once_do_not_hide_the_one_that_comes_after(store: Store) -> None:
    """It stands, and is a reason to look; but one a day, however many there are."""
    for number in range(110):
        see(store, f"{number + 1:x}", "2017-04-12", NOW)
    sightings.set_due(store, DOMAIN, NOW + 50 * HOUR)
    see(store, "ffff", "2017-04-13", NOW + HOUR)
    see(store, "fffe", "2017-04-13", NOW + 2 * HOUR)
    assert held(store, "cert_key")[-1] == ("key ffff", True)
    assert sightings.due(store, NOW + HOUR, 9) == (DOMAIN,)


def test_a_certificate_of_thousands_of_names_is_kept_once(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The daemon does nothing else meanwhile, and one of a domain's names is enough to know it."""
    read = certificates.facts
    listed: list[Json] = [f"m{number}.{DOMAIN}" for number in range(100)]
    known: dict[str, Json] = {"serial": "1", "not_before": "2017-04-12", "names": listed}
    seen = [
        Sighting(f"m{number}.{DOMAIN}", DOMAIN, "ct_logs", NOW, known) for number in range(9000)
    ]
    taken: list[str] = []
    monkeypatch.setattr(
        certificates, "facts", lambda domain, *rest: taken.append(domain) or read(domain, *rest)
    )
    certified.keep(store, seen, NOW)
    assert taken == [DOMAIN]
    assert held(store, "cert_serial") == [("1", True)]
