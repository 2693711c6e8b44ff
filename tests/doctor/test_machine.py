"""The machine itself: clock, processor, versions, the compiled part of the matcher."""

import platform
from pathlib import Path

import pytest

from hunter.doctor import machine
from hunter.doctor.check import Check
from hunter.matching.loops import Loops


def looked_at(name: str, *, clock: int = 0, cpu: Path = Path("/proc/cpuinfo")) -> list[Check]:
    """The checks of that name."""
    return [check for check in machine.checks(clock, cpu) if check.name == name]


@pytest.mark.parametrize(("state", "good"), [(0, True), (1, True), (-1, True), (5, False)])
def test_a_clock_that_nobody_keeps_is_a_fault(state: int, good: bool) -> None:
    """adjtimex's TIME_ERROR means not synchronised; not knowing is no fault."""
    (check,) = looked_at("clock", clock=state)

    assert check.good is good


def test_the_state_of_this_clock_can_be_asked() -> None:
    """Whatever it is, asking changes nothing and needs no rights."""
    assert machine._clock_state() in range(-1, 6)


def test_a_processor_too_old_for_the_packages_is_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They would end with an illegal instruction, which tells nobody anything."""
    monkeypatch.setattr(platform, "machine", lambda: "x86_64")
    (tmp_path / "cpuinfo").write_text("flags : fpu sse2 ssse3\n", encoding="utf-8")
    (check,) = looked_at("processor", cpu=tmp_path / "cpuinfo")

    assert check.message == "it lacks sse4_2, popcnt"
    assert "x86-64-v2" in check.hint


def test_this_processor_will_do() -> None:
    """These tests run on it."""
    assert all(check.good for check in looked_at("processor"))


def test_a_package_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the name that pip knows; the extras of tests are not asked for."""
    wanted = ["pyyaml>=6", "no-such-thing>=1.0", "also-not>=1 ; extra == 'test'"]
    monkeypatch.setattr(machine.metadata, "requires", lambda _: wanted)

    assert [check.subject for check in looked_at("version") if not check.good] == ["no-such-thing"]


@pytest.mark.parametrize(
    ("loops", "good"), [(Loops.CURRENT, True), (Loops.ABSENT, True), (Loops.OUTDATED, False)]
)
def test_a_matcher_compiled_before_an_update_is_a_fault(
    loops: Loops, good: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that was not compiled is none: there may be no compiler."""
    monkeypatch.setattr(machine, "LOOPS", loops)
    (check,) = looked_at("matcher")

    assert check.good is good
    assert ("pip install" in check.hint) is not good
