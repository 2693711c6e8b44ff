"""Let two sets of rules live through the past, and report where they part."""

import gc
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import filterfalse, groupby, islice

from hunter import canary, following
from hunter.backtest import differences, past
from hunter.backtest.differences import Opening
from hunter.backtest.known import Tie
from hunter.backtest.life import Life
from hunter.backtest.mail import Mail, messages
from hunter.backtest.report import Backtest, Messages
from hunter.backtest.states import Period, Seen, State, brands_of, seen_through
from hunter.config import Config
from hunter.judge import Joint, company
from hunter.rulebook import Rulebook
from hunter.store import Store
from hunter.store.outbox import Way

OLD, NEW = 0, 1
_TOGETHER = 64


def _nobody(_done: int, _all: int) -> None:
    """Nobody looks."""


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    """Hardly any of its millions of objects form a cycle; looking for some took a twentieth."""
    usual = gc.get_threshold()
    gc.set_threshold(50_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@_seldom_collecting()
def replay(
    store: Store,
    config: Config,
    before: Rulebook,
    after: Rulebook,
    *,
    since: datetime | None,
    until: datetime,
    on_progress: Callable[[int, int], None] = _nobody,
) -> Backtest:
    """What `after` would have made of the stored past, beside `before`.

    Without `since` the whole past; with it, what was so before counts as known. `on_progress` gets
    the domains read so far, and how many there are.
    """
    old, new = Life(OLD, before, config), Life(NEW, after, config)
    common = _Common(old, new)
    reading = _Reading(store, config, (before, after), Period(since, until))
    for courses in reading.domains_of_interest(on_progress):
        common.take(courses)
    in_order = sorted(common.rest(), key=_turn)
    for _, together in groupby(in_order, key=lambda one: one.at):
        states = list(together)
        old.live_through(states)
        new.live_through(states)
    found = differences.changes(old, new)
    alike = sum(common.openings.values())
    return Backtest(
        since=since,
        until=until,
        domains=reading.domains,
        dossiers=reading.dossiers,
        rules=differences.rule_changes(old, new),
        alerts=(_alerts(old) + alike, _alerts(new) + alike),
        changes=found,
        days=differences.days(old, new, found, common.openings),
        messages=tuple(_messages(old, new, common.mail, until)),
    )


def _turn(state: State) -> tuple[datetime, str, bool]:
    """What a domain imitates is judged before what it is tied to."""
    return state.at, state.dossier.domain, state.match.is_linked


class _Common:
    """What becomes of the domains that both sets see alike, and alone: it is lived once.

    Those are nearly all, and they need not wait for their turn in time.
    """

    def __init__(self, old: Life, new: Life) -> None:
        self.openings: Counter[Opening] = Counter()
        self._lives = old, new
        self._life = Life(OLD, old.rulebook, old.config)
        self._apart: list[State] = []
        self._tied: list[tuple[frozenset[Tie], list[State]]] = []
        self._ties: Counter[Tie] = Counter()
        # Where both correlate alike, what a domain does by itself is the same in both.
        self._alone = not differences.correlate_alike(old.rulebook, new.rulebook)

    @property
    def mail(self) -> Mail:
        """What people were told of them."""
        return self._life.mail

    def take(self, courses: list[list[State]]) -> None:
        """All states of one domain, brand by brand: live through them, or put them by."""
        linked = any(state.match.is_linked for states in courses for state in states)
        # What is told for one brand is not told for the other: they go together.
        together = linked and len(courses) > 1
        for states in courses:
            self._take(states, apart=together)

    def _take(self, states: list[State], *, apart: bool) -> None:
        old, new = self._lives
        ties = frozenset(
            tie
            for state in states
            for life in self._lives
            for tie in life.ties(state, alone=self._alone)
        )
        self._ties.update(ties)
        if apart or not all(new.says_as(old, state) for state in states):
            self._apart.extend(states)
        elif ties:
            self._tied.append((ties, states))
        else:
            self._live_once(states)

    def rest(self) -> list[State]:
        """Those over which the two might part, once all domains are known."""
        for ties, states in self._tied:
            if any(not field or self._ties[brand, field, one] > 1 for brand, field, one in ties):
                self._apart.extend(states)
            else:
                self._live_once(states)
        return self._apart

    def _live_once(self, states: list[State]) -> None:
        for state in states:
            self._life.live_through([state])
        for (brand, _), fate in self._life.fates.items():
            if fate.opened is not None:
                self.openings[differences.day_of(fate.opened), brand] += 1
        self._life.forget()


class _Reading:
    """The past, judged by both sets; only states in which some rule had something to say."""

    def __init__(
        self, store: Store, config: Config, books: tuple[Rulebook, ...], period: Period
    ) -> None:
        self.domains = 0
        self.dossiers = 0
        self._store = store
        self._config = config
        self._joint = Joint(books)
        self._period = period
        self._history = any(company(book).past for book in books)

    def domains_of_interest(
        self, on_progress: Callable[[int, int], None]
    ) -> Iterator[list[list[State]]]:
        """The states of each domain for each brand, oldest first."""
        total, pasts = past.domains(self._store), past.read(self._store)
        # Some dozens are read, then put together, then judged: what a processor does over and over
        # it has at hand, and going back and forth for each domain costs a fifth more.
        while some := list(islice(pasts, _TOGETHER)):
            known = [one for one in some if not canary.is_canary(one.domain)]
            seen = [list(self._courses(one)) for one in known]
            yield from [list(filter(None, map(self._heard, courses))) for courses in seen]
            for _ in known:
                self.domains += 1
                on_progress(self.domains, total)

    def _courses(self, one: past.Past) -> Iterator[list[Seen]]:
        """What was seen of a domain, for each brand; nothing of names that are left out by now."""
        is_left_out = partial(following.is_left_out, self._config)
        judged = replace(one, matches=tuple(filterfalse(is_left_out, one.matches)))
        for brand in brands_of(judged, self._config):
            yield list(seen_through(judged, brand, self._period, history=self._history))

    def _heard(self, course: list[Seen]) -> list[State]:
        """The states from the first on in which a rule had something to say."""
        self.dossiers += len(course)
        heard: list[State] = []
        for dossier, match, prelude, judged in course:
            met = self._joint.met(dossier)
            if heard or any(met):
                heard.append(State(dossier, match, met, prelude, judged))
        return heard


def _alerts(life: Life) -> int:
    return sum(fate.alert is not None for fate in life.fates.values())


def _messages(old: Life, new: Life, common: Mail, until: datetime) -> Iterator[Messages]:
    at_once = Mail()
    for key, fate in new.fates.items():
        new.go_live(at_once, old.fates.get(key), fate.last, until)
    for subscriber in new.config.subscribers:
        for channel in subscriber.channels:
            way = Way(channel, subscriber.name)
            yield Messages(
                subscriber.name,
                channel,
                before=messages(way, old.mail, common),
                after=messages(way, new.mail, common),
                at_once=messages(way, at_once),
            )
