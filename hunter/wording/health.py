"""What whoever keeps hunter running is told of hunter itself, in words."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from typing import TypeAlias

from hunter.model import PASSING, Level, Report
from hunter.notice import Notice
from hunter.wording import moments
from hunter.wording.catalogue import health_words, speaking, spoken
from hunter.wording.cleaning import harmless
from hunter.wording.sentences import reason_in_words

KIND = "health"
TRIAL = "trial"
_OFF = "off"
_BRINGS_NAMES = "sources."
_TAKES_MESSAGES = "notifiers."
_MAX_NEWS = 20
_MAX_MESSAGE = 500

Since: TypeAlias = tuple[Report, datetime]
"""A report, and since when it has been so."""


def health_notice(
    troubles: Sequence[Since], over: Sequence[Since], at: datetime, language: str = "en"
) -> Notice:
    """One notice about all that is in trouble or well again; at least one of them there is."""
    with speaking(language):
        return _notice(troubles, over, at)


def trial_notice(at: datetime, language: str = "en") -> Notice:
    """One that says that it is a test, and nothing else; each is a message of its own."""
    with speaking(language):
        return Notice(
            key=f"{TRIAL} {at.isoformat()}",
            thread=f"{TRIAL} {at.isoformat()}",
            kind=TRIAL,
            severity=Level.INFORMATIONAL,
            brand="",
            domain="",
            subject=health_words.SUBJECT_TRIAL,
            headline=health_words.HEADLINE_TRIAL,
            name_parts=("", "", ""),
            news=(),
            findings=(),
            facts=(),
            unknowns=(),
            next_steps=(health_words.STEP_TRIAL,),
            caveat="",
            at=at,
            language=spoken(),
        )


def _notice(troubles: Sequence[Since], over: Sequence[Since], at: datetime) -> Notice:
    return Notice(
        key=_key(troubles, over),
        thread=KIND,
        kind=KIND,
        severity=Level.HIGH if troubles else Level.INFORMATIONAL,
        brand="",
        domain="",
        subject=_subject(troubles, over),
        headline=_headline(troubles),
        name_parts=("", "", ""),
        news=tuple(_news(troubles, over)),
        findings=(),
        facts=(),
        unknowns=(),
        next_steps=tuple(_steps(troubles)),
        caveat="",
        at=at,
        language=spoken(),
    )


def _key(troubles: Sequence[Since], over: Sequence[Since]) -> str:
    """The same for the same troubles with the same beginnings, whenever it is told."""
    told = sorted(
        f"{report.part} {report.subject} {since.isoformat()} {report.trouble} {report.healthy}"
        for report, since in (*troubles, *over)
    )
    digest = sha256("\n".join(told).encode("utf-8", "replace")).hexdigest()
    return f"{KIND} {digest[:32]}"


def _headline(troubles: Sequence[Since]) -> str:
    """That names may be missed is said only where one of those who bring them is in trouble."""
    if any(report.part.startswith(_BRINGS_NAMES) for report, _ in troubles):
        return health_words.HEADLINE_BLIND
    return health_words.HEADLINE_TROUBLE if troubles else health_words.HEADLINE_OVER


def _subject(troubles: Sequence[Since], over: Sequence[Since]) -> str:
    if len(troubles) == 1:
        report, _ = troubles[0]
        return health_words.SUBJECT_ONE.format(word=_word(report), what=_what(report))
    if troubles:
        return health_words.SUBJECT_MANY.format(count=len(troubles))
    if len(over) == 1:
        return health_words.SUBJECT_OVER_ONE.format(what=_what(over[0][0]))
    return health_words.SUBJECT_OVER_MANY.format(count=len(over))


def _news(troubles: Sequence[Since], over: Sequence[Since]) -> Iterator[str]:
    told = [(health_words.IN_TROUBLE, one) for one in troubles]
    told += [(health_words.WELL_AGAIN, one) for one in over]
    for sentence, (report, since) in told[:_MAX_NEWS]:
        yield sentence.format(
            what=_what(report),
            since=moments.moment(since),
            message=reason_in_words(report.message, _MAX_MESSAGE),
            means=_means(report),
        )
    if len(told) > _MAX_NEWS:
        yield health_words.MORE.format(count=len(told) - _MAX_NEWS)


def _means(report: Report) -> str:
    family = report.part.partition(".")[0]
    found = health_words.MEANS.get(report.part) or health_words.MEANS.get(family, "")
    return f". {found}" if found else ""


def _steps(troubles: Sequence[Since]) -> Iterator[str]:
    if troubles:
        yield health_words.LOOK
        if any(report.trouble in health_words.LIES for report, _ in troubles):
            yield health_words.KEEP
        if any(report.trouble == _OFF for report, _ in troubles):
            yield health_words.MEND
        yield health_words.OTHERS


def _word(report: Report) -> str:
    if report.trouble == PASSING and report.part.startswith(_TAKES_MESSAGES):
        # A server that puts them off, or whose certificate has run out, did answer.
        return health_words.PUT_OFF
    return health_words.WORDS.get(report.trouble, health_words.TROUBLE)


def _what(report: Report) -> str:
    family, _, name = report.part.partition(".")
    part = health_words.PARTS.get(family, "{name}").format(name=name or family)
    return harmless(f"{part} {report.subject}".rstrip())
