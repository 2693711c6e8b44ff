"""`hunter alerts export`."""

import json
import tempfile
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from hunter import ribs, stix
from hunter.cli import asked
from hunter.errors import YoursToFix
from hunter.model import AlertState, Fact, Sighting
from hunter.store import Store, alerts, facts, sightings
from tests.cli.conftest import Run
from tests.world.alerts import AT, MATCH, alert

DOMAIN = "onedrive-en-marche.fr"
OTHER = "mail-en-marche.fr"


@pytest.mark.parametrize("name", ribs.names("exports"))
def test_every_format_goes_to_standard_output(run: Run, hunted: Path, name: str) -> None:
    """And says nothing beside it."""
    said = run("alerts", "export", "--format", name, "-c", str(hunted))
    named = run("alerts", "export", "--format", name, "--out", "-", "-c", str(hunted))

    assert (said.status, said.err) == (0, "")
    assert (named.status, len(named.out)) == (0, len(said.out))
    assert said.out or name == "cof"


def test_the_help_names_every_format(run: Run) -> None:
    """Also one that is new in its folder."""
    helped = run("alerts", "export", "--help").out

    assert [name for name in ribs.names("exports") if name not in helped] == []


def test_a_file_is_written_whole(run: Run, hunted: Path, tmp_path: Path) -> None:
    """With all that the store knows of each alert."""
    out = tmp_path / "bundle.json"
    said = run("alerts", "export", "--format", "stix", "--out", str(out), "-c", str(hunted))

    found = [one.get("value") for one in json.loads(out.read_text())["objects"]]
    assert (said.status, said.out) == (0, "")
    assert {DOMAIN, OTHER, "johnpinch@mail.com"} <= set(found)


@pytest.mark.parametrize("out", ["bundle.json", "-"])
def test_where_no_room_is_left_for_what_is_made_on_the_way_is_said(
    run: Run, hunted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, out: str
) -> None:
    """It lies in the folder for temporary files, and not where the file is to be."""
    there = tmp_path / "out"
    there.mkdir()
    place = out if out == "-" else str(there / out)
    monkeypatch.setattr(stix, "scratch", partial(Path("/dev/full").open, "w+b"))
    monkeypatch.setattr(tempfile, "tempdir", "/small")
    said = run("alerts", "export", "--format", "stix", "--out", place, "-c", str(hunted))

    assert (said.status, said.out) == (3, "")
    assert said.err == "the file cannot be made: /small: No space left on device\n"
    assert not [*there.glob("*")]


@pytest.mark.parametrize(
    ("options", "domains"),
    [
        ([], [OTHER, DOMAIN]),
        (["--minimum", "high"], [DOMAIN]),
        (["--state", "acknowledged"], [OTHER]),
        (["--since", "2017-04-25"], [OTHER]),
        (["--brand", "en-marche.fr"], [OTHER, DOMAIN]),
        (["ONEDRIVE-en-marche[.]fr"], [DOMAIN]),
    ],
)
def test_what_is_exported_can_be_narrowed(
    run: Run, hunted: Path, options: list[str], domains: list[str]
) -> None:
    """By name, severity, state, brand and time."""
    said = run("alerts", "export", "--format", "blocklist", *options, "-c", str(hunted))

    assert [line for line in said.out.splitlines() if line[0] != "#"] == domains


def test_a_name_without_alert_is_told_beside_the_others(run: Run, hunted: Path) -> None:
    """It may be a slip, and the file has one domain fewer than was asked for."""
    asked_for = ("onedrive-en-marche.fr", "mial-en-marche.fr", "--minimum", "high")
    said = run("alerts", "export", "--format", "blocklist", *asked_for, "-c", str(hunted))

    assert (said.status, said.out.splitlines()[1:]) == (0, [DOMAIN])
    assert said.err == (
        "there is no alert on mial-en-marche[.]fr\n    hint: did you mean mail-en-marche[.]fr?\n"
    )


def test_a_place_that_cannot_be_written_is_yours_to_fix(
    run: Run, hunted: Path, tmp_path: Path
) -> None:
    """A folder, or what lies under a file."""
    told = {
        tmp_path: f"{tmp_path}: is a folder\n    hint: name a file in it\n",
        hunted / "list.txt": f"{hunted}: is no folder\n    hint: make it, or mend the path\n",
    }
    for out, message in told.items():
        said = run(
            *("alerts", "export", "--format", "csv", "--out", str(out), "-c", str(hunted)),
        )

        assert (said.status, said.err) == (2, message)


def test_an_empty_list_is_written_too(run: Run, hunted: Path, tmp_path: Path) -> None:
    """So that an old one does not stay in force; the status says that nothing was found."""
    out = tmp_path / "list"
    out.write_text("old.example\n")
    options = ("--format", "blocklist", "--since", "1h", "--out", str(out))
    said = run("alerts", "export", *options, "-c", str(hunted))

    assert (said.status, said.err) == (1, "there are no such alerts\n")
    assert "old.example" not in out.read_text()


def test_triage_reaches_the_lists(run: Run, hunted: Path, store: Store) -> None:
    """What is dismissed is blocked no longer."""
    (alert,) = alerts.about(store, DOMAIN)
    alerts.set_state(store, alert, AlertState.DISMISSED, why="a fan club", actor="ann", now=AT)
    said = run("alerts", "export", "--format", "rpz", "-c", str(hunted))

    assert DOMAIN not in said.out
    assert OTHER in said.out


def test_what_is_dismissed_is_named_where_it_was_asked_for(
    run: Run, hunted: Path, store: Store
) -> None:
    """It stands in no block list, and nothing in that says why."""
    (alert,) = alerts.about(store, DOMAIN)
    alerts.set_state(store, alert, AlertState.DISMISSED, why="a fan club", actor="ann", now=AT)
    asked_for = ("alerts", "export", "--format", "blocklist", "-c", str(hunted))
    said, whole = run(*asked_for, DOMAIN, OTHER), run(*asked_for)

    assert (said.status, said.out.splitlines()[1:]) == (0, [OTHER])
    assert said.err == "dismissed, and not to be blocked: onedrive-en-marche[.]fr\n"
    assert whole.err == ""


def test_what_only_shares_a_value_is_named_where_it_was_asked_for(
    run: Run, hunted: Path, store: Store
) -> None:
    """A bundle without an indicator says as little of why as a block list without the name."""
    (found,) = alerts.about(store, DOMAIN)
    linked = replace(MATCH, technique="track", matched="", span=(0, 0), confidence=0.0)
    alerts.save(store, replace(found, match=linked), {})
    asked_for = ("alerts", "export", DOMAIN, "--format", "stix", "-c", str(hunted))
    before = run(*asked_for)
    alerts.set_state(store, found, AlertState.CONFIRMED, why="", actor="ann", now=AT)
    after = run(*asked_for)

    assert before.err == (
        "no lookalike itself, and not to be blocked until hunter alerts confirm:"
        " onedrive-en-marche[.]fr\n"
    )
    assert ('"type": "indicator"' in before.out, '"type": "indicator"' in after.out) == (
        False,
        True,
    )
    assert after.err == ""


def test_what_one_brand_dismissed_is_blocked_for_another(
    run: Run, hunted: Path, store: Store
) -> None:
    """And nobody is told otherwise."""
    (found,) = alerts.about(store, DOMAIN)
    alerts.set_state(store, found, AlertState.DISMISSED, why="a fan club", actor="ann", now=AT)
    match = replace(MATCH, brand="marche.fr")
    alerts.save(store, replace(alert(match), id=0), {})
    said = run("alerts", "export", DOMAIN, "--format", "blocklist", "-c", str(hunted))

    assert (said.out.splitlines()[1:], said.err) == ([DOMAIN], "")


@pytest.mark.parametrize("list_name", ["owned", "ignored"])
def test_what_became_ours_is_blocked_no_longer(run: Run, hunted: Path, list_name: str) -> None:
    """Though nobody dismissed its alert yet; the list says why it is not there."""
    text = hunted.read_text("utf-8")
    hunted.write_text(
        text.replace("keywords", f'{list_name} = ["{DOMAIN}"]\nkeywords'), encoding="utf-8"
    )
    said = run("alerts", "export", "--format", "rpz", "-c", str(hunted))

    assert f"{DOMAIN} CNAME" not in said.out
    assert f"; left out: {DOMAIN}: yours or harmless, as the config says" in said.out
    assert f"{OTHER} CNAME" in said.out


def test_choices_reach_the_format(run: Run, hunted: Path) -> None:
    """A word, a number, true or false."""
    lines = run(
        *("alerts", "export", "--format", "rpz", "--set", "ttl=60", "--set", "action=nodata"),
        *("-c", str(hunted)),
    ).out
    table = run("alerts", "export", "--format", "csv", "--set", "bom=false", "-c", str(hunted)).out

    assert "$TTL 60" in lines
    assert f"{DOMAIN} CNAME *." in lines
    assert table.startswith('"domain"')


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--format", "sticks"], "did you mean stix?"),
        (["--format", "stix", "--set", "tpl=red"], "did you mean tlp?"),
        (["--format", "stix", "--set", "tlp=pink"], "'clear', 'green', 'amber' or 'red'"),
        (["--format", "rpz", "--set", "action=garden"], "needs garden=HOST"),
        (["--format", "rpz", "--set", "action=garden"], "hint: see docs/exports.md"),
        (["--format", "csv", "--set", "bom"], "true or false"),
        (["--format", "csv", "--since", "yesterday"], "such as 7d"),
        (["--format", "csv", "--brand", "en-march.fr"], "did you mean en-marche.fr?"),
        (["--format", "csv", "no domain"], "such as en-marche.co"),
    ],
)
def test_a_mistake_is_yours_to_fix(run: Run, hunted: Path, options: list[str], told: str) -> None:
    """With a hint; nothing is written."""
    said = run("alerts", "export", *options, "-c", str(hunted))

    assert (said.status, said.out) == (2, "")
    assert told in said.err


@pytest.mark.parametrize("text", ["", "7", "7x", "2017-02-30", "999999w", "-1d"])
def test_what_is_no_time_is_said(text: str) -> None:
    """Whatever was typed."""
    with pytest.raises(YoursToFix):
        asked.since_moment(text, AT)


def test_an_incident_is_handed_on_whole(run: Run, hunted: Path) -> None:
    """The alerts that it joins, in any format; one that is not there is status 1."""
    said = run("incidents", "export", "1", "--format", "misp", "-c", str(hunted))
    missing = run("incidents", "export", "7", "--format", "misp", "-c", str(hunted))

    found = {one["value"] for one in json.loads(said.out)["Event"]["Attribute"]}
    assert (said.status, found) == (0, {DOMAIN, OTHER})
    assert (missing.status, missing.err) == (1, "there is no incident 7\n")


def test_what_is_left_out_of_an_incident_is_named(run: Run, hunted: Path, store: Store) -> None:
    """A domain that shares the registrant and stands in no alert."""
    seen = Sighting("portal-office.fr", "portal-office.fr", "registrations", AT)
    told = Fact("portal-office.fr", "registrant_email", "johnpinch@mail.com", "rdap", AT)
    sightings.record(store, [seen], [], AT)
    facts.record(
        store, "portal-office.fr", [told], provider="rdap", fields=["registrant_email"], at=AT
    )
    said = run("incidents", "export", "1", "--format", "blocklist", "-c", str(hunted))

    assert "portal-office.fr" not in said.out
    assert said.err == "left out, for they stand in no alert: portal-office[.]fr\n"


def test_who_is_attached_to_an_incident_is_named(run: Run, hunted: Path, store: Store) -> None:
    """A name-server company in common may be a stranger's choice, too."""
    match = replace(MATCH, name="en-marche.co", registrable="en-marche.co")
    alerts.save(store, replace(alert(match), id=0), {})
    for domain in (OTHER, "en-marche.co"):
        told = Fact(domain, "ns_domain", "rare.example", "dns", AT)
        facts.record(store, domain, [told], provider="dns", fields=["ns_domain"], at=AT)
    said = run("incidents", "export", "1", "--format", "blocklist", "-c", str(hunted))

    assert "en-marche.co" in said.out.splitlines()
    assert said.err.startswith(
        "attached loosely, and in it: en-marche[.]co; hunter incidents split"
    )


@pytest.mark.parametrize("ignored", [0, 2])
def test_hosts_of_a_customer_are_blocked_without_their_firm(
    run: Run, hunted: Path, store: Store, ignored: int
) -> None:
    """Each that imitates but for what the config ignores by now, though it be the alert's own."""
    hosts = ("en-marche.atlassian.net", "don-en-marche.atlassian.net", "my-en-marche.atlassian.net")
    found = [
        replace(MATCH, name=host, registrable="atlassian.net", span=(start, start + 9))
        for host in hosts
        for start in (host.index("en-marche"),)
    ]
    seen = [Sighting(one.name, one.registrable, "ct_logs", AT) for one in found]
    sightings.record(store, seen, found, AT)
    alerts.save(store, replace(alert(found[0]), id=0), {})
    text = hunted.read_text("utf-8")
    hunted.write_text(
        text.replace("keywords", f'ignored = ["{hosts[ignored]}"]\nkeywords'), "utf-8"
    )

    said = run("alerts", "export", "--format", "blocklist", "atlassian.net", "-c", str(hunted))

    assert said.out.splitlines()[1:] == sorted({*hosts} - {hosts[ignored]})


def test_a_pattern_of_more_hosts_is_a_later_version(run: Run, hunted: Path, store: Store) -> None:
    """Of two that are alike in identity and time, whoever has the first keeps it."""
    asked = ("alerts", "export", "--format", "stix", "atlassian.net", "-c", str(hunted))
    versions = []
    for day, host in enumerate(("en-marche.atlassian.net", "en-marche-vote.atlassian.net")):
        one = replace(MATCH, name=host, registrable="atlassian.net", span=(0, 9))
        at = AT + timedelta(days=day)
        sightings.record(store, [Sighting(host, one.registrable, "ct_logs", at)], [one], at)
        if not day:
            alerts.save(store, replace(alert(one), id=0), {})
        objects = json.loads(run(*asked).out)["objects"]
        versions += [one for one in objects if one["type"] == "indicator"]

    old, new = versions
    assert old["pattern"] != new["pattern"]
    assert old["modified"] < new["modified"]
