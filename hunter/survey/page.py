"""A survey as one HTML file: no script, nothing fetched, readable on a phone and on paper."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from hunter import __version__
from hunter.incidents import draw
from hunter.model import Incident, Level
from hunter.survey.chart import chart
from hunter.survey.figures import (
    Bar,
    Survey,
    by_bound,
    by_stage,
    by_technique,
    typical,
)
from hunter.survey.tables import alerts, dismissals, how, letters, watched
from hunter.survey.text import counted, document, duration, inline, section, text
from hunter.wording import moments, story
from hunter.wording.catalogue import report_words as words
from hunter.wording.catalogue import speaking
from hunter.wording.catalogue import words as common
from hunter.wording.sentences import shown_in_letters

_MOST_BARS = 14
_MOST_LINES = 8


def page(survey: Survey) -> str:
    """The whole document; everything that came from outside is clean, defanged and escaped."""
    with speaking(survey.language):
        return _page(survey)


def _page(survey: Survey) -> str:
    span = words.SPAN.format(since=_moment(survey.since), until=_end(survey.until))
    brands = ", ".join(map(shown_in_letters, survey.brands))
    heading = f"<h1>{text(words.HEADING.format(brands=brands))}</h1>"
    body = f'{heading}<p class="soft">{text(span)}</p>{"".join(_body(survey))}'
    return document(words.TITLE.format(span=span), body, survey.language)


def written(survey: Survey, file: Path) -> str:
    """What stands in the file, in a line."""
    with speaking(survey.language):
        return words.WRITTEN.format(
            file=file,
            lookalikes=counted(len(survey.lookalikes), words.WRITTEN_LOOKALIKES),
            opened=counted(len(survey.opened), words.WRITTEN_OPENED),
        )


def _moment(at: datetime) -> str:
    at = at.astimezone(UTC)
    form = words.DAY if at.time() == time() else words.DAY_AND_TIME
    day = words.FIRST_OF_MONTH if at.day == 1 else at.day
    month = words.MONTHS[at.month - 1]
    return form.format(day=day, month=month, year=at.year, time=at.strftime(words.SHORT_HOUR))


def _end(until: datetime) -> str:
    """The span's last day, when it ends at midnight."""
    until = until.astimezone(UTC)
    return _moment(until - timedelta(days=1) if until.time() == time() else until)


def _body(survey: Survey) -> Iterator[str]:
    yield f'<p class="lead">{text(_in_short(survey))}</p>'
    trouble = sum(not part.is_well for part in survey.parts)
    if trouble:
        told = words.AND_TROUBLE.format(count=trouble, are=words.ARE[trouble > 1])
        yield f'<p class="warning">{text(told)}</p>'
    yield f'<div class="tiles">{"".join(_tiles(survey, trouble))}</div>'
    yield section(words.COURSE, "", chart(survey) + _legend(survey))
    yield alerts(survey)
    yield from _incidents(survey.incidents, survey.more_incidents)
    yield _lookalikes(survey)
    yield _delays(survey)
    yield watched(survey)
    yield dismissals(survey)
    yield letters(survey)
    yield section(words.CAVEAT_HEADING, "", f"<p>{text(words.CAVEAT)}</p>")
    at = moments.time(survey.written_at.astimezone(UTC))
    yield f"<footer>{text(words.FOOTER.format(version=__version__, at=at))}</footer>"


def _in_short(survey: Survey) -> str:
    found, opened = len(survey.lookalikes), len(survey.opened)
    if not found and not opened:
        return words.NOTHING
    usual = typical(survey.delays)
    delay = words.DELAY if len(survey.delays) > 1 else words.DELAY_OF_ONE
    return words.IN_SHORT.format(
        lookalikes=counted(found, words.LOOKALIKES),
        opened=counted(opened, words.OPENED),
        delay=delay.format(delay=duration(usual)) if usual is not None else "",
    )


def _tiles(survey: Survey, trouble: int) -> Iterator[str]:
    found, opened = len(survey.lookalikes), len(survey.opened)
    plain = sum(bar.plain for bar in by_technique(survey.lookalikes))
    grave = sum(alert.severity >= Level.HIGH for alert in survey.opened)
    usual = typical(survey.delays)
    yield _tile(
        str(found),
        counted(found, words.TILE_LOOKALIKES),
        words.TILE_LOOKALIKES_NOTE.format(plain=plain),
    )
    yield _tile(
        str(opened),
        counted(opened, words.TILE_OPENED),
        words.TILE_OPENED_NOTE.format(grave=grave),
    )
    slowest = words.TILE_DELAY_NOTE.format(slowest=duration(max(survey.delays, default=None)))
    yield _tile(duration(usual), words.TILE_DELAY, slowest if usual is not None else "")
    dismissed = len(survey.dismissed)
    told = counted(dismissed, words.TILE_DISMISSED)
    yield _tile(str(dismissed), told, words.TILE_DISMISSED_NOTE)
    yield _tile(
        f"{len(survey.parts) - trouble}/{len(survey.parts)}",
        words.TILE_WATCH,
        words.TILE_WATCH_NOTE.format(trouble=trouble),
    )


def _tile(number: str, label: str, note: str) -> str:
    told = f"<b>{text(number)}</b><span>{text(label)}</span><i>{text(note)}</i>"
    return f'<div class="tile">{told}</div>'


def _legend(survey: Survey) -> str:
    there = {alert.severity for alert in survey.opened}
    levels = (level for level in reversed(Level) if level in there)
    items = "".join(
        f'<span class="level {level}">{text(common.LEVELS[level])}</span>' for level in levels
    )
    return f'<div class="legend">{items}</div>' if items else ""


def _incidents(incidents: Sequence[Incident], more: int) -> Iterator[str]:
    if incidents:
        told = "".join(map(_incident, incidents))
        if more:
            told += f'<p class="soft">{text(words.MORE_INCIDENTS.format(count=more))}</p>'
        yield section(words.INCIDENTS, words.INCIDENTS_NOTE, told)


def _incident(incident: Incident) -> str:
    told = story(incident)
    chapters = "".join(
        f'<div class="chapter"><h4>{inline(chapter.heading)}</h4>'
        f"<ul>{''.join(_lines(chapter.lines, incident.id))}</ul></div>"
        for chapter in told.chapters
    )
    return (
        f'<div class="incident"><h3>{inline(told.title)}</h3>'
        f'<div class="picture">{draw(incident)}</div><div class="chapters">{chapters}</div>'
        f'<p class="soft">{inline(told.caveat)}</p></div>'
    )


def _lines(lines: Sequence[str], incident: int) -> Iterator[str]:
    yield from (f"<li>{inline(line)}</li>" for line in lines[:_MOST_LINES])
    if len(lines) > _MOST_LINES:
        more = words.MORE_LINES.format(count=len(lines) - _MOST_LINES, incident=incident)
        yield f"<li>{text(more)}</li>"


def _lookalikes(survey: Survey) -> str:
    if not survey.lookalikes:
        return section(words.LOOKALIKES_HEADING, words.NOTHING, "")
    technique = _bars(by_technique(survey.lookalikes), how)
    stage = _bars(by_stage(survey.lookalikes), words.STAGES.__getitem__)
    body = (
        f'<div class="pair"><div><h3>{text(words.BY_TECHNIQUE)}</h3>{technique}</div>'
        f"<div><h3>{text(words.BY_STAGE)}</h3>{stage}</div></div>"
    )
    return section(words.LOOKALIKES_HEADING, words.LOOKALIKES_NOTE, body)


def _bars(bars: Sequence[Bar], label: Callable[[str], str]) -> str:
    most = max(bar.count for bar in bars)
    rows = "".join(_of_both(label(bar.key), bar, most) for bar in bars[:_MOST_BARS])
    more = len(bars) - _MOST_BARS
    note = f'<p class="soft">{text(words.MORE_BARS.format(count=more))}</p>' if more > 0 else ""
    return f'<div class="bars">{rows}</div>{note}'


def _of_both(label: str, bar: Bar, most: int) -> str:
    title = words.BAR_TITLE.format(label=label, count=bar.count, plain=bar.plain)
    return _bar(label, (bar.count, bar.plain), most, title)


def _bar(label: str, counts: tuple[int, int], most: int, title: str) -> str:
    """A light bar, and upon it a dark one."""
    widths = (100 * one / most for one in counts if one)
    drawn = "".join(f'<span style="width:{one:.1f}%"></span>' for one in widths)
    return (
        f'<span>{inline(label)}</span><span class="track" title="{inline(title)}">{drawn}</span>'
        f'<span class="count">{counts[0]}</span>'
    )


def _delays(survey: Survey) -> str:
    if not survey.delays:
        return ""
    counts = by_bound(survey.delays)
    most = max(counts)
    rows = zip(words.WITHIN, counts, strict=True)
    bars = "".join(
        _bar(label, (count, count), most, words.DELAY_TITLE.format(label=label, count=count))
        for label, count in rows
    )
    return section(words.DELAYS, words.DELAYS_NOTE, f'<div class="bars">{bars}</div>')
