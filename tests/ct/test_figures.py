"""What the operator is told of a log's progress."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from hunter.ct.allowance import Allowance
from hunter.ct.figures import Figures, load_moment, load_row
from hunter.ct.treehead import TreeHead

URL = "https://ct.example/a/"
START = 1_795_000_000_000
NOW = datetime.fromtimestamp(START / 1000, UTC) + timedelta(days=1)


def head(size: int, seconds: int) -> TreeHead:
    return TreeHead(size, bytes(32), START + seconds * 1000)


def test_lag_is_told_in_entries_and_in_time() -> None:
    """Time counts from the last verified entry to the newest head."""
    figures = Figures(URL, Allowance(10.0), verified=700)
    figures.see(head(1000, 600), NOW)
    figures.verified_at = datetime.fromtimestamp(START / 1000, UTC)
    assert (figures.behind, figures.lag) == (300, timedelta(minutes=10))
    assert str(figures) == "verified to entry 700, 300 behind (10 min)"
    figures.verified = 1000
    assert (figures.behind, figures.lag) == (0, timedelta())


def test_a_log_that_rarely_grows_is_not_late_with_its_first_entry_for_hours() -> None:
    """All that it had signed until a moment ago was verified."""
    figures = Figures(URL, Allowance(10.0), verified=700)
    for size, seconds in ((700, 0), (700, 7200), (701, 7230)):
        figures.see(head(size, seconds), NOW)
    assert (figures.behind, figures.lag) == (1, timedelta(seconds=30))


def test_the_needed_rate_follows_from_growth_and_page_size() -> None:
    """A log growing by 640 entries/s with 32 a page needs 20 requests/s."""
    figures = Figures(URL, Allowance(10.0), verified=1, entries=320, requests=10)
    assert figures.needed is None
    figures.see(head(0, 0), NOW)
    figures.see(head(64_000, 100), NOW)
    assert figures.needed == pytest.approx(20.0)
    assert "needs 20.00 of 10 requests/s" in str(figures)


def test_what_the_logs_of_a_host_need_stands_beside_what_they_may_have_together() -> None:
    """Each alone would seem to keep up."""
    allowance = Allowance(10.0)
    both = [Figures(url, allowance, entries=320, requests=10) for url in (URL, URL + "b/")]
    for figures in both:
        figures.see(head(0, 0), NOW)
        figures.see(head(19_200, 100), NOW)
    assert "needs 6.00, its host's logs 12.00, of 10 requests/s" in str(both[0])
    assert (both[0].row()["needed"], both[0].row()["host_needed"]) == (6.0, 12.0)
    both[1].leave()
    assert "needs 6.00 of 10 requests/s" in str(both[0])


def test_a_host_never_needs_less_than_one_of_its_logs() -> None:
    """What a log needs may change before it signs again: by smaller pages, say."""
    allowance = Allowance(10.0)
    allowance.needs[URL + "b/"] = 0.5
    figures = Figures(URL, allowance, entries=320, requests=10)
    figures.see(head(0, 0), NOW)
    figures.see(head(19_200, 100), NOW)
    figures.requests = 20

    assert "needs 12.00, its host's logs 12.50, of 10 requests/s" in str(figures)


def test_the_same_head_again_is_no_news() -> None:
    """Nor is an older one, of a server that lags."""
    figures = Figures(URL, Allowance(1.0))
    for seconds in (5, 5, 4):
        figures.see(head(10, seconds), NOW)
    assert len(figures.heads) == 1


@pytest.mark.parametrize("ahead", [86_401, 100 * 365 * 86_400, 2**53])
def test_a_head_of_a_time_to_come_hides_none_that_come_after_it(ahead: int) -> None:
    """One head signed by a wrong clock does not make a log look well, late or silent for ever."""
    figures = Figures(URL, Allowance(1.0), verified=10, verified_at=NOW - timedelta(minutes=1))
    for _ in range(2):
        figures.see(head(20, ahead), NOW)
    assert (len(figures.heads), figures.heads[0].time) == (1, NOW)
    assert figures.lag == timedelta(minutes=1)
    figures.see(head(30, 86_460), NOW + timedelta(minutes=2))
    assert (figures.behind, figures.heads[-1].time) == (20, NOW + timedelta(minutes=1))


def test_before_the_first_head_nothing_is_behind() -> None:
    """Not known is not said."""
    figures = Figures(URL, Allowance(1.0))
    assert (figures.behind, figures.lag, figures.needed) == (0, timedelta(), None)


def test_figures_are_kept_as_values_with_none_for_what_is_not_known() -> None:
    """For status and its JSON."""
    figures = Figures(URL, Allowance(2.0), verified=7)
    assert figures.row() == {
        "verified": 7,
        "behind": 0,
        "lag_minutes": 0.0,
        "needed": None,
        "host_needed": 0,
        "allowed": 2.0,
        "malformed": 0,
        "head": None,
        "contact": None,
        "verified_at": None,
    }
    figures.see(head(9, 0), NOW)
    figures.contact = datetime(2026, 11, 22, tzinfo=UTC)
    kept = json.dumps(figures.row())
    assert load_row(kept)["behind"] == 2
    assert load_moment(kept, "contact") == figures.contact
    assert load_moment(kept, "verified_at") is None


@pytest.mark.parametrize("text", [None, "", "17", "{", '{"contact": 3}', '{"contact": "x"}'])
def test_a_row_that_was_lost_tells_nothing(text: str | None) -> None:
    """And breaks nothing."""
    assert load_row(text).get("verified") is None
    assert load_moment(text, "contact") is None
