"""By which ways a lookalike of a brand could show itself, and which of them are open now."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from hunter.config import Config
from hunter.ct.choice import CHOICE
from hunter.store.reports import Standing
from hunter.wording import english_health as words


class State(StrEnum):
    """Whether what comes that way is seen."""

    OPEN = "open"
    DEGRADED = "degraded"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Way:
    """One way, for one brand; `why` is empty when it is open."""

    brand: str
    name: str
    state: State
    why: str = ""


_OF_ITSELF = ("", "queue")
"""What a source reports of itself, and not of a place where names come from."""

_WAYS: Mapping[str, tuple[str, ...]] = {
    "certificates": ("ct_logs", "certstream"),
    "new registrations": ("registrations",),
    "likely names in DNS": ("permutations",),
    "known registrants": ("reverse_whois",),
    "known servers": ("passive_dns",),
}
_NO_WAY = ("canary", "case")
"""Sources of what nobody registered."""


def coverage(config: Config, standings: Iterable[Standing]) -> Iterator[Way]:
    """Every way for every brand."""
    told = list(standings)
    for brand in config.brands:
        for name, sources in _ways(config).items():
            used = [source for source in sources if source in config.sources]
            yield Way(brand.domain, name, *_state(name, used, told, config, brand.domain))


def _ways(config: Config) -> Mapping[str, tuple[str, ...]]:
    """Way → its sources; one that stands in no way is a way of its own name."""
    known = {source for sources in _WAYS.values() for source in sources} | set(_NO_WAY)
    return {**_WAYS, **{source: (source,) for source in config.sources if source not in known}}


def _state(
    name: str, used: list[str], told: list[Standing], config: Config, brand: str
) -> tuple[State, str]:
    if not used:
        return State.CLOSED, words.CLOSED[name]
    reports = [one.report for one in told if one.report.part in {f"sources.{s}" for s in used}]
    beside = beside_logs(config)
    reports = [one for one in reports if not one.healthy or one.subject not in beside]
    # That a source is at work opens no way where every place it reads is in trouble.
    places = [one for one in reports if not one.healthy or one.subject not in _OF_ITSELF]
    reports = places or reports
    if not reports:
        return State.DEGRADED, words.NOT_YET
    ill = [report for report in reports if not report.healthy]
    if len(ill) == len(reports):
        return State.CLOSED, words.IN_TROUBLE_ALL.format(message=ill[0].message)
    if ill:
        where = ", ".join(report.subject or report.part for report in ill[:3])
        return State.DEGRADED, words.IN_TROUBLE_SOME.format(
            ill=len(ill), all=len(reports), where=where
        )
    if name == "new registrations" and not _lists(config, brand):
        return State.DEGRADED, words.NO_LIST.format(ending=brand.rpartition(".")[2])
    return State.OPEN, ""


def beside_logs(config: Config) -> tuple[str, ...]:
    """The lists of logs and the choice among them: these tell which logs there are, and no name."""
    settings: Any = config.sources.get("ct_logs")
    return (CHOICE, settings.list_url, *settings.other_lists) if settings else ()


def _lists(config: Config, brand: str) -> bool:
    """Whether some list may hold the brand's own ending; what a file holds is not known."""
    settings: Any = config.sources["registrations"]
    presets = [feed.preset for feed in settings.feeds]
    return (
        not all(presets) or f"afnic-{brand.rpartition('.')[2]}" in presets or "whoisds" in presets
    )
