"""`hunter inspect`, as far as the store goes; the rest is tried in the stories."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from hunter.enrichers import rdap
from hunter.model import Fact
from hunter.store import Store, facts
from tests.cli.conftest import Run
from tests.world.alerts import AT

DOMAIN = "onedrive-en-marche.fr"


@pytest.mark.parametrize("written", [DOMAIN, f"hxxps://{DOMAIN.replace('.', '[.]')}/login"])
def test_what_is_stored_is_shown_offline(run: Run, hunted: Path, written: str) -> None:
    """The dossier with the rules' findings, defanged; of a domain as it was copied."""
    said = run("inspect", written, "--offline", "-c", str(hunted))

    assert said.status == 0
    assert said.out.startswith("onedrive-en-marche[.]fr\n")
    assert "johnpinch[@]mail[.]com" in said.out
    assert "rule [" in said.out


def test_the_history_of_name_servers_addresses_and_registration_is_shown(
    run: Run, hunted: Path, store: Store
) -> None:
    """With providers, from when until when; of other fields only what held before."""
    days = [AT - timedelta(days=number) for number in (4, 0)]
    for day, known in zip(
        days,
        [
            {"ns": "ns1.monovm.com", "cdn": "Fastly"},
            {"ns": "bob.ns.cloudflare.com", "cdn": "Cloudflare"},
        ],
        strict=True,
    ):
        found = [Fact(DOMAIN, field, value, "dns", day) for field, value in known.items()]
        facts.record(store, DOMAIN, found, provider="dns", fields=known, at=day)
    lines = [
        " ".join(line.split())
        for line in run("inspect", DOMAIN, "--offline", "-c", str(hunted)).out.splitlines()
    ]
    servers = lines.index("history of name servers")

    assert lines[servers + 1 : servers + 3] == [
        f"{days[0]:%Y-%m-%d} to {days[1]:%Y-%m-%d} ns ns1[.]monovm[.]com (dns)",
        f"{days[1]:%Y-%m-%d} to now ns bob[.]ns[.]cloudflare[.]com (dns)",
    ]
    registration = lines[lines.index("history of registration") :]
    assert f"{AT:%Y-%m-%d} to now registrant_email johnpinch[@]mail[.]com (rdap)" in registration
    assert lines[lines.index("before") + 1].endswith("cdn Fastly (dns)")
    assert not [line for line in lines[servers:] if "cdn Cloudflare" in line]


def test_values_stand_in_a_column_and_a_reason_once(run: Run, hunted: Path, store: Store) -> None:
    """A provider that fails leaves several fields unknown for one reason."""
    why = "dnsdb refuses the key: status 401"
    found = [Fact(DOMAIN, field, None, "passive_dns", AT, why) for field in ("pdns_a", "pdns_ns")]
    fields = [one.field for one in found]
    facts.record(store, DOMAIN, found, provider="passive_dns", fields=fields, at=AT)
    lines = run("inspect", DOMAIN, "--offline", "-c", str(hunted)).out.splitlines()

    assert f"  pdns_a, pdns_ns could not be found out: {why}" in lines
    assert f"  {'tld':24} fr" in lines


def test_a_program_gets_one_object(run: Run, hunted: Path) -> None:
    """Dossier, match, findings, history."""
    said = run("inspect", "onedrive-en-marche.fr", "--offline", "--json", "-c", str(hunted))
    row = json.loads(said.out)

    assert row.keys() == {"dossier", "match", "findings", "history"}
    assert row["dossier"]["fields"]["registered"] == 20170315


def test_a_stranger_is_inspected_too(run: Run, hunted: Path) -> None:
    """It imitates no brand, and nothing is known of it."""
    said = run("inspect", "boulangerie.fr", "--offline", "-c", str(hunted))

    assert said.status == 0
    assert "imitates no brand" in said.out
    assert "nothing is known of it" in said.out
    assert "stage" not in said.out


def test_a_fault_in_one_enricher_costs_its_own_answer_alone(
    run: Run, hunted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rest is shown all the same, with the trace on the other stream."""

    async def broken(*_: object) -> None:
        raise ZeroDivisionError("a fault in a part")

    monkeypatch.setattr(rdap, "enrich", broken)
    with hunted.open("a", encoding="utf-8") as file:
        file.write("[enrichers]\n")
        for name in ("dns", "whois", "hosting", "mail"):
            file.write(f"{name}.enabled = false\n")
    said = run("inspect", DOMAIN, "-c", str(hunted))

    assert said.status == 0
    assert "could not be found out: a fault in hunter; see the journal" in said.out
    assert "ZeroDivisionError" in said.err


def test_what_is_no_domain_is_yours_to_fix(run: Run, hunted: Path) -> None:
    """With an example."""
    said = run("inspect", "192.0.2.1", "--offline", "-c", str(hunted))

    assert said.status == 2
    assert "such as en-marche.co" in said.err
