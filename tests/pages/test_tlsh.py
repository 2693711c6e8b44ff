"""Our TLSH against the digests of the reference code."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunter.pages.tlsh import digest, distance, similarity

LOGIN = b" ".join(
    b"<div>%d sign in to your account <input type=password> forgot %d" % (n, n * n)
    for n in range(40)
)
OTHER = b" ".join(b"<p>the %d quick brown foxes of Paris vote for nobody" % n for n in range(80))
LOGIN_DIGEST = "T1CC51090C7119C9C207A18C377F4A0E35B30CD03795CB366D8B79AE9CA571DA99F10647"
OTHER_DIGEST = "T18C917718B8750A47905A17C4D7DD28F3897EDEA822B86967EDEB26600C4365D84FC5CC"


def test_the_digest_is_the_reference_codes() -> None:
    """Made once with py-tlsh 5.0.0; the same test runs against it where it is installed."""
    assert str(digest(LOGIN)) == LOGIN_DIGEST
    assert str(digest(OTHER)) == OTHER_DIGEST


@given(st.binary(min_size=40, max_size=1500), st.integers(1, 9), st.integers(0, 1500))
def test_it_agrees_with_the_reference_code(noise: bytes, times: int, place: int) -> None:
    """Digest and distance of anything, where py-tlsh is at hand."""
    tlsh = pytest.importorskip("tlsh")
    one = noise * times
    other = one[:place] + b"something else" + one[place:]
    ours = digest(one), digest(other)
    theirs = tlsh.hash(one), tlsh.hash(other)
    assert ["TNULL" if mine is None else str(mine) for mine in ours] == list(theirs)
    if ours[0] and ours[1]:
        assert distance(ours[0], ours[1]) == tlsh.diff(*theirs)


def test_a_copy_is_alike_and_a_stranger_is_not() -> None:
    """A copied page with another text put in stays near; another page is at 0."""
    page, copy, other = digest(LOGIN), digest(LOGIN + b"<p>en marche !" * 3), digest(OTHER)
    assert page
    assert copy
    assert other
    assert similarity(page, page) == 100
    assert similarity(page, copy) > 60
    assert similarity(page, other) == 0


@pytest.mark.parametrize("data", [b"", b"short", b"x" * 5000, b"ab" * 5000, bytes(100)])
def test_too_little_has_no_digest(data: bytes) -> None:
    """What is short or all alike cannot be compared."""
    assert digest(data) is None
