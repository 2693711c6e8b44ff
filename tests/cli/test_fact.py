"""`hunter fact add`."""

from pathlib import Path

import pytest

from hunter.clock import utc_now
from hunter.store import Store, facts, sightings
from tests.cli.conftest import Run

DOMAIN = "onedrive-en-marche.fr"


def test_what_you_were_told_is_a_fact_like_any_other(run: Run, hunted: Path, store: Store) -> None:
    """With who told it; the domain is looked at again at once."""
    sightings.set_due(store, DOMAIN, utc_now().replace(year=2999))
    told = ("onedrive-en-marche[.]fr", "origin_ip", "193.29.187.40")
    said = run("fact", "add", *told, "--source", "trusted partner", "-c", str(hunted))

    assert said.status == 0
    (fact,) = [one for one in facts.history(store, DOMAIN) if one.field == "origin_ip"]
    assert (fact.value, fact.provider) == ("193.29.187.40", "told by trusted partner")
    assert DOMAIN in sightings.due(store, utc_now(), 9)


@pytest.mark.parametrize(
    ("field", "value", "implied", "domain"),
    [
        ("registrant_email", "john@mail.com", "registrant_email_domain", "mail.com"),
        ("ns", "ns1.monovm.com", "ns_domain", "monovm.com"),
        ("mx", "mx.monovm.com", "mx_domain", "monovm.com"),
    ],
)
def test_the_domain_of_what_is_told_is_told_too(
    run: Run, hunted: Path, store: Store, field: str, value: str, implied: str, domain: str
) -> None:
    """For that is what the rules of the founding case ask for; both are taken back together."""
    rest = ("--source", "x", "-c", str(hunted))
    run("fact", "add", DOMAIN, field, value, *rest)
    assert [one.value for one in facts.told(store, DOMAIN, implied, "told by x")] == [domain]

    run("fact", "remove", DOMAIN, field, *rest)
    assert all(one.ended_at for one in facts.told(store, DOMAIN, implied, "told by x"))


@pytest.mark.parametrize(("field", "status"), [("registered", 2), ("expires", 0)])
def test_what_is_still_to_come_cannot_have_happened(
    run: Run, hunted: Path, field: str, status: int
) -> None:
    """A slip in the year would make a domain younger than any; a registration may end then."""
    said = run("fact", "add", DOMAIN, field, "2999-01-01", "--source", "x", "-c", str(hunted))

    assert (said.status, "29990101 is a day to come" in said.err) == (status, status == 2)


def test_a_field_that_is_none_is_not_taken_back(run: Run, hunted: Path) -> None:
    """What was meant is suggested: what was told holds on."""
    said = run("fact", "remove", DOMAIN, "orign_ip", "--source", "x", "-c", str(hunted))

    assert (said.status, "did you mean origin_ip?" in said.err) == (2, True)


def test_a_number_is_kept_as_one(run: Run, hunted: Path, store: Store) -> None:
    """Rules compare it as such."""
    run("fact", "add", DOMAIN, "asn", "206349", "--source", "x", "-c", str(hunted))

    assert 206349 in [fact.value for fact in facts.history(store, DOMAIN)]


def test_a_field_that_is_none_is_yours_to_fix(run: Run, hunted: Path) -> None:
    """What was meant is suggested; so is what a domain looks like."""
    misspelt = run("fact", "add", DOMAIN, "orign_ip", "x", "--source", "x", "-c", str(hunted))
    no_domain = run("fact", "add", "x", "origin_ip", "x", "--source", "x", "-c", str(hunted))

    assert (misspelt.status, no_domain.status) == (2, 2)
    assert "did you mean origin_ip?" in misspelt.err
    assert "such as en-marche.co" in no_domain.err


@pytest.mark.parametrize(
    ("field", "value", "hint"),
    [
        ("origin_ip", "the partner's server", "write one such as 193.29.187.40"),
        ("origin_ip", "193.29.187.40/24", "is no address"),
        ("origin_ip", "10.0.0.7", "private or reserved"),
        ("a", "2a00::1", "its field is aaaa"),
        ("registered", "15.03.2017", "write it as 2017-03-15"),
        ("dedicated", "perhaps", "neither yes nor no"),
        ("asn", "Cloudflare", "write it as 51177"),
        ("registrant_email", "John Pinch", "is no mail address"),
        ("registrar", " ", "is no value"),
        ("confidence", "1", "worked out by hunter itself"),
    ],
)
def test_a_value_that_is_none_is_yours_to_fix(
    run: Run, hunted: Path, store: Store, field: str, value: str, hint: str
) -> None:
    """Nothing of it is kept, and the message says what such a value looks like."""
    before = facts.history(store, DOMAIN)
    said = run("fact", "add", DOMAIN, field, value, "--source", "x", "-c", str(hunted))

    assert said.status == 2
    assert hint in said.err
    assert facts.history(store, DOMAIN) == before


@pytest.mark.parametrize("source", ["", " ", "x" * 101, "a\x1b[31m"])
def test_who_told_it_must_be_named(run: Run, hunted: Path, source: str) -> None:
    """It stands in alerts."""
    told = ("origin_ip", "193.29.187.40", "--source", source)
    said = run("fact", "add", DOMAIN, *told, "-c", str(hunted))

    assert said.status == 2
    assert "names nobody" in said.err


def test_a_day_and_a_yes_are_kept_as_rules_have_them(run: Run, hunted: Path, store: Store) -> None:
    """And what is copied from an alert is taken as it was before."""
    for field, value in (
        ("registered", "2017-03-14"),
        ("dedicated", "yes"),
        ("origin_ip", "193[.]29[.]187[.]40"),
    ):
        run("fact", "add", DOMAIN, field, value, "--source", "x", "-c", str(hunted))

    told = {one.field: one.value for one in facts.history(store, DOMAIN) if "told" in one.provider}
    assert told == {"registered": 20170314, "dedicated": True, "origin_ip": "193.29.187.40"}


def test_of_a_domain_that_nobody_saw_it_is_told_that_the_fact_waits(
    run: Run, hunted: Path, store: Store
) -> None:
    """A slip of the pen would else lead to nothing, in silence."""
    told = ("origin_ip", "193.29.187.40", "--source", "x", "-c", str(hunted))
    said = run("fact", "add", "onedrive-en-marhce.fr", *told)

    assert said.status == 0
    assert "has not seen onedrive-en-marhce[.]fr yet" in said.out
    assert "has not seen" not in run("fact", "add", DOMAIN, *told).out
    assert facts.history(store, "onedrive-en-marhce.fr")


def test_the_same_source_may_say_otherwise_and_take_it_back(
    run: Run, hunted: Path, store: Store
) -> None:
    """What it told is history then; of others nothing is taken back."""
    who, config = ("--source", "trusted partner"), ("-c", str(hunted))
    for value in ("193.29.187.40", "193.29.187.41"):
        run("fact", "add", DOMAIN, "origin_ip", value, *who, *config)
    assert run("fact", "remove", DOMAIN, "origin_ip", "--source", "x", *config).status == 1
    held = [
        one.value
        for one in facts.history(store, DOMAIN)
        if one.field == "origin_ip" and not one.ended_at
    ]
    assert held == ["193.29.187.41"]

    said = run("fact", "remove", DOMAIN, "origin_ip", *who, *config)
    assert said.status == 0
    told = [one for one in facts.history(store, DOMAIN) if one.field == "origin_ip"]
    assert {one.value for one in told if one.ended_at} == {"193.29.187.40", "193.29.187.41"}
