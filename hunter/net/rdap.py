"""Reads an RDAP answer about a domain. Never raises: what has the wrong shape says nothing.

Sources: RFC 9083 (answers), RFC 7095 (jCard), RFC 9553 and draft-ietf-regext-rdap-jscontact
(JSCard), RFC 9537 (redaction).
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from hunter.net.registration import Holder, Registration, holder, hosts, mailbox, moment
from hunter.net.text import clean

RDAP_JSON = "application/rdap+json"

_MAX_ITEMS = 100
_MAX_DEPTH = 3
_IANA_ID = "iana registrar id"
_AGAIN = "reregistration"
_MOMENTS = {
    "registration": "registered",
    _AGAIN: "registered",
    "last changed": "updated",
    "expiration": "expires",
}


def read(body: bytes) -> Registration | None:
    """The registration in `body`; None when that is no RDAP domain object."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(answer, dict) or answer.get("objectClassName") != "domain":
        return None
    registrar = _with_role(answer, "registrar")
    return Registration(
        domain=clean(_text(answer.get("ldhName"))).lower().removesuffix("."),
        registrar=_called(registrar),
        registrar_iana_id=_iana_id(registrar),
        **_moments(answer),
        holder=_holder(answer),
        abuse_email=_mailbox_of(_with_role(registrar, "abuse") or _with_role(answer, "abuse")),
        name_servers=hosts(_text(one.get("ldhName")) for one in _dicts(answer, "nameservers")),
        statuses=tuple(filter(None, (clean(_text(one)) for one in _items(answer, "status")))),
        further=_related(answer),
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _dict(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _items(parent: Mapping[str, Any], key: str) -> list[Any]:
    value = parent.get(key)
    return value[:_MAX_ITEMS] if isinstance(value, list) else []


def _dicts(parent: Mapping[str, Any], key: str) -> Iterator[Mapping[str, Any]]:
    return (item for item in _items(parent, key) if isinstance(item, dict))


def _first(parent: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """The first of the objects that a JSCard keeps under names of its own."""
    return next((_dict(value) for value in _dict(parent.get(key)).values()), {})


def _with_role(parent: Mapping[str, Any], role: str, depth: int = _MAX_DEPTH) -> Mapping[str, Any]:
    entities = list(_dicts(parent, "entities"))
    for entity in entities:
        if role in _items(entity, "roles"):
            return entity
    deeper = (_with_role(entity, role, depth - 1) for entity in entities if depth > 1)
    return next(filter(None, deeper), {})


def _moments(answer: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    events = sorted(_dicts(answer, "events"), key=lambda event: _action(event) != _AGAIN)
    for event in events:
        field, at = _MOMENTS.get(_action(event)), moment(_text(event.get("eventDate")))
        if field and at:
            found.setdefault(field, at)
    return found


def _action(event: Mapping[str, Any]) -> str:
    return _text(event.get("eventAction")).lower()


def _iana_id(registrar: Mapping[str, Any]) -> int | None:
    for one in _dicts(registrar, "publicIds"):
        number = clean(str(one.get("identifier")), 9)
        if _text(one.get("type")).lower() == _IANA_ID and number.isascii() and number.isdecimal():
            return int(number)
    return None


def _related(answer: Mapping[str, Any]) -> str:
    """Where the registrar tells more (RFC 9083, 4.2)."""
    for link in _dicts(answer, "links"):
        if link.get("rel") == "related" and link.get("type") == RDAP_JSON:
            return _text(link.get("href"))[:2000]
    return ""


def _holder(answer: Mapping[str, Any]) -> Holder | None:
    entity = _with_role(answer, "registrant")
    withheld = _redacts_holder(answer)
    if not entity:
        return holder("", "", "", "", withheld=True) if withheld else None
    card = _card(entity)
    withheld = withheld or _remarks_on_privacy(entity)
    return holder(*card, withheld=withheld)


def _redacts_holder(answer: Mapping[str, Any]) -> bool:
    """RFC 9537: `redacted` names each field that is left out, in words."""
    names = (_dict(one.get("name")) for one in _dicts(answer, "redacted"))
    described = (_text(name.get("type")) + _text(name.get("description")) for name in names)
    return any("registrant" in text.lower() for text in described)


def _remarks_on_privacy(entity: Mapping[str, Any]) -> bool:
    remarks = (*_dicts(entity, "remarks"), *_dicts(entity, "notices"))
    said = " ".join(
        _text(part)
        for remark in remarks
        for part in (remark.get("title"), remark.get("type"), *_items(remark, "description"))
    )
    lower = said[:10_000].lower()
    return any(phrase in lower for phrase in ("redacted", "privacy", "restricted", "truncated due"))


def _card(entity: Mapping[str, Any]) -> tuple[str, str, str, str]:
    """E-mail, name, organisation and country, from whichever card there is."""
    jscard = _dict(entity.get("jscard") or entity.get("jscard_0"))
    return _from_jscard(jscard) if jscard else _from_jcard(entity)


def _from_jscard(card: Mapping[str, Any]) -> tuple[str, str, str, str]:
    address = _first(card, "addresses")
    return (
        _text(_first(card, "emails").get("address") or _first(card, "emails").get("email")),
        _text(_dict(card.get("name")).get("full") or card.get("fullName")),
        _text(_first(card, "organizations").get("name")),
        _text(address.get("countryCode")),
    )


def _from_jcard(entity: Mapping[str, Any]) -> tuple[str, str, str, str]:
    lines: dict[str, tuple[Mapping[str, Any], Any]] = {}
    card = _items(entity, "vcardArray")
    for line in card[1][:_MAX_ITEMS] if len(card) > 1 and isinstance(card[1], list) else ():
        match line:
            case [str(name), parameters, _, value, *_] if value:
                lines.setdefault(name.lower(), (_dict(parameters), value))
    nowhere: tuple[Mapping[str, Any], Any] = ({}, "")
    email, name, org = (_joined(lines.get(key, nowhere)[1]) for key in ("email", "fn", "org"))
    return email, name, org, _country(*lines.get("adr", nowhere))


def _country(parameters: Mapping[str, Any], place: object) -> str:
    """RFC 8605's `cc`, or the last part of the address."""
    last = place[-1] if isinstance(place, list) and place else ""
    return _text(parameters.get("cc")) or _text(last)


def _joined(value: object) -> str:
    """A value, or those of its parts that are text."""
    parts = value if isinstance(value, list) else [value]
    return " ".join(_text(part) for part in parts[:_MAX_ITEMS])


def _called(entity: Mapping[str, Any]) -> str:
    _, name, org, _ = _card(entity)
    return clean(name) or clean(org)


def _mailbox_of(entity: Mapping[str, Any]) -> str:
    return mailbox(_card(entity)[0])
