"""What whoever keeps hunter running is told of hunter itself, in words."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from typing import TypeAlias

from hunter.model import Level, Notice, Report
from hunter.wording import english, english_health
from hunter.wording.cleaning import harmless

KIND = "health"
_MAX_NEWS = 20
_MAX_MESSAGE = 500

Since: TypeAlias = tuple[Report, datetime]
"""A report, and since when it has been so."""


def health_notice(troubles: Sequence[Since], over: Sequence[Since], at: datetime) -> Notice:
    """One notice about all that is in trouble or well again; at least one of them there is."""
    return Notice(
        key=_key(troubles, over),
        thread=KIND,
        kind=KIND,
        severity=Level.HIGH if troubles else Level.INFORMATIONAL,
        brand="",
        domain="",
        subject=_subject(troubles, over),
        headline=english_health.HEADLINE_TROUBLE if troubles else english_health.HEADLINE_OVER,
        name_parts=("", "", ""),
        news=tuple(_news(troubles, over)),
        findings=(),
        facts=(),
        unknowns=(),
        next_steps=tuple(_steps(troubles)),
        caveat="",
        at=at,
    )


def _key(troubles: Sequence[Since], over: Sequence[Since]) -> str:
    """The same for the same troubles with the same beginnings, whenever it is told."""
    told = sorted(
        f"{report.part} {report.subject} {since.isoformat()} {report.trouble} {report.healthy}"
        for report, since in (*troubles, *over)
    )
    digest = sha256("\n".join(told).encode("utf-8", "replace")).hexdigest()
    return f"{KIND} {digest[:32]}"


def _subject(troubles: Sequence[Since], over: Sequence[Since]) -> str:
    if len(troubles) == 1:
        report, _ = troubles[0]
        return english_health.SUBJECT_ONE.format(word=_word(report), what=_what(report))
    if troubles:
        return english_health.SUBJECT_MANY.format(count=len(troubles))
    if len(over) == 1:
        return english_health.SUBJECT_OVER_ONE.format(what=_what(over[0][0]))
    return english_health.SUBJECT_OVER_MANY.format(count=len(over))


def _news(troubles: Sequence[Since], over: Sequence[Since]) -> Iterator[str]:
    told = [(english_health.IN_TROUBLE, one) for one in troubles]
    told += [(english_health.WELL_AGAIN, one) for one in over]
    for sentence, (report, since) in told[:_MAX_NEWS]:
        yield sentence.format(
            what=_what(report),
            since=since.strftime(english.AT),
            message=harmless(report.message, _MAX_MESSAGE),
            means=_means(report),
        )
    if len(told) > _MAX_NEWS:
        yield english_health.MORE.format(count=len(told) - _MAX_NEWS)


def _means(report: Report) -> str:
    family = report.part.partition(".")[0]
    found = english_health.MEANS.get(report.part) or english_health.MEANS.get(family, "")
    return f". {found}" if found else ""


def _steps(troubles: Sequence[Since]) -> Iterator[str]:
    if troubles:
        yield english_health.LOOK
        if any(report.trouble in english_health.LIES for report, _ in troubles):
            yield english_health.KEEP
        yield english_health.OTHERS


def _word(report: Report) -> str:
    return english_health.WORDS.get(report.trouble, english_health.TROUBLE)


def _what(report: Report) -> str:
    family, _, name = report.part.partition(".")
    part = english_health.PARTS.get(family, "{name}").format(name=name or family)
    return harmless(f"{part} {report.subject}".rstrip())
