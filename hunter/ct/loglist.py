"""Which logs there are: log lists v3 (Chrome's, signed; Apple's and others', not).

Source: certificate-transparency-go loglist3/loglist3.go; Chrome signs the file with RSA PKCS#1 v1.5
and SHA-256. A log whose `log_id` is not the SHA-256 of its key is left out and told.
"""

import binascii
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import IntEnum, StrEnum
from hashlib import sha256
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

import msgspec
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from hunter.hostile_json import REFUSALS

CHROME_URL = "https://www.gstatic.com/ct/log_list/v3/all_logs_list.json"
APPLE_URL = "https://valid.apple.com/ct/log_list/current_log_list.json"

_LONGEST_CERTIFICATE = timedelta(days=200)
"""CA/Browser Forum ballot SC-081: the longest validity since March 2026."""
MOST_BYTES = 16 << 20
"""Of a list."""
_FOR_TESTS = ("test", "monitoring_only")
_MMD = timedelta(days=1)
_MOST_MMD = timedelta(days=365)


class BadLogList(ValueError):
    """A log list that is not signed as it should be, or is none."""


class Kind(StrEnum):
    """How a log is read."""

    RFC6962 = "rfc6962"
    STATIC = "static"


class State(IntEnum):
    """A log's standing with whoever publishes the list, from the deadest to the most alive."""

    UNKNOWN = 0
    REJECTED = 1
    RETIRED = 2
    NEW = 3
    """A word that hunter has not heard of: a log asked in vain costs less than one unread."""
    PENDING = 4
    READONLY = 5
    QUALIFIED = 6
    USABLE = 7

    def __str__(self) -> str:
        return self.name.lower()


FOLLOWED = frozenset(state for state in State if state >= State.NEW)


@dataclass(frozen=True, slots=True)
class Interval:
    """A temporal shard takes certificates whose notAfter is in [start, end)."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Log:
    """One log as a list describes it."""

    description: str
    operator: str
    key: bytes
    """DER SubjectPublicKeyInfo."""
    url: str
    """Where it is read, with a final slash."""
    kind: Kind
    submission_url: str = ""
    """What a static log signs as; the same as `url` for the other kind."""
    mmd: timedelta = _MMD
    """The longest a log may take to merge an entry."""
    state: State = State.UNKNOWN
    interval: Interval | None = None
    final_size: int | None = None
    """A read-only log's last size, once it has been declared."""
    closed_at: datetime | None = None
    """When that was, as far as the list tells."""
    test: bool = False

    @property
    def log_id(self) -> bytes:
        """SHA-256 of the key (RFC 6962 3.2)."""
        return sha256(self.key).digest()

    @property
    def origin(self) -> str:
        """How a static log calls itself in its checkpoints: no scheme, no final slash."""
        return self.submission_url.partition("://")[2].removesuffix("/")


@dataclass(frozen=True, slots=True)
class LogList:
    """One published list. `refused` are sentences about logs that were left out."""

    version: str
    timestamp: datetime | None
    logs: tuple[Log, ...]
    refused: tuple[str, ...] = ()


def chrome_key() -> bytes:
    """The PEM key with which Chrome's list is signed, shipped with hunter."""
    return files("hunter.data").joinpath("chrome_log_list_key.pem").read_bytes()


def check_signature(body: bytes, signature: bytes, key: bytes) -> None:
    """Raise BadLogList unless `key` (PEM, RSA) signed the list's bytes."""
    try:
        public = load_pem_public_key(key)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise BadLogList("the key that should sign the log list is no PEM public key") from error
    if not isinstance(public, rsa.RSAPublicKey):
        raise BadLogList("log lists are signed with RSA")
    try:
        public.verify(signature, body, padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature as error:
        raise BadLogList("the log list's signature is not its publisher's") from error


def read_signed(body: bytes, signature: bytes, key: bytes | None = None) -> LogList:
    """A list whose signature verifies with `key` (PEM; Chrome's by default); else BadLogList."""
    check_signature(body, signature, chrome_key() if key is None else key)
    return read(body)


# A field of the wrong type costs what it tells, a log without key or URL that log, an operator
# without logs that operator: never the list. So all but those three are looked at as they come.
class _Log(msgspec.Struct):
    key: str
    log_id: str
    description: Any = ""
    url: str = ""
    submission_url: str = ""
    monitoring_url: str = ""
    mmd: Any = None
    log_type: Any = "prod"
    state: Any = None
    temporal_interval: Any = None


class _Operator(msgspec.Struct):
    name: str
    logs: list[msgspec.Raw] | None = None
    tiled_logs: list[msgspec.Raw] | None = None


class _LogList(msgspec.Struct):
    operators: list[msgspec.Raw]
    version: Any = ""
    log_list_timestamp: Any = ""


_log_list = msgspec.json.Decoder(_LogList)
_operator_of = msgspec.json.Decoder(_Operator)
_log_of = msgspec.json.Decoder(_Log)


def read(body: bytes) -> LogList:
    """A list as it stands, unsigned; raises BadLogList if it is none."""
    if len(body) > MOST_BYTES:
        raise BadLogList("longer than any log list")
    try:
        found = _log_list.decode(body)
    except REFUSALS as error:
        raise BadLogList(f"no log list v3: {error}") from error
    logs: dict[bytes, Log] = {}
    refused: list[str] = []
    for at, raw in enumerate(found.operators):
        try:
            operator = _operator_of.decode(raw)
        except REFUSALS as error:
            refused.append(f"operator {at}: {error}")
        else:
            logs |= {log.log_id: log for log in _logs(operator, refused)}
    stamp = _time(found.log_list_timestamp)
    return LogList(_text(found.version), stamp, tuple(logs.values()), tuple(refused))


def _logs(operator: _Operator, refused: list[str]) -> Iterator[Log]:
    """The logs of one operator; of those that are none, a sentence each is added to `refused`."""
    both = ((Kind.RFC6962, operator.logs), (Kind.STATIC, operator.tiled_logs))
    for kind, raw in ((kind, raw) for kind, found in both for raw in found or ()):
        try:
            yield _log(operator.name, kind, _log_of.decode(raw))
        except (*REFUSALS, ValueError, binascii.Error) as error:
            refused.append(f"{operator.name}, {kind}: {error}")


def _log(operator: str, kind: Kind, raw: _Log) -> Log:
    submission, reading = raw.submission_url or raw.url, _slashed(raw.monitoring_url or raw.url)
    name = _text(raw.description) or reading
    key = binascii.a2b_base64(raw.key, strict_mode=True)
    if binascii.a2b_base64(raw.log_id, strict_mode=True) != sha256(key).digest():
        raise BadLogList(f"log_id is not the SHA-256 of the key ({name})")
    if not submission or not urlsplit(reading).hostname:
        raise BadLogList(f"no URL to read it at ({name})")
    state, details = _state(raw.state)
    return Log(
        description=name,
        operator=operator,
        key=key,
        url=reading,
        kind=kind,
        submission_url=_slashed(submission),
        mmd=_mmd(raw.mmd),
        state=state,
        interval=_interval(raw.temporal_interval),
        final_size=_final_size(details),
        closed_at=_closed_at(details),
        test=raw.log_type in _FOR_TESTS,
    )


def _text(found: Any) -> str:
    return found if isinstance(found, str) else ""


def _state(found: Any) -> tuple[State, Any]:
    """The state and what is told of it."""
    name, details = next(iter(found.items()), ("", None)) if isinstance(found, dict) else ("", None)
    return State.__members__.get(name.upper(), State.NEW if name else State.UNKNOWN), details


def _mmd(found: Any) -> timedelta:
    possible = type(found) is int and 0 <= found <= _MOST_MMD.total_seconds()
    return timedelta(seconds=found) if possible else _MMD


def _slashed(url: str) -> str:
    # Old lists name hosts without a scheme.
    url = url if "://" in url else f"https://{url}"
    return url if url.endswith("/") else url + "/"


def _interval(found: Any) -> Interval | None:
    raw = found if isinstance(found, dict) else {}
    start, end = (_time(raw.get(key)) for key in ("start_inclusive", "end_exclusive"))
    return Interval(start, end) if start and end else None


def _final_size(details: Any) -> int | None:
    head = details.get("final_tree_head") if isinstance(details, dict) else None
    size = head.get("tree_size") if isinstance(head, dict) else None
    return size if type(size) is int and size >= 0 else None


def _closed_at(details: Any) -> datetime | None:
    return None if _final_size(details) is None else _time(details.get("timestamp"))


def _time(found: Any) -> datetime | None:
    try:
        when = datetime.fromisoformat(_text(found))
    except ValueError:
        return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def dump(found: LogList) -> str:
    """A list that `read` reads back, one operator a log."""
    stamp = found.timestamp.isoformat() if found.timestamp else ""
    operators = [_operator(log) for log in found.logs]
    return json.dumps(
        {"version": found.version, "log_list_timestamp": stamp, "operators": operators}
    )


def _operator(log: Log) -> dict[str, object]:
    final: dict[str, object] = {}
    if log.final_size is not None:
        final = {"final_tree_head": {"tree_size": log.final_size}}
    if log.closed_at is not None:
        final["timestamp"] = log.closed_at.isoformat()
    raw: dict[str, object] = {
        "description": log.description,
        "key": binascii.b2a_base64(log.key, newline=False).decode(),
        "log_id": binascii.b2a_base64(log.log_id, newline=False).decode(),
        "monitoring_url": log.url,
        "submission_url": log.submission_url,
        "mmd": int(log.mmd.total_seconds()),
        "log_type": "test" if log.test else "prod",
        "state": {str(log.state): final},
    }
    if log.interval:
        raw["temporal_interval"] = {
            "start_inclusive": log.interval.start.isoformat(),
            "end_exclusive": log.interval.end.isoformat(),
        }
    return {"name": log.operator, "logs" if log.kind is Kind.RFC6962 else "tiled_logs": [raw]}


def unite(lists: Iterable[LogList]) -> tuple[Log, ...]:
    """Every log of any list once, in its most alive state: publishers disagree."""
    united: dict[bytes, Log] = {}
    for log in (log for found in lists for log in found.logs):
        known = united.setdefault(log.log_id, log)
        if known is not log:
            united[log.log_id] = _merged(known, log)
    return tuple(united.values())


def _merged(one: Log, other: Log) -> Log:
    lively, rest = (other, one) if other.state > one.state else (one, other)
    return replace(
        lively,
        interval=lively.interval or rest.interval,
        final_size=rest.final_size if lively.final_size is None else lively.final_size,
        test=one.test and other.test,
    )


def irrelevance(log: Log, now: datetime) -> str:
    """Why a log takes no certificates now; empty when it does.

    It is sorted by notAfter: a shard takes them from a longest certificate before its start on.
    """
    if log.test:
        return "a log for tests"
    if log.state not in FOLLOWED:
        return f"its state is {log.state}"
    if log.interval and now >= log.interval.end:
        return f"its time was over on {log.interval.end:%Y-%m-%d}"
    if log.interval and now < log.interval.start - _LONGEST_CERTIFICATE:
        return f"its time begins on {log.interval.start:%Y-%m-%d}"
    return ""


def was_closed_before(log: Log, when: datetime) -> bool:
    """Whether it took no entry since then; its server may be gone by now.

    What it had taken before, it may have merged a day later.
    """
    if log.state is not State.READONLY or log.closed_at is None:
        return False
    return when - log.closed_at > max(log.mmd, _MMD)
