"""What somebody tells, as facts hold it."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunter import dossiers
from hunter.told import NotTold, as_told

FIELDS = dossiers.rule_fields()


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("origin_ip", " 193.29.187.40 ", "193.29.187.40"),
        ("origin_ip", "203.0.113.7", "203.0.113.7"),
        ("aaaa", "2A00:0:0::1", "2a00::1"),
        ("asn", "AS206349", 206349),
        ("registered", "20170315", 20170315),
        ("expires", "2018-03-15", 20180315),
        ("dedicated", "No", False),
        ("page_similarity", "87", 87),
        ("registrant_email", "JohnPinch@mail.com", "johnpinch@mail.com"),
        ("ns", "NS1.MonoVM.com.", "ns1.monovm.com"),
        ("mx", "mx.mail.com", "mx.mail.com"),
        ("mx_domain", "mail.com", "mail.com"),
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
        ("aaaa", "193.29.187.40"),
        ("registered", "2017-02-30"),
        ("registered", "2017"),
        ("page_similarity", "101"),
        ("page_similarity", "many"),
        ("ns_domain", "not a name"),
        ("registrar", "two\nlines"),
        ("registrar", "x" * 301),
    ],
)
def test_what_is_no_value_of_the_field_is_refused(field: str, text: str) -> None:
    """A private address least of all: hunter would be asked to look at its own network."""
    with pytest.raises(NotTold):
        as_told(field, FIELDS[field], text)


@given(st.sampled_from(sorted(FIELDS)), st.text(max_size=40))
def test_whatever_is_typed_is_a_value_or_refused(field: str, text: str) -> None:
    """And nothing else happens."""
    with suppress(NotTold):
        assert as_told(field, FIELDS[field], text) is not None
