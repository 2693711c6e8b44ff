"""A backtest as one HTML page that needs nothing from anywhere: no script, no image, no link."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import groupby

from hunter.backtest.chart import chart
from hunter.backtest.report import FATES, Backtest, Change, DayCount, Kind, Messages, RuleChange
from hunter.notice import how_many
from hunter.survey.text import document, inline, name, section, table, text

_MOST_ROWS = 500
_TOLD = {
    Kind.ADDED: "would be new",
    Kind.REMOVED: "would not be there",
    Kind.RAISED: "would be graver",
    Kind.LOWERED: "would be less grave",
}
_HEADING = "What changed rules would have done"
_TRIAGE = "Triage is not replayed: here nobody dismissed anything."
_AT_ONCE = "On going live: what the new rules bring at once, about what is there already."


def page(found: Backtest) -> str:
    """The whole document; everything that came from outside is clean, defanged and escaped."""
    return document(_HEADING, "".join(_sections(found)))


def _sections(found: Backtest) -> Iterator[str]:
    yield f'<h1>{_HEADING}</h1><p class="soft">{text(_period(found))}</p>'
    yield f'<p class="lead">{text(_in_short(found))}</p>'
    yield f'<div class="tiles four">{"".join(_tiles(found))}</div>'
    yield section("Rules that differ", "", _rules(found.rules))
    yield section("Alerts opened, day by day", _TRIAGE, "".join(_charts(found)))
    yield section("Messages", _AT_ONCE if found.messages else "", _messages(found.messages))
    yield section("Alerts that differ", "", "".join(_changes(found)))


def _period(found: Backtest) -> str:
    since = f"from {_moment(found.since)}" if found.since else "from the beginning"
    return (
        f"{how_many(found.dossiers, 'dossier')} of {how_many(found.domains, 'domain')}, as they"
        " were at the time,"
        f" {since} to {_moment(found.until)}"
    )


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _in_short(found: Backtest) -> str:
    before, after = found.alerts
    if not found.changes:
        return f"Nothing would be otherwise: {before:,} alerts under either set of rules."
    return f"{before:,} alerts under the old rules, {after:,} under the new."


def _tiles(found: Backtest) -> Iterator[str]:
    for kind in FATES:
        told = f"<b>{found.count(kind):,}</b><span>{kind}</span><i>{_TOLD[kind]}</i>"
        yield f'<div class="tile fate {kind}">{told}</div>'


def _rules(rules: Sequence[RuleChange]) -> str:
    if not rules:
        return "<p>None: both sets say the same.</p>"
    rows = (
        (_badge(one.kind), inline(one.title), one.what, _reach(one), _file(one.file))
        for one in rules
    )
    columns = {"kind…": "", "title!": "title", "what…": "", "domains…": "", "file…": "file"}
    return table(columns, rows)


def _reach(change: RuleChange) -> str:
    """Of how many domains it holds otherwise."""
    counts = {"more": len(change.gained), "fewer": len(change.lost)}
    return ", ".join(f"{count:,} {word}" for word, count in counts.items() if count)


def _file(path: str) -> str:
    return f'<span class="part">{inline(path).replace("[.]", ".")}</span>'


def _charts(found: Backtest) -> Iterator[str]:
    """One chart for each brand; what was before the period is told in a sentence."""
    by_brand = sorted(found.days, key=lambda one: one.brand)
    if not by_brand:
        yield "<p>No alert opened under either set.</p>"
    for brand, counts in groupby(by_brand, key=lambda one: one.brand):
        listed = list(counts)
        dated = {one.day: one for one in listed if one.day is not None}
        yield f"<h3>{name(brand)}</h3>"
        yield from (_before(one) for one in listed if one.day is None)
        if dated:
            label = f"alerts on lookalikes of {brand} opened per day"
            yield chart(list(_every_day(dated)), inline(label)) + _LEGEND


_LEGEND = (
    '<div class="legend"><span class="level before">old rules</span>'
    '<span class="level after">new rules</span></div>'
)


def _every_day(known: dict[date, DayCount]) -> Iterator[tuple[date, int, int]]:
    """Day, and how many opened under each set; also of days on which nothing happened."""
    for number in range((max(known) - min(known)).days + 1):
        day = min(known) + timedelta(days=number)
        count = known.get(day)
        yield (day, count.before, count.after) if count else (day, 0, 0)


def _before(count: DayCount) -> str:
    changed = ", ".join(f"{number:,} {kind}" for kind, number in sorted(count.changes.items()))
    told = (
        f"Open before the period: {count.before:,} under the old rules, {count.after:,} under the"
        f" new{f' ({changed})' if changed else ''}."
    )
    return f'<p class="soft">{text(told)}</p>'


def _messages(messages: Sequence[Messages]) -> str:
    if not messages:
        return "<p>There is no subscriber: nobody would get any.</p>"
    heads = {
        "subscriber!": "subscriber",
        "channel…": "channel",
        "before…": "old rules",
        "after…": "new rules",
        "difference…": "difference",
        "at once…": "on going live",
    }
    rows = (
        (
            inline(one.subscriber),
            inline(one.channel),
            f"{one.before:,}",
            f"{one.after:,}",
            f"{one.after - one.before:+,}",
            f"{one.at_once:,}",
        )
        for one in messages
    )
    return table(heads, rows)


def _changes(found: Backtest) -> Iterator[str]:
    if not found.changes:
        yield "<p>None: every alert would be what it is.</p>"
    for kind in FATES:
        listed = [one for one in found.changes if one.kind is kind]
        if listed:
            heads = {"name!": "", "brand…": "brand", "day…": "day", "level…": "severity", "why": ""}
            yield f'<h3 class="fate {kind}">{len(listed):,} {kind}</h3>'
            yield table(heads | {"why": "why"}, map(_change, listed[:_MOST_ROWS]))
        if len(listed) > _MOST_ROWS:
            yield f'<p class="soft">and {len(listed) - _MOST_ROWS:,} more: see --json</p>'


def _change(one: Change) -> tuple[str, ...]:
    return (
        name(one.domain),
        name(one.brand),
        f'<span class="keep">{one.day or "before"}</span>',
        inline(one.severity),
        f"<ul>{''.join(f'<li>{inline(reason)}</li>' for reason in one.reasons)}</ul>",
    )


def _badge(kind: Kind) -> str:
    return f'<span class="level fate {kind}">{kind}</span>'
