"""The rows of a notice's table that tell of lists and Tor exits, and how values are written."""

from dataclasses import replace

import pytest

from hunter.model import Value
from hunter.wording.catalogue import speaking
from hunter.wording.facts import rows
from hunter.wording.sentences import value_in_words
from tests.world.alerts import DOSSIER, alert


def told(**fields: Value | tuple[Value, ...]) -> dict[str, str]:
    """Label → values and note of the rows about a domain with these fields."""
    found = rows(alert(), replace(DOSSIER, fields=fields))
    return {row.label: f"{', '.join(row.values)} ({row.note})" for row in found}


def test_a_listed_address_is_told_with_list_and_day() -> None:
    """And with what a list does not say."""
    listing = "address 194.187.249.135 in Grizzly Steppe of 2016-12-29"
    row = told(ioc_listing=listing)["On a list of indicators"]

    assert row.startswith("address 194[.]187[.]249[.]135 in Grizzly Steppe of 2016-12-29")
    assert "does not say why" in row


def test_a_past_tor_exit_is_told_with_its_day() -> None:
    """One that is none now is not told as one."""
    found = told(tor_exit=False, tor_exit_last=20161012)

    assert found["Last seen as a Tor exit"].startswith("2016-10-12 (the address may")
    assert "Tor exit now" not in found
    assert told(tor_exit=True)["Tor exit now"].startswith("yes")


@pytest.mark.parametrize(("language", "told"), [("en", "0.99"), ("fr", "0,99")])
def test_a_fraction_is_written_as_the_language_does(language: str, told: str) -> None:
    """In evidence as in the table, which stand in one mail."""
    with speaking(language):
        assert value_in_words("confidence", 0.99) == told
