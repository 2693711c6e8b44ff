"""WHOIS answers of every shape."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunter.net import whois_text
from hunter.net.registration import WITHHELD, Holder

AFNIC = """%%
%% This is the AFNIC Whois server.
%%

domain:                        mail-en-marche.fr
status:                        ACTIVE
eppstatus:                     active
hold:                          NO
holder-c:                      JP123-FRNIC
admin-c:                       JP999-FRNIC
registrar:                     OVH
Expiry Date:                   2018-03-20T10:00:00Z
created:                       2017-03-20T10:00:00Z
last-update:                   2017-03-21T10:00:00Z
source:                        FRNIC

nserver:                       ns1.monovm.com
nserver:                       ns2.monovm.com [80.82.69.134]
source:                        FRNIC

registrar:                     OVH
address:                       2 Rue Kellermann
country:                       FR
e-mail:                        support@ovh.net
anonymous:                     No
registered:                    1999-10-18T00:00:00Z
source:                        FRNIC

nic-hdl:                       JP999-FRNIC
type:                          PERSON
contact:                       Somebody Else
country:                       FR
e-mail:                        else@example.fr
anonymous:                     NO

nic-hdl:                       JP123-FRNIC
type:                          {type}
contact:                       {contact}
country:                       RU
e-mail:                        {email}
anonymous:                     {anonymous}
"""

ICANN = """   Domain Name: EN-MARCHE.CO
   Registry Domain ID: D1-CO
   Registrar WHOIS Server: whois.registrar.example
   Updated Date: 2017-04-13T10:00:00Z
   Creation Date: 2017-04-12T09:30:00Z
   Registry Expiry Date: 2018-04-12T23:59:59Z
   Registrar: PDR Ltd.
   Registrar IANA ID: 303
   Registrar Abuse Contact Email: abuse@pdr.example
   Domain Status: clientTransferProhibited https://icann.org/epp#clientTransferProhibited
   Registrant Name: Amaro Carrion
   Registrant Organization: None
   Registrant Country: ES
   Registrant Email: amarocarrion@mail.com
   Name Server: NS1.MONOVM.COM
   Name Server: NS2.MONOVM.COM
>>> Last update of WHOIS database: 2026-01-01T00:00:00Z <<<
"""

NOMINET = """
    Domain name:
        example.co.uk

    Registrar:
        Some Registrar Ltd [Tag = SOME]
        URL: http://www.some.example

    Relevant dates:
        Registered on: 12-Apr-2017
        Expiry date:  12-Apr-2027

    Name servers:
        ns1.some.example  192.0.2.1
        ns2.some.example
"""


def _afnic(**blanks: str) -> str:
    given_by = {"type": "PERSON", "contact": "John Pinch", "email": "johnpinch@mail.com"}
    return AFNIC.format(**{**given_by, "anonymous": "NO", **blanks})


def test_afnics_holder_is_joined_by_its_handle() -> None:
    """holder-c → nic-hdl → e-mail, and not the first mailbox in the text."""
    found = whois_text.read(_afnic())
    assert found is not None
    assert found.holder == Holder("johnpinch@mail.com", "John Pinch", "", "RU")
    assert (found.domain, found.registrar) == ("mail-en-marche.fr", "OVH")
    assert found.registered is not None
    assert found.registered.isoformat() == "2017-03-20T10:00:00+00:00"
    assert found.name_servers == ("ns1.monovm.com", "ns2.monovm.com")


def test_afnics_organisation_is_an_organisation() -> None:
    """The block's type says what the contact is."""
    found = whois_text.read(_afnic(type="ORGANIZATION", contact="Pinch SARL"))
    assert found is not None
    assert found.holder == Holder("johnpinch@mail.com", "", "Pinch SARL", "RU")


@pytest.mark.parametrize(
    "blanks",
    [
        {"contact": "Ano Nymous", "email": "", "anonymous": "YES"},
        {"contact": "", "email": "", "anonymous": "YES"},
        {"contact": "", "email": "", "anonymous": "NO\nremarks: restricted publication"},
    ],
)
def test_afnics_anonymous_holder_is_withheld(blanks: dict[str, str]) -> None:
    """The default for natural persons."""
    found = whois_text.read(_afnic(**blanks))
    assert found is not None
    assert found.holder == Holder("", "", "", "RU", WITHHELD)


def test_a_handle_without_its_block_is_no_holder() -> None:
    """An answer cut short."""
    found = whois_text.read(_afnic().partition("nic-hdl:                       JP123")[0])
    assert found is not None
    assert found.holder is None


def test_icanns_lines_are_read() -> None:
    """Dates, registrar and its server, holder, status without its address."""
    found = whois_text.read(ICANN)
    assert found is not None
    assert found.domain == "en-marche.co"
    assert (found.registrar, found.registrar_iana_id) == ("PDR Ltd.", 303)
    assert found.holder == Holder("amarocarrion@mail.com", "Amaro Carrion", "", "ES")
    assert found.statuses == ("clientTransferProhibited",)
    assert found.name_servers == ("ns1.monovm.com", "ns2.monovm.com")
    assert (found.abuse_email, found.further) == ("abuse@pdr.example", "whois.registrar.example")
    assert found.updated is not None
    assert found.updated.day == 13


def test_headings_with_the_value_below_are_read() -> None:
    """As Nominet prints them."""
    found = whois_text.read(NOMINET)
    assert found is not None
    assert found.domain == "example.co.uk"
    assert found.registrar == "Some Registrar Ltd [Tag = SOME]"
    assert found.registered is not None
    assert (found.registered.year, found.registered.month) == (2017, 4)
    assert found.name_servers == ("ns1.some.example", "ns2.some.example")


@pytest.mark.parametrize(
    "text",
    [
        "%% NOT FOUND\n",
        'No match for "X.COM".\n>>> Last update',
        "Domain not found.",
        "Domain: x.de\nStatus: free\n",
        "Domain:\tx.be\nStatus:\tAVAILABLE\n",
        "No entries found for the selected source(s).",
        "NO OBJECT FOUND!",
        "The queried object does not exist: previous registration",
        "The domain has not been registered.",
        "We do not have an entry in our database matching your query.",
        "No_Se_Encontro_El_Objeto/Object_Not_Found",
        "Domain name [en-marche.my] does not exist in database",
        "El dominio no se encuentra registrado en NIC Argentina",
        "% No data was found to match the request criteria.",
        "No Found",
        "% This query returned 0 objects.",
    ],
)
def test_absence_is_recognised(text: str) -> None:
    """In the words of several registries."""
    assert whois_text.read(text) is None
    assert whois_text.says_absent(text)


@pytest.mark.parametrize(
    "text",
    [
        "WHOIS LIMIT EXCEEDED - SEE WWW.PIR.ORG",
        "%% Too many requests...",
        "Query quota exhausted",
        "-2: Excessive querying, grace period of 30 seconds.",
        "-1: Still in grace period, wait 12 seconds.",
        "% WHOIS en-marche.lu\n%% Maximum query rate reached",
        "Queried interval is too short.",
        "Your access is too fast,please try again.",
        "Please maintain at least 10-second time before starting another enquiry.",
    ],
)
def test_a_refusal_is_neither_absence_nor_an_answer(text: str) -> None:
    """It will pass."""
    assert whois_text.read(text) is None
    assert whois_text.says_no(text)
    assert not whois_text.says_absent(text)


@pytest.mark.parametrize(
    ("text", "server"),
    [
        ("% IANA WHOIS server\n\nrefer:        whois.nic.fr\n\ndomain: FR\n", "whois.nic.fr"),
        ("domain: X\nwhois: whois.nic.x\n", "whois.nic.x"),
        ("refer: https://whois.nic.x/path\n", "whois.nic.x"),
        ("domain: AN\nstatus: ACTIVE\n", ""),
        ("refer: <script>\n", ""),
    ],
)
def test_ianas_referral_is_read(text: str, server: str) -> None:
    """A host name or nothing."""
    assert whois_text.referral(text) == server


LINES = st.lists(
    st.tuples(
        st.sampled_from(["domain", "holder-c", "nic-hdl", "e-mail", "Registrant Email", "created"]),
        st.sampled_from([": ", ":", "", "\n", "::"]),
        st.text(max_size=40),
    ).map("".join)
)


@given(st.text() | LINES.map("\n".join))
def test_no_text_surprises(text: str) -> None:
    """Any text is a registration with clean fields, or none."""
    found = whois_text.read(text)
    whois_text.referral(text)
    if found is not None:
        assert found.domain
        assert found.registrar.isprintable()


def test_a_long_line_and_many_lines_are_bounded() -> None:
    """The size of an answer decides nothing."""
    found = whois_text.read("domain: x.fr\nregistrar: " + "r" * 100_000 + "\nstatus: a\n" * 100_000)
    assert found is not None
    assert len(found.registrar) == 300
    assert found.statuses == ("a",)


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("Registration data of this domain is available at https://whois.example/", False),
        ("This service is available only on the web.", False),
        ("The domain x.fr is available.", True),
        ("x.fr is available for registration", True),
        ("Domain x.fr is free", True),
    ],
)
def test_what_can_be_had_elsewhere_is_not_absent(text: str, absent: bool) -> None:
    """A server that only points to the web says nothing of the name."""
    assert whois_text.says_absent(text) is absent


@pytest.mark.parametrize(
    "text",
    [
        "domain.............: x.fi\ncreated............: 12.4.2017 10:44:23\n",
        "** Domain Name: x.com.tr\n\n** Additional Info:\nCreated on..............: 2017-Apr-12.\n",
        "query : x.kr\n\nDomain Name       : x.kr\nRegistered Date   : 2017. 04. 12.\n",
        "Domain Name: x.hk\nDomain Name Commencement Date: 12-04-2017\n",
    ],
)
def test_the_day_is_found_under_whatever_name_a_registry_gives_it(text: str) -> None:
    """Finland and Turkey draw lines of dots, Turkey puts asterisks before what is told."""
    found = whois_text.read(text)

    assert found is not None
    assert (found.domain[:2], found.registered) == ("x.", datetime(2017, 4, 12, tzinfo=UTC))
