"""Machines as configs name them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunter.net.guard import refusal, system_addresses
from hunter.net.host import host_and_port, is_host, lacks_zone


@pytest.mark.parametrize(
    "text",
    ["mail.example", "localhost", "mail.example.", "été.fr", "a_b.example", "10.0.0.1", "::1"],
)
def test_a_name_or_an_address_is_a_host(text: str) -> None:
    """Whatever kind it is of."""
    assert is_host(text)


@pytest.mark.parametrize(
    "text", ["", ".", "a..b", "*.a", " a", "a/b", "a:1", "[::1]", "1.2.3", "256.1.1.1", "a" * 64]
)
def test_anything_else_is_none(text: str) -> None:
    """Nothing would ever answer there."""
    assert not is_host(text)


def test_an_address_on_a_link_is_one_with_its_zone_alone() -> None:
    """Without it, it lies behind any interface; others have none."""
    assert is_host("fe80::1%eth0")
    assert [is_host(text) for text in ("fe80::1", "2001:db8::1%eth0", "fe80::1%", 'fe80::1%"')] == [
        False
    ] * 4
    assert [lacks_zone(text) for text in ("fe80::1", "2001:db8::1", "mail.example")] == [
        *(True, False, False)
    ]


async def test_the_zone_is_kept_on_the_way_to_a_connection() -> None:
    """Without it the kernel refuses to connect; the guard judges the address."""
    (found,) = await system_addresses("fe80::1%lo", 25)

    assert found == "fe80::1%1"
    assert refusal(found) == "link-local"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mail.example", ("mail.example", 25)),
        ("mail.example:587", ("mail.example", 587)),
        ("[2001:db8::1]:587", ("2001:db8::1", 587)),
        ("[fe80::1%eth0]", ("fe80::1%eth0", 25)),
    ],
)
def test_a_port_may_stand_behind_it(text: str, expected: tuple[str, int]) -> None:
    """The usual one is meant where none does."""
    assert host_and_port(text, 25) == expected


@pytest.mark.parametrize(
    "text", ["", ":25", "a:0", "a:65536", "a:x", "::1", "[a]:25", "[::1", "http://a", "a:25/"]
)
def test_what_is_neither_is_said(text: str) -> None:
    """With what was written."""
    with pytest.raises(ValueError, match="neither HOST nor HOST:PORT"):
        host_and_port(text, 25)


@given(st.text(max_size=80))
def test_any_text_is_a_place_or_a_value_error(text: str) -> None:
    """A registry may name anything as the registrar's server."""
    try:
        host, port = host_and_port(text, 43)
    except ValueError:
        return
    assert is_host(host)
    assert port in range(1, 65_536)
