"""What registries write, read into one shape."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunter.net import registration
from hunter.net.registration import BEHIND_SERVICE, WITHHELD, Holder, Registration

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2017-04-12T09:30:00Z", "2017-04-12T09:30:00+00:00"),
        ("2017-04-12T09:30:00.5Z", "2017-04-12T09:30:00.500000+00:00"),
        ("2017-04-12T01:30:00+02:00", "2017-04-11T23:30:00+00:00"),
        ("2017-04-12 09:30:00 UTC", "2017-04-12T09:30:00+00:00"),
        ("2017-04-12", "2017-04-12T00:00:00+00:00"),
        ("2017/04/12", "2017-04-12T00:00:00+00:00"),
        ("2017.04.12 10:00:00", "2017-04-12T10:00:00+00:00"),
        ("20170412", "2017-04-12T00:00:00+00:00"),
        ("12-Apr-2017", "2017-04-12T00:00:00+00:00"),
        ("12 April 2017", "2017-04-12T00:00:00+00:00"),
        ("12/04/2017", "2017-04-12T00:00:00+00:00"),
        ("12.04.2017", "2017-04-12T00:00:00+00:00"),
        ("2.1.2019 10:44:23", "2019-01-02T00:00:00+00:00"),
        ("12-04-2017", "2017-04-12T00:00:00+00:00"),
        ("2017-Apr-12.", "2017-04-12T00:00:00+00:00"),
        ("2017. 04. 12.", "2017-04-12T00:00:00+00:00"),
        ("20170412 #16789", "2017-04-12T00:00:00+00:00"),
        ("2017-04-12 10:00:00 CLST", "2017-04-12T00:00:00+00:00"),
        ("Wed Apr 12 2017", "2017-04-12T00:00:00+00:00"),
        ("Wed Apr 12 10:00:00 CEST 2017", "2017-04-12T00:00:00+00:00"),
        ("April 12, 2017", "2017-04-12T00:00:00+00:00"),
        ("April 31, 2017", None),
        ("before Aug-1996", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("0001-01-01T00:00:00Z", None),
        ("1970-01-01T00:00:00Z", None),
        ("1985-03-15T05:00:00Z", "1985-03-15T05:00:00+00:00"),
        ("", None),
    ],
)
def test_dates_are_read_as_registries_write_them(text: str, day: str | None) -> None:
    """In UTC; what is no date is none."""
    found = registration.moment(text)
    assert (found.isoformat() if found else None) == day


@given(st.text(max_size=60) | st.from_regex(r"[0-9TZ:.+/ -]{1,40}"))
def test_no_date_surprises(text: str) -> None:
    """Any text is a moment in UTC or none."""
    found = registration.moment(text)
    assert found is None or found.tzinfo is UTC


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("JohnPinch@Mail.com", "johnpinch@mail.com"),
        ("mailto:a@b.fr", "a@b.fr"),
        ("johnpinch@mail.com.", "johnpinch@mail.com"),
        ("johnpinch@mail\N{IDEOGRAPHIC FULL STOP}com", "johnpinch@mail.com"),
        ("jean@café.fr", "jean@xn--caf-dma.fr"),
        ("https://registrar.example/contact?d=x", ""),
        ("a@b", ""),
        ("a@b.fr, c@d.fr", ""),
        ("<a@b.fr>", ""),
        ("a@-_-..fr", ""),
        ("a\x00@b.fr", "a@b.fr"),
        ("", ""),
    ],
)
def test_only_a_mailbox_is_a_mailbox(text: str, address: str) -> None:
    """A contact form in its place is none."""
    assert registration.mailbox(text) == address


@pytest.mark.parametrize(
    "name",
    [
        "REDACTED FOR PRIVACY",
        "Data Protected",
        "Ano Nymous",
        "Restricted publication",
        "Not Disclosed",
        "GDPR Masked",
        "Private Person",
        "<data not disclosed>",
        "[PRIVATE]",
    ],
)
def test_a_masked_holder_is_withheld(name: str) -> None:
    """The mask itself is never taken for a name."""
    found = registration.holder("", name, "", "FR")
    assert found == Holder(country="FR", withheld=WITHHELD)


@pytest.mark.parametrize(
    "nothing",
    ["", "None", "N/A", "-", "null", "Unknown", "Not available", "(Natural Person)", "Individual"],
)
def test_nothing_written_out_is_nothing_and_no_redaction(nothing: str) -> None:
    """An organisation of "None" withholds nobody."""
    assert registration.holder("a@b.fr", "A", nothing, "FR") == Holder("a@b.fr", "A", "", "FR")


@pytest.mark.parametrize(
    ("email", "org"),
    [
        ("abc@whoisguard.com", "WhoisGuard, Inc."),
        ("x@withheldforprivacy.com", "Privacy service provided by Withheld for Privacy ehf"),
        ("x@domainsbyproxy.com", "Domains By Proxy, LLC"),
        ("x@1and1-private-registration.com", "1&1 Internet Inc."),
        ("7f3@contact.gandi.net", "Some One"),
        ("w9@o-w-o.info", "Some One"),
        ("whois+x.fr@njal.la", "1337 Services LLC"),
        ("x@fastmail.example", "1337 Services LLC"),
        ("x@fastmail.example", "c/o whoistrustee.com Limited"),
        ("x@fastmail.example", "Domain ID Shield Service CO., Limited"),
        ("x@fastmail.example", "Private by Design, LLC"),
    ],
)
def test_the_mailbox_of_a_privacy_service_is_not_the_holders(email: str, org: str) -> None:
    """Thousands of strangers share it: as a link between domains it would be false."""
    assert registration.holder(email, "", org, "IS") == Holder(withheld=BEHIND_SERVICE)


@pytest.mark.parametrize(
    "email", ["noemail@example.com", "none@none.invalid", "root@localhost", "x@mail.example.org"]
)
def test_a_mailbox_that_nobody_can_have_is_none(email: str) -> None:
    """Strangers who write the same into the form would be one registrant."""
    assert registration.holder(email, "A", "", "FR") == Holder("", "A", "", "FR")
    assert registration.holder("x@example.fr", "", "", "").email == "x@example.fr"


@pytest.mark.parametrize(
    "org",
    [
        "Privacy International",
        "Anonymous Coffee SARL",
        "Association Nationale",
        "None SAS",
        "Unknown Pleasures",
    ],
)
def test_an_organisation_with_such_a_word_in_its_name_stays(org: str) -> None:
    """The phrases are those of masks, not every word they hold."""
    assert registration.holder("a@b.fr", "", org, "fr") == Holder("a@b.fr", "", org, "FR")


def test_the_registrar_completes_what_the_registry_leaves_out() -> None:
    """The registry's own word stays."""
    registry = Registration("x.com", "Thin Inc", registered=NOW, further="https://r.example/")
    more = Registration("x.com", "Other", holder=Holder("a@b.fr"), abuse_email="abuse@r.example")
    both = registration.combined(registry, more)
    assert (both.registrar, both.registered) == ("Thin Inc", NOW)
    assert (both.holder, both.abuse_email) == (Holder("a@b.fr"), "abuse@r.example")


def test_a_withheld_mailbox_gives_way_to_one_that_is_shown() -> None:
    """And not the other way round."""
    hidden, shown = Holder(withheld=WITHHELD), Holder("a@b.fr")
    one, other = Registration(holder=hidden), Registration(holder=shown)
    assert registration.combined(one, other).holder == shown
    assert registration.combined(other, one).holder == shown


def _told(found: Registration) -> dict[str, object]:
    facts = registration.facts_of(found, "x.fr", "rdap", NOW)
    return {fact.field: fact.value if fact.value is not None else fact.unknown for fact in facts}


def test_a_withheld_holder_is_a_fact_and_its_fields_are_unknown() -> None:
    """Redaction is known; who it is cannot be found out."""
    told = _told(Registration(holder=Holder(country="FR", withheld=WITHHELD)))
    assert told["registrant_redacted"] is True
    assert told["registrant_country"] == "FR"
    assert told["registrant_email"] == told["registrant_name"] == WITHHELD


def test_a_holder_whose_mailbox_is_shown_is_not_withheld() -> None:
    """An answer may declare that an id or a number is left out; what is, stays unknown."""
    told = _told(Registration(holder=Holder("a@b.fr", withheld=WITHHELD)))
    assert (told["registrant_redacted"], told["registrant_email"]) == (False, "a@b.fr")
    assert told["registrant_name"] == WITHHELD


def test_a_missing_holder_is_unknown_in_every_field() -> None:
    """Whether anything is withheld cannot be told either."""
    told = _told(Registration(doubt="nobody at home"))
    assert told["registrant_redacted"] == told["registrant_email"] == "nobody at home"


def test_days_are_numbers_and_moments_are_iso() -> None:
    """As the rules compare them."""
    told = _told(Registration(registered=datetime(2017, 4, 12, 9, 30, tzinfo=UTC)))
    assert told["registered"] == 20170412
    assert told["registered_at"] == "2017-04-12T09:30:00+00:00"


@pytest.mark.parametrize("year", [2040, 9999])
def test_a_registration_on_a_day_to_come_is_no_date(year: int) -> None:
    """It would be "registered in the last 30 days" for years; that it ends then may well be."""
    then = datetime(year, 12, 31, tzinfo=UTC)
    told = _told(Registration(registered=then, updated=then, expires=then))
    for field in ("registered", "registered_at", "updated"):
        assert told[field] == registration.SILENT
    assert told["expires"] == year * 10_000 + 1231


def test_a_clock_that_is_a_little_behind_takes_no_date_away() -> None:
    """What was registered in this hour is the most interesting of all."""
    told = _told(Registration(registered=NOW + timedelta(hours=2)))
    assert told["registered"] == 20261122


def test_a_host_under_a_platform_is_told_apart() -> None:
    """Its registration is the platform's."""
    assert "pages.dev" in registration.platform("en-marche.pages.dev")
    assert registration.platform("en-marche.co.uk") == ""
