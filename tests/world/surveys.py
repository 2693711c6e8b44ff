"""A week as a report tells it, and one made of text that means harm."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hunter.model import (
    Alert,
    AlertState,
    Dossier,
    Finding,
    Incident,
    Level,
    Link,
    Member,
    Report,
    Stage,
    Transition,
)
from hunter.store.spans import Known, Lookalike
from hunter.store.takedowns import Entry
from hunter.survey.figures import Part, Survey
from tests.world.alerts import MATCH, REGISTRANT, alert

SINCE = datetime(2017, 4, 17, tzinfo=UTC)
UNTIL = SINCE + timedelta(days=7)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def lookalike(
    domain: str = "mail-en-marche.fr",
    technique: str = "combosquatting",
    confidence: float = 0.9,
    at: datetime = SINCE + DAY,
    stage: Stage | None = Stage.ADDRESS,
) -> Lookalike:
    """One that showed itself on the second day."""
    return Lookalike(domain, "en-marche.fr", technique, confidence, at, stage)


def opened(
    domain: str,
    at: datetime,
    *,
    severity: Level = Level.HIGH,
    dismissed: str | None = None,
    finding: Finding = REGISTRANT,
) -> Alert:
    """An alert opened at a moment, and dismissed a day later when there is a reason given."""
    steps = [Transition(at, "opened", "seen for the first time")]
    if dismissed is not None:
        steps.append(Transition(at + DAY, "dismissed", dismissed, "ann"))
    return replace(
        alert(replace(MATCH, name=domain, registrable=domain, span=(0, 4), matched=domain[:4])),
        severity=severity,
        opened_at=at,
        state=AlertState.NEW if dismissed is None else AlertState.DISMISSED,
        findings=(finding,),
        transitions=tuple(steps),
    )


def part(name: str, *, healthy: bool = True, since: datetime = SINCE, **more: str) -> Part:
    """A part of hunter, and how it fares."""
    report = Report(name, healthy, more.get("message", "reads"), UNTIL, more.get("subject", ""))
    return Part(report, since, more.get("off", ""))


def survey(**other: object) -> Survey:
    """A week with three alerts."""
    first = opened("mail-en-marche.fr", SINCE + DAY + 5 * MINUTE)
    second = opened("en-marche.co", SINCE + 3 * DAY, severity=Level.CRITICAL)
    third = opened("marche-nordique.fr", SINCE + 3 * DAY, dismissed="a walking club")
    week = Survey(
        since=SINCE,
        until=UNTIL,
        written_at=UNTIL,
        brands=("en-marche.fr",),
        parts=(
            part("sources.registrations", subject="afnic-fr", since=SINCE - DAY),
            part("notifiers.slack", healthy=False, since=SINCE + DAY, message="answered 404"),
        ),
        silent=("sources.permutations",),
        names={"ct_logs": 12, "registrations": 3},
        lookalikes=(
            lookalike(),
            lookalike("en-marche.co", "tld-swap", at=SINCE + 3 * DAY, stage=Stage.MAIL),
            lookalike("marchepied.fr", "keyword", 0.2, SINCE + 3 * DAY, None),
        ),
        alerts=(second, first, third),
        known={
            "mail-en-marche.fr": Known(SINCE + DAY, Stage.ADDRESS),
            "en-marche.co": Known(SINCE + 2 * DAY, Stage.MAIL),
            "marche-nordique.fr": Known(SINCE + 3 * DAY, None),
        },
        incidents=(),
        letters=(
            Entry("en-marche.fr", "en-marche.co", SINCE + 4 * DAY, "sent", "registrar", "x@y.fr"),
        ),
    )
    return replace(week, **other)  # type: ignore[arg-type]


def hostile_survey(text: str, **other: object) -> Survey:
    """One that holds `text` wherever somebody else can put it."""
    finding = replace(REGISTRANT, title=text)
    one = opened(text, SINCE + DAY, dismissed=text, finding=finding)
    match = replace(one.match, technique=text, brand=text, span=(0, 2), matched=text[:2])
    one = replace(one, match=match, brand=text)
    dossier = Dossier(text, text, SINCE, {"registrant_email": text, "registered": 20170417})
    members = tuple(Member(name, True, 1.0, dossier, alert=one) for name in (text, "b.fr"))
    return survey(
        brands=(text,),
        parts=(part("sources.feeds", healthy=False, subject=text, message=text, off=text),),
        silent=(text,),
        names={text: 3},
        lookalikes=(lookalike(text, text),),
        alerts=(one,),
        known={text: Known(SINCE, None)},
        incidents=(
            Incident(
                1, (text,), members, (Link("registrant_email", text, (text, "b.fr"), 1.0, 2),)
            ),
        ),
        letters=(Entry(text, text, SINCE, "sent", text, text, note=text, actor=text),),
        **other,
    )
