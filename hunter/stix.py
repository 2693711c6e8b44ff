"""STIX 2.1 objects as plain JSON (OASIS, 2021): what every one of them has in common.

The same thing has the same id in every export: an observable as the standard says (2.9: UUIDv5 over
what tells it apart), any other by a key of ours.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha1
from ipaddress import ip_address
from typing import Any, Literal, TypeAlias
from uuid import UUID, uuid5

import msgspec

from hunter.handover import utc_text
from hunter.spool import pieces, scratch

Object: TypeAlias = dict[str, Any]
Tlp: TypeAlias = Literal["clear", "green", "amber", "red"]

_OBSERVABLES = UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")
_OURS = UUID("5f0c8d8e-6f0b-5d0a-9f57-0d1c7a9f4c11")
_ALWAYS = datetime(2017, 1, 20, tzinfo=UTC)
"""When the standard's markings were made; for whatever must be the same for ever."""
_SHORTEST = timedelta(seconds=1)
_HEAD = b'{\n "type": "bundle",\n "id": "bundle--%s",\n "objects": ['
_FIRST, _NEXT, _END = b"\n  ", b",\n  ", b"\n ]\n}"
_DEEPER = b"\n", b"\n  "
_TLP: dict[Tlp, tuple[str, str]] = {
    "clear": ("white", "613f2e26-407d-48c7-9eca-b8e91df99dc9"),
    "green": ("green", "34098fce-860f-48ae-8e50-ebd3cc5e41da"),
    "amber": ("amber", "f88d31f6-486f-44da-b317-01333bde0b82"),
    "red": ("red", "5e57c739-391a-4eb3-b6be-7d15ca92d5ed"),
}


def _exactly(at: datetime) -> str:
    """A version's time, which the standard wants to the millisecond (3.2)."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


def observable(kind: str, **what: str) -> Object:
    """A cyber-observable, told apart by `what` (RFC 8785 sorts and writes texts as JSON does)."""
    seed = json.dumps(what, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return {
        "type": kind,
        "spec_version": "2.1",
        "id": f"{kind}--{uuid5(_OBSERVABLES, seed)}",
    } | what


def address(text: str) -> Object:
    """An ipv4-addr or ipv6-addr."""
    found = ip_address(text)
    return observable(f"ipv{found.version}-addr", value=str(found))


def marking(tlp: Tlp) -> Object:
    """The Traffic Light Protocol as the standard has it (7.2.1.4); `clear` was called white."""
    colour, identity = _TLP[tlp]
    return {
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": f"marking-definition--{identity}",
        "created": _exactly(_ALWAYS),
        "definition_type": "tlp",
        "name": f"TLP:{colour.upper()}",
        "definition": {"tlp": colour},
    }


def producer(name: str) -> Object:
    """Who says so: the same name is the same identity."""
    about = {"name": name, "identity_class": "organization"}
    return made("identity", name, {}, about, created=_ALWAYS, modified=_ALWAYS)


def made(
    kind: str, key: str, by: Object, about: Object, *, created: datetime, modified: datetime
) -> Object:
    """A domain object or relationship; `key` tells it apart within its kind, `by` says whose."""
    identity = f"{kind}--{uuid5(_OURS, f'{kind} {key}')}"
    times = {"created": _exactly(created), "modified": _exactly(max(created, modified))}
    return {"type": kind, "spec_version": "2.1", "id": identity} | by | times | about


def link(
    kind: str,
    ends: tuple[Object, Object],
    by: Object,
    *,
    since: datetime,
    modified: datetime,
    until: datetime | None = None,
    description: str = "",
) -> Object:
    """A relationship from the first to the second end, for as long as it was seen to hold."""
    source, target = (one["id"] for one in ends)
    about: Object = {"relationship_type": kind, "source_ref": source, "target_ref": target}
    if description:
        about["description"] = description
    about["start_time"] = utc_text(since)
    if until:
        about["stop_time"] = utc_text(max(until, since + _SHORTEST))
    return made(
        "relationship", f"{kind} {source} {target}", by, about, created=since, modified=modified
    )


def pattern(names: Iterable[str]) -> str:
    """What an indicator looks for: any of the names."""
    return f"[{' OR '.join(map(_is_named, names))}]"


def _is_named(name: str) -> str:
    escaped = name.replace("\\", "\\\\").replace("'", "\\'")
    return f"domain-name:value = '{escaped}'"


def bundle(objects: Iterable[Object]) -> Iterator[bytes]:
    """The file; each object stands in it once, and is written down as it comes."""
    known: set[bytes] = set()
    which = sha1(_OURS.bytes, usedforsecurity=False)
    with scratch() as file:
        for one in objects:
            identity = _identity(one)
            if identity in known:
                continue
            file.write((_NEXT if known else _FIRST) + _indented(one))
            which.update(f"{' ' if known else ''}{one['id']} {one.get('modified', '')}".encode())
            known.add(identity)
        # Which bundle it is, all of it tells: the UUIDv5 over what stands in it.
        yield _HEAD % str(UUID(bytes=which.digest()[:16], version=5)).encode()
        yield from pieces(file)
        yield _END


def _identity(one: Object) -> bytes:
    """Its id, half as long: of a year there are 600,000."""
    kind, _, number = str(one["id"]).partition("--")
    return UUID(number).bytes + kind.encode()


def _indented(one: Object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(one), indent=1).replace(*_DEEPER)
