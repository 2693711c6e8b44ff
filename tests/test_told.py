"""What somebody tells, as facts hold it."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunter import dossiers
from hunter.told import NotTold, as_told, implied, refuse_what_is_to_come

FIELDS = dossiers.rule_fields()


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("origin_ip", " 193.29.187.40 ", "193.29.187.40"),
        ("origin_ip", "203.0.113.7", "203.0.113.7"),
        ("a", "193.29.187.40", "193.29.187.40"),
        ("aaaa", "2A00:0:0::1", "2a00::1"),
        ("asn", "AS206349", 206349),
        ("registered", "20170315", 20170315),
        ("expires", "2018-03-15", 20180315),
        ("dedicated", "No", False),
        ("page_similarity", "0", 0),
        ("page_similarity", "100", 100),
        ("registrant_email", "JohnPinch@mail.com", "johnpinch@mail.com"),
        ("ns", "NS1.MonoVM.com.", "ns1.monovm.com"),
        ("mx", "mx.mail.com", "mx.mail.com"),
        ("mx_domain", "Mail.com", "mail.com"),
        ("registrar", "Registros do Sul", "Registros do Sul"),
    ],
)
def test_a_value_is_written_as_enrichers_write_it(field: str, text: str, value: object) -> None:
    """So that it is compared with theirs."""
    told = as_told(field, FIELDS[field], text)

    assert (told, type(told)) == (value, type(value))


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("origin_ip", "127.0.0.1"),
        ("origin_ip", "fe80::1"),
        ("origin_ip", "100.64.0.1"),
        ("origin_ip", "224.0.0.1"),
        ("origin_ip", "193.29.187.400"),
        ("a", "2a00::1"),
        ("aaaa", "193.29.187.40"),
        ("registered", "2017-02-30"),
        ("registered", "2017"),
        ("page_similarity", "101"),
        ("page_similarity", "many"),
        ("page_similarity", "٣"),
        ("ns_domain", "not a name"),
        ("registrar", "two\nlines"),
        ("registrar", "x" * 301),
    ],
)
def test_what_is_no_value_of_the_field_is_refused(field: str, text: str) -> None:
    """A private address least of all: hunter would be asked to look at its own network."""
    with pytest.raises(NotTold):
        as_told(field, FIELDS[field], text)


@pytest.mark.parametrize(("field", "latest"), [("registered", 20170316), ("expires", 20991231)])
def test_nothing_has_happened_on_a_day_to_come(field: str, latest: int) -> None:
    """Tomorrow has begun somewhere on earth; what ends may end at any time."""
    today = date(2017, 3, 15)
    refuse_what_is_to_come(field, FIELDS[field], latest, today)
    refuse_what_is_to_come("registrar", FIELDS["registrar"], 20170317, today)
    with pytest.raises(NotTold, match="a day to come"):
        refuse_what_is_to_come("registered", FIELDS["registered"], 20170317, today)


def test_a_mailbox_and_a_server_tell_their_domains() -> None:
    """As far as they have one."""
    assert implied("registrant_email", "j@mail.com") == {"registrant_email_domain": "mail.com"}
    assert implied("ns", "ns1.monovm.com") == {"ns_domain": "monovm.com"}
    assert implied("ns", "fr") == {}
    assert implied("registrar", "OVH") == {}


@given(st.sampled_from(sorted(FIELDS)), st.text(max_size=40))
def test_whatever_is_typed_is_a_value_or_refused(field: str, text: str) -> None:
    """And nothing else happens."""
    with suppress(NotTold):
        assert as_told(field, FIELDS[field], text) is not None
