"""Living through the past with a clock that is set by hand, and the founding case that way."""

import json
import re
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from hunter.model import Alert
from hunter.replay import SetClock, live_through, replay
from hunter.store import Store, alerts, outbox, tracks
from tests.world.daemon import hunter
from tests.world.hunting import START, World, small_hunt

DAYS = [START + timedelta(days=day) for day in range(3)]


async def test_each_day_is_lived_through_before_the_next(store: Store, world: World) -> None:
    """What was found on a day was found on that day, and told on it."""
    clock = SetClock(START)
    hunt = small_hunt(store, clock)
    yielded = []
    async for moment in replay(hunt, clock, DAYS):
        yielded.append((moment, clock.now(), len(world.sent)))
        world.feed.append(f"en-marche{len(yielded)}.fr")

    assert yielded == [(DAYS[0], DAYS[0], 0), (DAYS[1], DAYS[1], 1), (DAYS[2], DAYS[2], 2)]
    assert [notice.at for notice, _ in world.sent] == DAYS[1:]


async def test_a_find_leads_to_the_next_on_the_same_day(store: Store, world: World) -> None:
    """A track that today's alert gave rise to is followed today."""
    world.feed = ["mail-en-marche.fr"]
    world.facts = {
        "mail-en-marche.fr": {"registrant_email": "john@mail.com", "has_mx": True},
        "accounts-office.fr": {"registrant_email": "john@mail.com"},
    }
    await live_through(small_hunt(store, SetClock(START)))

    assert {alert.domain for alert in alerts.listed(store)} == set(world.facts)


async def test_a_day_with_many_letters_ends_with_none_left(store: Store, world: World) -> None:
    """However many alerts a day brings, they are told on it: together, so that they can be read."""
    world.feed = ["\n".join(f"en-marche{number}.fr" for number in range(120))]
    await live_through(small_hunt(store, SetClock(START)))

    ((notice, _),) = world.sent
    assert notice.kind == "digest"
    assert sum(len(group.gists) + group.more for group in notice.groups) == 120
    assert outbox.counts(store) == {"pigeon": {"sent": 120}}


LOOKALIKES = {"onedrive-en-marche.fr", "mail-en-marche.fr", "en-marche.co"}
SHARED = {"accounts-office.fr", "portal-office.fr"}
ORDINARY = ("supermarche", "demarches-simplifiees", "lebonmarche", "marchespublics")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """What `hunter demo` leaves in its folder, and what it says."""
    folder = tmp_path_factory.mktemp("demo") / 'the "demo"'
    done = hunter("demo", "--folder", str(folder))

    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return folder, done.stdout


@pytest.fixture(scope="module")
def found(demo: tuple[Path, str]) -> dict[str, Alert]:
    """The demo's alerts by domain."""
    with Store(demo[0] / "hunter.db") as store:
        return {alert.domain: alert for alert in alerts.listed(store)}


def test_the_demo_ends_with_exactly_the_cases_alerts(found: dict[str, Alert]) -> None:
    """Three that imitate the brand, two that share a registrant, and no ordinary name."""
    assert found.keys() == LOOKALIKES | SHARED


def test_two_are_found_through_the_shared_registrant_alone(
    demo: tuple[Path, str], found: dict[str, Alert]
) -> None:
    """Neither resembles the brand: a track led to them."""
    with Store(demo[0] / "hunter.db") as store:
        watched = [track.name for track in tracks.listed(store)]

    assert {domain for domain in found if found[domain].match.technique == "track"} == SHARED
    assert "registrant_email=johnpinch@mail.com" in watched
    for domain in SHARED:
        assert "johnpinch[@]mail[.]com" in found[domain].match.reason


def test_the_change_of_name_servers_is_told_as_a_transition(found: dict[str, Alert]) -> None:
    """From monovm to Cloudflare, once, on its day."""
    (change,) = [
        step
        for step in found["en-marche.co"].transitions
        if "monovm" in step.text and "cloudflare" in step.text
    ]

    assert change.kind == "changed"
    assert f"{change.at:%Y-%m-%d}" == "2017-04-20"


def test_each_alert_opens_once_on_the_day_it_could_be_known(found: dict[str, Alert]) -> None:
    """The day of its registration, in the case's own time."""
    opened = {
        domain: [f"{step.at:%m-%d}" for step in alert.transitions if step.kind == "opened"]
        for domain, alert in found.items()
    }

    assert opened == {
        "onedrive-en-marche.fr": ["03-15"],
        "mail-en-marche.fr": ["03-17"],
        "accounts-office.fr": ["03-22"],
        "portal-office.fr": ["03-29"],
        "en-marche.co": ["04-12"],
    }


def test_mails_and_slack_messages_tell_the_same_story(
    demo: tuple[Path, str], found: dict[str, Alert]
) -> None:
    """One of each for every notice; about these domains and no others, none of them clickable."""
    folder, _ = demo
    paths = sorted((folder / "mail").glob("*.eml"))
    mails = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in paths]
    payloads = [json.loads(path.read_text("utf-8")) for path in (folder / "slack").glob("*.json")]
    subjects = [str(mail["Subject"]) for mail in mails]
    bodies = [mail.get_body(("plain",)).get_content() for mail in mails]  # type: ignore[union-attr]

    assert len(mails) == len(payloads) >= len(found)
    assert {domain for domain in found if any(_defanged(domain) in one for one in subjects)} == (
        found.keys()
    )
    for text in (*subjects, *bodies, *map(json.dumps, payloads)):
        assert not any(word in text for word in ORDINARY)
    for text in bodies:
        assert not re.search(r"(?:en-marche|office|monovm)\.(?:fr|co|com)\b", text)


def _defanged(domain: str) -> str:
    return domain.replace(".", "[.]")


def test_the_terminal_shows_a_timeline_and_where_to_go_on(demo: tuple[Path, str]) -> None:
    """What happened day by day, the alerts, and the commands that explore them."""
    folder, said = demo

    days = re.findall(r"^(2017-\d\d-\d\d) ", said, re.MULTILINE)
    assert days == sorted(days)
    assert days[0] == "2017-03-15"
    assert "5 alerts" in said
    assert "no proof" in said
    assert all(_defanged(domain) in said for domain in LOOKALIKES | SHARED)
    assert not any(word in said for word in ORDINARY)
    assert str(folder) in said.replace("\n", "")


def test_what_the_demo_left_can_be_explored(demo: tuple[Path, str]) -> None:
    """With the config beside the store, by the founding question of 2017."""
    folder, _ = demo
    config = ("-c", str(folder / "config.toml"))
    wanted = ("--contains", "marche", "--registrant-domain", "mail.com,email.com,europe.com")
    searched = hunter("search", *wanted, "--since", "2017-03-01", "--json", *config)
    shown = hunter("alerts", "show", "en-marche.co", *config)

    rows = [json.loads(line) for line in searched.stdout.splitlines()]
    assert {row["domain"] for row in rows} == LOOKALIKES
    assert shown.returncode == 0
    assert "cloudflare" in shown.stdout


def test_the_demo_clears_only_what_a_demo_left(demo: tuple[Path, str], tmp_path: Path) -> None:
    """A folder with something else in it is refused, and nothing in it touched."""
    (tmp_path / "thesis.txt").write_text("three years of work")
    refused = hunter("demo", "--folder", str(tmp_path))
    (tmp_path / "file").touch()
    no_folder = hunter("demo", "--folder", str(tmp_path / "file"))

    assert (refused.returncode, no_folder.returncode) == (2, 2)
    assert "thesis" not in refused.stderr
    assert "--folder" in refused.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "thesis.txt"]


def test_the_demo_ends_with_the_incident(demo: tuple[Path, str]) -> None:
    """The .fr domains in one, en-marche.co more loosely; the list and the Tor exit with dates."""
    said = " ".join(demo[1].split())

    assert "4 domains tied to each other and one more loosely" in said
    assert "mail[.]onedrive-en-marche[.]fr" in said
    assert "en-marche[.]co is attached" in said
    assert "Grizzly Steppe JAR-16-20296A of 2016-12-29" in said
    assert "last seen as a Tor exit on 2016-10-12" in said
    assert "it does not show whose hand it is" in said
