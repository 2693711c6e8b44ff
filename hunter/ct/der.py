"""Names straight from DER: SAN dNSName and subject CN, of certificates and of bare TBSCertificates.

Sources: X.690 (DER), RFC 5280 4.1 and 4.2.1.6, RFC 6962 3.2 (a precertificate entry holds a TBS).
One pass over the bytes answers for nearly all certificates; what it cannot vouch for goes to
`cryptography`, and what that refuses is searched for name-like strings and counted as malformed.
"""

import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import takewhile

from cryptography import x509
from cryptography.x509.oid import NameOID

_SAN = b"\x06\x03\x55\x1d\x11"
_CN = b"\x06\x03\x55\x04\x03"
_ORGANISATION = b"\x06\x03\x55\x04\x0a"

_BOOLEAN, _INTEGER, _OCTETS, _SEQUENCE, _VERSION, _DNS_NAME = 0x01, 0x02, 0x04, 0x30, 0xA0, 0x82
_UTC_TIME = 0x17
_ENCODINGS = {0x14: "latin-1", 0x1E: "utf-16-be", 0x1C: "utf-32-be"}

PLAIN = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_*"
"""The bytes of an everyday name."""

_ODD = frozenset("!#$%&*+=?[]^`{}~")
_BETWEEN_NAMES = re.compile(r"[\x00-\x20\x7f-\xa0/:@,;()<>\"'\\|\u2028\u2029]+")
_NAME_RUN = re.compile(rb"[A-Za-z0-9_*.-]{4,}")
# Tried at the start of a run only, so that no run takes more than linear time.
_NAME_LIKE = re.compile(rb"[A-Za-z0-9_*.-]*\.[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z]")
_LONGEST_NAME = 253
_MOST_SCANNED = 1000

# `cryptography` reads whole certificates only: a TBS is given an algorithm and an empty signature.
_UNSIGNED = bytes.fromhex("300d06092a864886f70d01010b0500030100")
_REFUSALS = (
    ValueError,
    x509.InvalidVersion,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
)


@dataclass(frozen=True, slots=True)
class Details:
    """What a certificate says of itself beside its names; what it does not say is empty or None."""

    serial: str = ""
    """Hexadecimal, as in the DER: `03ab…`."""
    issuer: str = ""
    """The issuer's common name, or else its organisation."""
    issuer_organisation: str = ""
    issuer_der: bytes = b""
    """The issuer's whole distinguished name: with the serial it identifies a certificate."""
    not_before: datetime | None = None
    not_after: datetime | None = None


def names(data: bytes, start: int = 0, end: int | None = None) -> tuple[list[bytes], bool]:
    """The names of the certificate or TBS in `data[start:end]`, and whether it is malformed.

    Never raises. SAN order first, then the common names that look like names and are not yet there.
    """
    stop = len(data) if end is None else end
    found, malformed = raw_names(data, start, stop)
    return clean(found), malformed


def raw_names(data: bytes, start: int, end: int) -> tuple[list[bytes], bool]:
    """As `names`, but bytes as they stand in the certificate: they may hold anything."""
    try:
        found = _quick(data, start, end)
    except IndexError:
        found = None
    return (found, False) if found is not None else _slow(data[start:end])


def clean(found: Iterable[bytes]) -> list[bytes]:
    """Names without control characters, blanks and URL parts; UTF-8, else read as Latin-1.

    `paypal.com<NUL>.evil.example` gives both readings: cut at the NUL, and without it. Of
    `f*.evil.example` what is certain is given too: `evil.example`.
    """
    names_: list[bytes] = []
    odd: set[bytes] = set()
    for raw in found:
        if raw and not raw.translate(None, PLAIN):
            names_ += [raw, *_below_odd_label(raw.decode())]
        else:
            new = [name for name in _cleaned(raw) if name not in odd]
            names_ += new
            odd.update(new)
    return names_


def is_everyday(lines: bytes, count: int) -> bool:
    """Whether that many names, one a line, are all such as need no cleaning."""
    if lines.translate(None, PLAIN) != b"\n" * (count - 1):
        return False
    wildcards = lines.count(b"\n*.") + lines.startswith(b"*.")
    return lines.count(b"*") == wildcards and b".." not in lines


def _cleaned(raw: bytes) -> Iterator[bytes]:
    text = _text(raw)
    if "\0" in text:
        yield from _cleaned(text.replace("\0", "").encode())
    for part in _BETWEEN_NAMES.split(text):
        if "." in part.strip("."):
            yield part.encode()
            yield from _below_odd_label(part)


def _below_odd_label(name: str) -> Iterator[bytes]:
    """The registered part of a name that as a whole cannot be one: a redaction, an empty label."""
    labels = name.removeprefix("*.").rstrip(".").split(".")
    below = list(takewhile(lambda label: label and _ODD.isdisjoint(label), reversed(labels)))
    if 1 < len(below) < len(labels):
        yield ".".join(reversed(below)).encode()


def _text(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _quick(data: bytes, start: int, end: int) -> list[bytes] | None:
    """The names, if one pass can vouch for them; None or IndexError when it cannot."""
    at = data.find(_SAN, start, end)
    # A second occurrence may be a forgery inside another field; only a full parse can tell.
    if at < 0 or data.find(_SAN, at + 5, end) >= 0:
        return None
    found = _alternative_names(data, at, end)
    subject = _subject(data, start, end)
    if found is None or subject is None:
        return None
    for name in _values(data, *subject, _CN):
        if name not in found and is_namelike(name):
            found.append(name)
    return found


def is_namelike(name: bytes) -> bool:
    """Whether a common name can be meant as a DNS name; most others name a person or a firm."""
    return b"." in name and b" " not in name.strip()


def _alternative_names(data: bytes, at: int, end: int) -> list[bytes] | None:
    """The dNSNames of the SAN extension whose OID stands at `at`; None if its lengths disagree."""
    octets = at + 8 if data[at + 5] == _BOOLEAN else at + 5
    if data[octets] != _OCTETS:
        return None
    sequence, stop = _content(data, octets)
    if stop > end or data[sequence] != _SEQUENCE:
        return None
    position, last = _content(data, sequence)
    return _dns_names(data, position, stop) if last == stop else None


def _dns_names(data: bytes, position: int, stop: int) -> list[bytes] | None:
    found = []
    while position < stop:
        length = data[position + 1]
        content = position + 2
        if length > 127:  # noqa: PLR2004 — X.690 8.1.3.4: the long form
            content, after = _content(data, position)
        else:
            after = content + length
        if data[position] == _DNS_NAME:
            found.append(data[content:after])
        position = after
    return found if position == stop else None


def _content(data: bytes, position: int) -> tuple[int, int]:
    """Start and end of the content of the element at `position`; IndexError if it has no length."""
    length = data[position + 1]
    start = position + 2
    if length < 128:  # noqa: PLR2004 — X.690 8.1.3.4: the short form
        return start, start + length
    size = length & 127
    if not 0 < size <= 4 or start + size > len(data):  # noqa: PLR2004 — nothing here exceeds 4 GB
        raise IndexError(position)
    return start + size, start + size + int.from_bytes(data[start : start + size], "big")


def _subject(data: bytes, start: int, end: int) -> tuple[int, int] | None:
    """Where the subject's content lies, if all before it is laid out as a certificate should be."""
    fields = _fields(data, start, end)
    return _content(data, fields[4]) if fields and data[fields[4]] == _SEQUENCE else None


def _fields(data: bytes, start: int, end: int) -> tuple[int, int, int, int, int] | None:
    """Where serial, algorithm, issuer, validity and subject begin; None for another layout."""
    position, stop = _content(data, start)
    if data[start] != _SEQUENCE or stop != end:
        return None
    if data[position] == _SEQUENCE:
        position, stop = _content(data, position)
    if data[position] == _VERSION:
        position = _content(data, position)[1]
    if data[position] != _INTEGER:
        return None
    algorithm = _after(data, position)
    issuer = _after(data, algorithm)
    validity = _after(data, issuer)
    subject = _after(data, validity)
    return (position, algorithm, issuer, validity, subject) if subject < stop <= end else None


def _after(data: bytes, position: int) -> int:
    """Where the element behind the one at `position` begins."""
    length = data[position + 1]
    return position + 2 + length if length < 128 else _content(data, position)[1]  # noqa: PLR2004


def _values(data: bytes, start: int, end: int, oid: bytes) -> Iterator[bytes]:
    """The values of one attribute in a distinguished name, as UTF-8 or as they are."""
    at = data.find(oid, start, end)
    while at >= 0:
        value, stop = _content(data, at + 5)
        encoding = _ENCODINGS.get(data[at + 5])
        raw = data[value : min(stop, end)]
        yield raw.decode(encoding, "replace").encode() if encoding else raw
        at = data.find(oid, value, end)


def _slow(der: bytes) -> tuple[list[bytes], bool]:
    certificate = _load(der)
    found = None if certificate is None else _parsed_names(certificate)
    return (_scanned(der), True) if found is None else (found, False)


def _load(der: bytes) -> x509.Certificate | None:
    try:
        with warnings.catch_warnings(action="ignore"):
            return x509.load_der_x509_certificate(_whole(der))
    except (*_REFUSALS, IndexError):
        return None


def _whole(der: bytes) -> bytes:
    """The certificate itself; a TBS dressed as one."""
    inner = der[_content(der, 0)[0]]
    return der if inner == _SEQUENCE else _sequence(der + _UNSIGNED)


def _sequence(content: bytes) -> bytes:
    length = len(content)
    if length < 128:  # noqa: PLR2004 — X.690 8.1.3.4: the short form
        return b"\x30" + bytes([length]) + content
    digits = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return b"\x30" + bytes([128 | len(digits)]) + digits + content


def _parsed_names(certificate: x509.Certificate) -> list[bytes] | None:
    """SAN dNSNames and name-like CNs as `cryptography` sees them; None when it refuses a part."""
    try:
        with warnings.catch_warnings(action="ignore"):
            found = _parsed_alternatives(certificate)
            common = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    except _REFUSALS:
        return None
    for attribute in common:
        value = attribute.value
        name = value.encode() if isinstance(value, str) else value
        if name not in found and is_namelike(name):
            found.append(name)
    return found


def _parsed_alternatives(certificate: x509.Certificate) -> list[bytes]:
    try:
        extension = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    except x509.ExtensionNotFound:
        return []
    return [name.encode() for name in extension.value.get_values_for_type(x509.DNSName)]


def _scanned(data: bytes) -> list[bytes]:
    """Whatever in the bytes looks like a name, at most a thousand of them, each once."""
    found: dict[bytes, None] = {}
    for run in _NAME_RUN.finditer(data):
        for candidate in _readings(data, run.start(), run[0]):
            name = _name_like(candidate)
            if name:
                found.setdefault(name)
        if len(found) >= _MOST_SCANNED:
            break
    return list(found)


def _name_like(run: bytes) -> bytes:
    """The part of the run up to its last label that can be a top-level domain; empty if none."""
    match = _NAME_LIKE.match(run)
    name = match[0].rpartition(b"..")[2].lstrip(b".-") if match else b""
    return name[-_LONGEST_NAME:] if b"." in name else b""


def _readings(data: bytes, start: int, run: bytes) -> Iterator[bytes]:
    """The run as it is, and without the bytes of a length and a next tag that look like letters."""
    yield run
    if run[0] < len(run):
        yield run[1 : 1 + run[0]]
    if start and data[start - 1] < len(run):
        yield run[: data[start - 1]]


def details(data: bytes, start: int = 0, end: int | None = None) -> Details:
    """Serial, issuer and validity of the certificate or TBS in `data[start:end]`; never raises."""
    stop = len(data) if end is None else end
    try:
        fields = _fields(data, start, stop)
        return _details(data, fields) if fields else Details()
    except IndexError:
        return Details()


def _details(data: bytes, fields: tuple[int, int, int, int, int]) -> Details:
    serial, _, issuer, validity, subject = fields
    name_start, name_end = _content(data, issuer)
    common = _first(data, name_start, name_end, _CN)
    organisation = _first(data, name_start, name_end, _ORGANISATION)
    first, _ = _content(data, validity)
    second = _content(data, first)[1]
    return Details(
        serial=data[slice(*_content(data, serial))].hex(),
        issuer=common or organisation,
        issuer_organisation=organisation,
        issuer_der=data[issuer:validity],
        not_before=_time(data, first, subject),
        not_after=_time(data, second, subject),
    )


def _first(data: bytes, start: int, end: int, oid: bytes) -> str:
    return next((_text(value) for value in _values(data, start, end, oid)), "")


def _time(data: bytes, position: int, end: int) -> datetime | None:
    start, stop = _content(data, position)
    text = data[start : min(stop, end)].decode("latin-1")
    is_short = data[position] == _UTC_TIME
    # Python takes fewer digits, too, and reads 12:30 without seconds as 12:03:00.
    if len(text) != (13 if is_short else 15):
        return None
    try:
        when = datetime.strptime(text, f"%{'y' if is_short else 'Y'}%m%d%H%M%SZ").replace(
            tzinfo=UTC
        )
    except ValueError:
        return None
    # RFC 5280 4.1.2.5.1: two digits from 50 on mean the twentieth century, and Python says 69.
    return when.replace(year=when.year - 100) if when.year >= 2050 and is_short else when  # noqa: PLR2004
