"""`hunter track`: set, see, take away, and what alerts suggest."""

import json
import shlex
from dataclasses import replace
from pathlib import Path

import pytest

from hunter import following
from hunter.model import AlertState, Fact, Match, Report, Sighting, Track
from hunter.store import Store, alerts, facts, reports, sightings, tracks
from tests.cli.conftest import Run
from tests.world.alerts import AT, alert

SUSPECT = "onedrive-en-marche.fr"


def listed(run: Run, config: Path) -> list[dict[str, object]]:
    """What `hunter track list --json` says."""
    said = run("track", "list", "--json", "-c", str(config))
    return [json.loads(line) for line in said.out.splitlines()]


def test_a_hostile_value_that_nobody_watches_steers_no_terminal(run: Run, config: Path) -> None:
    """It was pasted from a registration, and is told again."""
    run("track", "add", "ns_domain", "monovm.com", "-c", str(config))
    said = run("track", "remove", "registrant_org", "\x1b[31mAcme, Inc.\x07", "-c", str(config))

    assert (said.status, said.err) == (1, "there is no track registrant_org=Acme, Inc.\n")


def test_a_track_is_set_listed_and_removed(run: Run, config: Path) -> None:
    """Defanged for people, as it is for programs."""
    added = run("track", "add", "ns_domain", "MonoVM.com", "-c", str(config))
    (row,) = listed(run, config)
    shown = run("track", "list", "-c", str(config)).out

    assert added.status == 0
    assert (row["name"], row["brand"]) == ("ns_domain=monovm.com", "en-marche.fr")
    assert set(row) == {"name", "field", "value", "brand", "because", "excludes", "made_by"}
    assert "monovm[.]com" in shown

    assert run("track", "remove", "ns_domain", "monovm.com", "-c", str(config)).status == 0
    assert run("track", "list", "-c", str(config)).status == 1
    assert run("track", "remove", "ns_domain", "monovm.com", "-c", str(config)).status == 1


def test_without_a_brand_it_is_removed_for_all_and_says_so(run: Run, config: Path) -> None:
    """To add one is for the first brand; whoever wants no more of a value wants none of it."""
    with config.open("a", encoding="utf-8") as written:
        written.write('[[brand]]\ndomain = "nationbuilder.com"\n')
    for brand in ("en-marche.fr", "nationbuilder.com"):
        run("track", "add", "ns_domain", "monovm.com", "--brand", brand, "-c", str(config))
    run("track", "remove", "ns_domain", "monovm.com", "-c", str(config))

    assert run("track", "list", "-c", str(config)).status == 1
    assert "for all when left out" in run("track", "remove", "--help").out


def test_what_was_added_is_removed_as_it_was_written(run: Run, config: Path) -> None:
    """A number with or without AS, a network by any of its addresses, defanged or not."""
    for field, value in (("asn", "AS64500"), ("network", "198.51.100[.]7/24")):
        added = run("track", "add", field, value, "-c", str(config))
        removed = run("track", "remove", field, value, "-c", str(config))

        assert (added.status, removed.status) == (0, 0)
        assert "198.51" not in added.out + removed.out
    misspelt = run("track", "remove", "asnn", "64500", "-c", str(config))
    assert "did you mean asn?" in misspelt.err


def test_a_string_may_leave_words_out(run: Run, config: Path) -> None:
    """They stand with commas between."""
    run(
        "track", "add", "string", "marche", "--excludes", "supermarche, demarche", "-c", str(config)
    )

    assert listed(run, config)[0]["excludes"] == ["supermarche", "demarche"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("ns", "bob.ns.cloudflare.com"), "VALUE: bob.ns.cloudflare.com belongs to"),
        (("nameserver", "x"), "FIELD: 'nameserver' is nothing a track can watch"),
        (("ns", "ns1.monovm.com", "--brand", "x.fr"), "--brand: x.fr is no brand"),
        (("asn", "0"), "VALUE: '0' is no AS number"),
        (("asn", "AS99999999999"), "VALUE: 'AS99999999999' is no AS number"),
        (("string", "en"), "hint: give a longer part of a name"),
        (("network", "0.0.0.0/0"), "hint: such as 80.82.64.0/20"),
    ],
)
def test_what_is_no_good_is_refused_with_the_reason(
    run: Run, config: Path, arguments: tuple[str, ...], told: str
) -> None:
    """And the exit status says that it is yours to fix."""
    said = run("track", "add", *arguments, "-c", str(config))

    assert said.status == 2
    assert told in said.err
    assert listed(run, config) == []


def test_a_value_that_many_carry_is_refused(run: Run, config: Path, store: Store) -> None:
    """The store knows how many."""
    for number in range(51):
        fact = Fact(f"shop{number}.example", "asn", 64500, "x", AT)
        facts.record(store, fact.subject, [fact], provider="x", fields=["asn"], at=AT)
    said = run("track", "add", "asn", "AS64500", "-c", str(config))

    assert said.status == 2
    assert "51 domains in the store carry 64500" in said.err
    assert "--anyway" in said.err

    said = run("track", "add", "asn", "AS64500", "--anyway", "-c", str(config))
    assert said.status == 0
    assert [row["value"] for row in listed(run, config)] == ["64500"]


def test_a_flood_of_lookalikes_is_no_crowd(run: Run, hunted: Path, store: Store) -> None:
    """What a squatter of sixty of them carries is what a track is for."""
    flood = [f"en-marche-{number}.fr" for number in range(60)]
    for domain in (*flood, SUSPECT):
        fact = Fact(domain, "registrant_email", "one@actor.example", "x", AT)
        facts.record(store, domain, [fact], provider="x", fields=[fact.field], at=AT)
    seen = [Sighting(domain, domain, "planted", AT) for domain in flood]
    plain = [
        Match(one, one, "en-marche.fr", "combosquatting", "", (0, 0), 0.8, "") for one in flood
    ]
    sightings.record(store, seen, plain, AT)
    config = str(hunted)
    suggested = run("track", "suggest", "-c", config)
    added = run("track", "add", "registrant_email", "one@actor.example", "-c", config)

    assert "hunter track add registrant_email one@actor.example" in suggested.out
    assert "61 stored domains fit it now" in suggested.out
    assert (added.status, added.err) == (0, "")


@pytest.mark.usefixtures("store")
def test_the_configs_tracks_are_listed_and_stay(run: Run, config: Path) -> None:
    """They are removed where they stand."""
    with config.open("a", encoding="utf-8") as file:
        file.write('[[track]]\nfield = "string"\nvalue = "marche"\n')
    said = run("track", "remove", "string", "marche", "-c", str(config))

    assert [row["made_by"] for row in listed(run, config)] == ["the config"]
    assert said.status == 2
    assert "stands in the config\n    hint: take its [[track]] out of there" in said.err


def test_a_track_that_rests_can_be_removed(run: Run, config: Path, store: Store) -> None:
    """What was wrong with it would else stand in the status for as long as it rests."""
    about = alerts.save(store, replace(alert(), id=0), {})
    track = Track("registrant_email", "many@mail.com", about.brand, about.domain)
    tracks.add(store, track, AT)
    reports.record(store, Report("tracks", False, "it points at nobody", AT, track.name))
    alerts.set_state(store, about, AlertState.DISMISSED, why="", actor="ann", now=AT)
    said = run("track", "remove", track.field, track.value, "-c", str(config))

    assert said.status == 0
    assert reports.standings(store) == ()


@pytest.mark.usefixtures("store")
def test_where_one_of_several_tracks_stays_all_of_them_do(run: Run, config: Path) -> None:
    """What was refused must not have been done by half: --brand tells which is meant."""
    with config.open("a", encoding="utf-8") as file:
        file.write('[[brand]]\ndomain = "lrem.fr"\n')
    run("track", "add", "string", "marche", "--brand", "lrem.fr", "-c", str(config))
    with config.open("a", encoding="utf-8") as file:
        file.write('[[track]]\nfield = "string"\nvalue = "marche"\n')
    refused = run("track", "remove", "string", "marche", "-c", str(config))
    after = {row["brand"] for row in listed(run, config)}
    removed = run("track", "remove", "string", "marche", "--brand", "lrem.fr", "-c", str(config))

    assert (refused.status, after) == (2, {"en-marche.fr", "lrem.fr"})
    assert removed.status == 0
    assert {row["brand"] for row in listed(run, config)} == {"en-marche.fr"}


def test_grave_alerts_suggest_what_is_rare(run: Run, hunted: Path, store: Store) -> None:
    """What is refused is told with the reason, what is watched already is not told again."""
    known = {"a": "80.82.69.134", "origin_ip": "104.18.40.1", "ns_domain": "cloudflare.com"}
    found = [Fact(SUSPECT, field, value, "dns", AT) for field, value in known.items()]
    facts.record(store, SUSPECT, found, provider="dns", fields=known, at=AT)
    config = str(hunted)
    people = run("track", "suggest", "-c", config).out
    rows = [
        json.loads(line)
        for line in run("track", "suggest", "--json", "-c", config).out.split("\n")
        if line
    ]
    run("track", "add", "a", "80.82.69.134", "-c", config)
    after = run("track", "suggest", "-c", config).out

    refused = {row["value"]: row["refused"] for row in rows}
    assert refused["80.82.69.134"] == refused["johnpinch@mail.com"] == ""
    assert "Cloudflare" in refused["104.18.40.1"]
    assert "Cloudflare" in refused["cloudflare.com"]
    assert {row["because"] for row in rows} == {SUSPECT}
    assert "hunter track add a 80.82.69.134" in people
    assert "not ns_domain: cloudflare[.]com belongs to" in people
    assert "80.82.69.134" not in after


def test_of_many_suggestions_the_most_telling_are_told(
    run: Run, hunted: Path, store: Store
) -> None:
    """And that there may be more; a program gets as many."""
    found = [Fact(SUSPECT, "a", f"80.82.69.{last}", "dns", AT) for last in range(30)]
    facts.record(store, SUSPECT, found, provider="dns", fields=["a"], at=AT)
    said = run("track", "suggest", "-c", str(hunted))
    rows = run("track", "suggest", "--limit", "25", "--json", "-c", str(hunted)).out.splitlines()

    commands = [line for line in said.out.splitlines() if line.startswith("hunter track add")]
    assert len(commands) == 20
    assert "johnpinch@mail.com" in commands[0]
    assert said.err == "the first 20 and perhaps not all: --limit shows more\n"
    assert len(rows) == 25


def test_what_is_suggested_can_be_copied_where_there_are_several_brands(
    run: Run, hunted: Path
) -> None:
    """The track is for the brand of the alert, whichever stands first in the config."""
    config = str(hunted)
    hunted.write_text('[[brand]]\ndomain = "other.fr"\n' + hunted.read_text("utf-8"), "utf-8")
    (command,) = (
        line
        for line in run("track", "suggest", "-c", config).out.splitlines()
        if line.startswith("hunter track add registrant_email")
    )
    run(*shlex.split(command)[1:], "-c", config)

    assert [row["brand"] for row in listed(run, hunted)] == ["en-marche.fr"]
    assert run("track", "suggest", "-c", config).status == 1


def test_no_alert_suggests_nothing(run: Run, config: Path) -> None:
    """Exit status 1, and nothing on standard output."""
    said = run("track", "suggest", "-c", str(config))

    assert (said.status, said.out) == (1, "")


def test_of_very_many_it_is_told_that_they_are_at_least_so_many(
    run: Run, config: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not all of seventy thousand are counted; that they were 658 was believed."""
    monkeypatch.setattr(following, "_MOST_STORED", 60)
    for number in range(70):
        domain = f"shop{number}.fr"
        fact = Fact(domain, "ns_domain", "monovm.com", "dns", AT)
        facts.record(store, domain, [fact], provider="dns", fields=[fact.field], at=AT)
    refused = run("track", "add", "ns_domain", "monovm.com", "-c", str(config))
    added = run("track", "add", "ns_domain", "monovm.com", "--anyway", "-c", str(config))

    assert "at least 60 domains in the store carry monovm" in refused.err
    assert "at least 60 stored domains fit it now" in added.out
