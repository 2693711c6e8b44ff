"""Take changed rule files into force while the daemon runs, as a whole or not at all.

A set with a fault is refused: the one before stays in force, and `hunter status` says so with every
fault. What was taken is kept in the store, so that a restart with broken files has rules too.
"""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import structlog

from hunter.config import Config
from hunter.dossiers import rule_fields
from hunter.errors import Fault, YoursToFix
from hunter.hunting import load_rules
from hunter.model import Report
from hunter.pipeline import Hunt
from hunter.rulebook import Rulebook, load_files, stamps
from hunter.rulebook.reading import RuleFile
from hunter.store import Store, rulesets, sightings

_PART = "rules"
_MOST_TOLD = 5

log = structlog.get_logger()


class RuleWatch:
    """What the rule files looked like when they were last dealt with."""

    def __init__(self, folders: Sequence[Path]) -> None:
        """Take them as dealt with as they are now."""
        self._dealt_with = self._seen = stamps(folders)

    def changed(self, folders: Sequence[Path]) -> bool:
        """Whether they changed and were then left alone from one look to the next."""
        before, self._seen = self._seen, stamps(folders)
        return self._seen == before and self._seen != self._dealt_with

    def deal_with(self) -> None:
        """Take them as dealt with as they were at the last look."""
        self._dealt_with = self._seen


async def follow(hunt: Hunt) -> Rulebook | None:
    """The rules as they stand in the files now; None, and a report, when they are at fault."""
    try:
        return await asyncio.to_thread(load_rules, hunt.config)
    except YoursToFix as error:
        refuse(hunt, error)
        return None


def put_in_force(hunt: Hunt, rules: Rulebook) -> Hunt:
    """The hunt with these rules; every domain is judged again when they are not those from before.

    Also at the start: rules may have changed while nobody ran.
    """
    now = hunt.now()
    with hunt.store.transaction():
        if rulesets.take(hunt.store, rules.digest, rules.files, now):
            sightings.judge_all(hunt.store)
            log.info("rules", rules=len(rules.rules), correlations=len(rules.correlations))
        message = f"{rules.summary} in force, set {rules.digest[:12]}"
        hunt.report(Report(_PART, healthy=True, message=message, at=now))
    return replace(hunt, rulebook=rules)


def refuse(hunt: Hunt, error: YoursToFix) -> None:
    """Say that the files are at fault, and how."""
    told = [str(fault) for fault in error.faults[:_MOST_TOLD]]
    if len(error.faults) > _MOST_TOLD:
        told.append(f"and {len(error.faults) - _MOST_TOLD} more: hunter rules check")
    faults = "\n".join(told)
    message = f"the old rules stay in force:\n{faults}"
    hunt.report(Report(_PART, healthy=False, message=message, at=hunt.now()))


def rules_to_start_with(config: Config) -> tuple[Rulebook, YoursToFix | None]:
    """The rules in the files; where they are at fault, those that were in force last, and why.

    Raises YoursToFix when there were none before, or none of them is sound any more.
    """
    try:
        return load_rules(config), None
    except YoursToFix as error:
        with Store(config.store) as store:
            last = rulesets.live(store)
        if last is None:
            raise
        rules = _sound(last.files)
        if rules is None:
            raise
        return rules, YoursToFix([*_left_out(last.files, rules), *error.faults])


def _left_out(before: Sequence[RuleFile], rules: Rulebook) -> Iterator[Fault]:
    """What was in force and is no more, be it a filter or what the files at fault do not name."""
    kept = {one.file for one in rules.files}
    for one in before:
        if one.file not in kept:
            why = "is left out: this hunter refuses what it was when its rules were last in force"
            yield Fault(one.file, "", why, "mend the faults below, and all are in force again")


def _sound(files: Sequence[RuleFile]) -> Rulebook | None:
    """The rules of those files that this version of hunter takes, if any: another wrote them all.

    A file that builds on one that is left out is left out as well.
    """
    while files:
        try:
            return load_files(files, rule_fields())
        except YoursToFix as error:
            wrong = {fault.file for fault in error.faults}
            left = [one for one in files if one.file not in wrong]
            files = left if len(left) < len(files) else ()
    return None
