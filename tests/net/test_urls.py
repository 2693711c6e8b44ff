"""URLs as they are asked for, and as they may be told."""

import pytest

from hunter.errors import WillPass
from hunter.net.urls import parsed, shown

IDEOGRAPHS = "".join(map(chr, range(0x4E00, 0x9C00)))


@pytest.mark.parametrize(
    "text", [f"http://{IDEOGRAPHS}/", f"//a@{IDEOGRAPHS}:80", f"ws://{'x' * 254}"]
)
def test_an_overlong_host_is_refused_before_it_is_encoded(text: str) -> None:
    """A page's icon, or a redirect, may lead there; encoding it takes minutes of the whole loop."""
    with pytest.raises(WillPass, match="is not a URL"):
        parsed(text)


def test_a_long_login_and_path_are_no_long_host() -> None:
    """Only what is resolved is bounded by what DNS can hold."""
    url = parsed(f"http://me:{'p' * 300}@{'é' * 50}.fr/{'x' * 3000}")

    assert url.host == f"{'é' * 50}.fr"


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
