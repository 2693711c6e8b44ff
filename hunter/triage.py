"""What people make of alerts: which state may follow which, and who said so, when and why."""

from collections.abc import Mapping
from datetime import datetime

from hunter import names, routing, wording
from hunter.alerts import woken
from hunter.config import Config, Ground
from hunter.errors import Fault, YoursToFix
from hunter.following import in_force
from hunter.known import dossier_of
from hunter.model import DONE, Alert, AlertState, Brand
from hunter.store import Store, alerts

_OPEN = (AlertState.NEW, AlertState.ACKNOWLEDGED, AlertState.ESCALATED, AlertState.CONFIRMED)
MOVES: Mapping[AlertState, tuple[AlertState, ...]] = {
    AlertState.ACKNOWLEDGED: (AlertState.NEW, AlertState.ESCALATED),
    AlertState.ESCALATED: (AlertState.NEW, AlertState.ACKNOWLEDGED, AlertState.CONFIRMED),
    AlertState.CONFIRMED: (AlertState.NEW, AlertState.ACKNOWLEDGED, AlertState.ESCALATED),
    AlertState.DISMISSED: _OPEN,
    AlertState.CLOSED: _OPEN,
    AlertState.NEW: DONE,
}
"""State → those it may follow. To reopen an alert is to make it new again."""


def move(
    store: Store,
    config: Config,
    domain: str,
    state: AlertState,
    *,
    why: str,
    actor: str,
    now: datetime,
    until: datetime | None = None,
) -> tuple[Alert, ...]:
    """Put every alert about the domain that may go there into `state`; returns those in it then.

    Subscribers who want to hear of it are written to. Nothing is written for those that are in that
    state already. Raises YoursToFix when none of them is in it or may get there; empty when there
    is no alert about the domain.
    """
    with store.transaction():
        found = alerts.about(store, domain)
        moved = [alert for alert in found if alert.state in MOVES[state]]
        if found and not moved and state not in {alert.state for alert in found}:
            raise YoursToFix([_no_way(found[0], state)])
        others = _said(why, until)
        said = others.pop("en")
        for alert in moved:
            alerts.set_state(
                *(store, alert, state),
                why=said, translations=others, actor=actor, now=now, until=until,
            )  # fmt: skip
        there = tuple(one for one in alerts.about(store, domain) if one.state is state)
        for alert in there:
            if alert.id in {one.id for one in moved}:
                _tell(store, config, alert, now)
        return there


def _said(why: str, until: datetime | None) -> dict[str, str]:
    """By language; what a person said is as they said it, but for how long it holds is hunter's."""
    if until is None:
        return {"en": why}
    return dict(wording.in_every_language(wording.sentence_for_silence, until, why))


def wake(store: Store, config: Config, now: datetime) -> None:
    """Let what was dismissed for a time be new again, unless the config says it is harmless."""
    with store.transaction():
        awake = [
            alerts.save(store, woken(alert, now), alerts.told(store, alert))
            for alert in alerts.take_overdue(store, now)
            if in_force(store, config, alert.match) is not None
        ]
        for alert in awake:
            _tell(store, config, alert, now)


def left_out(store: Store, config: Ground, brand: Brand) -> tuple[str, ...]:
    """The domains of the brand's open alerts that the config says by now are yours or harmless."""
    own = [name for one in config.brands for name in (one.domain, *one.owned)]
    named = dict.fromkeys(
        names.registrable(name.removeprefix("*.")) for name in (*own, *brand.ignored)
    )
    open_ones = alerts.open_among(store, brand.domain, named)
    return tuple(one for one in named if one in open_ones and is_settled(store, config, one))


def is_settled(store: Store, config: Ground, domain: str) -> bool:
    """Whether the config says so of all open alerts on the domain: a dismissal is of all of them.

    What one brand ignores may imitate another.
    """
    found = [alert for alert in alerts.about(store, domain) if alert.state in _OPEN]
    return bool(found) and all(in_force(store, config, one.match) is None for one in found)


def _tell(store: Store, config: Config, alert: Alert, now: datetime) -> None:
    brand = config.brand(alert.brand)
    if brand is not None:
        dossier = dossier_of(store, alert.domain, now, brand, alert.match)
        routing.tell(store, config, alert, dossier, alert.transitions[-1:])


def _no_way(alert: Alert, state: AlertState) -> Fault:
    message = (
        f"the alert on {names.defang(alert.domain)} is {alert.state} and cannot become {state}"
    )
    hint = "reopen it first" if alert.state in DONE else f"it can when it is {_listed(state)}"
    return Fault("", "", message, hint)


def _listed(state: AlertState) -> str:
    return " or ".join(MOVES[state])
