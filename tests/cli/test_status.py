"""`hunter status`."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from hunter import enrichment
from hunter.contracts import Doors
from hunter.ct import loglist
from hunter.ct.loglist import Kind, Log, LogList, State
from hunter.enrichment import KEEPER
from hunter.hushed import hush
from hunter.model import Report
from hunter.store import Store, cursors, memory, outbox, reports, to_text
from hunter.store.alone import alone
from tests.cli.conftest import CAFE, Run
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
        "subject": "",
        "state": "waiting",
        "message": "has not reported yet",
    } in told
    assert {"kind": "queue", "name": "enrich", "message": "2 domains due"} in told
    waiting = "notices: 1 pending; hunter alerts route DOMAIN says until when"
    assert {"kind": "queue", "name": "email", "message": waiting} in told
    assert said.status == 0
    assert "2 alerts, 1 of them new" in said.out


def test_a_registry_that_is_left_alone_is_told_until_it_is_asked_again(
    run: Run, config: Path, store: Store
) -> None:
    """It is no trouble of hunter's; nothing is said of one whose time is over."""
    now = datetime.now(UTC)
    soon = now + timedelta(minutes=50)
    for server, until in (("rdap.nic.example", soon), ("rdap.old.example", now)):
        memory.keep(store, KEEPER, f"enrichers.rdap.hushed.{server}", until.isoformat(), now)
    reports.record(store, Report("enrichers.rdap", True, "answers", now))
    said = run("status", "-c", str(config))

    assert {
        "kind": "part",
        "name": "enrichers.rdap",
        "subject": "rdap.nic.example",
        "state": "waiting",
        "message": f"refuses to answer: left alone until {soon:%Y-%m-%d %H:%M} UTC",
    } in rows(run, config)
    assert said.status == 0
    assert f"rdap.nic.example  waiting  refuses to answer: left alone until {soon:%Y}" in said.out
    assert "rdap.old.example" not in said.out


def test_a_pause_has_the_name_of_the_source_that_was_asked_for_it(
    run: Run, config: Path, store: Store
) -> None:
    """And not that of the enricher of the same name, which may have no account at all."""
    now = datetime.now(UTC)
    context = enrichment.context_for(store, cast(Doors, None), (), lambda: now, print)
    hush(context, "sources.passive_dns", "dnsdb", timedelta(hours=1))

    paused = [row["name"] for row in rows(run, config) if row.get("subject") == "dnsdb"]
    assert paused == ["sources.passive_dns"]


def test_alerts_are_counted_and_not_read(run: Run, hunted: Path, store: Store) -> None:
    """Ten thousand of them would take seconds; here they hold what nobody can read."""
    store.execute("UPDATE alert SET findings = '{'")

    assert "2 alerts, 1 of them new" in run("status", "-c", str(hunted)).out


def test_a_brand_is_told_in_its_letters(run: Run, accented: Path) -> None:
    """It, and each way by which its lookalikes could show themselves; programs get what DNS has."""
    said = run("status", "-c", str(accented)).out
    told = [row["name"] for row in rows(run, accented)]

    assert "brand  café.fr  1 alert, 1 of them new" in said
    assert "way  café.fr: certificates" in said
    assert "xn--" not in said
    assert {CAFE, f"{CAFE}: certificates"} <= set(told)


@pytest.mark.parametrize("state", ["good", "trouble", "off"])
def test_a_part_in_trouble_is_status_1(run: Run, config: Path, store: Store, state: str) -> None:
    """So that a monitor can ask."""
    reports.record(store, Report("notifiers.email", state == "good", "refused", AT, "it"))
    if state == "off":
        reports.switch_off(store, "notifiers.email:it", "refused", AT)
    (row,) = [row for row in rows(run, config) if row["name"] == "notifiers.email"]

    assert (row["state"], row["subject"], row["message"]) == (state, "it", "refused")
    assert row["since"] == "2017-04-24T06:00:00+00:00"
    people = run("status", "-c", str(config))
    assert people.status == (state != "good")
    assert f"  {state}  since 2017-04-24 06:00 UTC  refused" in people.out


def test_text_from_outside_cannot_steer_the_terminal(run: Run, config: Path, store: Store) -> None:
    """A server's message may hold anything."""
    reports.record(store, Report("sources.x", healthy=True, message="\x1b[31mred\r\n", at=AT))

    assert "\x1b" not in run("status", "-c", str(config)).out


LIST = "https://lists.example/log_list.json"
LOG = Log(
    "Willow", "Let's Encrypt", b"key", "https://mon.example/", Kind.STATIC,
    "https://log.example/", state=State.USABLE,
)  # fmt: skip
FIGURES = {
    "verified": 934_372_895,
    "behind": 1200,
    "lag_minutes": 12.5,
    "needed": 0.497,
    "host_needed": 1.3,
    "allowed": 2.0,
    "malformed": 3,
    "head": "2026-11-22T12:00:01+00:00",
    "contact": "2026-11-22T12:00:31+00:00",
}


@pytest.fixture
def following(config: Path, store: Store) -> Path:
    """A config that follows two logs, one of which was read."""
    table = f'[sources.ct_logs]\nenabled = true\nlist_url = "{LIST}"\nother_lists = []\n'
    config.write_text(config.read_text(encoding="utf-8") + table, encoding="utf-8")
    other = replace(LOG, description="Argon", key=b"other", url="https://argon.example/")
    retired = replace(LOG, description="Oak", key=b"third", state=State.RETIRED)
    kept = {
        LIST: loglist.dump(LogList("", None, (LOG, other, retired))),
        f"{LOG.url}#figures": json.dumps(FIGURES),
    }
    for stream, text in kept.items():
        cursors.set_cursor(store, "ct_logs", stream, text, AT)
    return config


def test_each_log_that_is_followed_is_told_in_figures(
    run: Run, following: Path, store: Store
) -> None:
    """With stable keys; a log that was never read is not left out."""
    reports.record(store, Report("sources.ct_logs", True, "verified", AT, LOG.url))
    logs = {row["name"]: row for row in rows(run, following) if row["kind"] == "log"}

    assert logs["Willow"] == {
        "kind": "log",
        "name": "Willow",
        "subject": LOG.url,
        "operator": "Let's Encrypt",
        "log_kind": "static",
        "state": "good",
        **FIGURES,
    }
    assert logs["Argon"]["state"] == "not read yet"
    assert {logs["Argon"][key] for key in FIGURES} == {None}
    assert logs.keys() == {"Willow", "Argon"}


def test_before_the_first_start_nothing_is_known_and_nothing_fails(
    run: Run, following: Path
) -> None:
    """As on a machine where hunter was only just installed."""
    told = run("status", "-c", str(following))

    assert told.status == 0
    assert "sources.ct_logs  waiting  has not reported yet" in told.out


def test_logs_are_a_table_and_their_troubles_are_sentences(
    run: Run, following: Path, store: Store
) -> None:
    """What is well about a log is told once."""
    reports.record(store, Report("sources.ct_logs", True, "a long sentence", AT, LOG.url))
    well = run("status", "-c", str(following))
    reports.record(store, Report("sources.ct_logs", False, "forked: two trees", AT, LOG.url))
    ill = run("status", "-c", str(following))

    line = next(line for line in well.out.splitlines() if "Willow" in line)
    for told in ("good", "934,372,895", "1,200 (12 min)", "0.50 (1.30)/2", "3", "2026-11-22 12:00"):
        assert told in line
    assert "a long sentence" not in well.out
    assert "never" in next(line for line in well.out.splitlines() if "Argon" in line)
    assert (well.status, ill.status) == (0, 1)
    assert "forked: two trees" in ill.out


def test_all_that_is_due_is_counted(run: Run, config: Path, store: Store) -> None:
    """After a long rest that may be most of a large store."""
    store.execute(
        "WITH RECURSIVE n (n) AS (VALUES (0) UNION ALL SELECT n + 1 FROM n WHERE n < 100000)"
        " INSERT INTO domain (domain, first_seen, due_at) SELECT n || '.fr', ?1, ?1 FROM n",
        (to_text(AT),),
    )

    assert rows(run, config)[-1]["message"] == "100,001 domains due"


def test_a_log_that_went_away_is_told_for_a_week(run: Run, following: Path, store: Store) -> None:
    """Then it is history; what is followed, the lists and the choice are told however long."""
    now = datetime.now(UTC)
    for subject, days in (("https://young.example/", 6), ("https://old.example/", 8)):
        at = now - timedelta(days=days)
        reports.record(store, Report("sources.ct_logs", False, "is gone", at, subject, "gone"))
    lasting = (LOG.url, LIST, "the choice of logs", "")
    for subject in lasting:
        reports.record(store, Report("sources.ct_logs", True, "well", AT, subject))
    told = {row["subject"] for row in rows(run, following) if row["name"] == "sources.ct_logs"}

    assert told == {"https://young.example/", *lasting}


@pytest.mark.parametrize("went_well", [True, False])
def test_a_log_that_went_away_opens_no_way_and_narrows_none(
    run: Run, following: Path, store: Store, went_well: bool
) -> None:
    """Certificates come by the logs that are followed now, however the others ended."""
    reports.record(store, Report("sources.ct_logs", went_well, "gone", AT, "https://old.example/"))

    def way() -> str:
        (found,) = [row for row in rows(run, following) if row["name"].endswith(": certificates")]
        return str(found["state"])

    states = []
    for healthy in (True, False):
        reports.record(store, Report("sources.ct_logs", healthy, "so", AT, LOG.url))
        states.append(way())

    assert states == ["open", "closed"]


def test_a_daemon_that_has_stopped_is_status_1(run: Run, config: Path, store: Store) -> None:
    """One that never ran is none in trouble, but perhaps another config's than the service's."""
    lately = datetime.now(UTC) - timedelta(minutes=5)
    reports.record(store, Report("sources.ct_logs", True, "good", lately))

    def told() -> tuple[str, str, int]:
        row = rows(run, config)[0]
        return row["state"], row["message"], run("status", "-c", str(config)).status

    never = told()
    with alone(config.parent / "state", "lock", "a hunter"):
        running = told()
    stopped = told()

    last = f"last report {lately:%Y-%m-%d %H:%M} UTC"
    place = f"{config}, whose store is in {config.parent / 'state'}"
    assert never == ("waiting", f"has not run with {place}, {last}", 0)
    assert running == ("good", f"running, {last}", 0)
    assert stopped == ("off", f"not running, {last}", 1)


def test_a_daemon_that_reports_nothing_any_more_is_in_trouble(
    run: Run, config: Path, store: Store
) -> None:
    """With a full disk, or hanging, all that it said before would be "good" for days."""
    reports.record(store, Report("sources.ct_logs", True, "good", AT))
    with alone(config.parent / "state", "lock", "a hunter"):
        row = rows(run, config)[0]
        status = run("status", "-c", str(config)).status

    said = "running, but mute: it hangs, or cannot write to its store"
    assert (row["state"], status) == ("trouble", 1)
    assert row["message"] == f"{said}; last report 2017-04-24 06:00 UTC"


def test_one_log_is_told_in_the_singular(run: Run, following: Path, store: Store) -> None:
    """As everything that is counted."""
    cursors.set_cursor(store, "ct_logs", LIST, loglist.dump(LogList("", None, (LOG,))), AT)
    lines = run("status", "-c", str(following)).out.splitlines()

    assert "1 log" in [line.strip() for line in lines]


def test_a_part_of_the_config_at_fault_does_not_hide_what_is_known(
    run: Run, hunted: Path, store: Store
) -> None:
    """The faults come after it, with their lines; for a monitor it is status 2."""
    reports.record(store, Report("notifiers.email", False, "refused", AT, "it"))
    text = hunted.read_text(encoding="utf-8")
    hunted.write_text(text + "[notifiers.email]\nport = 99999\n", encoding="utf-8")
    said, told = run("status", "-c", str(hunted)), rows(run, hunted)

    assert said.status == 2
    assert "2 alerts, 1 of them new" in said.out
    assert "line 7: notifiers.email.port" in said.err
    assert "notifiers.email  it  trouble" in said.out
    assert [row["kind"] for row in told] == ["daemon", "brand", "part", "queue"]


@pytest.mark.parametrize(
    ("stored", "told"), [(b"", "what was stored is lost"), (b"no store" * 99, "is damaged")]
)
def test_a_store_that_is_lost_is_told_beside_a_config_at_fault(
    run: Run, config: Path, stored: bytes, told: str
) -> None:
    """Both have to be mended; and nothing is made in the place of what was lost."""
    store = config.parent / "state" / "hunter.db"
    store.parent.mkdir()
    store.write_bytes(stored)
    text = config.read_text(encoding="utf-8")
    config.write_text(text + "[notifiers.email]\nport = 99999\n", encoding="utf-8")
    said = run("status", "-c", str(config))

    assert (said.status, said.out) == (2, "")
    assert told in said.err
    assert "notifiers.email.port" in said.err
    assert store.read_bytes() == stored


@pytest.mark.parametrize("broken", ["[notifiers.email]\nport = 99999\n", "[brand\n", "[net]\nx=1"])
def test_a_config_at_fault_is_all_that_is_told_where_nothing_is_known(
    run: Run, config: Path, broken: str
) -> None:
    """There is no store yet, or the config does not say where."""
    config.write_text(config.read_text(encoding="utf-8") + broken, encoding="utf-8")
    said = run("status", "-c", str(config))

    assert (said.status, said.out) == (2, "")
    assert f"{config}: line " in said.err
    assert not (config.parent / "state").exists()


def test_of_thousands_of_tracks_those_in_trouble_can_be_seen(
    run: Run, config: Path, store: Store
) -> None:
    """Hunter sets one for each registrant of a grave alert; programs get each."""
    for number in range(30):
        well = number != 17
        reports.record(store, Report("tracks", well, "set", AT, f"registrant_org=Shop {number}"))
    told = [row["subject"] for row in rows(run, config) if row["name"] == "tracks"]
    said = run("status", "-c", str(config)).out

    assert len(told) == 30
    assert "part  tracks  good  29 are well: --json has each" in said
    assert [line.split("  ")[2] for line in said.splitlines() if "Shop" in line] == [
        "registrant_org=Shop 17"
    ]


def test_of_a_few_tracks_each_is_told(run: Run, config: Path, store: Store) -> None:
    """With what came of it."""
    for number in range(20):
        reports.record(store, Report("tracks", True, "set", AT, f"registrant_org=Shop {number}"))

    assert run("status", "-c", str(config)).out.count("registrant_org=Shop") == 20


def test_alerts_that_the_config_settles_by_now_are_named_until_they_are_dismissed(
    run: Run, hunted: Path
) -> None:
    """Who adds to owned or ignored is told what is open still, here and in the alert itself."""
    domain = "mail-en-marche.fr"
    asked = ("-c", str(hunted))
    text = hunted.read_text(encoding="utf-8")
    hunted.write_text(text.replace("keywords", f'ignored = ["{domain}"]\nkeywords', 1), "utf-8")
    dismissal = "hunter alerts dismiss mail-en-marche[.]fr --why REASON"

    assert f"; in owned or ignored by now: {dismissal}" in run("status", *asked).out
    assert f"in owned or ignored by now: {dismissal}" in run("alerts", "show", domain, *asked).out
    run("alerts", "dismiss", domain, "--why", "a club", *asked)
    assert "by now" not in run("status", *asked).out
    assert "by now" not in run("alerts", "show", domain, *asked).out
