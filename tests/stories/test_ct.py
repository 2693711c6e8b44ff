"""Certificates in logs of both kinds become alerts, once each, whatever happens in between."""

from pathlib import Path

from tests.world.ct_kills import kills


def test_whatever_moment_it_is_killed_every_planted_name_is_told_once(tmp_path: Path) -> None:
    """SIGKILL again and again while both logs grow: nothing is skipped, nothing told twice.

    `benchmarks/ct_kills.py` is the long form of it.
    """
    with kills(tmp_path, seed=6962) as work:
        work.all_follow()
        for _ in range(2):
            work.kill_one()
        assert work.settle() == 0

        assert sorted(work.opened().elements()) == sorted(work.planted)
        assert not any("shop" in name for name in work.first("SELECT name FROM sighting"))
        assert {len(found) for found in work.letters().values()} == {1}
