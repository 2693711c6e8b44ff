"""A page of entries: names by line, hashes, and one entry opened."""

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from hunter.ct.entries import Kind, page
from tests.world.ct import Logged, Merkle, certificate, logged, logged_precertificate

NAMES = (("a.example", "b.example"), (), ("c.example",), ("*.d.example", "e.example"))


def entry(names: tuple[str, ...], serial: int, issuer: str = "Test CA") -> Logged:
    found = certificate(names, serial, issuer=issuer)
    return logged(found.public_bytes(Encoding.DER), names, 1000 + serial)


LOGGED = [entry(names, serial) for serial, names in enumerate(NAMES, 1)]
PAGE = page(500, [b"\0" + one.leaf for one in LOGGED])


def test_names_are_lines_in_entry_order() -> None:
    """One block that a matcher scans in one go."""
    assert PAGE.names == b"a.example\nb.example\nc.example\n*.d.example\ne.example"


def test_a_line_leads_to_its_entry() -> None:
    """Entries without a name take no line."""
    assert [PAGE.entry_of_line(line) for line in range(5)] == [0, 0, 2, 3, 3]


def test_hashes_and_times_are_those_of_the_log() -> None:
    """The leaf hashes are what the tree is made of."""
    assert PAGE.leaf_hashes == b"".join(Merkle(one.leaf for one in LOGGED).hashes)
    assert PAGE.timestamps == (1001, 1002, 1003, 1004)
    assert len(PAGE) == 4


def test_an_entry_opens_with_its_place_in_the_log() -> None:
    """Its index counts from the page's first."""
    found = PAGE.entry(2)
    assert (found.index, found.timestamp, found.kind) == (502, 1003, Kind.CERTIFICATE)
    assert found.names == ("c.example",)
    assert (found.details.serial, found.details.issuer) == ("03", "Test CA")
    assert not found.malformed


def test_a_precertificate_and_its_certificate_have_one_identity() -> None:
    """Another serial or another issuer is another certificate."""
    final = certificate(("a.example",), 9)
    both = page(
        0,
        [
            b"\0" + logged(final.public_bytes(Encoding.DER), ("a.example",), 5).leaf,
            b"\0" + logged_precertificate(final, ("a.example",), 4).leaf,
            b"\0" + entry(("a.example",), 10).leaf,
            b"\0" + entry(("a.example",), 9, issuer="Other CA").leaf,
        ],
    )
    assert both.entry(1).kind is Kind.PRECERTIFICATE
    identities = [both.entry(at).identity for at in range(4)]
    assert identities[0] == identities[1]
    assert len(set(identities)) == 3


@pytest.mark.parametrize(
    "leaf",
    [
        b"",
        b"\0\0",
        b"\0\0" + bytes(8) + b"\x12\x34" + b"from\x00new-kind.example\x00",
        b"\0\1" + LOGGED[0].leaf[2:],
        b"\0\0" + bytes(8) + b"\0\0" + b"\xff\xff\xff" + b"too-long.example",
        b"\0\0" + bytes(8) + b"\0\0" + b"\0\0\x11" + b"no-der-at.example" + b"\0\0",
    ],
)
def test_an_entry_that_cannot_be_read_is_hashed_scanned_and_marked(leaf: bytes) -> None:
    """It neither shifts the others nor disappears."""
    found = page(10, [b"\0" + LOGGED[0].leaf, b"\0" + leaf, b"\0" + LOGGED[2].leaf])
    assert found.malformed == (11,)
    assert found.leaf_hashes == b"".join(Merkle([LOGGED[0].leaf, leaf, LOGGED[2].leaf]).hashes)
    shown = found.entry(1)
    assert shown.malformed
    assert shown.identity
    if b".example" in leaf:
        assert any(name.endswith(".example") for name in shown.names)
    assert found.entry(found.entry_of_line(found.names.count(b"\n"))).index == 12


def test_odd_names_leave_the_lines_in_step() -> None:
    """A name with a line feed is two names, of the same entry."""
    odd = LOGGED[0].leaf.replace(b"a.example", b"a\n.exampl")
    found = page(0, [b"\0" + odd, b"\0" + LOGGED[2].leaf])
    lines = found.names.split(b"\n")
    assert all(lines)
    assert found.entry_of_line(lines.index(b"c.example")) == 1
    assert found.entry_of_line(lines.index(b"b.example")) == 0


def test_a_page_of_nothing_has_no_names() -> None:
    """CA certificates only, or an empty page."""
    assert page(0, [b"\0" + LOGGED[1].leaf]).names == b""
    assert page(0, []).leaf_hashes == b""
