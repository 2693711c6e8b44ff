"""`hunter status`."""

import json
from pathlib import Path
from typing import Any

import pytest

from hunter.model import Report
from hunter.store import Store, outbox, reports
from tests.cli.conftest import Run
from tests.world.alerts import AT, notice


def rows(run: Run, config: Path) -> list[dict[str, Any]]:
    """What a program is told."""
    return [
        json.loads(line) for line in run("status", "--json", "-c", str(config)).out.splitlines()
    ]


def test_brands_parts_and_queues_are_told(run: Run, hunted: Path, store: Store) -> None:
    """What is watched, who has not reported yet, what waits."""
    outbox.add(store, channel="email", subscriber="it", addresses=(), notice=notice())
    told = rows(run, hunted)
    said = run("status", "-c", str(hunted))

    assert {"kind": "brand", "name": "en-marche.fr", "message": "2 alerts, 1 of them new"} in told
    assert {
        "kind": "part",
        "name": "sources.permutations",
        "message": "has not reported yet",
    } in told
    assert {"kind": "queue", "name": "enrich", "message": "2 domains due"} in told
    assert {"kind": "queue", "name": "email", "message": "1 pending"} in told
    assert said.status == 0
    assert "2 alerts, 1 of them new" in said.out


@pytest.mark.parametrize("state", ["good", "trouble", "off"])
def test_a_part_in_trouble_is_status_1(run: Run, config: Path, store: Store, state: str) -> None:
    """So that a monitor can ask."""
    reports.record(store, Report("notifiers.email", state == "good", "refused", AT, "it"))
    if state == "off":
        reports.switch_off(store, "notifiers.email:it", "refused", AT)
    (row,) = [row for row in rows(run, config) if row["name"] == "notifiers.email"]

    assert (row["state"], row["subject"], row["message"]) == (state, "it", "refused")
    assert row["since"] == "2017-04-24T06:00:00+00:00"
    assert run("status", "-c", str(config)).status == (state != "good")


def test_text_from_outside_cannot_steer_the_terminal(run: Run, config: Path, store: Store) -> None:
    """A server's message may hold anything."""
    reports.record(store, Report("sources.x", healthy=True, message="\x1b[31mred\r\n", at=AT))

    assert "\x1b" not in run("status", "-c", str(config)).out
