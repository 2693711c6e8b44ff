"""What a crowd shares, and what it does not."""

from ipaddress import IPv4Network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunter.crowds import crowd_of


@pytest.mark.parametrize(
    ("field", "value", "whose"),
    [
        ("ns", "bob.ns.cloudflare.com", "Cloudflare"),
        ("ns_domain", "cloudflare.com", "Cloudflare"),
        ("ns", "ns-1536.awsdns-00.co.uk", "Amazon"),
        ("ns_domain", "domaincontrol.com", "GoDaddy"),
        ("ns", "ns1.wordpress.com", "WordPress.com"),
        ("ns_domain", "ns3.wordpress.com", "WordPress.com"),
        ("a", "104.18.40.1", "Cloudflare"),
        ("network", "104.18.40.0/24", "Cloudflare"),
        ("aaaa", "2606:4700::6812:2801", "Cloudflare"),
        ("a", "127.0.0.1", "private"),
        ("aaaa", "::1", "private"),
        ("asn", 13335, "Cloudflare"),
        ("asn", "AS16276", "OVH"),
        ("registrant_email_domain", "gmail.com", "Google"),
        ("registrant_email_domain", "wp.pl", "Wirtualna Polska"),
        ("registrant_email_domain", "web.de", "GMX"),
        ("registrant_email", "x1@whoisguard.com", "privacy"),
        ("registrant_email", "abuse@registrar.example", "role"),
        ("registrant_org", "REDACTED FOR PRIVACY", "redaction"),
        ("soa_mailbox", "dns@cloudflare.com", "Cloudflare"),
        ("soa_mailbox", "dns.cloudflare.com", "Cloudflare"),
        ("soa_mailbox", "awsdns-hostmaster@amazon.com", "Amazon Route 53"),
        ("soa_mailbox", "azuredns-hostmaster.microsoft.com", "Microsoft"),
        ("soa_mailbox", "dns@jomax.net", "GoDaddy"),
        ("dmarc_rua", "dmarc_rua@onsecureserver.net", "GoDaddy"),
        ("soa_mailbox", "root@localhost", "filled nothing in"),
        ("soa_mailbox", "root.localhost.localdomain", "filled nothing in"),
        ("soa_mailbox", "admin@example.com", "filled nothing in"),
        ("mx", "localhost", "filled nothing in"),
        ("ns", "ns1.1and1.fr", "IONOS"),
        ("registrant_email", "x1@cloudflare.com", "the name servers of Cloudflare"),
        ("network", "104.18.40.7/24", "Cloudflare"),
        ("mx", ".", "filled nothing in"),
        ("mx", "mx00.ionos.de", "IONOS"),
        ("mx", "mail.h-email.net", "parking"),
        ("a", "213.186.33.5", "OVH"),
        ("host_address", "3.33.130.190", "GoDaddy"),
        ("mx", "aspmx.l.google.com", "Google"),
        ("dmarc_rua", "x1@ag.dmarcian.com", "dmarcian"),
    ],
)
def test_what_countless_strangers_share_has_an_owner(
    field: str, value: str | int, whose: str
) -> None:
    """A value of a large service, or of nobody, is told with whose it is."""
    assert whose in crowd_of(field, value)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("registrant_email", "johnpinch@mail.com"),
        ("registrant_email_domain", "mail.com"),
        ("ns", "ns1.monovm.com"),
        ("ns_domain", "notcloudflare.com"),
        ("a", "80.82.69.134"),
        ("a", "203.0.113.7"),
        ("network", "80.82.64.0/20"),
        ("asn", 51177),
        ("soa_mailbox", "admin@accounts-office.fr"),
        ("soa_mailbox", "root@notamazon.com"),
        ("soa_mailbox", "x@a.example"),
        ("mx", "mail.notexample.com"),
        ("mx", "mail.accounts-office.fr."),
        ("a", "3.33.130.191"),
        ("cert_key", "ab" * 32),
        ("string", "cloudflare.com"),
        ("a", "not an address"),
    ],
)
def test_what_points_at_somebody_has_none(field: str, value: str | int) -> None:
    """Rare values, look-alikes of the services' names, and fields that nobody asked about."""
    assert crowd_of(field, value) == ""


def test_a_network_is_a_crowds_only_when_it_lies_within_one() -> None:
    """One that merely touches a delivery network is larger than it, and not refused for that."""
    assert crowd_of("network", "104.0.0.0/8") == ""


@pytest.mark.parametrize(
    ("address", "is_a_crowds"),
    [
        *(("104.15.255.255", False), ("104.16.0.0", True), ("104.23.255.255", True)),
        *(("104.28.0.0", False), ("9.255.255.255", False), ("10.255.255.255", True)),
        *(("2606:4700::", True), ("2606:4700:ffff:ffff::1", True), ("2606:4701::", False)),
        *(("::1", True), ("::2", False), ("10::1", False)),
    ],
)
def test_a_network_ends_where_its_last_address_is(address: str, is_a_crowds: bool) -> None:
    """The first and last of a network belong to it, and their neighbours outside do not."""
    assert bool(crowd_of("a", address)) is is_a_crowds


def test_an_address_is_not_held_against_every_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Incidents ask of tens of thousands of addresses, and there are hundreds of networks."""
    monkeypatch.setattr(IPv4Network, "subnet_of", None)

    assert "Cloudflare" in crowd_of("a", "104.18.40.1")
    assert crowd_of("a", "80.82.69.134") == ""


@given(
    st.sampled_from(("ns", "a", "asn", "registrant_email", "soa_mailbox", "ns_domain", "x")),
    st.one_of(st.text(max_size=80), st.integers(), st.booleans(), st.floats()),
)
def test_any_value_has_an_answer(field: str, value: str | float) -> None:
    """Values come from outside: none of them is an exception."""
    assert isinstance(crowd_of(field, value), str)
