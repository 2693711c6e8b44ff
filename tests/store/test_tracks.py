"""Standing watches in the store."""

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from hunter.model import AlertState, Report, Track
from hunter.store import Store, alerts, reports, schema, tracks
from hunter.trackable import BY_CONFIG
from tests.world.alerts import alert

NOW = datetime(2017, 4, 24, 6, tzinfo=UTC)
TRACK = Track("registrant_email", "johnpinch@mail.com", "en-marche.fr", "onedrive-en-marche.fr")


def test_a_track_is_kept_once(store: Store) -> None:
    """The first domain that carried the value stays the reason."""
    assert tracks.add(store, TRACK, NOW)
    assert not tracks.add(store, replace(TRACK, because="mail-en-marche.fr"), NOW)

    assert tracks.listed(store) == (TRACK,)


def test_two_brands_may_watch_the_same_value(store: Store) -> None:
    """Each brand's people are told for themselves; the oldest track comes first."""
    partner = replace(TRACK, brand="aaa-partner.fr")
    tracks.add(store, TRACK, NOW)
    tracks.add(store, partner, NOW + timedelta(hours=1))

    assert tracks.listed(store) == (TRACK, partner)


def test_a_track_that_a_person_removed_stays_away(store: Store) -> None:
    """Hunter does not set it again by itself; a person can."""
    tracks.add(store, TRACK, NOW)
    tracks.remove(store, TRACK)

    assert tracks.listed(store) == ()
    assert not tracks.add(store, TRACK, NOW)
    assert tracks.listed(store) == ()

    tracks.put(store, replace(TRACK, made_by="anna"), NOW)
    assert [track.made_by for track in tracks.listed(store)] == ["anna"]


def test_with_a_track_goes_what_was_reported_of_it(store: Store) -> None:
    """Nothing would ever say that its trouble is over; another brand's goes on."""
    partner, other = replace(TRACK, brand="aaa-partner.fr"), replace(TRACK, value="a@mail.com")
    reported = {
        ("tracks", TRACK.name),
        ("sources.reverse_whois", TRACK.name),
        ("sources.passive_dns", f"{TRACK.name} dnsdb"),
    }
    stay = {("tracks", other.name), ("sources.reverse_whois", "budget"), ("sources.x", "")}
    for part, subject in reported | stay:
        reports.record(store, Report(part, False, "too common", NOW, subject))

    def left() -> set[tuple[str, str]]:
        return {(one.report.part, one.report.subject) for one in reports.standings(store)}

    for track in (TRACK, replace(partner, made_by=BY_CONFIG)):
        tracks.put(store, track, NOW)
    tracks.remove(store, TRACK)
    assert left() == reported | stay
    tracks.sync(store, (), NOW)
    assert left() == stay


def test_what_hunter_watches_because_of_a_dismissed_alert_rests(store: Store) -> None:
    """It is in force again with the alert, and at once when another alert carries the value."""
    about = replace(alert(), id=0)
    cause = alerts.save(store, about, {})
    mine = replace(TRACK, value="gone@mail.com", made_by="anna")
    tracks.add(store, TRACK, NOW)
    tracks.put(store, mine, NOW)
    tracks.set_swept(store, TRACK)
    alerts.set_state(store, cause, AlertState.DISMISSED, why="", actor="ann", now=NOW)
    assert tracks.listed(store) == (mine,)

    alerts.set_state(store, cause, AlertState.NEW, why="", actor="ann", now=NOW)
    assert set(tracks.listed(store)) == {mine, TRACK}

    alerts.set_state(store, cause, AlertState.DISMISSED, why="", actor="ann", now=NOW)
    assert tracks.add(store, replace(TRACK, because="mail-en-marche.fr"), NOW)
    assert replace(TRACK, because="mail-en-marche.fr") in tracks.unswept(store)


def test_a_new_track_waits_to_be_followed_over_the_store(store: Store) -> None:
    """Once."""
    tracks.add(store, TRACK, NOW)
    assert tracks.unswept(store) == (TRACK,)

    tracks.set_swept(store, TRACK)
    assert tracks.unswept(store) == ()


def test_the_configs_tracks_are_those_that_stand_there(store: Store) -> None:
    """New ones come, gone ones go, the others are left alone, as are those of people."""
    written = Track("ns_domain", "monovm.com", "en-marche.fr", made_by="the config")
    string = Track("string", "marche", "en-marche.fr", "", ("supermarche",), "the config")
    tracks.add(store, TRACK, NOW)
    tracks.sync(store, [written, string], NOW)
    tracks.set_swept(store, written)

    tracks.sync(store, [written], NOW)
    assert set(tracks.listed(store)) == {TRACK, written}
    assert tracks.unswept(store) == (TRACK,)

    tracks.sync(store, [replace(string, excludes=())], NOW)
    assert set(tracks.listed(store)) == {TRACK, replace(string, excludes=())}


def test_a_store_of_the_first_schema_keeps_its_tracks(tmp_path: Path) -> None:
    """They are hunter's own, and are followed over the store at the next start."""
    path = tmp_path / "hunter.db"
    with sqlite3.connect(path) as old:
        db = Database(old)
        schema.migrations().apply(db, stop_before="m002_tracks_by_hand")
        old.execute(
            "INSERT INTO track VALUES (?, ?, ?, ?, '2017-04-24')",
            (TRACK.field, TRACK.value, TRACK.brand, TRACK.because),
        )
    db.close()
    with Store(path) as store:
        assert tracks.listed(store) == tracks.unswept(store) == (TRACK,)
