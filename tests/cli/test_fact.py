"""`hunter fact add`."""

from pathlib import Path

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
