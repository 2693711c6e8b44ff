"""Two lives, side by side: where they differ, and why."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import TypeAlias, TypeGuard

from hunter.backtest.known import Key
from hunter.backtest.life import Fate, Life
from hunter.backtest.report import Change, DayCount, Kind, RuleChange
from hunter.backtest.states import State
from hunter.judge.reasons import why, why_not
from hunter.rulebook import Correlation, Filter, Rule, Rulebook

Opening: TypeAlias = tuple[date | None, str]
"""The day an alert opened, or None when that was before the period; and the brand."""
Part: TypeAlias = Rule | Correlation | Filter
Fired: TypeAlias = Mapping[str, State]
"""Rules that fired, by their ids, and the state in which each did first."""
Speaking: TypeAlias = Mapping[str, Rule | Correlation]
"""Rules and correlations by their ids."""

_MOST_REASONS = 4
_MOST_TITLES = 3
_MOST_EXPLAINED = 2000


def rule_changes(before: Life, after: Life) -> tuple[RuleChange, ...]:
    """The rules, correlations and filters that are not the same in both sets."""
    old, new = _parts(before.rulebook), _parts(after.rulebook)
    was_met, is_met = _met(before), _met(after)
    changed = []
    for key in sorted(old.keys() | new.keys()):
        was, now = old.get(key), new.get(key)
        if was is None or now is None or _behaviour(was) != _behaviour(now):
            kind = Kind.ADDED if was is None else Kind.REMOVED if now is None else Kind.CHANGED
            one = now or was
            assert one is not None
            what = type(one).__name__.lower()
            held, holds = was_met[one.header.id], is_met[one.header.id]
            gained, lost = tuple(sorted(holds - held)), tuple(sorted(held - holds))
            changed.append(RuleChange(kind, one.header.title, what, one.header.file, gained, lost))
    return tuple(changed)


def _met(life: Life) -> dict[str, set[str]]:
    """The domains of which each rule held, as far as the two lives may part over them."""
    found: dict[str, set[str]] = defaultdict(set)
    for (_, domain), fate in life.fates.items():
        for rule in fate.met:
            found[rule].add(domain)
    return found


def correlate_alike(before: Rulebook, after: Rulebook) -> bool:
    """Whether the correlations of both sets are the same, and weigh the same."""
    old, new = (
        {one.header.id: _behaviour(one) for one in book.correlations} for book in (before, after)
    )
    return old == new


def _parts(book: Rulebook) -> dict[tuple[str, str], Part]:
    every: tuple[Part, ...] = (*book.rules, *book.correlations, *book.filters)
    return {(type(one).__name__, one.header.id or one.header.title): one for one in every}


def _behaviour(one: Part) -> tuple[object, ...]:
    """What makes a difference to alerts: not the words, the tests or the place."""
    head = (one.header.level, one.header.score, one.header.silent)
    if isinstance(one, Rule):
        return (*head, one.own)
    if isinstance(one, Filter):
        return (one.rules, one.condition)
    own = (field.name for field in fields(one) if field.name != "header")
    return (*head, *(getattr(one, name) for name in own))


def changes(old: Life, new: Life) -> tuple[Change, ...]:
    """Every alert that is otherwise, the gravest first."""
    explaining = _Explaining(old.rulebook, new.rulebook)
    found = [
        change
        for key in sorted(old.fates.keys() | new.fates.keys())
        if (change := _change(key, old.fates.get(key), new.fates.get(key), explaining))
    ]
    return tuple(sorted(found, key=lambda one: -max(one.before or 0, one.after or 0)))


def _change(
    key: Key, old: Fate | None, new: Fate | None, explaining: "_Explaining"
) -> Change | None:
    before = old.severity if old and old.alert else None
    after = new.severity if new and new.alert else None
    if before == after:
        return None
    kind, fate = _course(old, new)
    state = fate.opened if kind in {Kind.ADDED, Kind.REMOVED} else fate.peak
    assert state is not None
    return Change(kind, *key, day_of(state), before, after, explaining.reasons(old, new))


def _course(old: Fate | None, new: Fate | None) -> tuple[Kind, Fate]:
    """What became of the alert, and the fate that has what the other lacks."""
    if new is None or new.alert is None:
        assert old is not None
        return Kind.REMOVED, old
    if old is None or old.alert is None:
        return Kind.ADDED, new
    return (Kind.RAISED, new) if new.severity > old.severity else (Kind.LOWERED, old)


def day_of(state: State) -> date | None:
    """The day on which a state came to be; None when that was before the period."""
    return None if state.prelude else state.dossier.at.date()


def _speaking(book: Rulebook) -> Speaking:
    every: tuple[Rule | Correlation, ...] = (*book.rules, *book.correlations)
    return {one.header.id: one for one in every}


class _Explaining:
    """Says why a rule fires under one set and not under the other; of the first few thousand."""

    def __init__(self, before: Rulebook, after: Rulebook) -> None:
        self._before = _speaking(before)
        self._after = _speaking(after)
        self._left = _MOST_EXPLAINED

    def reasons(self, old: Fate | None, new: Fate | None) -> tuple[str, ...]:
        """What the old rules saw that the new ones do not, and the other way round."""
        was: Fired = old.fired if old else {}
        now: Fired = new.fired if new else {}
        told: dict[str, list[str]] = defaultdict(list)
        for rule in _gravest(was.keys() - now.keys(), self._before):
            told[self._lost(rule, was[rule])].append(self._before[rule].header.title)
        for rule in _gravest(now.keys() - was.keys(), self._after):
            told[self._gained(rule, now[rule])].append(self._after[rule].header.title)
        for rule in _gravest(was.keys() & now.keys(), self._after):
            told[self._moved(rule)].append(self._after[rule].header.title)
        told.pop("", None)
        self._left -= 1
        sentences = (_sentence(titles, why) for why, titles in told.items())
        return tuple(sentences)[:_MOST_REASONS]

    def _lost(self, rule: str, state: State) -> str:
        now = self._after.get(rule)
        if now is None:
            return "no longer there"
        told = why_not(now, state.dossier) if self._explains(now) else ()
        return f"no longer{_for(told)}"

    def _gained(self, rule: str, state: State) -> str:
        now = self._after[rule]
        told = why(now.condition, state.dossier) if self._explains(now) else ()
        return f"{'now' if rule in self._before else 'new'}{_for(told)}"

    def _moved(self, rule: str) -> str:
        was, now = self._before[rule].header.level, self._after[rule].header.level
        return f"{now}, and was {was}" if was != now else ""

    def _explains(self, one: Rule | Correlation) -> TypeGuard[Rule]:
        return isinstance(one, Rule) and self._left > 0


def _for(reasons: Sequence[str]) -> str:
    return f", for {', '.join(reasons)}" if reasons else ""


def _sentence(titles: Sequence[str], why: str) -> str:
    """One reason, and all the rules that it concerns."""
    named = ", ".join(map(repr, titles[:_MOST_TITLES]))
    more = f" and {len(titles) - _MOST_TITLES} more" if len(titles) > _MOST_TITLES else ""
    return f"{named}{more}: {why}"


def _gravest(rules: Iterable[str], book: Speaking) -> list[str]:
    return sorted(rules, key=lambda rule: (-book[rule].header.level, book[rule].header.title))


def days(
    old: Life, new: Life, found: Sequence[Change], common: Counter[Opening]
) -> tuple[DayCount, ...]:
    """The alerts that opened, brand by brand and day by day; what was before comes first."""
    before, after = common + Counter(_openings(old)), common + Counter(_openings(new))
    kinds: dict[Opening, Counter[Kind]] = defaultdict(Counter)
    for one in found:
        kinds[one.day, one.brand][one.kind] += 1
    keys = before.keys() | after.keys() | kinds.keys()
    return tuple(
        DayCount(day, brand, before[day, brand], after[day, brand], dict(kinds[day, brand]))
        for day, brand in sorted(keys, key=lambda key: (key[0] or date.min, key[1]))
    )


def _openings(life: Life) -> Iterator[Opening]:
    for (brand, _), fate in life.fates.items():
        if fate.opened is not None:
            yield day_of(fate.opened), brand
