"""Hosts that begin to imitate under a domain whose alert is asleep.

A firm that gives a host to whoever signs up is one domain with one alert. Whoever dismissed it for
one of its customers has said nothing of the next.
"""

from collections.abc import Iterator, Sequence, Set
from datetime import datetime

from hunter import alerts, dossiers, following
from hunter.config import Ground
from hunter.handover import all_that_imitate, what_imitates
from hunter.judge import judge
from hunter.model import Alert, Match
from hunter.rulebook import Rulebook
from hunter.store import Store, facts, sightings


def latecomer(store: Store, config: Ground, rulebook: Rulebook, alert: Alert, now: datetime) -> str:
    """The surest such host that by itself would have opened the alert; "" where there is none."""
    since = alerts.asleep_since(alert)
    if since is None:
        return ""
    seen = sightings.sightings_of(store, alert.domain)
    first = {one.name: one.seen_at for one in reversed(seen)}
    found = sightings.matches(store, alert.domain, alert.brand)
    # What was seen while the clock was ahead was there before whatever a person said since.
    late = {one.name for one in found if since < first.get(one.name.lower(), since) <= now}
    if not late:
        return ""
    brand, history = config.brand(alert.brand), facts.held(store, alert.domain)
    for match in _of_new_hosts(alert.domain, found, late):
        if following.is_left_out(config, match):
            continue
        own = [one for one in seen if one.name == match.name.lower()]
        dossier = dossiers.assemble(
            alert.domain, brand=brand, match=match, sightings=own, history=history, at=now
        )
        if any(one.level >= config.minimum for one in judge(rulebook, dossier)):
            return what_imitates(match, alert.domain)
    return ""


def _of_new_hosts(domain: str, found: Sequence[Match], late: Set[str]) -> Iterator[Match]:
    """None where the domain itself imitates: its hosts are all of one owner, who was dismissed."""
    if domain in all_that_imitate(domain, found):
        return
    before = all_that_imitate(domain, [one for one in found if one.name not in late])
    new = (one for one in found if one.name in late)
    yield from (one for one in new if what_imitates(one, domain) not in before)
