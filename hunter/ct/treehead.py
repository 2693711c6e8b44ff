"""What a log signs: its size and root hash at a time (RFC 6962 3.5 and 2.1.4)."""

from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import load_der_public_key

from hunter.errors import WillPass

_SHA256, _RSA, _ECDSA = 4, 1, 3
_ROOT_BYTES = 32
_MOST_LEAVES = 1 << 63


class BadTreeHead(ValueError):
    """A tree head that does not parse or is not signed by the log."""


class NoTreeHead(WillPass):
    """An answer that is none at all, such as the page of a proxy: nobody claims anything in it."""


@dataclass(frozen=True, slots=True)
class TreeHead:
    """A log's size (entries), root hash (32 bytes) and the time it claims (milliseconds, UTC)."""

    size: int
    root: bytes
    timestamp: int

    @property
    def time(self) -> datetime:
        """The claimed time; the epoch when it is beyond what a date can hold."""
        try:
            return datetime.fromtimestamp(self.timestamp / 1000, UTC)
        except (OverflowError, ValueError, OSError):
            return datetime.fromtimestamp(0, UTC)


def signed_bytes(head: TreeHead) -> bytes:
    """The TreeHeadSignature input: version 1, type tree_hash, time, size, root."""
    return (
        b"\x00\x01" + head.timestamp.to_bytes(8, "big") + head.size.to_bytes(8, "big") + head.root
    )


def check_signature(head: TreeHead, digitally_signed: bytes, key: bytes) -> None:
    """Raise BadTreeHead unless `key` (DER SubjectPublicKeyInfo) signed `head`.

    `digitally_signed` is TLS's: hash algorithm, signature algorithm, u16 length, signature.
    """
    algorithm, length = digitally_signed[:2], int.from_bytes(digitally_signed[2:4], "big")
    signature = digitally_signed[4:]
    if len(head.root) != _ROOT_BYTES or not 0 <= head.size < _MOST_LEAVES:
        raise BadTreeHead("no possible tree size or root hash")
    if not 0 <= head.timestamp < 1 << 64 or len(digitally_signed) < 4 or len(signature) != length:  # noqa: PLR2004 — RFC 5246 4.7
        raise BadTreeHead("no possible timestamp or signature")
    try:
        _verify(key, algorithm, signature, signed_bytes(head))
    except (InvalidSignature, UnsupportedAlgorithm, ValueError) as error:
        raise BadTreeHead("not signed by the log's key") from error


def _verify(key: bytes, algorithm: bytes, signature: bytes, message: bytes) -> None:
    public = load_der_public_key(key)
    if isinstance(public, ec.EllipticCurvePublicKey) and algorithm == bytes((_SHA256, _ECDSA)):
        public.verify(signature, message, ec.ECDSA(hashes.SHA256()))
    elif isinstance(public, rsa.RSAPublicKey) and algorithm == bytes((_SHA256, _RSA)):
        public.verify(signature, message, padding.PKCS1v15(), hashes.SHA256())
    else:
        raise ValueError("signature algorithm does not fit the key")
