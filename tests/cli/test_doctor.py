"""`hunter doctor`."""

import json
from pathlib import Path

import pytest

from hunter.doctor import machine
from tests.cli.conftest import Run


@pytest.fixture(autouse=True)
def _clock_in_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the clock of this machine is like."""
    monkeypatch.setattr(machine, "_clock_state", lambda: 0)


def test_a_machine_that_is_ready_has_a_line_for_each_check(run: Run, config: Path) -> None:
    """And no hint."""
    said = run("doctor", "-c", str(config), "--offline")

    assert said.status == 0
    assert "good  clock  in step with a time server" in said.out
    assert "hint" not in said.out


def test_each_fault_has_one_line_and_one_hint(run: Run, config: Path) -> None:
    """And the exit status says that there is something to do."""
    with config.open("a", encoding="utf-8") as file:
        file.write('[sources.registrations]\nfeeds = [{ path = "/none/list.txt" }]\n')
    said = run("doctor", "-c", str(config), "--offline")
    lines = said.out.splitlines()
    (at,) = [number for number, line in enumerate(lines) if line.startswith("fault")]

    assert said.status == 1
    assert lines[at] == "fault  file  sources.registrations  /none/list.txt is missing"
    assert lines[at + 1].startswith("    hint: ")


def test_faults_of_the_config_are_told_like_the_others(run: Run, config: Path) -> None:
    """There is no use in looking further."""
    config.write_text(config.read_text(encoding="utf-8") + "[nett]\n", encoding="utf-8")
    said = run("doctor", "-c", str(config), "--json")
    rows = [json.loads(line) for line in said.out.splitlines()]

    assert said.status == 1
    assert [(row["check"], row["state"]) for row in rows] == [("config", "fault")]
    assert "line" in rows[0]["subject"]
    assert rows[0]["hint"]
