"""`hunter search`."""

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal
from unicodedata import normalize

import pytest

from hunter.model import Fact, Sighting
from hunter.store import Store, facts, sightings
from tests.cli.conftest import Run
from tests.world.alerts import AT, MATCH


def test_what_answers_is_shown_with_its_facts(run: Run, hunted: Path) -> None:
    """A table for people, the dossier's fields for programs."""
    said = run("search", "--contains", "OneDrive", "--asn", "AS13335", "-c", str(hunted))
    (line,) = run("search", "--contains", "onedrive", "--json", "-c", str(hunted)).out.splitlines()

    assert said.status == 0
    assert "onedrive-en-marche[.]fr" in said.out
    assert "johnpinch[@]mail[.]com" in said.out
    row = json.loads(line)
    assert row["registrant_email"] == "johnpinch@mail.com"
    assert row["registered"] == 20170315


def test_every_condition_given_must_hold(run: Run, hunted: Path) -> None:
    """Lists are cut at commas, and any of them will do."""
    wanted = ("--registrant", "other@mail.com, JohnPinch@mail.com", "--since", "2017-03-15")
    found = run("search", *wanted, "--excludes", "onedrive", "--json", "-c", str(hunted))

    assert [json.loads(line)["domain"] for line in found.out.splitlines()] == ["mail-en-marche.fr"]
    assert run("search", *wanted, "--ns", "monovm.com", "-c", str(hunted)).status == 1


@pytest.mark.parametrize(
    "options",
    [
        ("--contains", "nowhere, OneDrive"),
        ("--technique", "tld-swap,combosquatting"),
        ("--brand", "en-marche.fr."),
        ("--field", "registered=2017-03-15"),
        ("--field", "registered=20170315"),
        ("--field", "registrant_email=JohnPinch[@]mail[.]com"),
        ("--field", "Registered =2017-03-15"),
        ("--since", "2000w"),
    ],
)
def test_a_condition_may_be_written_as_people_write_it(
    run: Run, hunted: Path, options: tuple[str, str]
) -> None:
    """Several with commas, days as days, names with or without what stands around them."""
    found = run("search", *options, "--json", "-c", str(hunted))

    assert '"domain": "onedrive-en-marche.fr"' in found.out


@pytest.mark.parametrize("typed", ["thcservers", "THCSERVERS", "THCservers"])
@pytest.mark.parametrize("further", [(), ("--contains", "onedrive")])
def test_a_whole_value_is_found_in_whatever_case(
    run: Run, hunted: Path, store: Store, typed: str, further: tuple[str, ...]
) -> None:
    """As rules compare it: that nothing answers would be false."""
    domain = "onedrive-en-marche.fr"
    known = [Fact(domain, "as_name", "THCservers", "hosting", AT)]
    facts.record(store, domain, known, provider="hosting", fields=["as_name"], at=AT)
    asked = ("search", "--field", f"as_name={typed}", *further)

    assert f'"domain": "{domain}"' in run(*asked, "--json", "-c", str(hunted)).out
    assert run("search", "--field", "as_name=THCserver", "-c", str(hunted)).status == 1


@pytest.mark.parametrize(
    "options",
    [
        ("--org", "société"),
        ("--as-name", "réseau"),
        ("--registrar", "dépôt"),
        ("--field", "registrant_org=Société d'Été"),
        ("--contains", "été"),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_accents_are_found_however_a_keyboard_writes_them(
    run: Run, hunted: Path, options: tuple[str, str], form: Literal["NFC", "NFD"]
) -> None:
    """Some write them as letters of their own, as do names of files on a Mac."""
    told = {"registrant_org": "Société d'Été", "as_name": "RÉSEAU", "registrar": "Dépôt"}
    with Store(hunted.parent / "state" / "hunter.db") as store:
        known = [Fact("xn--t-9fab.fr", field, value, "rdap", AT) for field, value in told.items()]
        facts.record(store, "xn--t-9fab.fr", known, provider="rdap", fields=told, at=AT)
        seen = Sighting("xn--t-9fab.fr", "xn--t-9fab.fr", "planted", AT)
        sightings.record(store, [seen], [], AT)

    option, text = options
    found = run("search", option, normalize(form, text), "--json", "-c", str(hunted))

    assert [json.loads(line)["domain"] for line in found.out.splitlines()] == ["xn--t-9fab.fr"]
    for_people = run("search", option, normalize(form, text), "-c", str(hunted)).out
    assert "xn--t-9fab[.]fr" in for_people
    assert "été[.]fr)" in for_people


def test_how_many_domains_there_are_is_a_number(run: Run, hunted: Path, store: Store) -> None:
    """It was refused, for no domain is called so."""
    domain, field = "onedrive-en-marche.fr", "neighbours"
    told = [Fact(domain, field, 0, field, AT)]
    facts.record(store, domain, told, provider=field, fields=[field], at=AT)

    assert domain in run("search", "--field", "neighbours=0", "--json", "-c", str(hunted)).out


@pytest.mark.parametrize("ending", ["рф", ".РФ", "xn--p1ai", "com, рф"])
def test_an_ending_is_found_in_its_own_letters(
    run: Run, hunted: Path, store: Store, ending: str
) -> None:
    """The store has it in ASCII."""
    sightings.record(store, [Sighting(name := "en-marche.xn--p1ai", name, "feed", AT)], [], AT)

    found = run("search", "--tld", ending, "--json", "-c", str(hunted))
    assert [json.loads(line)["domain"] for line in found.out.splitlines()] == [name]


def test_it_is_said_that_there_may_be_more(run: Run, hunted: Path) -> None:
    """Whoever reads the first thousand must not take them for all."""
    one = run("search", "--limit", "1", "--json", "-c", str(hunted))
    all_of_them = run("search", "--json", "-c", str(hunted))

    assert len(one.out.splitlines()) == 1
    assert "--limit shows more" in one.err
    assert all_of_them.err == ""


def test_people_read_days(run: Run, hunted: Path) -> None:
    """In a table they are no numbers."""
    assert "2017-03-15" in run("search", "--contains", "onedrive", "-c", str(hunted)).out


def test_a_technique_may_be_copied_from_a_table(run: Run, hunted: Path, store: Store) -> None:
    """Where two are joined, it has blanks between them, so that it may be broken there."""
    name = "login-enmarche.com"
    joined = replace(MATCH, name=name, registrable=name, technique="hyphenation+combosquatting")
    sightings.record(store, [Sighting(name, name, "registrations", AT)], [joined], AT)
    asked = ("search", "--technique", "hyphenation + combosquatting", "-c", str(hunted))

    assert run(*asked).status == 0


def test_a_brand_that_has_left_the_config_is_searched_for(run: Run, hunted: Path) -> None:
    """The store knows what imitated it; `alerts list` shows that, too."""
    written = hunted.read_text(encoding="utf-8")
    hunted.write_text(written.replace('"en-marche.fr"', '"autre.fr"'), encoding="utf-8")

    assert run("search", "--brand", "en-marche.fr", "-c", str(hunted)).status == 0
    assert "mean autre.fr?" in run("search", "--brand", "autr.fr", "-c", str(hunted)).err


def test_which_techniques_there_are_is_told_when_none_is_called_so(run: Run, hunted: Path) -> None:
    """It may be a slip of the pen, or there are none of that one yet."""
    said = run("search", "--technique", "combosqatting", "-c", str(hunted))

    assert said.status == 1
    assert "techniques there: combosquatting" in said.err


def test_what_is_copied_from_an_alert_is_found(run: Run, hunted: Path) -> None:
    """Where names and addresses are defanged."""
    found = run("search", "--registrant", "johnpinch[@]mail[.]com", "--json", "-c", str(hunted))
    pivoted = run("pivot", "johnpinch[@]mail[.]com", "--json", "-c", str(hunted))

    assert len(found.out.splitlines()) == len(pivoted.out.splitlines()) == 2


@pytest.mark.parametrize(
    ("options", "hint"),
    [
        (["--since", "March"], "such as 7d"),
        (["--seen-since", "2017-02-30"], "2017-04-24"),
        (["--asn", "9" * 5000], "AS13335"),
        (["--limit", "9" * 30], "up to 10000000"),
        (["--field", "dedicated=perhaps"], "whether the domain has its server"),
        (["--field", "registered=15.03.2017"], "write it as 2017-03-15"),
        (["--field", "asn=abc"], "'abc' is never found: asn holds bare numbers"),
        (["--field", "asn=AS13335"], "hint: write 13335"),
        (["--field", "neighbours=few"], "how many other registrable domains"),
        (["--field", "a=80.82.64.0/20"], "hint: ask with --address 80.82.64.0/20"),
        (["--field", "ns=ns1.monovm.com."], "hint: write ns1.monovm.com"),
        (["--field", "ns=café"], "hint: ns: name servers"),
        (["--field", "tld=fr"], "hint: ask with --tld"),
        (["--field", "first_seen=20170315"], "hint: ask with --seen-since and --seen-until"),
        (["--field", "registrar|contains=ovh"], "hint: write registrar=VALUE, with a whole value"),
        (["--field", "registrr|contains=ovh"], "hint: did you mean registrar?"),
        (["--severity", "HIHG"], "hint: did you mean high?"),
        (["--field", "registrant_email=mail.com"], "hint: write registrant_email_domain=mail.com"),
        (["--registrant", "johnpinch"], "--registrant-domain takes domains"),
        (["--registrant-domain", "johnpinch@mail.com"], "such as monovm.com"),
        (["--ns", "monovm"], "such as monovm.com"),
        (["--cert-key", "abc"], "64 digits"),
        (["--stage", "mail,adress"], "did you mean address?"),
        (["--asn", "Cloudflare"], "AS13335"),
        (["--address", "80.82"], "80.82.64.0/20"),
        (["--matches", "(?=x)"], "such as"),
        (["--stage", "mial"], "mail"),
        (["--severity", "hihg"], "high"),
        (["--sort", "size"], "registered"),
        (["--field", "cdn"], "cdn=Cloudflare"),
        (["--field", "cnd=Cloudflare"], "cdn"),
        (["--brand", "en-marche.f"], "en-marche.fr"),
        (["--limit", "0"], "1 or more"),
        (["--json", "--csv"], "choose one"),
        (["--since", "2017-05-01", "--until", "2017-04-30"], "no day is in between"),
    ],
)
def test_a_condition_that_is_none_is_yours_to_fix(
    run: Run, hunted: Path, options: list[str], hint: str
) -> None:
    """With how to write it."""
    said = run("search", *options, "-c", str(hunted))

    assert said.status == 2
    assert hint in said.err


def test_a_spreadsheet_gets_every_column_and_no_formula(
    run: Run, hunted: Path, store: Store
) -> None:
    """Names as they are, values on one line, and a formula behind an apostrophe."""
    evil = '=HYPERLINK("http://evil.com";"x")\r\n+1'
    domain = "onedrive-en-marche.fr"
    found = [Fact(domain, "registrant_org", evil, "whois", AT)]
    facts.record(store, domain, found, provider="whois", fields=["registrant_org"], at=AT)
    said = run("search", "--contains", "onedrive", "--csv", "-c", str(hunted))
    header, row = csv.reader(said.out.splitlines())
    told = dict(zip(header, row, strict=True))

    assert told["domain"] == domain
    assert told["registrant_email"] == "johnpinch@mail.com"
    assert told["registrant_org"].startswith("'=")
    assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_every_option_is_a_condition(run: Run, hunted: Path) -> None:
    """One that does not hold leaves nothing; one that holds leaves the domain."""
    config = ("--json", "-c", str(hunted))
    holds = (
        *("--contains", "onedrive", "--until", "2017-12-31", "--tld", "fr,com", "--sort", "domain"),
        *("--matches", "^onedrive-", "--brand", "en-marche.fr", "--severity", "high"),
        *("--field", "registrant_email=johnpinch@mail.com", "--reverse"),
    )
    assert len(run("search", *holds, *config).out.splitlines()) == 1
    for option, value in (
        *(("--org", "x"), ("--as-name", "x"), ("--list", "x"), ("--cert-key", "0" * 64)),
        *(("--stage", "mail"), ("--seen-until", "2001-01-01"), ("--address", "192.0.2.0/24")),
        *(("--technique", "homograph"), ("--registrar", "x"), ("--registrant-domain", "x.fr")),
    ):
        assert run("search", *holds, option, value, *config).status == 1, option


@pytest.mark.parametrize("pasted", ["https://onedrive-en-marche.fr/", "x[@]onedrive-en-marche.fr"])
@pytest.mark.parametrize(
    "command",
    [
        ("search", "--contains"),
        ("search", "--tld", "fr", "--excludes"),
        ("alerts", "list", "--contains"),
    ],
)
def test_what_no_name_can_hold_is_refused(
    run: Run, hunted: Path, command: tuple[str, ...], pasted: str
) -> None:
    """Else the answer to a pasted address would be that there is no such name."""
    said = run(*command, pasted, "-c", str(hunted))

    assert (said.status, said.out) == (2, "")
    assert "give the name alone, or a part of it" in said.err


@pytest.mark.parametrize(
    "command",
    [
        ("search", "--registrant-domain", ""),
        ("search", "--contains", "marche", "--list", ""),
        ("search", "--contains", ","),
        ("search", "--registrant-domain", " , "),
        ("search", "--org", " "),
        ("alerts", "list", "--brand", ""),
        ("alerts", "list", "--contains="),
        ("alerts", "export", "--format", "blocklist", "--brand", ""),
    ],
)
def test_a_condition_of_nothing_is_refused(
    run: Run, hunted: Path, command: tuple[str, ...]
) -> None:
    """A script's variable that is not set would ask for everything, and so would two of them."""
    said = run(*command, "-c", str(hunted))

    assert (said.status, said.out) == (2, "")
    assert f"{command[-1].strip(' ,=') or command[-2]}: is empty" in said.err


def test_answers_are_told_as_they_are_read(
    run: Run, hunted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All that is known of a hundred thousand domains would fill the memory."""
    went: list[str] = []

    def read(*_: object) -> Iterator[dict[str, str]]:
        for domain in ("a.fr", "b.fr"):
            went.append(f"read {domain}")
            yield {"domain": domain}

    monkeypatch.setattr("hunter.search.answers", read)
    monkeypatch.setattr("hunter.cli.search.json_line", lambda row: went.append(row["domain"]))
    run("search", "--contains", "marche", "--json", "-c", str(hunted))

    assert went == ["read a.fr", "a.fr", "read b.fr", "b.fr"]


def test_people_see_where_the_alert_on_each_stands(run: Run, hunted: Path, store: Store) -> None:
    """As JSON and CSV have it; of what has no alert there is nothing to say."""
    sightings.record(store, [Sighting("quiet.fr", "quiet.fr", "registrations", AT)], [], AT)
    said = run("search", "--tld", "fr", "-c", str(hunted))

    assert "high, new" in said.out
    assert "medium, acknowledged" in said.out
    assert "quiet[.]fr" in said.out
