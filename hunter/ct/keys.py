"""The public key of a certificate: the one thing that two certificates of one server may share.

Sources: X.690 (DER), RFC 5280 4.1 (TBSCertificate), RFC 7469 2.4 (the hash of a key's SPKI).
"""

import hashlib

_SEQUENCE, _INTEGER, _VERSION = 0x30, 0x02, 0xA0
_BEFORE_KEY = 5
"""Serial, algorithm, issuer, validity and subject stand before the key."""


def key_hash(certificate: bytes) -> str:
    """SHA-256 of the SubjectPublicKeyInfo in hexadecimal; empty when the bytes are no certificate.

    A bare TBSCertificate, as logs keep of a precertificate, has one too. Never raises.
    """
    try:
        start, end = _key(certificate)
    except IndexError:
        return ""
    return hashlib.sha256(certificate[start:end]).hexdigest()


def _key(data: bytes) -> tuple[int, int]:
    """Where the key stands, tag included."""
    position, stop = _element(data, 0, _SEQUENCE)
    if data[position] == _SEQUENCE:
        position, stop = _element(data, position, _SEQUENCE)
    if data[position] == _VERSION:
        _, position = _element(data, position, _VERSION)
    for tag in (_INTEGER, *[_SEQUENCE] * (_BEFORE_KEY - 1)):
        _, position = _element(data, position, tag)
    _, end = _element(data, position, _SEQUENCE)
    if end > stop:
        raise IndexError(position)
    return position, end


def _element(data: bytes, position: int, tag: int) -> tuple[int, int]:
    """Start and end of the content; IndexError when another element stands there."""
    if data[position] != tag:
        raise IndexError(position)
    length = data[position + 1]
    start = position + 2
    if length >= 128:  # noqa: PLR2004 - X.690 8.1.3.5: the long form
        size = length & 127
        start, length = start + size, int.from_bytes(data[start : start + size], "big")
    if start + length > len(data):
        raise IndexError(position)
    return start, start + length
