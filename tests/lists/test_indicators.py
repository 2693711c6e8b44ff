"""Indicators are recognised however they are written, and found by what they cover."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunter.lists.indicators import collected


@pytest.mark.parametrize(
    "text",
    [
        "mail-en-marche.fr",
        "Mail-En-Marche.FR.",
        " 'mail-en-marche[.]fr', ",
        "mail-en-marche(dot)fr",
        "hxxps://mail-en-marche[.]fr/login?next=x",
        "hxxp[:]//user:pw@mail-en-marche.fr:8080/",
        "//mail-en-marche.fr",
        "mail-en-marche.fr/owa/x.php",
        "mail-en-marche.fr/24",
        "mail-en-marche.fr:443",
        "*.mail-en-marche.fr",
        r"mail-en-marche\.fr",
    ],
)
def test_a_name_is_read_however_it_is_written(text: str) -> None:
    """Defanged, in a URL, with a port, with a wildcard."""
    assert list(collected([text]).under("mail-en-marche.fr")) == ["mail-en-marche.fr"]


def test_names_below_a_domain_are_found_and_neighbours_are_not() -> None:
    """Label by label: a name that merely ends alike is another's."""
    listed = collected(["a.x.fr", "b.a.x.fr", "notx.fr", "x.fr.evil.com", "x-y.fr", "ä.x.fr"])
    assert set(listed.under("x.fr")) == {"a.x.fr", "b.a.x.fr", "xn--4ca.x.fr"}
    assert list(listed.under("evil.com")) == ["x.fr.evil.com"]
    assert not listed.has_name("x.fr")
    assert listed.has_name("a.x.fr")


@pytest.mark.parametrize(
    ("text", "address", "found"),
    [
        ("194.187.249.135", "194.187.249.135", "194.187.249.135"),
        ("194[.]187[.]249[.]135:443", "194.187.249.135", "194.187.249.135"),
        ("http://194.187.249.135/x", "194.187.249.135", "194.187.249.135"),
        ("194.187.249.0/24", "194.187.249.135", "194.187.249.0/24"),
        ("194.187.249.135/24", "194.187.249.1", "194.187.249.0/24"),
        ("2A00:1450::/32", "2a00:1450:4007::1", "2a00:1450::/32"),
        ("2a00:1450::8.8.8.0/120", "2a00:1450::808:8ff", "2a00:1450::808:800/120"),
        ("2a00:1450::1", "2a00:1450::1", "2a00:1450::1"),
        ("hxxp://[2A00:1450::1]:8080/x", "2a00:1450::1", "2a00:1450::1"),
        ("[2a00:1450::1]:443", "2a00:1450::1", "2a00:1450::1"),
        ("[2a00:1450::1]", "2a00:1450::1", "2a00:1450::1"),
        ("2a00[:]1450[::]1", "2a00:1450::1", "2a00:1450::1"),
        ("194.187.249.135", "194.187.249.134", ""),
        ("194.187.249.135", "not an address", ""),
    ],
)
def test_addresses_are_found_alone_and_in_networks(text: str, address: str, found: str) -> None:
    """The answer is what stands on the list."""
    assert collected([text]).around(address) == found


def test_mailboxes_are_held_in_lower_case() -> None:
    """Defanged or not."""
    listed = collected(["JohnPinch@Mail.com", "x[@]y[.]z.fr", "a(at)b.fr", "@b.fr", "a@b"])
    assert listed.mailboxes == {"johnpinch@mail.com", "x@y.z.fr", "a@b.fr"}


@pytest.mark.parametrize(
    "text",
    ["", "localhost", "127.0.0.1", "10.0.0.0/8", "0.0.0.0/0", "::/0", "8.0.0.0/6", "a" * 9000,
     "5b920c6cd1d8de54463f07965b8c43f3", "/owa/auth.php", "no name", "x.1", "1.2.3", "<script>.fr"],
)  # fmt: skip
def test_what_is_no_indicator_is_left_out(text: str) -> None:
    """Hashes, paths, private addresses, and networks that hold a part of the world."""
    assert len(collected([text])) == 0


@given(st.lists(st.text(max_size=60) | st.from_regex(r"[a-z.@:/\[\]0-9]{0,30}", fullmatch=True)))
def test_no_text_breaks_the_reader(texts: list[str]) -> None:
    """What is held is in normal form, so that it can be found."""
    listed = collected(texts)
    for turned in listed.backwards:
        assert turned[::-1] in set(listed.under(turned[::-1]))
    assert all("@" in mailbox for mailbox in listed.mailboxes)
