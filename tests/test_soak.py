"""A short life of the real daemon in fast motion; `benchmarks/soak.py` lives the long one."""

from pathlib import Path

from benchmarks.soak import soak


def test_nothing_is_lost_or_told_twice_whatever_fails(tmp_path: Path) -> None:
    """Four days with a kill, a dead mail server and dead name servers; both are announced."""
    figures = soak(
        tmp_path,
        days=4,
        seconds_a_day=5,
        kills=1,
        outages=("channel email", "provider dns"),
    )

    short = [figure for figure in figures if not figure.good and "within" not in figure.name]
    assert not short, short
