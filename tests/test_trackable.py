"""What a track may watch, and how its value is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunter.trackable import FIELDS, LOOKED_AT, NotTrackable, settled


@pytest.mark.parametrize(
    ("field", "written", "kept"),
    [
        ("registrant_email", " JohnPinch@mail.com ", "johnpinch@mail.com"),
        ("registrant_email", "John@Café.fr.", "john@xn--caf-dma.fr"),
        ("registrant_email_domain", "Mail.com.", "mail.com"),
        ("registrant_org", "THC  Projects SRL", "THC Projects SRL"),
        ("ns", "NS1.MonoVM.com.", "ns1.monovm.com"),
        ("ns_domain", "monovm.com", "monovm.com"),
        ("a", "80.82.69.134", "80.82.69.134"),
        ("aaaa", "2001:0DB8::0001", "2001:db8::1"),
        ("network", "80.82.69.134/20", "80.82.64.0/20"),
        ("asn", "AS51177", "51177"),
        ("asn", "as4294967295", "4294967295"),
        ("network", "80.82.0.0/16", "80.82.0.0/16"),
        ("network", "2a00:1450::/32", "2a00:1450::/32"),
        ("string", "engi", "engi"),
        ("cert_key", "AB" * 32, "ab" * 32),
        ("soa_mailbox", "admin@accounts-office.fr", "admin@accounts-office.fr"),
        ("soa_mailbox", "admin.accounts-office.fr", "admin.accounts-office.fr"),
        ("page_favicon", "0" * 64, "0" * 64),
        ("string", "En-Marche", "en-marche"),
    ],
)
def test_a_value_is_kept_as_facts_hold_it(field: str, written: str, kept: str) -> None:
    """However a person wrote it."""
    assert settled(field, written) == kept


@pytest.mark.parametrize(
    ("field", "written"),
    [
        ("registrar", "OVH"),
        ("registrant_email", "johnpinch"),
        ("registrant_email", "johnpinch@mail..com"),
        ("registrant_email_domain", "mail"),
        ("a", "80.82.69.0/24"),
        ("a", "somewhere"),
        ("network", "80.82.0.0/15"),
        ("network", "2a00:1450::/31"),
        ("network", "here"),
        ("asn", "OVH"),
        ("asn", "²"),
        ("asn", "٣"),
        ("asn", "0"),
        ("asn", "4294967296"),
        ("cert_key", "ab"),
        ("string", "abc"),
        ("string", "marché"),
        ("string", "a b c d"),
        ("registrant_org", "\x1b[31m"),
        ("registrant_org", "x" * 201),
        ("ns", ""),
    ],
)
def test_what_cannot_be_watched_is_told(field: str, written: str) -> None:
    """Other fields, values of another shape, and those that a crowd would fit."""
    with pytest.raises(NotTrackable):
        settled(field, written)


@given(st.sampled_from((*FIELDS, "x")), st.text(max_size=80))
def test_any_text_is_settled_once_or_refused(field: str, text: str) -> None:
    """What was settled stays as it is; nothing else is raised."""
    try:
        kept = settled(field, text)
    except NotTrackable:
        return

    assert settled(field, kept) == kept


def test_every_field_is_looked_for_somewhere() -> None:
    """In facts, or, for a string, in names."""
    assert set(LOOKED_AT) == set(FIELDS)
    assert [field for field, places in LOOKED_AT.items() if not places] == ["string"]
