"""The tables of the page: alerts, what was watched, what was dismissed, letters."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby

from hunter.model import Alert
from hunter.survey.figures import MOST_ALERTS, Part, Survey
from hunter.survey.text import duration, inline, name, name_of, section, table, text
from hunter.wording import moments
from hunter.wording.catalogue import report_words as words
from hunter.wording.catalogue import spoken
from hunter.wording.catalogue import words as common
from hunter.wording.sentences import (
    cut,
    in_other_words,
    of,
    reason_in_words,
    shown_in_letters,
    shown_name,
    technique_in_words,
    value_in_words,
)

_MOST_RULES = 4
_FEW = 4
_MAX_MESSAGE = 600
_PART = re.compile(r"(?:sources|enrichers|notifiers|job)\.[a-z0-9_]+")


def alerts(survey: Survey) -> str:
    """Those opened or changed in the span."""
    if not survey.alerts:
        return section(words.ALERTS, words.NO_ALERTS, "")
    rows = (_alert(alert, survey) for alert in survey.alerts[:MOST_ALERTS])
    note = _and_more(words.MORE_ALERTS, len(survey.alerts) + len(survey.more_alerts) - MOST_ALERTS)
    return section(words.ALERTS, words.ALERTS_NOTE, table(words.COLUMNS, rows) + note)


def _and_more(sentence: str, count: int) -> str:
    return f'<p class="soft">{text(sentence.format(count=count))}</p>' if count > 0 else ""


def _alert(alert: Alert, survey: Survey) -> tuple[str, ...]:
    known = survey.known.get(alert.domain)
    stage = words.STAGES["" if known is None or known.stage is None else str(known.stage)]
    return (
        f'<span class="level {alert.severity}">{text(common.LEVELS[alert.severity])}</span>',
        _marked(alert) + _soft(inline(_in_letters(alert))) + _soft(inline(_whose(alert))),
        inline(how(alert.match.technique)).replace("+", "+<wbr>"),
        text(stage),
        f'<span class="keep">{text(common.STATES[alert.state])}</span>',
        _opened(alert, survey),
        _rules(alert),
    )


def how(technique: str) -> str:
    """How a name imitates."""
    return words.TECHNIQUES.get(technique) or technique_in_words(technique)


def _in_letters(alert: Alert) -> str:
    """How people see an international name, whose likeness nobody reads in xn--n-marche-b8g."""
    shown = shown_in_letters(alert.domain)
    return "" if shown == shown_name(alert.domain) else words.SHOWN_AS.format(shown=shown)


def _whose(alert: Alert) -> str:
    sentence = words.LINKED if alert.match.is_linked else words.IMITATES
    brand = shown_in_letters(alert.brand)
    return sentence.format(brand=brand, of_brand=of(brand))


def _marked(alert: Alert) -> str:
    """The name that was seen, with the part that imitates marked; the domain where none does."""
    before, matched, after = (inline(shown_name(part)) if part else "" for part in cut(alert.match))
    if not matched:
        return name(alert.domain)
    long = len(alert.match.name)
    return name_of(f"<bdi>{before}<mark>{matched}</mark>{after}</bdi>", long)


def _opened(alert: Alert, survey: Survey) -> str:
    at = f'<span class="keep">{_at(alert.opened_at)}</span>'
    delay = survey.delay(alert)
    if not survey.holds(alert.opened_at):
        return at + _soft(text(words.BEFORE))
    after = words.AFTER.format(delay=duration(delay)) if delay is not None else ""
    return at + _soft(text(after))


def _rules(alert: Alert) -> str:
    found = alert.gravest_first
    items = [f"<li>{inline(in_other_words(one).title)}</li>" for one in found[:_MOST_RULES]]
    if len(found) > _MOST_RULES:
        more = common.MORE.format(count=len(found) - _MOST_RULES)
        items.append(f"<li>{text(more)}</li>")
    return f"<ul>{''.join(items)}</ul>" if items else ""


def watched(survey: Survey) -> str:
    """How each part fares; the many of one part that are well stand in one line."""
    sources = ", ".join(
        words.SOURCE.format(source=value_in_words("source", source), count=count)
        for source, count in survey.names.items()
    )
    seen = words.SEEN_BY.format(sources=sources) if sources else words.SEEN_BY_NOBODY
    note = words.WATCHED_NOTE.format(since=_at(survey.since))
    rows = [
        row
        for whose, parts in groupby(survey.parts, key=lambda part: part.report.part)
        for row in _parts(whose, list(parts), survey)
    ]
    rows += [(_named(name), text(words.SILENT), "", "") for name in survey.silent]
    body = f"<p>{inline(seen)}</p>{table(words.PART_COLUMNS, rows) if rows else ''}"
    return section(words.WATCHED, note, body)


def _parts(whose: str, parts: Sequence[Part], survey: Survey) -> Iterator[tuple[str, ...]]:
    well = [part for part in parts if part.is_well]
    if len(well) > _FEW:
        told = words.MANY_WELL.format(count=len(well), every=len(parts))
        newest = max(part.since for part in well)
        yield (
            _named(whose),
            f'<span class="well">{text(told)}</span>',
            _span(newest, survey),
            "",
        )
        parts = [part for part in parts if not part.is_well]
    yield from (_part(part, survey) for part in parts)


def _part(part: Part, survey: Survey) -> tuple[str, ...]:
    report = part.report
    subject = _soft(inline(report.subject))
    state, kind = (words.OFF, "off") if part.off else (words.TROUBLE, "bad")
    if part.is_well:
        state, kind = words.WELL, "well"
    span = _span(part.since, survey)
    if not part.is_well:
        span = text(words.NOT_SINCE.format(since=_at(part.since)))
    return (
        _named(report.part) + subject,
        f'<span class="{kind}">{text(state)}</span>',
        span,
        inline(reason_in_words(part.off or report.message, _MAX_MESSAGE)),
    )


def _span(since: datetime, survey: Survey) -> str:
    whole = since <= survey.since
    return text(words.WHOLE if whole else words.FROM.format(since=_at(since)))


def dismissals(survey: Survey) -> str:
    """What a person found harmless last, and why."""
    dismissed = survey.dismissed
    rows = [
        (
            name(alert.domain),
            f'<span class="keep">{_at(step.at)}</span>',
            inline(step.actor),
            inline(step.told_in(spoken()) or words.NO_REASON),
        )
        for alert, step in dismissed[-MOST_ALERTS:]
    ]
    if not rows:
        return section(words.DISMISSED, words.NO_DISMISSALS, "")
    body = table(words.DISMISSED_COLUMNS, rows)
    note = _and_more(words.EARLIER_DISMISSALS, len(dismissed) - MOST_ALERTS)
    return section(words.DISMISSED, words.DISMISSED_NOTE, body + note)


def letters(survey: Survey) -> str:
    """Takedown letters of the span; nothing when there were none."""
    rows = [
        (
            name(one.domain),
            f'<span class="keep">{_at(one.at)}</span>',
            inline(words.LETTER_KINDS.get(one.kind, one.kind)),
            inline(words.ADDRESSEES.get(one.addressee, one.addressee)),
            inline(one.note),
        )
        for one in survey.letters
    ]
    table_of_letters = table(words.LETTER_COLUMNS, rows)
    return section(words.LETTERS, words.LETTERS_NOTE, table_of_letters) if rows else ""


def _named(part: str) -> str:
    """A part's name, whose dot is none of a domain."""
    shown = text(part) if _PART.fullmatch(part) else inline(part)
    return f'<span class="part">{shown}</span>'


def _soft(content: str) -> str:
    return f'<br><span class="soft">{content}</span>' if content else ""


def _at(at: datetime) -> str:
    return moments.time(at.astimezone(UTC))
