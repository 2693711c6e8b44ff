"""Takedown packets: for whom, what is in them, and that nobody can change them unseen."""

import csv
import hashlib
import io
import json
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import settings as limits

from hunter import ribs, takedown
from hunter.contracts import Case
from hunter.model import AlertState, Sighting
from hunter.takedown import MANIFEST, Packet, addressees, archive, packet
from tests.world.alerts import AT, OPENED, STEERS
from tests.world.cases import DOMAIN, HOST, NOW, case, hosted, hostile_cases, past

SIGHTINGS = (Sighting(HOST, DOMAIN, "ct_logs", AT, {"issuer": "\u202eR3", "log": "argon"}),)
LETTERS = {
    f"letters/{role}.{one}.txt"
    for role in ("registrar", "host", "registry")
    for one in ("en", "fr")
}


def made(about: Case | None = None, *languages: str) -> Packet:
    """A packet about the founding case, in both languages unless said otherwise."""
    return packet(about or case(), SIGHTINGS, languages or ("en", "fr"))


def knowing(about: Case, **fields: Any) -> Case:
    """The case with other facts."""
    known = {**about.dossier.fields, **fields}
    kept = {field: value for field, value in known.items() if value is not None}
    return replace(about, dossier=replace(about.dossier, fields=kept))


def test_a_packet_holds_letters_evidence_and_digests() -> None:
    """One letter for each addressee in each language."""
    found = made().files

    assert set(found) >= LETTERS | {"README.en.txt", "README.fr.txt", MANIFEST}
    assert {name for name in found if name.startswith("evidence/")} == {
        "evidence/alert.en.txt",
        "evidence/alert.fr.txt",
        "evidence/certificate.json",
        "evidence/dns.json",
        "evidence/history.csv",
        "evidence/registration.json",
        "evidence/sightings.json",
    }


def test_one_language_is_enough() -> None:
    """When it is asked for."""
    found = made(None, "fr").files

    assert "letters/registrar.fr.txt" in found
    assert "letters/registrar.en.txt" not in found
    assert "evidence/alert.en.txt" not in found


def test_the_alert_is_headed_by_what_was_made_of_it() -> None:
    """And not by its beginning; what happened until then stands in it."""
    told = made(case(AlertState.CONFIRMED)).files["evidence/alert.en.txt"].decode()

    assert told.startswith("HIGH · Confirmed · lookalike of en-marche[.]fr")
    assert OPENED.text in " ".join(told.split())


def test_the_alert_is_told_in_the_language_of_the_letters() -> None:
    """Each language's page says where; a French registrar gets a French account of it."""
    found = made().files

    assert b"lookalike of en-marche[.]fr" in found["evidence/alert.en.txt"]
    assert b"imitation d'en-marche[.]fr" in found["evidence/alert.fr.txt"]
    for language in ("en", "fr"):
        assert f"evidence/alert.{language}.txt".encode() in found[f"README.{language}.txt"]


def test_the_registrar_is_told_where_the_registry_says() -> None:
    """What is no mailbox is not taken for one."""
    registrar, *_ = addressees(case())
    doubtful, *_ = addressees(knowing(case(), abuse_email="see https://x", registrar=None))

    assert (registrar.role, registrar.name, registrar.contact) == (
        "registrar",
        "Registrar SAS",
        "abuse@registrar.example",
    )
    assert (doubtful.name, doubtful.contact) == ("", "")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, [("host", "Quasi Networks LTD.", "80.82.69.134")]),
        ({"cdn": "Cloudflare"}, [("cdn", "Cloudflare", "80.82.69.134")]),
        (
            {"cdn": "Cloudflare", "origin_ip": "193.29.187.40"},
            [("cdn", "Cloudflare", "80.82.69.134"), ("host", "", "193.29.187.40")],
        ),
        ({"a": None}, []),
        (
            {"a": None, "host_address": ("192.0.2.1", "192.0.2.2")},
            [("host", "Quasi Networks LTD.", "192.0.2.1, 192.0.2.2")],
        ),
        ({"a": "not an address"}, []),
        ({"a": "127.0.0.1", "aaaa": "::1"}, []),
        (
            {"a": tuple(f"192.0.2.{host}" for host in range(9))},
            [
                (
                    "host",
                    "Quasi Networks LTD.",
                    "192.0.2.0, 192.0.2.1, 192.0.2.2, 192.0.2.3, 192.0.2.4",
                )
            ],
        ),
    ],
)
def test_who_hosts_it_is_who_can_act(
    fields: dict[str, Any], expected: list[tuple[str, str, str]]
) -> None:
    """A delivery network is not the host; without an address there is none."""
    found = addressees(knowing(case(), **fields))[1:-1]

    assert [(one.role, one.name, one.place) for one in found] == expected


def test_a_delivery_network_may_have_a_form() -> None:
    """As it publishes it itself; another one's is not known."""
    known, other = (addressees(knowing(case(), cdn=name))[1] for name in ("Cloudflare", "Other"))

    assert known.contact == "https://www.cloudflare.com/abuse/"
    assert other.contact == ""


@pytest.mark.parametrize(
    ("domain", "name"),
    [
        (DOMAIN, "Afnic"),
        ("en-marche.re", "Afnic"),
        ("en-marche.asso.fr", "Afnic"),
        ("en-marche.co", ""),
        ("en-marche.fr.com", ""),
    ],
)
def test_the_registry_is_known_or_said_to_be_unknown(domain: str, name: str) -> None:
    """Afnic's for its endings, with its procedures."""
    registry = addressees(case(domain=domain))[-1]

    assert (registry.role, registry.name) == ("registry", name)
    assert bool(registry.contact) is bool(registry.ways) is bool(name)


def test_under_a_platform_the_platform_is_asked() -> None:
    """Its registrar and registry have nothing to do with it."""
    (platform,) = addressees(case(domain="en-marche.pages.dev"))

    assert (platform.role, platform.name) == ("platform", "pages.dev")


@pytest.mark.parametrize(("language", "verb"), [("en", "looks like"), ("fr", "ressemble à")])
def test_a_customers_host_is_reported_and_not_the_firm(language: str, verb: str) -> None:
    """Nobody suspends a firm's domain for it, nor believes that it imitates."""
    hosts = ("don-en-marche.atlassian.net", "en-marche.atlassian.net")
    told = made(hosted(*hosts)).files[f"letters/registrar.{language}.txt"].decode()

    assert f": don-en-marche[.]atlassian[.]net {verb} en-marche[.]fr" in told
    assert "\n    don-en-marche[.]atlassian[.]net\n    en-marche[.]atlassian[.]net\n" in told
    assert "    atlassian[.]net" not in told


@pytest.mark.parametrize("language", ["en", "fr"])
def test_whoever_holds_the_hosts_is_asked_before_the_domain_is_suspended(language: str) -> None:
    """A registrar that did what the letter asks would take a firm and its customers off the net."""
    files = made(hosted("en-marche.atlassian.net")).files
    registrar, page = (
        " ".join(files[name.format(language)].decode().split())
        for name in ("letters/registrar.{}.txt", "README.{}.txt")
    )
    holder = {"en": "to the holder of", "fr": "au titulaire du nom"}[language]
    hosts = {"en": "Only hosts under", "fr": "Seuls des hôtes sous"}[language]

    assert f"{holder} atlassian[.]net" in registrar
    assert "clientHold" not in registrar
    assert f"{hosts} atlassian[.]net" in page
    assert hosts not in " ".join(made().files[f"README.{language}.txt"].decode().split())


def test_a_letter_says_how_many_hosts_it_leaves_out() -> None:
    """Whoever answers it would think that all was reported."""
    hosts = [f"en-marche-{letter}.atlassian.net" for letter in "abcdefghij"]
    told = made(hosted(*hosts)).files["letters/registrar.en.txt"].decode()

    assert "\n    en-marche-h[.]atlassian[.]net\n    2 more\n" in told


@pytest.mark.parametrize("days", [(), (0,), (3, 0, 9), (0, 40)])
def test_a_letter_says_when_the_name_was_first_seen(days: tuple[int, ...]) -> None:
    """By whichever source; when the alert was opened, where nothing tells of it."""
    seen = [Sighting(HOST, DOMAIN, "feed", AT + timedelta(days=day), {}) for day in days]
    written = packet(case(), seen, ("en",)).files["letters/registrar.en.txt"].decode()

    assert f"The name was first seen on {AT:%Y-%m-%d}" in " ".join(written.split())


@pytest.mark.parametrize(("domain", "bound"), [("en-marche.com", True), ("en-marche.co.uk", False)])
def test_icanns_rule_is_told_to_whom_it_binds(domain: str, bound: bool) -> None:
    """No registrar of a country's ending, though names stand under a second label there."""
    letter = made(case(domain=domain), "en").files["letters/registrar.en.txt"]

    assert (b"ICANN" in letter) is bound


def test_the_evidence_is_exact_and_says_who_told_it_when() -> None:
    """Also what is marked to steer a reader: in ASCII."""
    found = made().files
    told = json.loads(found["evidence/dns.json"])
    seen = json.loads(found["evidence/sightings.json"])

    assert {
        "subject": DOMAIN,
        "field": "a",
        "meaning": "IPv4 addresses",
        "value": "193.29.187.40",
        "unknown": "",
        "told_by": "dns",
        "first_seen": "2017-04-24T06:00:00Z",
        "last_seen": "2017-04-27T06:00:00Z",
        "ended_at": "2017-04-27T06:00:00Z",
    } in told
    assert seen[0]["origin"]["issuer"] == "\u202eR3"
    assert found["evidence/sightings.json"].isascii()


def test_the_history_is_a_table_of_everything() -> None:
    """Safe to open."""
    whole = case()
    formula = past("txt", '=HYPERLINK("http://x";"y")')
    found = made(replace(whole, history=(*whole.history, formula))).files
    rows = list(csv.DictReader(io.StringIO(found["evidence/history.csv"].decode())))

    assert len(rows) == len(whole.history) + 1
    assert rows[-1]["value"].startswith("'=HYPERLINK")


def test_the_digests_are_sha256sums(tmp_path: Path) -> None:
    """Every file but the list itself; the program that everybody has checks them."""
    found = made()
    lines = dict(line.split("  ")[::-1] for line in found.files[MANIFEST].decode().splitlines())

    assert lines == {
        name: hashlib.sha256(content).hexdigest()
        for name, content in found.files.items()
        if name != MANIFEST
    }
    with zipfile.ZipFile(io.BytesIO(archive(found, NOW))) as archived:
        archived.extractall(tmp_path)
    program = shutil.which("sha256sum")
    assert program is not None
    check = [program, "--check", "--quiet", MANIFEST]
    assert subprocess.run(check, cwd=tmp_path, check=False).returncode == 0
    (tmp_path / "letters/host.fr.txt").write_text("changed")
    assert subprocess.run(check, cwd=tmp_path, check=False, capture_output=True).returncode == 1


def test_the_same_packet_is_the_same_file() -> None:
    """Byte for byte; another fact is another digest."""
    first, again = made(), made()
    other = made(knowing(case(), registrar="Somebody else"))

    assert archive(first, NOW) == archive(again, NOW)
    assert first.digest == again.digest != other.digest
    with zipfile.ZipFile(io.BytesIO(archive(first, NOW))) as archived:
        assert archived.testzip() is None
        assert {one.date_time for one in archived.infolist()} == {(2017, 5, 24, 6, 0, 0)}
        assert {one.external_attr >> 16 for one in archived.infolist()} == {0o640}


def test_every_group_of_evidence_is_some_enrichers() -> None:
    """A renamed one would silently leave its file out."""
    found = takedown._fields()

    assert all(found[group] for group in takedown._GROUPS)


def test_an_enricher_of_ones_own_has_a_file_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """What it found is evidence as well; a field that others find stands where theirs does."""
    fields = {"parked": "whether it is for sale", "registrar": "who sold it"}
    parking = cast("ModuleType", SimpleNamespace(FIELDS=fields))
    monkeypatch.setitem(sys.modules, "hunter.enrichers.parking", parking)
    monkeypatch.setattr(ribs, "names", lambda _family: ("parking", "rdap"))
    about = case()
    told = (past("parked", True), past("registrar", "Dealer"))
    found = made(replace(about, history=(*about.history, *told))).files

    assert [row["field"] for row in json.loads(found["evidence/parking.json"])] == ["parked"]
    assert "Dealer" in found["evidence/registration.json"].decode()


@limits(max_examples=30)
@given(hostile_cases)
def test_hostile_text_is_harmless(about: Case) -> None:
    """In every file of the packet."""
    for name, content in made(about).files.items():
        told = content.decode().replace("\r\n", "\n").replace("\xa0", " ")
        assert not STEERS.search(told), name
