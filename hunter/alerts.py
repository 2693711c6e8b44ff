"""Open, raise or stay silent. Pure: what there was and what is so now → what to tell people.

`told` is the state of affairs that people know of. Each thing in it is told once: a state that
comes back is no news, so a record that flips to and fro does not flood anybody.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeAlias

from hunter import crowds, ladder, wording
from hunter.dossiers import day_of, values_of
from hunter.model import (
    DONE,
    REOPENED,
    Alert,
    AlertState,
    Dossier,
    Finding,
    Level,
    Match,
    Stage,
    Transition,
    points,
)
from hunter.net.guard import leads_somewhere

Sentence: TypeAlias = Callable[[], str]
Say: TypeAlias = Callable[[Sentence], Mapping[str, str]]
"""A sentence in each language, by the language's code; English among them."""
_Step: TypeAlias = tuple[str, Sentence]
"""The kind of a transition, and how it is told."""

WATCHED = ("ns_domain", "mx_domain", "registrant_email", "registrar", "asn", "cdn")
"""Fields whose change is news. Addresses are not: behind a CDN they change by the hour."""

_MOST_CHANGES = 5
"""So often the change of a field is told. Whoever has other servers at every look would else have
a letter written every hour, and other alerts drown in them."""
_POINTERS = ("a", "aaaa", "host_address")
_CLOCKS_APART = timedelta(days=2)
"""By less two answers differ about the day of one registration."""


@dataclass(frozen=True, slots=True)
class Decision:
    """The alert as it is now, what people will have been told, and what they must be told now.

    A fall on the ladder stands among the alert's transitions and is no news: nobody is written to.
    """

    alert: Alert
    told: Mapping[str, Any]
    news: tuple[Transition, ...]


def decide(
    before: Alert | None,
    told: Mapping[str, Any],
    dossier: Dossier,
    match: Match,
    findings: Sequence[Finding],
    *,
    minimum: Level,
    latecomer: str = "",
    say: Say = wording.in_every_language,
) -> Decision | None:
    """What the findings mean for the alert; None when there is none and none is called for.

    `latecomer` is a host that began to imitate after the alert was dismissed or closed for others.
    `say` makes the sentences; whoever only counts may leave them unsaid.
    """
    severity = max([finding.level for finding in findings], default=Level.INFORMATIONAL)
    if before is None and severity < minimum:
        return None
    now = _state_of_affairs(dossier, findings, severity)
    if before is None:
        opened = ("opened", partial(wording.sentence_for_opening, match))
        opening = _transitions([opened], dossier.at, say)
        return Decision(_opened(dossier, match, findings, severity, opening), now, opening)
    steps = list(_news(told, now, dossier, findings, minimum))
    state = before.state
    anew = _registered_anew(before, told, now)
    if state in DONE:
        graver = severity > told["severity"]
        steps = list(_reasons_to_wake(state, steps, latecomer, anew, graver=graver))
        state = AlertState.NEW if steps else state
    elif anew:
        was = AlertState.CONFIRMED if before.is_confirmed else state
        steps = [_reregistered(was, anew), *steps]
        state = AlertState.NEW
    news = _transitions(steps, dossier.at, say)
    if anew:
        news = (replace(news[0], is_anew=True), *news[1:])
    fallen = tuple(_fall(told, now, dossier))
    alert = replace(
        before,
        severity=severity,
        score=_score(findings),
        state=state,
        updated_at=dossier.at if news else before.updated_at,
        match=match,
        findings=tuple(findings),
        transitions=before.transitions + fallen + news,
    )
    # What the last holder had is told again when the next one has it.
    return Decision(alert, now if anew else _add_up(told, now), news)


def woken(alert: Alert, now: datetime) -> Alert:
    """The alert when the time is over for which it was dismissed."""
    since = asleep_since(alert) or alert.updated_at
    over: _Step = (REOPENED, partial(wording.sentence_for_waking, since))
    news = _transitions([over], now, wording.in_every_language)
    return replace(
        alert, state=AlertState.NEW, updated_at=now, transitions=alert.transitions + news
    )


def newly_related(
    before: Alert | None, findings: Iterable[Finding]
) -> Iterator[tuple[str, frozenset[str]]]:
    """For each rule the domains that its finding relates now and did not before, if any.

    A correlation concerns all that take part. Only what is new counts: two domains that never came
    to agree would have each other judged for ever.
    """
    known = {one.rule_id: one.related for one in before.findings} if before else {}
    for one in findings:
        if new := frozenset(one.related).difference(known.get(one.rule_id, ())):
            yield one.rule_id, new


def has(alert: Alert | None, rule_id: str) -> bool:
    """Whether the rule is among what an alert rests on."""
    return alert is not None and any(one.rule_id == rule_id for one in alert.findings)


def _opened(
    dossier: Dossier,
    match: Match,
    findings: Sequence[Finding],
    severity: Level,
    news: tuple[Transition, ...],
) -> Alert:
    return Alert(
        id=0,
        brand=match.brand,
        domain=dossier.domain,
        severity=severity,
        score=_score(findings),
        state=AlertState.NEW,
        opened_at=dossier.at,
        updated_at=dossier.at,
        match=match,
        findings=tuple(findings),
        transitions=news,
    )


def _reasons_to_wake(
    state: AlertState,
    steps: Iterable[_Step],
    latecomer: str,
    anew: datetime | None,
    *,
    graver: bool,
) -> Iterator[_Step]:
    if graver:
        yield REOPENED, partial(wording.sentence_for_reopening, state)
        yield from steps
    elif anew:
        yield _reregistered(state, anew)
        yield from steps
    elif latecomer:
        yield REOPENED, partial(wording.sentence_for_latecomer, state, latecomer)


def _reregistered(state: AlertState, registered: datetime) -> _Step:
    return REOPENED, partial(wording.sentence_for_reregistration, state, registered)


def _registered_anew(
    alert: Alert, told: Mapping[str, Any], now: Mapping[str, Any]
) -> datetime | None:
    """The day of a registration that is younger than what people know, or said, is about another's.

    Another registrar or holder alone is none: a squatter moves a name, and writes any holder.
    """
    registered = day_of(now["registered"])
    said = asleep_since(alert) or _confirmed_since(alert)
    last = day_of(told.get("registered", ""))
    if said is None and (registered is None or last is None or registered - last < _CLOCKS_APART):
        return None
    since = said or alert.opened_at
    return registered if registered and registered.date() > since.date() else None


def _registered(dossier: Dossier) -> str:
    """The day, YYYYMMDD: the first of those that are told. Empty when none is known."""
    days = (str(value) for value in values_of(dossier.fields, "registered"))
    return min(filter(day_of, days), default="")


def asleep_since(alert: Alert) -> datetime | None:
    """When it was dismissed or closed; None while it is neither."""
    fell = alert.last(*DONE) if alert.state in DONE else None
    return fell.at if fell else None


def _confirmed_since(alert: Alert) -> datetime | None:
    said = alert.last(AlertState.CONFIRMED) if alert.is_confirmed else None
    return said.at if said else None


def _transitions(steps: Iterable[_Step], at: datetime, say: Say) -> tuple[Transition, ...]:
    return tuple(_transition(at, kind, dict(say(sentence))) for kind, sentence in steps)


def _transition(at: datetime, kind: str, said: dict[str, str]) -> Transition:
    return Transition(at, kind, said.pop("en"), translations=said)


def _score(findings: Sequence[Finding]) -> int:
    return min(100, points(findings))


def _state_of_affairs(
    dossier: Dossier, findings: Sequence[Finding], severity: Level
) -> dict[str, Any]:
    stage = int(ladder.STAGES[str(dossier.fields["stage"])])
    sources = map(str, values_of(dossier.fields, "source"))
    now = {field: sorted(map(str, values_of(dossier.fields, field))) for field in WATCHED}
    return {
        "at": dossier.at.isoformat(),
        "severity": int(severity),
        "stage": stage,
        "stands": stage,
        "steps": sorted({stage, *map(int, ladder.steps(dossier.fields, sources))}),
        "falls": [],
        "rules": sorted([finding.rule_id for finding in findings]),
        "registered": _registered(dossier),
        "parked": _parked(dossier),
        "now": now,
        "seen": sorted([f"{field}={value}" for field in WATCHED for value in now[field]]),
    }


def _parked(dossier: Dossier) -> list[str] | None:
    """Whose shared servers all its addresses are of; none if any is not, None without addresses.

    A registrar that parks names at its own keeps name servers and network when they go live.
    """
    doors = {crowds.front_door_of(one) for one in _pointed_to(dossier)}
    return None if not doors else [] if "" in doors else sorted(doors)


def _pointed_to(dossier: Dossier) -> list[str]:
    values = (str(one) for field in _POINTERS for one in values_of(dossier.fields, field))
    return [one for one in dict.fromkeys(values) if leads_somewhere(one)]


def _still_parked(told: list[str] | None, now: list[str] | None) -> list[str] | None:
    """Who left is not told again when it comes back and leaves once more."""
    return now if told is None or (told and now is not None) else told


def _add_up(told: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """Told is told: the gravest, the furthest, everything seen; and the values that hold now."""
    known = {field: values for field, values in now["now"].items() if values}
    return {
        "at": now["at"],
        "severity": max(told["severity"], now["severity"]),
        "stage": max(told["stage"], now["stage"]),
        "stands": now["stage"],
        "steps": sorted({*_steps_told(told), *now["steps"]}),
        "falls": sorted({*told.get("falls", ()), *_falls(told, now)}),
        "rules": sorted({*told["rules"], *now["rules"]}),
        "registered": now["registered"] or told.get("registered", ""),
        "parked": _still_parked(told.get("parked"), now["parked"]),
        "now": {**told["now"], **known},
        "seen": sorted({*told["seen"], *_worth_keeping(told, now)}),
        "changes": {field: _changes_with(field, told, now) for field in WATCHED},
    }


def _worth_keeping(told: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    """What is seen now of fields whose next change would be told."""
    for one in now["seen"]:
        if _changes(one.partition("=")[0], told) < _MOST_CHANGES:
            yield one


def _changes(field: str, told: Mapping[str, Any]) -> int:
    count: int = told.get("changes", {}).get(field, 0)
    return count


def _changes_with(field: str, told: Mapping[str, Any], now: Mapping[str, Any]) -> int:
    return min(_MOST_CHANGES, _changes(field, told) + _is_change(field, told, now))


def _news(
    told: Mapping[str, Any],
    now: Mapping[str, Any],
    dossier: Dossier,
    findings: Sequence[Finding],
    minimum: Level,
) -> Iterator[_Step]:
    if now["severity"] > told["severity"]:
        levels = Level(told["severity"]), Level(now["severity"])
        yield "raised", partial(wording.sentence_for_severity, *levels)
    for step in _climbed(told, now):
        yield "raised", partial(wording.sentence_for_stage, Stage.UNREGISTERED, step)
    for finding in findings:
        # A lesser rule on a grave alert is kept with it, and is no reason to write to anybody.
        if finding.rule_id not in told["rules"] and finding.level >= max(minimum, told["severity"]):
            yield "raised", partial(wording.sentence_for_finding, finding)
    if told.get("parked") and now["parked"] == []:
        elsewhere = [one for one in _pointed_to(dossier) if not crowds.front_door_of(one)]
        yield "changed", partial(wording.sentence_for_leaving, told["parked"], elsewhere)
    for field in WATCHED:
        yield from _change(field, told, now, dossier.at)


def _climbed(told: Mapping[str, Any], now: Mapping[str, Any]) -> list[Stage]:
    """The steps that are news: the highest, and mail, which is the loudest, whenever it comes.

    So is the address of who had none, whatever certificate was issued; mail and a page tell of it.
    """
    new = {*now["steps"]}.difference(_steps_told(told))
    loud = {now["stage"]} if now["stage"] > told["stage"] else set()
    news = loud | (new & {Stage.MAIL})
    if max(news, default=0) < Stage.MAIL and told["stage"] < Stage.WEB:
        news |= new & {Stage.ADDRESS}
    return [Stage(step) for step in sorted(news)]


def _steps_told(told: Mapping[str, Any]) -> set[int]:
    """What was kept before steps were tells the highest, and those below go without saying."""
    return set(told.get("steps", range(told["stage"] + 1)))


def _falls(told: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """The sentence about a fall since the last look; none when it fell nowhere."""
    stood = told.get("stands", told["stage"])
    if now["stage"] >= stood:
        return ()
    return (wording.sentence_for_stage(Stage(stood), Stage(now["stage"])),)


def _fall(
    told: Mapping[str, Any], now: Mapping[str, Any], dossier: Dossier
) -> Iterator[Transition]:
    """A fall that is not among the alert's transitions yet: one that comes back is not repeated."""
    for text in _falls(told, now):
        if text not in told.get("falls", ()):
            yield Transition(dossier.at, "fell", text)


def _change(
    field: str, told: Mapping[str, Any], now: Mapping[str, Any], at: datetime
) -> Iterator[_Step]:
    left = _MOST_CHANGES - _changes(field, told)
    if left > 0 and _is_change(field, told, now):
        since = datetime.fromisoformat(told["at"]) if "at" in told else None
        values = tuple(told["now"][field]), tuple(now["now"][field])
        sentence = partial(wording.sentence_for_change, field, *values, since=since, until=at)
        yield "changed", partial(wording.sentence_for_last, sentence) if left == 1 else sentence


def _is_change(field: str, told: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Whether another value than before stands there, one that nobody has heard of."""
    seen = frozenset(told["seen"])
    new = any(f"{field}={value}" not in seen for value in now["now"][field])
    return new and bool(told["now"].get(field))
