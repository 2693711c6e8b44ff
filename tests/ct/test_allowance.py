"""Turns for a host: evenly spaced, fewer after a refusal, and one allowance for all its logs."""

import pytest

from hunter.ct.allowance import Allowance, Allowances


def turns(allowance: Allowance, now: float, count: int) -> list[float]:
    return [round(now + allowance.turn(now), 3) for _ in range(count)]


def test_turns_are_evenly_spaced() -> None:
    """However many ask at once; and nothing is saved up for later."""
    allowance = Allowance(2.0)
    assert turns(allowance, 100.0, 3) == [100.0, 100.5, 101.0]
    assert turns(allowance, 200.0, 2) == [200.0, 200.5]


def test_a_refusal_halves_the_rate_and_good_answers_bring_it_back() -> None:
    """Down by half at a time, up in twenty steps, never beyond the most."""
    allowance = Allowance(8.0)
    allowance.refused(0.0)
    allowance.refused(0.0)
    assert allowance.rate == pytest.approx(2.0)
    for _ in range(5):
        allowance.answered()
    assert allowance.rate == pytest.approx(4.0)
    for _ in range(50):
        allowance.answered()
    assert allowance.rate == pytest.approx(8.0)


def test_a_wish_to_be_left_alone_is_kept_to() -> None:
    """Also when the rate alone would allow an earlier turn."""
    allowance = Allowance(10.0)
    allowance.refused(50.0, 30.0)
    assert allowance.turn(60.0) == pytest.approx(20.0)


def test_the_rate_never_comes_to_nothing() -> None:
    """A log that refuses for days is still asked now and then, and a slow one is not sped up."""
    for most in (10.0, 0.01):
        allowance = Allowance(most)
        for _ in range(100):
            allowance.refused(0.0)
        assert 0 < allowance.rate <= min(most, 0.02)


def test_logs_on_one_host_share_its_allowance() -> None:
    """Its rate is the operator's own, or the one for all others."""
    allowances = Allowances({"Google": 10.0, "Digi": 0.15}, 2.0)
    one = allowances.of("Google LLC", "https://ct.example/logs/a/")
    assert one is allowances.of("Google LLC", "https://ct.example/logs/b/")
    assert one.most == pytest.approx(10.0)
    assert allowances.of("DigiCert", "https://d.example/").most == pytest.approx(0.15)
    assert allowances.of("Sectigo", "https://s.example/").most == pytest.approx(2.0)
