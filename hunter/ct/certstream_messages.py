"""What certstream servers send: full, lite and domains-only messages, read with little ado.

Shapes: certstream-server-go (`internal/models/certstream.go`), certstream-server-rust, and
CaliDog's first server, whose leaf has no issuer of its own but a chain. All else is skipped.
"""

from collections.abc import Mapping
from datetime import UTC, datetime

import msgspec

from hunter.model import Json

_MAX_NAMES = 100
_MAX_TEXT = 300
_END_OF_TIME = 253_402_300_800
"""The year 10000 in seconds of the epoch."""
_OF_NOTHING = ("DA:39:A3:EE", "E3:B0:C4:42")
"""How the hash of nothing starts, which some servers send where they lack the certificate."""


class _Subject(msgspec.Struct):
    aggregated: str | None = None


class _Issuer(msgspec.Struct):
    subject: _Subject | None = None


class _Leaf(msgspec.Struct):
    all_domains: list[str] | None = None
    fingerprint: str | None = None
    sha256: str | None = None
    serial_number: str | None = None
    issuer: _Subject | None = None
    not_before: float | None = None
    not_after: float | None = None


class _Log(msgspec.Struct):
    name: str | None = None
    url: str | None = None


class Update(msgspec.Struct):
    """A `certificate_update`, as far as hunter uses it."""

    leaf_cert: _Leaf | None = None
    chain: list[_Issuer] | None = None
    update_type: str | None = None
    cert_index: int | None = None
    seen: float | None = None
    source: _Log | None = None


class _Message(msgspec.Struct):
    data: Update | list[str] | None = None


# What a message says in another type than known servers do costs what it tells, and never a name.
class _Names(msgspec.Struct):
    all_domains: list[str] | None = None


class _Bare(msgspec.Struct):
    leaf_cert: _Names | None = None


class _BareMessage(msgspec.Struct):
    data: _Bare | None = None


class Certificate(msgspec.Struct, frozen=True):
    """The names of one certificate, all of them, and the message's word about it."""

    names: list[str]
    update: Update | None = None


_decode = msgspec.json.Decoder(_Message).decode
_decode_names = msgspec.json.Decoder(_BareMessage).decode
_REFUSALS = (msgspec.DecodeError, UnicodeError, RecursionError)


def certificate(message: str | bytes) -> Certificate | None:
    """The certificate in a message; None for heartbeats and whatever cannot be read."""
    try:
        data = _decode(message).data
    except _REFUSALS:
        return _bare(message)
    if isinstance(data, list):
        return Certificate(_lines(data)) if data else None
    names = data.leaf_cert.all_domains if data and data.leaf_cert else None
    return Certificate(_lines(names), data) if names else None


def _bare(message: str | bytes) -> Certificate | None:
    """The names alone, of a message that says something else in an unknown way."""
    try:
        data = _decode_names(message).data
    except _REFUSALS:
        return None
    names = data.leaf_cert.all_domains if data and data.leaf_cert else None
    return Certificate(_lines(names)) if names else None


def _lines(names: list[str]) -> list[str]:
    """Names are one line each, whatever a server says; and text that can be encoded."""
    return [" ".join(name.split()) if not name.isprintable() else name for name in names]


def origin(found: Certificate) -> Mapping[str, Json]:
    """What the message said of the certificate; nothing is made up where it said nothing."""
    names: list[Json] = [name[:_MAX_TEXT] for name in found.names[:_MAX_NAMES]]
    said: dict[str, Json] = {"names": names, "names_in_all": len(found.names)}
    update = found.update
    if update and update.leaf_cert:
        leaf = update.leaf_cert
        said |= {
            "fingerprint": _hash(leaf.sha256) or _hash(leaf.fingerprint),
            "serial": leaf.serial_number,
            "issuer": _issuer(update),
            "not_before": _moment(leaf.not_before),
            "not_after": _moment(leaf.not_after),
            "kind": update.update_type,
            "log": (update.source.name or update.source.url) if update.source else None,
            "index": update.cert_index,
            "logged": update.seen,
        }
    return {key: _bounded(value) for key, value in said.items() if value not in (None, "")}


def _hash(text: str | None) -> str:
    return "" if text is None or text.startswith(_OF_NOTHING) else text


def _issuer(update: Update) -> str | None:
    assert update.leaf_cert is not None
    own = update.leaf_cert.issuer
    above = update.chain[0].subject if update.chain else None
    return next((one.aggregated for one in (own, above) if one and one.aggregated), None)


def _moment(seconds: float | None) -> str:
    """Seconds of the epoch in ISO 8601; empty for what is no moment of this era."""
    if seconds is None or not 0 < seconds < _END_OF_TIME:
        return ""
    return datetime.fromtimestamp(seconds, UTC).isoformat()


def _bounded(value: Json) -> Json:
    return value[:_MAX_TEXT] if isinstance(value, str) else value
