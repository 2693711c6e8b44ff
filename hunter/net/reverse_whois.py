"""The doors to reverse WHOIS: which domains carry a registrant's address, page by page.

Sources: DomainTools Iris Investigate (`/v1/iris-investigate/`, key in X-Api-Key, pages by
`position`), WhoisXML Reverse WHOIS (`/api/v2`, POST, pages by `searchAfter`, 10,000 names at most).
"""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import msgspec

from hunter import names
from hunter.errors import NotAName, WillNotPass, WillPass
from hunter.hostile_json import REFUSALS
from hunter.net.http import HttpAnswer, HttpDoor, retry_after
from hunter.net.text import clean

_OK = 200
_REFUSALS = (401, 402, 403)
_MISFITS = (400, 404, 406, 422)
_MAX_BYTES = 20_000_000
_MAX_NAMES = 10_000
_LONGEST_POSITION = 2000
_SECONDS = 60.0
_UNREADABLE = (*REFUSALS, KeyError, TypeError, AttributeError)


class Misfit(WillPass):
    """The provider does not take this one value; others may be asked."""


@dataclass(frozen=True, slots=True)
class Page:
    """Domains that carry the value, how many there are in all, and where the next page begins."""

    domains: tuple[str, ...]
    total: int
    further: str = ""


@dataclass(frozen=True, slots=True)
class Provider:
    """One service: what it is asked, for which fields of a track, and how it answers."""

    name: str
    url: str
    fields: Mapping[str, str]
    """Track field → what the service calls it."""
    send: "Callable[[Access, Question], Awaitable[HttpAnswer]]"
    read: "Callable[[Mapping[str, Any], Question], Page]"


@dataclass(frozen=True, slots=True)
class Access:
    """The way to a service: through which door, where, and with which key."""

    door: HttpDoor
    url: str
    key: str


@dataclass(frozen=True, slots=True)
class Question:
    """One page of one value; `field` is the service's own word."""

    field: str
    value: str
    further: str = ""


async def ask(provider: Provider, access: Access, question: Question, now: datetime) -> Page:
    """One page; raises WillNotPass (the key is refused), Misfit or WillPass."""
    answer = await provider.send(access, question)
    if answer.status in _REFUSALS:
        raise WillNotPass(f"{provider.name} refuses the key: status {answer.status}")
    if answer.status != _OK:
        kind = Misfit if answer.status in _MISFITS else WillPass
        wish = retry_after(answer.headers, now)
        raise kind(f"{provider.name} answered with status {answer.status}", wish)
    try:
        return provider.read(msgspec.json.decode(answer.body), question)
    except _UNREADABLE as error:
        raise WillPass(f"the answer of {provider.name} cannot be read") from error


async def _ask_iris(access: Access, question: Question) -> HttpAnswer:
    asked = {question.field: question.value}
    if question.further:
        asked["position"] = question.further
    where = f"{access.url.rstrip('/')}/v1/iris-investigate/?{urlencode(asked)}"
    headers = {"X-Api-Key": access.key, "Accept": "application/json"}
    return await access.door.get(where, headers=headers, max_bytes=_MAX_BYTES, seconds=_SECONDS)


def _read_iris(tree: Mapping[str, Any], _question: Question) -> Page:
    response = tree["response"]
    results = response["results"]
    if response.get("limit_exceeded"):
        raise Misfit("domaintools gives no whole answer: too many domains carry it")
    further = response.get("position") if response.get("has_more_results") else ""
    counted = response.get("results_count", len(results))
    if counted != len(results) or (response.get("has_more_results") and not further):
        raise WillPass("domaintools gave a part of an answer")
    found = _domains([result["domain"] for result in results])
    return Page(found, _number(response.get("total_count"), found), _position(further))


async def _ask_whoisxml(access: Access, question: Question) -> HttpAnswer:
    term = {"field": question.field, "term": question.value, "exactMatch": True}
    asked: dict[str, Any] = {
        "searchType": "current",
        "mode": "purchase",
        "punycode": True,
        "advancedSearchTerms": [term],
    }
    if question.further:
        asked["searchAfter"] = question.further
    return await access.door.post(
        f"{access.url.rstrip('/')}/api/v2",
        content=json.dumps(asked).encode(),
        headers={"X-Authentication-Token": access.key, "Content-Type": "application/json"},
        max_bytes=_MAX_BYTES,
        seconds=_SECONDS,
    )


def _read_whoisxml(tree: Mapping[str, Any], question: Question) -> Page:
    names_told, further = tree["domainsList"], tree.get("nextPageSearchAfter")
    the_only_page = not (question.further or further)
    if the_only_page and len(names_told) < tree["domainsCount"] < _MAX_NAMES:
        raise WillPass("whoisxml gave a part of an answer")
    found = _domains(names_told)
    return Page(found, _number(tree["domainsCount"], found), _position(further))


def _domains(texts: list[Any]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for text in texts[:_MAX_NAMES]:
        try:
            found[names.parse(clean(str(text))).text] = None
        except NotAName:
            continue
    return tuple(found)


def _number(value: object, found: tuple[str, ...]) -> int:
    return max(len(found), value if isinstance(value, int) else 0)


def _position(value: object) -> str:
    """What a page calls the next one: a word to send back, whatever it holds."""
    return str(value)[:_LONGEST_POSITION] if value else ""


PROVIDERS: Mapping[str, Provider] = {
    "domaintools": Provider(
        "domaintools",
        "https://api.domaintools.com",
        {
            "registrant_email": "email",
            "registrant_name": "registrant",
            "registrant_org": "registrant_org",
            "registrant_email_domain": "email_domain",
            "ns": "nameserver_host",
            "ns_domain": "nameserver_domain",
            "a": "ip",
        },
        _ask_iris,
        _read_iris,
    ),
    "whoisxml": Provider(
        "whoisxml",
        "https://reverse-whois.whoisxmlapi.com",
        {
            "registrant_email": "RegistrantContact.Email",
            "registrant_name": "RegistrantContact.Name",
            "registrant_org": "RegistrantContact.Organization",
        },
        _ask_whoisxml,
        _read_whoisxml,
    ),
}
