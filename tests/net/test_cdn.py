"""Prefixes of content delivery networks in the dress in which each publishes them."""

import json
from ipaddress import ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunter.net import cdn

FASTLY = {"addresses": ["23.235.32.0/20"], "ipv6_addresses": ["2a04:4e40::/32"]}
AMAZON = {
    "syncToken": "1",
    "prefixes": [
        {"ip_prefix": "13.32.0.0/15", "service": "CLOUDFRONT"},
        {"ip_prefix": "3.5.140.0/22", "service": "EC2"},
    ],
    "ipv6_prefixes": [{"ipv6_prefix": "2600:9000::/28", "service": "CLOUDFRONT"}],
}


@pytest.mark.parametrize(
    ("content", "networks"),
    [
        (b"173.245.48.0/20\r\n\n2400:cb00::/32\n", ["173.245.48.0/20", "2400:cb00::/32"]),
        (json.dumps(FASTLY).encode(), ["23.235.32.0/20", "2a04:4e40::/32"]),
        (json.dumps(AMAZON).encode(), ["13.32.0.0/15", "2600:9000::/28"]),
    ],
)
def test_each_dress_is_read(content: bytes, networks: list[str]) -> None:
    """Lines, and JSON with the networks anywhere; other services of Amazon do not count."""
    assert cdn.read(content) == tuple(map(ip_network, networks))


@pytest.mark.parametrize("content", [b"", b"<html>no</html>", b"0.0.0.0/0", b"{}", b"[" * 9999])
def test_what_holds_no_network_is_refused(content: bytes) -> None:
    """An error page does not empty a list, nor does one line take in the whole web."""
    with pytest.raises(ValueError, match=r".+"):
        cdn.read(content)


def test_the_shipped_list_knows_the_networks_and_its_day() -> None:
    """By prefix, by number, or not at all."""
    known = cdn.shipped()
    found = cdn.which(known, ip_address("104.16.1.1"), 0)
    assert found
    assert (found.name, found.dated >= 20261122) == ("Cloudflare", True)
    by_number = cdn.which(known, ip_address("192.0.2.1"), 20940)
    assert by_number
    assert by_number.name == "Akamai"
    assert cdn.which(known, ip_address("193.29.187.40"), 0) is None


@given(st.binary(max_size=100), st.sampled_from([b"", b"{", b'{"a":[', b"["]))
def test_no_bytes_break_the_reader(noise: bytes, head: bytes) -> None:
    """It gives networks or says that there are none."""
    try:
        assert cdn.read(head + noise)
    except ValueError:
        return
