"""Cases from the store, and the files they are handed on in."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from hunter import dossiers, following, ribs
from hunter.config import Ground
from hunter.config.faults import Faults, did_you_mean, sound
from hunter.contracts import Case, ExportSettings
from hunter.errors import Fault, YoursToFix
from hunter.model import Alert, Brand, PastFact
from hunter.store import Store, facts, sightings


def case_of(store: Store, ground: Ground, alert: Alert, at: datetime) -> Case:
    """The alert with all that is known of its domain at this moment, in the light of its brand.

    It rests on the match that is in force: its own may be left out by now, and not judged since.
    """
    seen = sightings.sightings_of(store, alert.domain)
    in_force = following.in_force(store, ground, alert.match)
    alert = replace(alert, match=in_force or alert.match)
    history = facts.history(store, alert.domain)
    dossier = dossiers.assemble(
        alert.domain,
        brand=ground.brand(alert.brand) or Brand(alert.brand),
        match=alert.match,
        sightings=seen,
        history=history,
        at=at,
    )
    hosts = sorted({one.name for one in seen} - {alert.domain})
    others = tuple(
        match
        for match in sightings.matches(store, alert.domain, alert.brand)
        if not (match.is_linked or following.is_left_out(ground, match))
    )
    named_at = max((one.seen_at for one in seen), default=None)
    known = (*history, *_of_hosts(store, hosts))
    return Case(alert, dossier, known, in_force is None, others, named_at)


def _of_hosts(store: Store, hosts: Iterable[str]) -> tuple[PastFact, ...]:
    return tuple(fact for host in hosts for fact in facts.history(store, host))


def export(
    name: str, cases: Iterable[Case], choices: Sequence[str], at: datetime
) -> Iterator[bytes]:
    """The cases as the pieces of a file; `choices` are KEY=VALUE, of the format's `Settings`.

    Raises YoursToFix when the format or a choice is none.
    """
    found = formats()
    if name not in found:
        hint = did_you_mean(name, found)
        raise YoursToFix([Fault("", "--format", f"{name!r} is no format", hint)])
    rib = ribs.load("exports", name)
    content: bytes | Iterator[bytes] = rib.export(cases, _settings(rib.Settings, choices), at)
    return iter((content,)) if isinstance(content, bytes) else content


def formats() -> tuple[str, ...]:
    """The names of all formats."""
    return ribs.names("exports")


def _settings(kind: type[ExportSettings], choices: Sequence[str]) -> ExportSettings:
    pairs = (choice.partition("=") for choice in choices)
    written = {key.strip(): _value(text.strip()) for key, _, text in pairs}
    faults = Faults("--set", "", shown_in="docs/exports.md")
    settings = sound(kind, written, (), faults)
    if settings is None or faults.found:
        raise YoursToFix(faults.in_order())
    return settings


def _value(text: str) -> object:
    """A number, or true or false; anything else is a text."""
    try:
        return json.loads(text)
    except ValueError:
        return text
