"""Triage: each alert goes where it may, and what a person settled is no news to anybody else."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hunter import pipeline, routing, triage
from hunter.config import Config
from hunter.errors import WillPass
from hunter.model import LINKED, Alert, AlertState, Brand, Rhythm, Subscriber, Transition
from hunter.notice import Notice
from hunter.pipeline import Hunt
from hunter.replay import SetClock
from hunter.store import Store, alerts, outbox, retro
from hunter.store.encoding import load
from hunter.wording.as_text import text
from tests.world.alerts import AT, DOSSIER, MATCH, OPENED, alert
from tests.world.hunting import (
    BRAND,
    PARTNER,
    START,
    NotifierSettings,
    World,
    small_config,
    small_hunt,
)

HOUR = timedelta(hours=1)
DAILY = Subscriber("it", {"pigeon": ("loft",)}, rhythm=Rhythm.DAILY, language="fr")
IT = Subscriber("it", {"pigeon": ("loft",)}, transitions=("raised", "confirmed"))
RAISED = Transition(AT, "raised", "It takes mail.")


def kept(store: Store, brand: str, state: AlertState, *transitions: Transition) -> Alert:
    """An alert of the domain with that brand."""
    made = replace(alert(), id=0, brand=brand, state=state, transitions=(OPENED, *transitions))
    return alerts.save(store, made, {})


def test_whoever_was_there_before_is_not_told_again(tmp_path: Path) -> None:
    """Those that are there now are returned; what may not go there stays where it is."""
    config = small_config(tmp_path, brands=(BRAND, PARTNER), subscribers=(IT,))
    domain = MATCH.registrable
    with Store(tmp_path / "hunter.db") as store:
        kept(store, BRAND.domain, AlertState.NEW)
        kept(store, PARTNER.domain, AlertState.CONFIRMED, RAISED)
        kept(store, "gone.fr", AlertState.ACKNOWLEDGED)
        kept(store, "done.fr", AlertState.DISMISSED)
        there = triage.move(
            store, config, domain, AlertState.CONFIRMED, why="seen", actor="ana", now=AT
        )

        assert {one.brand for one in there} == {BRAND.domain, PARTNER.domain, "gone.fr"}
        told = [row["brand"] for row in store.rows(
            "SELECT json_extract(notice, '$.brand') AS brand FROM outbox"
        )]  # fmt: skip
        assert told == ["en-marche[.]fr"], "of a brand that has left the config nobody is told"


def silent(store: Store, config: Config, until: datetime, why: str = "parked") -> None:
    """Every alert on the domain is dismissed until then."""
    triage.move(
        *(store, config, MATCH.registrable, AlertState.DISMISSED),
        why=why, actor="ana", now=AT, until=until,
    )  # fmt: skip


@pytest.mark.usefixtures("world")
def test_what_was_dismissed_for_a_time_is_new_again_after_it(tmp_path: Path) -> None:
    """Told once, in both languages, to whoever hears of what is reopened."""
    hears = replace(IT, transitions=("reopened",), language="fr")
    config = small_config(tmp_path, brands=(BRAND,), subscribers=(hears,))
    with Store(tmp_path / "hunter.db") as store:
        kept(store, BRAND.domain, AlertState.NEW)
        silent(store, config, AT + 3 * HOUR)
        states = []
        for hours in (2, 3, 4):
            triage.wake(store, config, AT + hours * HOUR)
            (found,) = alerts.about(store, MATCH.registrable)
            states.append(found.state)
        told = store.rows("SELECT notice FROM outbox")

    assert states == [AlertState.DISMISSED, AlertState.NEW, AlertState.NEW]
    assert [step.kind for step in found.transitions[1:]] == ["dismissed", "reopened"]
    assert found.transitions[-1].text == (
        f"It was dismissed on {AT:%Y-%m-%d} for a time, which is over: it is new again."
    )
    (letter,) = told
    assert "pour un temps" in letter["notice"]


@pytest.mark.usefixtures("world")
def test_a_word_on_what_is_tied_to_another_brand_too_is_told_once(tmp_path: Path) -> None:
    """Said by a person or come of itself, whichever of the two alerts stands first."""
    eager = replace(IT, transitions=("dismissed", "reopened"))
    config = small_config(tmp_path, brands=(BRAND, PARTNER), subscribers=(eager,))
    tie = replace(MATCH, brand=BRAND.domain, technique=LINKED, confidence=0.0)
    with Store(tmp_path / "hunter.db") as store:
        alerts.save(store, replace(alert(tie), id=0), {})
        kept(store, PARTNER.domain, AlertState.NEW)
        silent(store, config, AT + HOUR)
        triage.wake(store, config, AT + 2 * HOUR)
        told = store.rows("SELECT json_extract(notice, '$.brand') AS brand FROM outbox")

    assert [row["brand"] for row in told] == ["nationbuilder[.]com"] * 2


def test_until_when_it_is_silent_is_said_in_the_reader_s_language(tmp_path: Path) -> None:
    """And what the person said stays as it was said."""
    hears = replace(IT, transitions=("dismissed",), language="fr")
    config = small_config(tmp_path, brands=(BRAND,), subscribers=(hears,))
    with Store(tmp_path / "hunter.db") as store:
        kept(store, BRAND.domain, AlertState.NEW)
        silent(store, config, datetime(2026, 12, 30, 8, tzinfo=UTC))
        ((letter,),) = store.rows("SELECT notice FROM outbox")
        (found,) = alerts.about(store, MATCH.registrable)

    told = " ".join(text(load(letter, Notice)).split())
    assert "« jusqu'au 30 décembre 2026 à 08:00 UTC : parked »" in told
    assert found.transitions[-1].text == "until 2026-12-30 08:00 UTC: parked"


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("said", [AlertState.NEW, AlertState.DISMISSED, AlertState.CLOSED])
def test_the_time_of_a_dismissal_that_was_taken_back_is_nobody_s(
    tmp_path: Path, said: AlertState
) -> None:
    """What a person says next holds for good."""
    config = small_config(tmp_path, brands=(BRAND,))
    with Store(tmp_path / "hunter.db") as store:
        kept(store, BRAND.domain, AlertState.NEW)
        silent(store, config, AT + HOUR)
        for state in dict.fromkeys((AlertState.NEW, said)):
            triage.move(store, config, MATCH.registrable, state, why="", actor="ana", now=AT)
        triage.wake(store, config, AT + 2 * HOUR)
        (found,) = alerts.about(store, MATCH.registrable)

    assert found.state is said
    assert found.transitions[-1].actor == "ana"


@pytest.mark.usefixtures("world")
def test_what_the_config_leaves_out_by_then_stays_dismissed(tmp_path: Path) -> None:
    """It was found to be ours or harmless meanwhile."""
    ours = replace(BRAND, owned=(MATCH.registrable,))
    config = small_config(tmp_path, brands=(ours,))
    with Store(tmp_path / "hunter.db") as store:
        kept(store, BRAND.domain, AlertState.NEW)
        silent(store, config, AT + HOUR)
        triage.wake(store, config, AT + 2 * HOUR)
        (found,) = alerts.about(store, MATCH.registrable)
        left = store.rows("SELECT 1 FROM alert WHERE silent_until IS NOT NULL")

    assert found.state is AlertState.DISMISSED
    assert left == []


def test_a_letter_tells_of_the_last_move_alone(tmp_path: Path) -> None:
    """What came before was told when it came."""
    eager = replace(IT, transitions=("confirmed", "escalated"))
    config = small_config(tmp_path, brands=(BRAND,), subscribers=(eager,))
    with Store(tmp_path / "hunter.db") as store:
        kept(store, BRAND.domain, AlertState.NEW, RAISED)
        for state in (AlertState.CONFIRMED, AlertState.ESCALATED):
            triage.move(store, config, MATCH.registrable, state, why="seen", actor="ana", now=AT)
        told = store.rows("SELECT json_array_length(notice, '$.news') AS news FROM outbox")

    assert [row["news"] for row in told] == [1, 1]


def a_hunt(
    store: Store, clock: SetClock, subscriber: Subscriber = DAILY, an_hour: int = 10
) -> Hunt:
    """One subscriber, and a channel with that limit."""
    settings = {"pigeon": NotifierSettings(an_hour=an_hour)}
    return small_hunt(store, clock, subscribers=(subscriber,), notifiers=settings)


def opens(hunt: Hunt, *labels: str) -> None:
    """An alert on each of these, of which whoever it concerns is to be told."""
    for label in labels:
        domain, at = f"{label}-en-marche.fr", hunt.now()
        match = replace(MATCH, name=domain, registrable=domain)
        opened = replace(OPENED, at=at)
        made = replace(alert(match), id=0, opened_at=at, transitions=(opened,))
        kept = alerts.save(hunt.store, made, {})
        routing.tell(
            hunt.store,
            hunt.config,
            kept,
            replace(DOSSIER, domain=domain, at=at),
            [opened],
        )


def says(hunt: Hunt, label: str, state: AlertState) -> None:
    """A person's word on the alert."""
    triage.move(
        *(hunt.store, hunt.config, f"{label}-en-marche.fr", state),
        why="seen", actor="ana", now=hunt.now(),
    )  # fmt: skip


async def day_after(hunt: Hunt, clock: SetClock) -> None:
    """Everything is delivered that is due within a day."""
    for hour in range(25):
        clock.set(START + timedelta(days=1, hours=hour))
        await pipeline.deliver(hunt)


def lines(told: Notice) -> list[str]:
    """What a digest says of each, but for the rule behind it."""
    plain = text(told).replace("\N{NO-BREAK SPACE}", " ")
    found = [line[4:] for line in plain.splitlines() if line.startswith("  - ") and "[.]" in line]
    return [line.partition(" –")[0] for line in found]


@pytest.mark.parametrize("state", [AlertState.DISMISSED, AlertState.CLOSED])
async def test_a_digest_leaves_out_what_was_settled_before_it_goes(
    store: Store, world: World, clock: SetClock, state: AlertState
) -> None:
    """What is dealt with stays, and says so; nobody is to block what a person found harmless."""
    hunt = a_hunt(store, clock)
    opens(hunt, "mail", "portal", "login")
    says(hunt, "mail", state)
    says(hunt, "portal", AlertState.CONFIRMED)
    await day_after(hunt, clock)

    ((told, _),) = world.sent
    assert lines(told) == [
        "portal-en-marche[.]fr (haute) : nouvelle alerte · alerte confirmée",
        "login-en-marche[.]fr (haute) : nouvelle alerte",
    ]
    assert told.subject.startswith("[HAUTE] 2 avis")


async def test_a_digest_of_what_is_all_settled_is_not_sent(
    store: Store, world: World, clock: SetClock
) -> None:
    """Nor does anything of it wait on."""
    hunt = a_hunt(store, clock)
    opens(hunt, "mail", "portal")
    for label in ("mail", "portal"):
        says(hunt, label, AlertState.DISMISSED)
    await day_after(hunt, clock)

    assert world.sent == []
    assert outbox.counts(store) == {}


async def test_what_a_limit_holds_back_is_left_out_once_it_is_settled(
    store: Store, world: World, clock: SetClock
) -> None:
    """The one that is left goes as a message of its own, with where it stands."""
    hunt = a_hunt(store, clock, replace(DAILY, rhythm=Rhythm.AT_ONCE), an_hour=1)
    opens(hunt, "first")
    await pipeline.deliver(hunt)
    opens(hunt, "mail", "portal")
    await pipeline.deliver(hunt)
    says(hunt, "mail", AlertState.DISMISSED)
    says(hunt, "portal", AlertState.ACKNOWLEDGED)
    await day_after(hunt, clock)

    assert world.told() == [("first-en-marche.fr", "opened"), ("portal-en-marche.fr", "opened")]
    assert world.sent[1][0].state == "acknowledged"


@pytest.mark.parametrize("heard", [False, True])
async def test_what_was_left_out_opens_when_it_is_reopened(
    store: Store, world: World, clock: SetClock, heard: bool
) -> None:
    """For who hears of what opens alone, as for anybody else; and not where they heard before."""
    hunt = a_hunt(store, clock, replace(DAILY, transitions=("opened",)))
    opens(hunt, "mail")
    if heard:
        await day_after(hunt, clock)
    says(hunt, "mail", AlertState.DISMISSED)
    if not heard:
        await day_after(hunt, clock)
    says(hunt, "mail", AlertState.NEW)
    clock.set(START + timedelta(days=3))
    await pipeline.deliver(hunt)

    assert world.told() == [("mail-en-marche.fr", "opened" if heard else "reopened")]


async def test_who_wants_to_hear_of_a_dismissal_does(
    store: Store, world: World, clock: SetClock
) -> None:
    """Of that alone: what came before it is settled."""
    hunt = a_hunt(store, clock, replace(DAILY, transitions=("opened", "dismissed")))
    opens(hunt, "mail")
    says(hunt, "mail", AlertState.DISMISSED)
    await day_after(hunt, clock)

    assert world.told() == [("mail-en-marche.fr", "dismissed")]


async def test_what_is_reopened_before_the_digest_goes_is_told(
    store: Store, world: World, clock: SetClock
) -> None:
    """Whoever dismissed it by mistake takes that back, and nobody misses it."""
    hunt = a_hunt(store, clock)
    opens(hunt, "mail")
    says(hunt, "mail", AlertState.DISMISSED)
    says(hunt, "mail", AlertState.NEW)
    await day_after(hunt, clock)

    ((told, _),) = world.sent
    assert [gist.kind for group in told.groups for gist in group.gists] == ["opened", "reopened"]


async def test_what_may_have_been_accepted_goes_again_as_it_was(
    store: Store, world: World, clock: SetClock
) -> None:
    """Under its key, with all that was in it, whatever people said of it meanwhile."""
    hunt = a_hunt(store, clock)
    opens(hunt, "mail", "portal")
    seen: list[Notice] = []

    def lose(told: Notice, _: object) -> None:
        seen.append(told)
        if len(seen) == 1:
            says(hunt, "mail", AlertState.DISMISSED)
            says(hunt, "portal", AlertState.CONFIRMED)
            raise WillPass("no answer", in_doubt=True)

    world.on_send = lose
    await day_after(hunt, clock)

    first, again = seen
    assert (first.key, lines(first)) == (again.key, lines(again))
    assert len(lines(again)) == 2


async def test_finds_among_stored_names_that_were_settled_are_left_out(
    store: Store, world: World, clock: SetClock
) -> None:
    """They were made one message that waits for the end of quiet hours, and none has it yet."""
    hunt = a_hunt(store, clock)
    for label in ("mail", "portal"):
        retro.add(store, BRAND.domain, f"{label}-en-marche.fr", START)
    opens(hunt, "mail", "portal")
    (way,) = outbox.held(store, routing.RETRO)
    outbox.let_go(store, way, routing.RETRO, START, START + HOUR)
    says(hunt, "mail", AlertState.DISMISSED)
    await day_after(hunt, clock)

    ((told, _),) = world.sent
    assert [line.split()[0] for line in lines(told)] == ["portal-en-marche[.]fr"]


def test_open_alerts_that_the_config_settles_by_now_are_named(tmp_path: Path) -> None:
    """What was added to owned or ignored, or is protected itself since; until it is dismissed.

    Not what another brand does not ignore, whose alert would be dismissed as well.
    """
    with Store(tmp_path / "hunter.db") as store:
        for domain in ("a-marche.fr", "b-marche.fr", "c-marche.fr", "d-marche.fr"):
            match = replace(MATCH, brand=BRAND.domain, name=domain, registrable=domain)
            alerts.save(store, replace(alert(match), id=0), {})
        grown = replace(BRAND, owned=("a-marche.fr",), ignored=("b-marche.fr",))
        config = replace(
            small_config(tmp_path), brands=(grown, replace(PARTNER, domain="c-marche.fr"))
        )

        assert set(triage.left_out(store, config, grown)) == {
            *("a-marche.fr", "b-marche.fr", "c-marche.fr")
        }
        other = replace(MATCH, brand="c-marche.fr", name="b-marche.fr", registrable="b-marche.fr")
        alerts.save(store, replace(alert(other), id=0), {})
        assert "b-marche.fr" not in triage.left_out(store, config, grown)
        (settled,) = alerts.about(store, "a-marche.fr")
        alerts.set_state(store, settled, AlertState.DISMISSED, why="", actor="ann", now=AT)
        assert "a-marche.fr" not in triage.left_out(store, config, grown)


def test_a_hundred_brands_without_alerts_on_each_other_are_a_hundred_questions(
    tmp_path: Path,
) -> None:
    """Each is nobody's lookalike as long as there is no alert: that is one look for all of them."""
    brands = tuple(Brand(f"brand-{number}.fr") for number in range(100))
    config = replace(small_config(tmp_path), brands=brands)
    statements: list[str] = []
    with Store(tmp_path / "hunter.db") as store:
        store._connection.set_trace_callback(statements.append)
        assert not [one for brand in brands for one in triage.left_out(store, config, brand)]

    assert len(statements) == len(brands)
