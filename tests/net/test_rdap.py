"""RDAP answers of every shape."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunter.net import rdap
from hunter.net.registration import WITHHELD, Holder
from tests.world.rdap import contact, registered

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=20,
)


def read(answer: object) -> Any:
    """The registration in an answer."""
    return rdap.read(json.dumps(answer).encode())


@pytest.mark.parametrize("first", [False, True])
def test_a_name_that_was_registered_again_is_as_old_as_that(*, first: bool) -> None:
    """RFC 9083, 10.2.3: the first time was for another. A date that is none hides no other."""
    events = [
        {"eventAction": "registration", "eventDate": "2009-01-02T00:00:00Z"},
        {"eventAction": "reregistration", "eventDate": "2017-04-12T09:30:00Z"},
        {"eventAction": "reregistration", "eventDate": "unknown"},
    ]
    found = read(registered("x.fr", events=events if first else events[::-1]))
    assert found.registered.isoformat() == "2017-04-12T09:30:00+00:00"


@pytest.mark.parametrize("jscard", [False, True])
def test_a_holder_is_read_from_either_card(jscard: bool) -> None:
    """jCard and JSCard say the same."""
    card = {
        "email": "JohnPinch@mail.com",
        "name": "John Pinch",
        "org": "Pinch Ltd",
        "country": "ru",
    }
    found = read(registered("x.fr", entities=[contact("registrant", jscard=jscard, **card)]))
    assert found.holder == Holder("johnpinch@mail.com", "John Pinch", "Pinch Ltd", "RU")


def test_the_rest_of_the_answer_is_read() -> None:
    """Dates, registrar, number, abuse mailbox, name servers, status."""
    found = read(registered("X.fr", ns=["NS1.MonoVM.com.", "not a name"]))
    assert found.domain == "x.fr"
    assert (found.registrar, found.registrar_iana_id) == ("Registrar SAS", 433)
    assert found.registered.isoformat() == "2017-04-12T09:30:00+00:00"
    assert (found.updated.year, found.updated.day, found.expires.year) == (2017, 13, 2030)
    assert found.abuse_email == "abuse@registrar.example"
    assert found.name_servers == ("ns1.monovm.com",)
    assert found.statuses == ("active",)
    assert found.holder is None


@pytest.mark.parametrize(
    "redacted",
    [
        {"name": {"description": "Registrant Email"}, "method": "removal"},
        {"name": {"type": "Registrant Name"}, "method": "emptyValue"},
    ],
)
def test_redaction_is_read_where_it_is_declared(redacted: dict[str, Any]) -> None:
    """RFC 9537, with and without an entity left for the holder."""
    bare = read(registered("x.fr", redacted=[redacted]))
    assert bare.holder == Holder(withheld=WITHHELD)
    empty = read(registered("x.fr", entities=[contact("registrant")], redacted=[redacted]))
    assert empty.holder == Holder(withheld=WITHHELD)


def test_redaction_of_other_contacts_says_nothing_of_the_holder() -> None:
    """Only the registrant's fields count."""
    holder = contact("registrant", email="a@b.fr")
    other = [{"name": {"description": "Tech Email"}}]
    assert read(registered("x.fr", entities=[holder], redacted=other)).holder == Holder("a@b.fr")


def test_redaction_is_read_from_remarks() -> None:
    """The practice before RFC 9537."""
    holder = contact("registrant", country="FR") | {"remarks": [{"title": "REDACTED FOR PRIVACY"}]}
    assert read(registered("x.fr", entities=[holder])).holder == Holder("", "", "", "FR", WITHHELD)


def test_a_contact_form_in_place_of_the_mailbox_is_no_mailbox() -> None:
    """RFC 9537's replacementValue puts a URL there."""
    form = contact("registrant", email="https://registrar.example/form")
    assert read(registered("x.fr", entities=[form])).holder == Holder()


def test_the_registrars_own_answer_is_where_the_link_says() -> None:
    """Only a link to RDAP counts."""
    links = [
        {"rel": "related", "type": "text/html", "href": "https://page.example/"},
        {"rel": "related", "type": "application/rdap+json", "href": "https://r.example/domain/x"},
    ]
    assert read(registered("x.fr", links=links)).further == "https://r.example/domain/x"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"[]",
        b"null",
        b'"domain"',
        b"{}",
        b'{"objectClassName": "entity"}',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"9" * 10_000,
        json.dumps({"errorCode": 404}).encode(),
    ],
)
def test_what_is_no_domain_object_is_none(body: bytes) -> None:
    """Nonsense, deep nesting and other objects."""
    assert rdap.read(body) is None


MEMBERS = ("ldhName", "entities", "events", "nameservers", "status", "links", "redacted")


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(MEMBERS, JSON)))
def test_members_of_any_shape_never_raise(members: dict[str, Any]) -> None:
    """Each member may be anything at all."""
    assert read({"objectClassName": "domain", **members}) is not None


@given(JSON, JSON, JSON)
def test_cards_of_any_shape_never_raise(jcard: Any, jscard: Any, line: Any) -> None:
    """Each card may be anything at all."""
    shapes = [{"vcardArray": jcard}, {"jscard": jscard}, {"vcardArray": ["vcard", [line]]}]
    for shape in shapes:
        for role in ("registrant", "registrar", "abuse"):
            entity = {"roles": [role], "publicIds": line, "remarks": jcard, **shape}
            assert read({"objectClassName": "domain", "entities": [entity]}) is not None


@given(st.text(max_size=600))
def test_text_in_any_field_is_printable_and_bounded(text: str) -> None:
    """Markup stays for whoever escapes it; controls and length do not."""
    entity = contact("registrant", name=text, org=text, country=text, email=text)
    seller = contact("registrar", name=text)
    found = read(registered("x.fr", entities=[entity]) | {"status": [text]})
    assert found is not None
    sold = read({"objectClassName": "domain", "entities": [seller], "status": [text]})
    shown = (found.holder.name, found.holder.org, *found.statuses, sold.registrar)
    assert all(value.isprintable() and len(value) <= 300 for value in shown)
