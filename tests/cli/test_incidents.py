"""`hunter incidents`: see what belongs together, draw it, and overrule it."""

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from hunter.cli.story import tell
from hunter.incidents import book
from hunter.incidents.reading import footprints
from hunter.model import Fact, Sighting
from hunter.store import Store, alerts, facts, sightings
from hunter.store import incidents as kept
from hunter.wording.catalogue import speaking
from tests.cli.conftest import Run
from tests.world.alerts import AT, MATCH, alert
from tests.world.incidents import incident, member
from tests.world.terminal import at_a_terminal

DOMAINS = ["mail-en-marche.fr", "onedrive-en-marche.fr"]
FIVE = (*DOMAINS, "c-en-marche.fr", "d-en-marche.fr", "loose-marche.fr")


def listed(run: Run, config: Path) -> list[dict[str, Any]]:
    """What `hunter incidents list --json` says."""
    said = run("incidents", "list", "--json", "-c", str(config))
    return [json.loads(line) for line in said.out.splitlines()]


def test_two_alerts_with_one_registrant_are_one_incident(run: Run, hunted: Path) -> None:
    """Defanged for people, as it is for programs."""
    (row,) = listed(run, hunted)
    shown = run("incidents", "list", "-c", str(hunted)).out

    assert (row["id"], sorted(row["domains"])) == (1, DOMAINS)
    assert set(row) == {"id", "severity", "brands", "domains", "attached", "links"}
    assert "mail-en-marche[.]fr" in shown


def test_a_large_incident_is_listed_with_how_many_more_there_are(
    run: Run, hunted: Path, store: Store
) -> None:
    """Its names would be cut in the middle of one, and nobody knew how many were left out."""
    for letter in "abcdefgh":
        domain = f"{letter}-en-marche.fr"
        found = replace(MATCH, name=domain, registrable=domain)
        alerts.save(store, replace(alert(found), id=0), {})
        sightings.record(store, [Sighting(domain, domain, "registrations", AT)], [found], AT)
        fact = Fact(domain, "registrant_email", "johnpinch@mail.com", "rdap", AT)
        facts.record(store, domain, [fact], provider="rdap", fields=[fact.field], at=AT)
    shown = " ".join(run("incidents", "list", "-c", str(hunted)).out.replace("│", " ").split())

    assert shown.count("-en-marche[.]fr") == 8
    assert "and 2 more" in shown


def test_the_story_is_told_and_drawn(run: Run, hunted: Path, tmp_path: Path) -> None:
    """The picture is a file of its own."""
    picture = tmp_path / "out.svg"
    said = run("incidents", "show", "1", "--graph", str(picture), "-c", str(hunted))

    assert said.status == 0
    assert "johnpinch[@]mail[.]com" in said.out
    assert "consistent with one hand" in said.out
    assert ET.parse(picture).getroot().tag.endswith("svg")


@pytest.mark.parametrize(("columns", "longest"), [(60, 60), (80, 80), (200, 104)])
def test_the_story_fits_the_terminal(hunted: Path, columns: int, longest: int) -> None:
    """Which would break lines amid words, and at the margin; a wide one gets no longer lines."""
    _title, *lines = at_a_terminal(columns, "incidents", "show", "1", "-c", str(hunted))

    assert longest - 20 < max(map(len, lines)) <= longest


def test_no_line_of_a_french_story_begins_with_punctuation(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """French has a blank before it, at which no line may break, however long a name is."""
    with speaking("fr"):
        for letters in range(1, 64):
            host = member("a.fr", name=f"{'a' * letters}.a.fr")
            tell(incident(members=(host, member("b.fr"))))
    said = capsys.readouterr().out

    assert [line for line in said.splitlines() if line.strip()[:1] in set(":;!?»")] == []


def test_a_program_gets_members_links_and_story(run: Run, hunted: Path) -> None:
    """One object; domains as they are but in the story."""
    (line,) = run("incidents", "show", "1", "--json", "-c", str(hunted)).out.splitlines()
    found = json.loads(line)

    assert {member["domain"] for member in found["members"]} == set(DOMAINS)
    assert found["links"][0]["trait"] == "registrant_email"
    assert found["links"][0]["value"] == "johnpinch@mail.com"
    assert 0 < found["links"][0]["strength"] <= 1
    assert (found["links"][0]["shared"], found["links"][0]["hands"]) == (2, 1)
    assert found["story"]["chapters"][0]["heading"]


def test_split_and_merge(run: Run, hunted: Path) -> None:
    """What a person took apart stays apart until a person joins it."""
    config = str(hunted)
    assert run("incidents", "split", "1", DOMAINS[0], "--why", "ours", "-c", config).status == 0
    assert run("incidents", "list", "-c", config).status == 1
    assert run("incidents", "show", "1", "-c", config).status == 1


@pytest.mark.parametrize(
    ("out", "merged"),
    [
        ([DOMAINS[0]], ("1", DOMAINS[0])),
        ([DOMAINS[0], "c-en-marche.fr"], ("1", "2")),
        ([DOMAINS[0], "c-en-marche.fr"], ("2", "1")),
    ],
)
def test_a_merge_undoes_a_split(
    run: Run, hunted: Path, store: Store, out: list[str], merged: tuple[str, str]
) -> None:
    """Also for what hung on them loosely, whichever incident goes up in the other."""
    _registered_at_one_provider(store)
    (before,) = listed(run, hunted)
    run("incidents", "split", "1", *out, "-c", str(hunted))
    apart = listed(run, hunted)
    run("incidents", "merge", *merged, "-c", str(hunted))
    (after,) = listed(run, hunted)

    assert all(set(out).isdisjoint(one["domains"]) for one in apart if one["attached"])
    assert (after["domains"], after["attached"]) == (before["domains"], before["attached"])
    assert after["attached"] == ["loose-marche.fr"]


def test_two_domains_without_an_incident_make_one(run: Run, hunted: Path) -> None:
    """Or else whoever took the second last out of one could not take that back."""
    run("incidents", "split", "1", DOMAINS[0], "-c", str(hunted))
    gone = run("incidents", "merge", "1", DOMAINS[0], "-c", str(hunted))
    itself = run("incidents", "merge", DOMAINS[0], DOMAINS[0], "-c", str(hunted))
    joined = run("incidents", "merge", "mail-en-marche[.]fr", DOMAINS[1], "-c", str(hunted))

    assert (gone.status, itself.status) == (1, 2)
    assert "OTHER: is NUMBER itself" in itself.err
    assert joined.out == "incident 1 is now: mail-en-marche[.]fr, onedrive-en-marche[.]fr\n"
    assert [one["domains"] for one in listed(run, hunted)] == [DOMAINS]


@pytest.mark.parametrize("merged", [DOMAINS, DOMAINS[::-1]])
def test_two_put_apart_have_what_hung_on_them_again(
    run: Run, hunted: Path, store: Store, merged: list[str]
) -> None:
    """Though there was no incident in the meantime on which it hung."""
    _registered_at_one_provider(store, (*DOMAINS, "loose-marche.fr"))
    (before,) = listed(run, hunted)
    run("incidents", "split", "1", DOMAINS[0], "-c", str(hunted))
    apart = listed(run, hunted)
    run("incidents", "merge", *merged, "-c", str(hunted))

    assert (apart, before["attached"]) == ([], ["loose-marche.fr"])
    assert [one["attached"] for one in listed(run, hunted)] == [before["attached"]]


def test_a_dismissed_domain_is_joined_with_nothing(run: Run, hunted: Path) -> None:
    """It takes no part whatever is decided: to say that it was joined would be wrong."""
    run("incidents", "split", "1", DOMAINS[0], "-c", str(hunted))
    run("alerts", "dismiss", DOMAINS[0], "-c", str(hunted))
    for pair in (DOMAINS, DOMAINS[::-1]):
        said = run("incidents", "merge", *pair, "-c", str(hunted))

        assert (said.status, said.out) == (2, "")
        assert "mail-en-marche[.]fr was dismissed and takes no part" in said.err
        assert "hunter alerts reopen mail-en-marche[.]fr" in said.err


def _registered_at_one_provider(store: Store, domains: Iterable[str] = FIVE) -> None:
    """All of one registrant, but for the loose one: another's who has a mailbox there too."""
    for domain in domains:
        match = replace(MATCH, name=domain, registrable=domain)
        if domain not in DOMAINS:
            alerts.save(store, replace(alert(match), id=0), {})
        sightings.record(store, [Sighting(domain, domain, "registrations", AT)], [match], AT)
        known = {
            "registrant_email": f"{'other' if 'loose' in domain else 'johnpinch'}@mail.com",
            "registrant_email_domain": "mail.com",
            "registered": 20170315,
        }
        found = [Fact(domain, field, value, "rdap", AT) for field, value in known.items()]
        facts.record(store, domain, found, provider="rdap", fields=known, at=AT)


@pytest.mark.parametrize("which", ["onedrive-en-marche[.]fr", "onedrive-en-marche.fr"])
def test_a_domain_stands_for_its_incident(run: Run, hunted: Path, which: str) -> None:
    """An alert shows the domain; nobody knows the number by heart."""
    said = run("incidents", "show", which, "-c", str(hunted))
    by_number = run("incidents", "show", "1", "-c", str(hunted))

    exported = [
        run("incidents", "export", one, "--format", "csv", "-c", str(hunted)).out
        for one in (which, "1")
    ]

    assert (said.status, said.out) == (0, by_number.out)
    assert exported[0] == exported[1]


def test_what_is_copied_from_the_story_is_understood(run: Run, hunted: Path) -> None:
    """There domains are defanged, and so are the answers."""
    said = run("incidents", "split", "1", "mail-en-marche[.]fr", "-c", str(hunted))

    assert said.status == 0
    assert "taken out of incident 1: mail-en-marche[.]fr" in said.out
    assert "is now" not in said.out


def test_after_a_decision_it_is_said_what_there_is(run: Run, hunted: Path, store: Store) -> None:
    """Two of three that go out together may be the incident, for they had most of it."""
    match = replace(MATCH, name="en-marche.co", registrable="en-marche.co")
    alerts.save(store, replace(alert(match), id=0), {})
    merged = run("incidents", "merge", "1", "en-marche.co", "-c", str(hunted))
    split = run("incidents", "split", "1", *DOMAINS, "-c", str(hunted))

    assert "incident 1 is now: " in merged.out
    assert "en-marche[.]co" in merged.out.partition("is now: ")[2]
    assert split.out.splitlines()[-1] == (
        "incident 1 is now: mail-en-marche[.]fr, onedrive-en-marche[.]fr"
    )


def test_the_word_of_a_number_gone_does_not_stand_among_json(
    run: Run, hunted: Path, store: Store
) -> None:
    """An incident that went up in another is told of on standard error."""
    kept.identify(store, [["onedrive-en-marche.fr"], [*DOMAINS]])
    first = kept.identify(store, [DOMAINS])[0]
    gone = next(number for number in (1, 2) if number != first)
    said = run("incidents", "show", str(gone), "--json", "-c", str(hunted))

    assert json.loads(said.out)["id"] == first
    assert f"incident {gone} is part of incident {first} now" in said.err


@pytest.mark.parametrize("number", ["1", "7"])
def test_what_everybody_shares_is_read_once_for_a_number(
    run: Run, hunted: Path, monkeypatch: pytest.MonkeyPatch, number: str
) -> None:
    """It takes seconds for tens of thousands of alerts, though there is no such incident."""
    looks: list[object] = []

    def counted(*asked: Any) -> Any:
        looks.append(asked)
        return footprints(*asked)

    monkeypatch.setattr(book, "footprints", counted)
    run("incidents", "show", number, "-c", str(hunted))

    assert len(looks) == 1


def test_a_domain_of_an_alert_can_be_joined(run: Run, hunted: Path, store: Store) -> None:
    """One that nothing ties stays out until then."""
    match = replace(MATCH, name="en-marche.co", registrable="en-marche.co")
    alerts.save(store, replace(alert(match), id=0), {})
    assert sorted(listed(run, hunted)[0]["domains"]) == DOMAINS

    joined = run("incidents", "merge", "1", "en-marche.co", "--why", "kit", "-c", str(hunted))
    said = run("incidents", "show", "1", "-c", str(hunted))

    assert joined.status == 0
    assert sorted(listed(run, hunted)[0]["domains"]) == ["en-marche.co", *DOMAINS]
    assert "decided: kit" in " ".join(said.out.split())


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (("show", "7"), 1, "there is no incident 7"),
        (("show", "other.fr"), 1, "other[.]fr belongs to no incident"),
        (("show", "seven"), 2, "a number that hunter incidents list shows"),
        (("show", "9" * 5000), 2, "NUMBER: "),
        (("split", "1", "other.fr"), 2, "other[.]fr is not in it"),
        (("split", "1", *DOMAINS), 2, "these are all of it"),
        (("merge", "1", "other.fr"), 2, "other[.]fr stands in no alert"),
        (("merge", "other.fr", DOMAINS[0]), 1, "other[.]fr belongs to no incident"),
        (("merge", "1", "7"), 1, "there is no incident 7"),
        (("merge", "1", "1"), 2, "1 already\n    hint: name one that is not in it"),
        (("merge", "1", DOMAINS[0]), 2, "belongs to incident 1 already"),
        (("merge", "1", "9" * 5000), 2, "OTHER: "),
        (("split", "1", "other"), 2, "'other' is not a domain name"),
        (("show", "1", "--graph", "/nowhere/out.svg"), 2, "/nowhere: is no folder"),
        (("show", "1", "--graph", "out.png"), 2, "name it out.svg"),
        (("show", "1", "--graph", "-"), 2, "name a file"),
        (("show", "1", "--graph", "x" * 300), 2, "too long\n    hint: name a file in a folder"),
    ],
)
def test_what_is_no_good_is_told(
    run: Run, hunted: Path, arguments: tuple[str, ...], status: int, told: str
) -> None:
    """With what there is instead."""
    said = run("incidents", *arguments, "-c", str(hunted))

    assert said.status == status
    assert told in said.err


def test_nothing_shared_is_no_incident(run: Run, config: Path) -> None:
    """Exit status 1, and nothing on standard output."""
    said = run("incidents", "list", "--json", "-c", str(config))

    assert (said.status, said.out) == (1, "")


def test_of_the_incident_asked_for_alone_the_members_are_read(
    run: Run, hunted: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Among hundreds, to tell one must not take as long as to tell all of them."""
    others = ("bank-a.fr", "bank-b.fr")
    for domain in others:
        match = replace(MATCH, name=domain, registrable=domain)
        alerts.save(store, replace(alert(match), id=0), {})
        sightings.record(store, [Sighting(domain, domain, "registrations", AT)], [match], AT)
        fact = Fact(domain, "registrant_email", "jane@kit.example", "rdap", AT)
        facts.record(store, domain, [fact], provider="rdap", fields=[fact.field], at=AT)
    numbers = {tuple(sorted(row["domains"])): row["id"] for row in listed(run, hunted)}
    read: list[str] = []
    whole = facts.history
    monkeypatch.setattr(facts, "history", lambda *asked: read.append(asked[1]) or whole(*asked))
    said = run("incidents", "show", str(numbers[others]), "-c", str(hunted))

    assert "jane[@]kit[.]example" in said.out
    assert set(read) == {*others}
