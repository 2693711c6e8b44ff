"""How the parts fare, what is off, and the ledger of jobs."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hunter.model import Report
from hunter.store import Store, reports

NOW = datetime(2017, 4, 24, 6, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


def report(
    healthy: bool, message: str = "", at: datetime = NOW, subject: str = "", part: str = "sources.x"
) -> Report:
    """A report with the parts that do not matter filled in."""
    return Report(part, healthy, message, at, subject)


def test_the_same_report_again_is_no_news(store: Store) -> None:
    """The journal is not filled with what is known."""
    assert reports.record(store, report(healthy=False, message="refused"))
    assert not reports.record(store, report(healthy=False, message="refused", at=LATER))
    assert reports.record(store, report(healthy=False, message="timed out", at=LATER))
    assert reports.record(store, report(healthy=True, message="timed out", at=LATER))


def test_of_a_trouble_other_figures_are_no_news(store: Store) -> None:
    """They are kept; what answers otherwise, and the figures of what is well, are news."""
    tile = "tile/data/001.p/{} is answered with status {}; verified to entry 300, {} behind"

    def told(*figures: int, healthy: bool = False) -> bool:
        return reports.record(store, report(healthy=healthy, message=tile.format(*figures)))

    assert told(50, 500, 6)
    assert not told(68, 500, 24)
    assert reports.standings(store)[0].report.message == tile.format(68, 500, 24)
    assert told(68, 404, 24)
    assert told(68, 404, 24, healthy=True)
    assert told(70, 404, 24, healthy=True)


def test_since_when_it_has_been_so(store: Store) -> None:
    """Another message does not move the beginning of a trouble; health that changes does."""
    reports.record(store, report(healthy=False, message="refused"))
    reports.record(store, report(healthy=False, message="timed out", at=LATER))
    (trouble,) = reports.standings(store)
    reports.record(store, report(healthy=True, message="gathered", at=LATER))
    (good,) = reports.standings(store)

    assert (trouble.since, trouble.report.at, trouble.report.message) == (NOW, LATER, "timed out")
    assert (good.since, good.report.healthy) == (LATER, True)


def test_what_reads_the_same_is_written_once_a_minute(store: Store) -> None:
    """An idle daemon reports on itself every second, and each time cost a page of the disk."""
    before = store._connection.total_changes
    for second in range(150):
        reports.record(store, report(healthy=True, at=NOW + timedelta(seconds=second)))
    (standing,) = reports.standings(store)

    assert store._connection.total_changes - before == 3
    assert standing.report.at == NOW + timedelta(minutes=2)


def test_another_trouble_in_the_same_words_is_written_at_once(store: Store) -> None:
    """It is told to the operator for itself."""
    one = report(healthy=False, message="refused")
    reports.record(store, one)
    reports.record(store, replace(one, trouble="hangs", at=NOW + timedelta(seconds=1)))

    assert [standing.report.trouble for standing in reports.standings(store)] == ["hangs"]


def test_letters_that_are_kept_as_others_are_no_news_again(store: Store) -> None:
    """A fault may name a file or a key that is no UTF-8, and come again at every second."""
    one = report(healthy=False, message="KeyError: '\udcff'")

    assert [reports.record(store, one) for _ in range(2)] == [True, False]


def test_a_report_of_a_clock_that_was_set_back_counts(store: Store) -> None:
    """Its time is what the clock shows now."""
    reports.record(store, report(healthy=True, at=LATER))
    reports.record(store, report(healthy=True, at=NOW))

    assert reports.standings(store)[0].report.at == NOW


def test_each_subject_fares_for_itself(store: Store) -> None:
    """One bad feed of five does not hide behind its siblings, nor they behind it."""
    reports.record(store, report(healthy=True, subject="a.txt"))
    reports.record(store, report(healthy=False, subject="b.txt"))

    assert [one.report.healthy for one in reports.standings(store)] == [True, False]


def test_what_is_switched_off_says_why_until_the_next_start(store: Store) -> None:
    """The first reason stays: what came after follows from it."""
    reports.switch_off(store, "notifiers.slack", "404", NOW)
    reports.switch_off(store, "notifiers.slack", "switched off", LATER)

    assert reports.switched_off(store) == {"notifiers.slack": "404"}

    reports.switch_all_on(store)

    assert reports.switched_off(store) == {}


def test_the_ledger_tells_a_killed_run_from_a_finished_one(store: Store) -> None:
    """A run without an end was killed, and is due again."""
    reports.job_started(store, "source:case", NOW)
    killed = reports.job_runs(store)["source:case"]
    reports.job_finished(store, "source:case", LATER, "refused")
    finished = reports.job_runs(store)["source:case"]
    reports.job_started(store, "source:case", LATER)
    again = reports.job_runs(store)["source:case"]

    assert (killed.started_at, killed.finished_at) == (NOW, None)
    assert (finished.finished_at, finished.error) == (LATER, "refused")
    assert (again.started_at, again.finished_at, again.error) == (LATER, None, "")


def test_what_the_operator_heard_stays_until_they_hear_that_it_is_well(store: Store) -> None:
    """Over every report that comes between."""
    reports.record(store, Report("sources.x", False, "two trees", NOW, "log", "forked"))
    assert reports.told_last(store) is None
    (standing,) = reports.standings(store)
    reports.set_told(store, standing, ("forked",), LATER)
    reports.record(store, Report("sources.x", True, "well", LATER, "log"))
    (after,) = reports.standings(store)
    reports.set_told(store, after, (), LATER)
    (well,) = reports.standings(store)

    assert (standing.report.trouble, standing.told) == ("forked", ())
    assert (after.report.trouble, after.told) == ("", ("forked",))
    assert well.told == ()
    assert reports.told_last(store) == LATER
