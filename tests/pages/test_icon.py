"""The icon hash that search engines of the internet use."""

import pytest

from hunter.pages.icon import icon_hash, murmur3


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", 0),
        (b"test", 0xBA6BD213),
        (b"Hello, world!", 0xC0363E43),
        (b"The quick brown fox jumps over the lazy dog", 0x2E4FF723),
    ],
)
def test_murmur3_is_as_published(data: bytes, found: int) -> None:
    """The well-known test vectors for seed 0."""
    assert murmur3(data) == found


def test_the_hash_is_signed_and_over_base64() -> None:
    """As `mmh3.hash(base64.encodebytes(icon))` has it."""
    assert icon_hash(b"") == 0
    assert icon_hash(b"\0" * 100) == murmur3(b"A" * 76 + b"\n" + b"A" * 58 + b"==\n") - (1 << 32)
