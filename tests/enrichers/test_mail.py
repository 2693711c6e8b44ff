"""The mail enricher against a name server on loopback."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunter.enrichers import mail
from hunter.enrichers.mail import Settings
from hunter.net.dns import DnsAnswer, DnsStatus
from tests.world.dns import Names, Trouble, dns_server
from tests.world.doors import NOW, context, doors, dossier, unknowns, values

SPF = '"v=spf1 include:_spf.google.com ?include:Mail.Zendesk.com ip4:193.29.187.40 -all"'
DMARC = (
    '"v=DMARC1; p=Quarantine; rua=mailto:John.Pinch@Mail.com!10m, mailto:a@reports.example.co.uk;"'
    '" ruf=mailto:x%40y@mail.com,https://mail.com/in,mailto:dmarc@europe.com; p=none"'
)


async def look(names: Names, **fields: object) -> tuple[dict, dict]:
    """Values and reasons about x.fr."""
    async with dns_server(names) as server, doors(dns=server.port) as opened:
        asked = dossier("x.fr", **fields)
        facts = await mail.enrich(asked, Settings(), context(opened))
    assert {fact.field for fact in facts} <= mail.FIELDS.keys()
    return values(facts, "x.fr"), unknowns(facts, "x.fr")


async def test_the_mailboxes_and_services_a_domain_names_become_facts() -> None:
    """They are pivots: told by the holder, whatever the registration hides."""
    found, unknown = await look(
        {"x.fr": {"TXT": ['"other=1"', SPF]}, "_dmarc.x.fr": {"TXT": DMARC}},
        mx_domain=("google.com", "mxhost.example", "x.fr"),
        soa_mailbox="john.doe@sub.mail.com",
    )
    assert found == {
        "spf": {SPF.strip('"')},
        "spf_includes": {"_spf.google.com", "mail.zendesk.com"},
        "dmarc_policy": {"quarantine"},
        "dmarc_rua": {"John.Pinch@mail.com", "a@reports.example.co.uk"},
        "dmarc_ruf": {"dmarc@europe.com"},
        "dmarc_domain": {"mail.com", "example.co.uk", "europe.com"},
        "mail_provider": {"Google", "mxhost.example"},
        "soa_mailbox_domain": {"mail.com"},
    }
    assert unknown == {}


async def test_tags_may_stand_loosely_and_in_capitals() -> None:
    """As RFC 7489 has them; receivers read them, too."""
    record = '"v=DMARC1 ; P = Reject ; RUA = MAILTO:a@mail.com"'
    found, _ = await look({"x.fr": {"A": "192.0.2.1"}, "_dmarc.x.fr": {"TXT": record}})
    assert (found["dmarc_policy"], found["dmarc_rua"]) == ({"reject"}, {"a@mail.com"})


async def test_a_domain_without_mail_records_says_nothing() -> None:
    """No SPF and no DMARC record is certainly none, and nothing is in doubt."""
    assert await look({"x.fr": {"A": "192.0.2.1"}}) == ({}, {})


async def test_what_only_looks_like_a_record_is_none() -> None:
    """The version tag must stand at the start and be whole."""
    names: Names = {
        "x.fr": {"TXT": ['"v=spf10 include:a.fr"', '"say v=spf1 -all"']},
        "_dmarc.x.fr": {"TXT": '"p=none; rua=mailto:a@b.fr"'},
    }
    assert await look(names) == ({}, {})


@pytest.mark.parametrize(
    ("broken", "fields"),
    [("x.fr", {"spf", "spf_includes"}), ("_dmarc.x.fr", set(mail._DMARC_FIELDS))],
)
async def test_a_failing_server_leaves_its_half_in_doubt(broken: str, fields: set[str]) -> None:
    """One question that fails says nothing about the other."""
    whole: Names = {"x.fr": {"TXT": SPF}, "_dmarc.x.fr": {"TXT": '"v=DMARC1; p=reject"'}}
    found, unknown = await look({**whole, broken: Trouble.SERVFAIL})
    assert unknown.keys() == fields
    assert all("SERVFAIL" in why for why in unknown.values())
    assert found.keys() == {"dmarc_policy"} or found.keys() == {"spf", "spf_includes"}


async def test_several_dmarc_records_count_as_unclear() -> None:
    """RFC 7489 has receivers ignore them all."""
    found, unknown = await look({"x.fr": {}, "_dmarc.x.fr": {"TXT": [DMARC, '"v=DMARC1; p=none"']}})
    assert found == {}
    assert unknown.keys() == set(mail._DMARC_FIELDS)


async def test_hostile_records_are_cleaned_and_bounded() -> None:
    """Escape codes go, and a record that names a thousand others tells twenty."""
    many = " ".join(f"include:h{n}.fr" for n in range(200))
    wire = " ".join(f'"{part}"' for part in (r"v=spf1 \027[31m", many[:250], many[250:500]))
    dmarc = r'"v=DMARC1; rua=mailto:a\027[31m@b.fr,mailto:@,mailto:,mailto:<b>@c.fr"'
    found, _ = await look({"x.fr": {"TXT": wire}, "_dmarc.x.fr": {"TXT": dmarc}})
    assert len(found["spf_includes"]) == 20
    assert all(str(value).isprintable() for values in found.values() for value in values)
    assert found["dmarc_rua"] == {"a[31m@b.fr"}


def test_it_is_asked_only_about_names_that_have_records() -> None:
    """A name that is absent or in doubt has no policy to read."""
    assert mail.wants(dossier("x.fr", dns_status="found"), Settings())
    assert not mail.wants(dossier("x.fr", dns_status="absent"), Settings())
    assert not mail.wants(dossier("x.fr", {"dns_status": "SERVFAIL"}), Settings())


@given(st.text(max_size=400), st.text(max_size=400))
def test_no_record_breaks_the_reader(policy: str, report: str) -> None:
    """Whatever stands in the records, every fact is printable and bounded."""
    tell = mail._Teller("x.fr", context(None))  # type: ignore[arg-type]
    spf = DnsAnswer(DnsStatus.FOUND, (f"v=spf1 {policy}",))
    dmarc = DnsAnswer(DnsStatus.FOUND, (f"v=DMARC1;rua=mailto:{report};{report}",))
    for fact in (*mail._spf(spf, tell), *mail._dmarc(dmarc, tell)):
        assert fact.observed_at == NOW
        assert str(fact.value).isprintable()
        assert len(str(fact.value)) <= 320
