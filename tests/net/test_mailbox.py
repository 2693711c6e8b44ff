"""What a mail address looks like that mail servers take."""

import pytest

from hunter.net.mailbox import in_ascii, is_address


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("it@société.fr", ": write it@xn--socit-esab.fr"),
        ("é@société.fr", ""),
        ("it@société..fr", ""),
        ("société.fr", ""),
        ("it@x.fr", ""),
    ],
)
def test_accents_in_a_domain_are_shown_as_they_must_be_written(address: str, shown: str) -> None:
    """Where nothing else is wrong with the address."""
    assert in_ascii(address) == shown


@pytest.mark.parametrize(
    ("text", "is_one"), [("it+x@x.fr", True), ("it@x.fr\n", False), ("x.fr", False), ("", False)]
)
def test_an_address_has_one_line_and_a_domain(text: str, is_one: bool) -> None:
    """It stands in an SMTP command as it is."""
    assert is_address(text) is is_one
