"""URLs as they may be told."""

import pytest

from hunter.net.urls import shown


@pytest.mark.parametrize(
    "text",
    [
        "",
        "afnic-fr",
        "/lists/a?b=c@d",
        "https://x.fr/%Y%m%d.txt",
        "https://x.fr/a@b",
        "http://x.fr?",
    ],
)
def test_what_holds_no_secret_stays_as_it_is(text: str) -> None:
    """A path, a preset, a place."""
    assert shown(text) == text


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("https://me:pw@x.fr/a", "https://x.fr/a ("),
        ("https://pw@x.fr?a=pw&b=&pw#pw", "https://x.fr?a=...&b=&pw#pw ("),
        ("http://me:p@pw@x.fr/", "http://x.fr/ ("),
        ("wss://x.fr/?key=pw", "wss://x.fr/?key=... ("),
        ("HTTPS://me:pw@x.fr/a", "HTTPS://x.fr/a ("),
        (" Wss://pw@x.fr/", " Wss://x.fr/ ("),
        ("https://x.fr/a?b=pw=pw", "https://x.fr/a?b=... ("),
    ],
)
def test_a_login_and_values_are_left_out(text: str, start: str) -> None:
    """Any of them may be a secret."""
    assert shown(text).startswith(start)


def test_two_places_stay_two() -> None:
    """Each has reports of its own."""
    first, second = (f"https://x.fr/a?tld={one}" for one in ("fr", "com"))

    assert shown(first) != shown(second)
    assert shown(first) == shown(first)
