"""What a dismissed alert teaches: the narrowest filter that would have kept it silent. Pure.

A filter holds for one domain as it is registered now, or for one whole word around a bare keyword;
never for whatever happens to contain either: a stranger's domain may.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import NAMESPACE_URL, uuid5

from hunter import names
from hunter.dossiers import values_of
from hunter.handover import all_that_imitate
from hunter.matching.words import frequencies
from hunter.model import Alert, Brand, Dossier, Level, Match, Value
from hunter.rulebook import Rulebook

_PLAIN = re.compile(r"[a-z0-9._-]+")
_WORD = re.compile(r"[a-z0-9]+")
_TIES = ("ns_domain", "mx_domain", "has_mx")
"""What a parked domain is held to: it is parked as long as they stay."""

_OTHERWISE: Mapping[str, Value] = {
    "registered": 20990101,
    "ns_domain": "elsewhere.example",
    "mx_domain": "elsewhere.example",
    "term": "another",
}
"""With which a domain is no longer the one that was dismissed."""

Item = tuple[str, Value | tuple[Value, ...]]
"""A line of a selection: field with modifiers, and what it asks for."""


class Reason(StrEnum):
    """Why an alert was dismissed."""

    OWN = "own"
    PARTNER = "partner"
    BUSINESS = "unrelated business"
    WORD = "common word"
    PARKED = "parked"


REASONS = {one.replace(" ", "-"): one for one in Reason}
"""Each as it is typed."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A rule file that would have silenced one alert."""

    brand: str
    domain: str
    name: str
    """What its file may be called."""
    text: str
    notes: tuple[str, ...]
    """What whoever puts it in force should know."""


def propose(
    alert: Alert,
    dossier: Dossier,
    brand: Brand,
    reason: Reason,
    *,
    rules: Sequence[str],
    at: datetime,
    others: Sequence[Match] = (),
) -> Proposal:
    """The filter for an alert, joined to those rules (by name or id).

    `others` are what else under its domain imitates the brand.
    """
    word = _word_around(alert, brand) if reason is Reason.WORD else ""
    items = tuple(_word_items(alert, word) if word else _domain_items(dossier, reason))
    lines = (
        *_head(alert, reason, word, at),
        "filter:",
        f"  rules: [{', '.join(rules)}]",
        "  harmless:",
        *(f"    {name}: {_written(value)}" for name, value in items),
        "  condition: not harmless",
        *_tests(alert, dossier, items, word),
    )
    imitating = all_that_imitate(alert.domain, (alert.match, *others))
    notes = tuple(_notes(alert, dossier, reason, word, imitating))
    text = "\n".join(lines) + "\n"
    return Proposal(brand.domain, alert.domain, file_name(alert, brand, reason), text, notes)


def file_name(alert: Alert, brand: Brand, reason: Reason) -> str:
    """What the file of its filter may be called."""
    word = _word_around(alert, brand) if reason is Reason.WORD else ""
    stem = re.sub(r"[^a-z0-9]+", "_", f"{word or alert.domain} {brand.domain}")
    return f"filter_{stem}.yml"


def _head(alert: Alert, reason: Reason, word: str, at: datetime) -> Iterator[str]:
    """Proposed twice it has the same id, so that one is not put in force beside the other."""
    domain = names.defang(alert.domain)
    title = f"{domain} is no lookalike of {alert.brand}: {reason}"
    if word:
        title = f"The word {word} holds {alert.match.term} by chance"
    yield f"title: {_quoted(title)}"
    yield f"id: {uuid5(NAMESPACE_URL, f'{alert.brand}/{word or alert.domain}/{reason}')}"
    yield "description: >-"
    yield f"  Proposed when the alert on {domain} was dismissed: {reason}."
    yield f"date: '{at:%Y-%m-%d}'"
    yield "logsource: {product: hunter, category: domain}"


def _tests(alert: Alert, dossier: Dossier, items: Sequence[Item], word: str) -> Iterator[str]:
    """The dossier itself; and a stranger's that holds it, and its own when it is otherwise."""
    mine = word or alert.domain
    looked_at = dict.fromkeys(name.partition("|")[0] for name, _ in items)
    as_it_is = {"domain": alert.domain} | {name: dossier.fields[name] for name in looked_at}
    yield "tests:"
    yield "  match:"
    yield f"    - {_sample(as_it_is)}"
    yield "  no_match:"
    yield f"    - {_sample({**as_it_is, 'domain': alert.domain.replace(mine, f'x{mine}')})}"
    for name in (one for one in looked_at if one in _OTHERWISE):
        yield f"    - {_sample({**as_it_is, name: _OTHERWISE[name]})}"
    if "has_mx" in looked_at:
        yield f"    - {_sample({**as_it_is, 'has_mx': not as_it_is['has_mx']})}"


def _sample(fields: Mapping[str, Value | tuple[Value, ...]]) -> str:
    return "{" + ", ".join(f"{name}: {_written(value)}" for name, value in fields.items()) + "}"


def to_silence(rulebook: Rulebook, told: Iterable[str], minimum: Level) -> tuple[str, ...]:
    """The rules, by name or id, without which nothing would have opened an alert.

    `told` are the ids of all that ever fired. Filters do not touch correlations, but what feeds
    them.
    """
    feeding = {one.header.id: one.rules for one in rulebook.correlations}
    levels = {header.id: header.level for header in rulebook.headers}
    found: dict[str, None] = {}
    todo = [rule for rule in told if levels.get(rule, Level.INFORMATIONAL) >= minimum]
    while todo:
        one = todo.pop()
        if one in feeding:
            todo.extend(rule for rule in feeding[one] if rule not in found)
        else:
            found[one] = None
    return tuple(
        rule.header.name or rule.header.id for rule in rulebook.rules if rule.header.id in found
    )


def _word_around(alert: Alert, brand: Brand) -> str:
    """The word that holds the bare keyword, from hyphen to hyphen; empty when there is none."""
    match, label = alert.match, alert.domain.partition(".")[0]
    name = match.name.lower().rstrip(".")
    start, end = (at - (len(name) - len(alert.domain)) for at in match.span)
    bare = match.term in brand.keywords and match.matched.lower() == match.term
    if not bare or not name.endswith(alert.domain) or not 0 <= start < end <= len(label):
        return ""
    word = label[label.rfind("-", 0, start) + 1 :].partition("-")[0]
    return word if word != match.term and _WORD.fullmatch(word) and match.term in word else ""


def _word_items(alert: Alert, word: str) -> Iterator[Item]:
    """The word and nothing else; and nothing that imitates more plainly than this one."""
    yield "brand", alert.brand
    yield "term", alert.match.term
    yield "confidence|lte", alert.match.confidence
    yield "domain|re", rf"^([a-z0-9-]+-)?{word}(-[a-z0-9-]+)?\."


def _domain_items(dossier: Dossier, reason: Reason) -> Iterator[Item]:
    """The domain, until it is registered anew; a parked one, until it moves or takes mail."""
    yield "domain", dossier.domain
    yield "brand", dossier.brand
    registered = values_of(dossier.fields, "registered")
    if len(registered) == 1 and isinstance(registered[0], int):
        yield "registered", registered[0]
    for name in _TIES if reason is Reason.PARKED else ():
        values = values_of(dossier.fields, name)
        if len(values) == 1 and _is_plain(values[0]):
            yield name, values[0]
        elif values and all(map(_is_plain, values)):
            yield f"{name}|all", values


def _is_plain(value: Value) -> bool:
    return not isinstance(value, str) or _PLAIN.fullmatch(value) is not None


def _notes(
    alert: Alert, dossier: Dossier, reason: Reason, word: str, imitating: Sequence[str]
) -> Iterator[str]:
    if reason is Reason.OWN:
        own = f"owned = {json.dumps([*imitating])} with the brand"
        but = ", but for hosts that are not yours" if imitating[1:] else ""
        yield f"Simpler, if it is to stay so: {own}{but}."
    if not word and alert.domain not in imitating:
        yield (
            f"It holds for all of {names.defang(alert.domain)}: another host there that imitates,"
            " as a firm's next customer may, would stay silent."
        )
    if reason is Reason.PARTNER:
        yield f'Simpler, if it is to stay so: partners = ["{alert.domain}"] with the brand.'
    if reason is Reason.WORD and not word:
        yield (
            "No ordinary word stands around a bare keyword here, so that nothing but the domain"
            " itself can be left out."
        )
    if word and word not in frequencies():
        yield f"{word!r} is no word that hunter knows: look twice at what it leaves out."
    if not word and not values_of(dossier.fields, "registered"):
        yield "Its registration is not known: the filter will outlast a change of hands."


def _written(value: Value | tuple[Value, ...]) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_written, value))}]"
    return _quoted(value) if isinstance(value, str) else json.dumps(value)


def _quoted(text: str) -> str:
    """In single quotes, where YAML knows no escapes but the quote itself."""
    return "'" + text.replace("'", "''") + "'"
