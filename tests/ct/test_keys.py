"""The hash of a certificate's public key."""

import hashlib
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from hunter.ct.keys import key_hash
from tests.world.tls import own_certificate


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> x509.Certificate:
    """One of our own."""
    _, path = own_certificate(tmp_path_factory.mktemp("tls"))
    return x509.load_pem_x509_certificate(path.read_bytes())


def test_it_is_the_hash_that_others_compute(certificate: x509.Certificate) -> None:
    """RFC 7469's pin, in hexadecimal."""
    key = certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    assert key_hash(certificate.public_bytes(Encoding.DER)) == hashlib.sha256(key).hexdigest()


def test_a_precertificate_has_the_same_key(certificate: x509.Certificate) -> None:
    """Logs keep its TBSCertificate only."""
    whole = certificate.public_bytes(Encoding.DER)
    assert key_hash(certificate.tbs_certificate_bytes) == key_hash(whole)


def test_real_certificates_agree() -> None:
    """Those of the shared collection that `cryptography` reads and that end with no rubbish."""
    folder = Path(__file__).parents[3] / "shared" / "data" / "ct"
    seen = 0
    for path in sorted(folder.rglob("*.pem"))[:60]:
        try:
            read = x509.load_pem_x509_certificate(path.read_bytes())
            public = read.public_key()
        except Exception:  # noqa: BLE001 - what cryptography refuses is not compared
            continue
        key = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        assert len(key_hash(read.public_bytes(Encoding.DER))) == 64
        assert key_hash(read.tbs_certificate_bytes) == key_hash(read.public_bytes(Encoding.DER))
        seen += key_hash(read.public_bytes(Encoding.DER)) == hashlib.sha256(key).hexdigest()
    if not seen:
        pytest.skip("no certificates here")
    assert seen > 5


@pytest.mark.parametrize("content", [b"", b"\x30", b"\x30\x80", b"\x30\x84\xff\xff\xff\xff", b"x"])
def test_what_is_no_certificate_has_no_key(content: bytes) -> None:
    """Nothing is raised."""
    assert key_hash(content) == ""


@given(st.binary(max_size=40), st.integers(0, 400), st.integers(0, 255))
def test_no_damage_breaks_the_reader(
    certificate: x509.Certificate, noise: bytes, place: int, byte: int
) -> None:
    """A changed byte gives a hash or none."""
    der = bytearray(certificate.public_bytes(Encoding.DER))
    der[place % len(der)] = byte
    assert len(key_hash(bytes(der))) in (0, 64)
    assert len(key_hash(bytes(der[:place]) + noise)) in (0, 64)
