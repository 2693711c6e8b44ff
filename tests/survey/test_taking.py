"""A survey of a real store."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from hunter import config
from hunter.model import AlertState, Level, Report, Sighting, Stage
from hunter.store import Store, alerts, reports, sightings, takedowns
from hunter.store.takedowns import Entry
from hunter.survey import Survey, take
from tests.world.alerts import MATCH, alert
from tests.world.surveys import DAY, SINCE, UNTIL

CONFIG = (
    '[[brand]]\ndomain = "en-marche.fr"\n[store]\nfolder = "{folder}"\n'
    "[sources]\nregistrations.enabled = false\n"
)


def taken(folder: Path) -> Survey:
    """What a week held: two lookalikes, of which one led to an alert, and one from before."""
    path = folder / "config.toml"
    path.write_text(CONFIG.format(folder=folder))
    settings = config.load(path)
    with Store(settings.store) as store:
        for domain, at in (("old.fr", SINCE - DAY), ("a.fr", SINCE), ("b.fr", SINCE + DAY)):
            match = replace(MATCH, name=domain, registrable=domain)
            sightings.record(store, [Sighting(domain, domain, "ct_logs", at)], [match], at)
            sightings.set_stage(store, domain, Stage.ADDRESS, at)
        told = replace(alert(replace(MATCH, registrable="a.fr")), id=0, transitions=())
        later = SINCE + timedelta(hours=1)
        kept = alerts.save(store, replace(told, opened_at=later, updated_at=later), {})
        dismissed = AlertState.DISMISSED
        alerts.set_state(store, kept, dismissed, why="a club", actor="ann", now=SINCE + 2 * DAY)
        before = replace(alert(replace(MATCH, registrable="old.fr"), Level.LOW), transitions=())
        alerts.save(store, replace(before, id=0, opened_at=SINCE - DAY), {})
        reports.record(store, Report("sources.ct_logs", True, "reads", SINCE, "log 1"))
        reports.record(store, Report("notifiers.slack", True, "delivers", SINCE, "it"))
        reports.switch_off(store, "notifiers.slack:it", "404", UNTIL)
        takedowns.record(store, [Entry("en-marche.fr", "a.fr", SINCE, "sent", "host", "")])
        return take(store, settings, SINCE, UNTIL, UNTIL)


def test_a_week_is_read_from_the_store(tmp_path: Path) -> None:
    """Only what lies in it."""
    week = taken(tmp_path)

    assert [(one.domain, one.stage) for one in week.lookalikes] == [
        ("a.fr", Stage.ADDRESS),
        ("b.fr", Stage.ADDRESS),
    ]
    assert [one.domain for one in week.opened] == ["a.fr"]
    assert [one.domain for one in week.alerts] == ["a.fr"]
    assert week.delays == (timedelta(hours=1),)
    assert [step.text for _, step in week.dismissed] == ["a club"]
    assert week.names == {"ct_logs": 2}
    assert len(week.letters) == 1


def test_how_the_parts_fare_is_told(tmp_path: Path) -> None:
    """Also those switched off, and those that never told anything."""
    week = taken(tmp_path)

    assert {one.report.part: (one.is_well, one.off) for one in week.parts} == {
        "sources.ct_logs": (True, ""),
        "notifiers.slack": (False, "404"),
    }
    assert "sources.permutations" in week.silent
    assert "sources.ct_logs" not in week.silent
