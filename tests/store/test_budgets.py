"""Paid questions are counted by day, across restarts."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from hunter.store import Store, budgets

NOON = datetime(2017, 4, 24, 12, tzinfo=UTC)


def test_a_budget_ends_and_begins_anew_at_midnight(tmp_path: Path) -> None:
    """Days are UTC's; what is refused is not counted."""
    with Store(tmp_path / "hunter.db") as store:
        granted = [budgets.spend(store, "dnsdb", 3, NOON) for _ in range(5)]
        assert granted == [True, True, True, False, False]
        assert budgets.spent(store, "dnsdb", NOON) == 3
        assert not budgets.spend(store, "dnsdb", 3, NOON + timedelta(hours=11))
        assert budgets.spend(store, "dnsdb", 3, NOON + timedelta(hours=12))
        assert budgets.spent(store, "dnsdb", NOON + timedelta(hours=12)) == 1


def test_a_restart_spends_nothing_anew(tmp_path: Path) -> None:
    """The count is in the store, for each provider on its own."""
    with Store(tmp_path / "hunter.db") as store:
        assert budgets.spend(store, "dnsdb", 1, NOON)
    with Store(tmp_path / "hunter.db") as store:
        assert not budgets.spend(store, "dnsdb", 1, NOON)
        assert budgets.spend(store, "circl", 1, NOON)
        assert not budgets.spend(store, "none", 0, NOON)
