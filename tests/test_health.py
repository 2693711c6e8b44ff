"""Whoever keeps hunter running hears of its troubles: once, together, and when they are over."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunter import health
from hunter.config.tables import HealthTable
from hunter.enrichers import tor
from hunter.model import PASSING, Level, Report, Subscriber
from hunter.notice import Notice
from hunter.sources import ct_logs, permutations, registrations
from hunter.store import Store, outbox, reports
from tests.world.hunting import BRAND, small_config

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LIMITS = HealthTable()
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
OPERATOR = Subscriber("it", {"email": ("it@example.org",), "slack": ()}, operator=True)
PRESS = Subscriber("press", {"email": ("press@example.org",)})
PART = "sources.ct_logs"
LOG = "https://ct.example/2026/"
LISTS = registrations.Settings(feeds=(registrations.Feed(preset="afnic-fr"),))


def test_a_provider_that_is_silent_for_an_hour_is_told(tmp_path: Path) -> None:
    """One refused question is not; an hour without any answer is."""
    with Store(tmp_path / "hunter.db") as store:
        watched = Watched(store)
        watched.report("fails", subject="", part="enrichers.rdap")
        watched.wait(59 * MINUTE)
        early = outbox.counts(store)
        watched.wait(2 * MINUTE)

        assert early == {}
        assert outbox.counts(store) == {"email": {"pending": 1}, "slack": {"pending": 1}}


def test_a_disk_that_fills_up_is_trouble_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Told while there is still room to write the letter."""
    usage = health.shutil.disk_usage(tmp_path)
    assert health.room(tmp_path, NOW).healthy
    monkeypatch.setattr(health.shutil, "disk_usage", lambda _: usage._replace(free=1 << 20))

    assert not health.room(tmp_path, NOW).healthy


@pytest.mark.parametrize(("hours", "told"), [(1, []), (3, ["hangs"])])
def test_a_look_that_does_not_end_is_told(tmp_path: Path, hours: int, told: list[str]) -> None:
    """None other begins before, so that nothing else would say a word."""
    config = small_config(tmp_path, sources={"registrations": LISTS})
    with Store(tmp_path / "hunter.db") as store:
        reports.job_started(store, "source:registrations", NOW)
        now = NOW + timedelta(hours=hours)
        assert [one.trouble for one in health.hanging(store, config, now)] == told

        reports.job_finished(store, "source:registrations", now)
        assert list(health.hanging(store, config, now)) == []


def test_what_is_not_in_the_config_is_forgotten(tmp_path: Path) -> None:
    """A list, a provider, a channel of a person: whoever took them out knows."""
    stay = (
        *(("sources.registrations", "afnic-fr"), ("sources.registrations", "")),
        *(("sources.ct_logs", LOG), ("enrichers.tor", "any"), ("notifiers.pigeon", "it")),
        *(("job.disk", ""), ("brands", BRAND.domain), ("sources.permutations", BRAND.domain)),
        ("sources.permutations", ""),
    )
    go = (
        *(("sources.registrations", "/gone"), ("sources.certstream", ""), ("job.canary", "")),
        *(("enrichers.rdap", ""), ("notifiers.pigeon", "gone"), ("notifiers.email", "it")),
        *(("brands", "gone.fr"), ("sources.permutations", "gone.fr")),
    )
    sources = {"registrations": LISTS, "ct_logs": ct_logs.Settings()}
    sources |= {"permutations": permutations.Settings()}
    people = (Subscriber("it", {"pigeon": ()}),)
    config = small_config(
        *(tmp_path,), sources=sources, enrichers={"tor": tor.Settings()}, subscribers=people
    )
    with Store(tmp_path / "hunter.db") as store:
        for part, subject in (*stay, *go):
            reports.record(store, Report(part, False, "ill", NOW, subject))

        health.forget_strangers(store, config)

        left = {(one.report.part, one.report.subject) for one in reports.standings(store)}
        assert left == {*stay}


class Watched:
    """A store, a clock, and what would be sent."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.now = NOW
        self.operators: tuple[Subscriber, ...] = (OPERATOR, PRESS)

    def report(self, trouble: str = "", *, subject: str = LOG, part: str = PART) -> None:
        """A part tells how it fares; in trouble when a word is given."""
        message = f"the log {trouble}" if trouble else "all is well"
        trouble = "" if trouble == "fails" else trouble
        ill = message != "all is well"
        reports.record(self.store, Report(part, not ill, message, self.now, subject, trouble))

    def wait(self, span: timedelta, step: timedelta = 15 * SECOND) -> None:
        """Let time pass, as the daemon would."""
        until = self.now + span
        while self.now < until:
            self.now = min(self.now + step, until)
            health.tell(self.store, self.operators, LIMITS, self.now)

    def letters(self) -> list[tuple[outbox.Parcel, Notice]]:
        """All that was written since the last look."""
        return [letter for way in outbox.ways(self.store, self.now) for letter in self._on(way)]

    def _on(self, way: outbox.Way) -> Iterator[tuple[outbox.Parcel, Notice]]:
        while key := outbox.next_bound(self.store, way, self.now):
            parcel = outbox.claim(self.store, way, key)
            assert parcel
            yield parcel, outbox.notice_in(self.store, parcel)
            outbox.mark_sent(self.store, parcel, self.now)

    def told(self) -> dict[tuple[str, str], list[str]]:
        """Subscriber and channel → the subjects they got since the last look."""
        found: dict[tuple[str, str], list[str]] = {}
        for parcel, notice in self.letters():
            way = (parcel.way.subscriber, parcel.way.channel)
            found.setdefault(way, []).append(notice.subject)
        return found

    def subjects(self) -> list[str]:
        """What was told on Slack, in a word each."""
        return [one.split("] ")[1].split(":")[0] for one in self.told()["it", "slack"]]

    def notices(self) -> list[Notice]:
        """The same as notices, each once."""
        return list({notice.key: notice for _, notice in self.letters()}.values())


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    with Store(tmp_path / "hunter.db") as store:
        yield Watched(store)


def test_a_trouble_is_told_once_to_the_operator_alone_on_every_channel(watched: Watched) -> None:
    """After a minute, and not again, however long it lasts."""
    watched.report("forked")
    watched.wait(59 * SECOND, SECOND)
    assert watched.letters() == []
    watched.wait(SECOND)
    letters = watched.letters()
    for _ in range(10):
        watched.report("forked")
        watched.wait(6 * timedelta(hours=1), MINUTE * 30)

    ways = [parcel.way for parcel, _ in letters]
    assert ways == [outbox.Way("email", "it"), outbox.Way("slack", "it")]
    assert letters[0][0].addresses == ("it@example.org",)
    assert watched.letters() == []


def test_what_comes_within_a_minute_is_one_notice(watched: Watched) -> None:
    """Also those that are younger than a minute when it is written."""
    for number in range(45):
        watched.report("behind", subject=f"https://ct{number}.example/")
        watched.wait(SECOND)
    watched.wait(MINUTE * 5)
    (notice,) = watched.notices()

    assert notice.subject == "[hunter] 45 parts in trouble"
    assert len(notice.news) == 21
    assert notice.news[-1] == "and 25 more; hunter status lists them all"


def test_there_is_never_more_than_one_notice_a_minute(watched: Watched) -> None:
    """Whatever goes wrong one after the other."""
    for number in range(20):
        watched.report("behind", subject=f"https://ct{number}.example/")
        watched.wait(30 * SECOND)
    watched.wait(MINUTE * 5)

    notices = watched.notices()
    assert sum(len(notice.news) for notice in notices) == 20
    times = [notice.at for notice in notices]
    assert all(later - earlier >= MINUTE for earlier, later in pairwise(times))


def test_the_end_is_told_when_it_has_lasted(watched: Watched) -> None:
    """And a new trouble afterwards is news again."""
    watched.report("silent")
    watched.wait(MINUTE * 2)
    watched.notices()
    watched.report()
    watched.wait(MINUTE * 9)
    assert watched.notices() == []
    watched.wait(MINUTE * 2)
    (over,) = watched.notices()
    watched.report("silent")
    watched.wait(MINUTE * 2)
    (again,) = watched.notices()

    assert over.subject == "[hunter] well again: source ct_logs hxxps[:]//ct[.]example/2026/"
    assert over.severity is Level.INFORMATIONAL
    assert again.subject == "[hunter] silent: source ct_logs hxxps[:]//ct[.]example/2026/"
    assert again.severity is Level.HIGH


def test_a_part_that_goes_to_and_fro_is_one_trouble(watched: Watched) -> None:
    """No end is told before it lasts, and no new beginning before an end."""
    for _ in range(30):
        watched.report("behind")
        watched.wait(MINUTE * 2)
        watched.report()
        watched.wait(MINUTE * 5)

    assert len(watched.notices()) == 1


def test_a_server_that_does_not_answer_is_told_when_it_lasts(watched: Watched) -> None:
    """An hour: most such trouble mends itself."""
    watched.report(PASSING)
    watched.wait(MINUTE * 59)
    assert watched.notices() == []
    watched.wait(MINUTE * 2)
    (notice,) = watched.notices()

    assert notice.subject.startswith("[hunter] no answer: source ct_logs")


def test_a_trouble_that_passes_soon_is_never_told(watched: Watched) -> None:
    """Nor is its end."""
    watched.report("mismatch")
    watched.wait(30 * SECOND)
    watched.report()
    watched.wait(timedelta(hours=1))

    assert watched.notices() == []


def test_another_trouble_is_news_while_the_first_lasts(watched: Watched) -> None:
    """A fork must not hide behind a lag; but what usually passes adds nothing."""
    watched.report("behind")
    watched.wait(MINUTE * 2)
    assert len(watched.notices()) == 1
    watched.report(PASSING)
    watched.wait(timedelta(hours=3))
    assert watched.notices() == []
    watched.report("forked")
    watched.wait(MINUTE * 2)
    (notice,) = watched.notices()

    assert "forked" in notice.subject
    assert any("ct-policy" in step for step in notice.next_steps)


def test_a_restart_tells_nothing_twice(tmp_path: Path) -> None:
    """What was told is kept where the reports are."""
    with Store(tmp_path / "hunter.db") as store:
        watched = Watched(store)
        watched.report("forked")
        watched.wait(MINUTE * 2)
        assert len(watched.notices()) == 1
    with Store(tmp_path / "hunter.db") as store:
        later = Watched(store)
        later.now = NOW + timedelta(hours=1)
        later.report("forked")
        later.wait(MINUTE * 5)
        assert later.notices() == []


@pytest.mark.parametrize(("part", "called"), [("rules", "set of rules"), ("config", "config")])
def test_files_that_stay_broken_are_told_with_their_faults(
    watched: Watched, part: str, called: str
) -> None:
    """Whoever mends them within the hour needs no letter; the end is told as any other."""
    faults = f"the old {part} stays in force:\none.yml: no"
    reports.record(watched.store, Report(part, False, faults, watched.now))
    watched.wait(59 * MINUTE)
    early = watched.told()
    watched.wait(2 * MINUTE)
    (told, _) = [notice for _, notice in watched.letters()]
    reports.record(watched.store, Report(part, True, "in force", watched.now))
    watched.wait(11 * MINUTE)

    assert early == {}
    assert told.subject == f"[hunter] trouble: {called}"
    assert "one.yml: no" in told.news[0].replace("[.]", ".")
    over = [f"[hunter] well again: {called}"]
    assert watched.told() == {("it", "email"): over, ("it", "slack"): over}


@pytest.mark.parametrize("minutes", [20, 60, 180])
def test_what_comes_and_goes_for_days_is_told_twice(watched: Watched, minutes: int) -> None:
    """Then its end once, when it has been well for hours; the next trouble is a new one."""
    for number in range(2 * 24 * 60 // minutes):
        watched.report("" if number % 2 else "forked")
        watched.wait(minutes * MINUTE, MINUTE)
    heard = [watched.subjects()]
    watched.wait(6 * 60 * MINUTE, MINUTE)
    heard.append(watched.subjects())

    assert heard == [["forked", "well again", "forked"], ["well again"]]


def test_without_an_operator_nothing_counts_as_told(watched: Watched) -> None:
    """Whoever becomes one later hears of what lasts."""
    watched.operators = (PRESS, replace(OPERATOR, operator=False))
    watched.report("forked")
    watched.wait(timedelta(hours=1))
    assert watched.letters() == []
    watched.operators = (OPERATOR,)
    watched.wait(MINUTE)
    assert len(watched.notices()) == 1


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ("sources.registrations", True),
        ("notifiers.email", True),
        ("job.judge_pending", True),
        ("enrichers.rdap", False),
        ("config", False),
    ],
)
def test_only_what_makes_hunter_blind_or_mute_is_told(
    watched: Watched, part: str, *, told: bool
) -> None:
    """One provider of facts that fails is for the status."""
    watched.report("fails", part=part, subject="")
    watched.wait(MINUTE * 2)

    assert bool(watched.notices()) is told


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["a", "b"]),
            st.sampled_from(["", "forked", "behind", PASSING]),
            st.integers(1, 2000),
        ),
        max_size=30,
    )
)
def test_whatever_happens_ends_are_told_after_beginnings_and_never_in_a_flood(
    course: list[tuple[str, str, int]],
) -> None:
    """Over any course: a part is well again only after it was in trouble, one notice a minute."""
    told: dict[str, tuple[str, ...]] = {}
    state: dict[str, reports.Standing] = {}
    now, last = NOW, NOW - timedelta(days=1)
    for subject, trouble, seconds in course:
        before = state.get(subject)
        healthy = not trouble
        same = before is not None and before.report.healthy is healthy
        since = before.since if before is not None and same else now
        report = Report(PART, healthy, "", now, subject, trouble)
        state[subject] = reports.Standing(report, since, told.get(subject, ()))
        now += timedelta(seconds=seconds)
        found = health.news(state.values(), LIMITS, now) if now - last >= MINUTE else None
        if found is None:
            continue
        last = now
        for one in found.troubles:
            word = one.report.trouble
            assert word not in told.get(one.report.subject, ())
            told[one.report.subject] = (*told.get(one.report.subject, ()), word)
        for one in found.over:
            assert told.pop(one.report.subject)
        state = {
            name: replace(standing, told=told.get(name, ())) for name, standing in state.items()
        }


BOTH = replace(PRESS, channels={"email": ("press@example.org",), "slack": ()})


def test_whoever_cannot_be_reached_hears_of_their_own_channel_alone(watched: Watched) -> None:
    """On another channel of theirs; operators hear all of it."""
    watched.operators = (OPERATOR, BOTH)
    watched.report("off", part="notifiers.email", subject="press")
    watched.report("forked")
    watched.wait(2 * MINUTE)

    told = watched.told()
    assert told.keys() == {("it", "email"), ("it", "slack"), ("press", "slack")}
    assert told["it", "slack"] == ["[hunter] 2 parts in trouble"]
    assert told["press", "slack"] == ["[hunter] switched off: channel email press"]


def test_another_subscribers_channel_is_not_for_those_who_are_no_operators(
    watched: Watched,
) -> None:
    """Nor is one's own, told on the very channel that is in trouble."""
    watched.operators = (OPERATOR, PRESS)
    watched.report("off", part="notifiers.slack", subject="it")
    watched.report("off", part="notifiers.email", subject="press")
    watched.wait(2 * MINUTE)

    assert watched.told().keys() == {("it", "email"), ("it", "slack")}


def test_when_no_operator_can_be_reached_everybody_hears_of_it(watched: Watched) -> None:
    """Somebody must."""
    for channel in OPERATOR.channels:
        reports.switch_off(watched.store, f"notifiers.{channel}:it", "404", NOW)
    watched.report("forked")
    watched.wait(2 * MINUTE)

    assert watched.told().keys() == {("press", "email")}


def test_each_hears_of_trouble_in_their_own_language(watched: Watched) -> None:
    """The same trouble, in the words of whoever reads it."""
    watched.operators = (OPERATOR, replace(OPERATOR, name="vigie", language="fr"))
    watched.report("forked")
    watched.wait(2 * MINUTE)

    subjects = {subject for told in watched.told().values() for subject in told}
    assert len(subjects) == 2
    assert any("divergence" in subject for subject in subjects)
