"""`hunter rules replay`: what changed rules would have made of everything that was really seen."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from dataclasses import replace as otherwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hunter.cli.asked import since_moment
from hunter.cli.drafts import DraftsArgument
from hunter.cli.export import deliver
from hunter.cli.output import (
    ConfigOption,
    JsonOption,
    in_letters,
    json_line,
    load_config,
    nothing_found,
    refuse_unfit,
    say,
    suspect,
    table,
)
from hunter.cli.progress import counted
from hunter.notice import how_many

if TYPE_CHECKING:
    from datetime import datetime

    from hunter.backtest import Backtest, RuleChange
    from hunter.config import Config
    from hunter.rulebook import Rulebook
    from hunter.store import Store

_MOST_LISTED = 30
_MOST_NAMED = 5


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(replay)


def replay(
    paths: DraftsArgument = None,
    since: Annotated[
        str, typer.Option(metavar="WHEN", help="So long ago, or from this day on.")
    ] = "30d",
    rules: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="A whole set, in place of the rules of the config.",
            show_default=False,
        ),
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write a report with charts.", show_default=False),
    ] = None,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """See what changed rules would have made of all that was seen.

    Every stored domain is judged as it was at the time, by the rules in force and by the changed
    ones side by side: which alerts would be added, removed, raised or lowered, and why, and how
    many messages each subscriber would get. Nothing is sent, nothing is changed.
    """
    from hunter.clock import utc_now
    from hunter.hunting import load_drafts
    from hunter.paths import may_be_there
    from hunter.store import Store

    settings, now = load_config(config), utc_now()
    refuse_unfit(html, settings)
    start = since_moment(since, now)
    base = otherwise(settings, rule_folders=(rules,)) if rules else settings
    after = load_drafts(base, paths or ())
    if not may_be_there(settings.store):
        raise nothing_found("nothing is stored: hunter has not run yet", as_json=as_json)
    with Store(settings.store) as store:
        before, named = rules_before(store, settings, after)
        found = held_against(store, settings, (before, after), start, now)
    if html is not None:
        from hunter.backtest import page

        deliver(page(found).encode("utf-8", "replace"), html)
    _tell(found, named, as_json=as_json)
    if not found.domains:
        raise nothing_found("no lookalike is stored yet", as_json=as_json)


def held_against(
    store: "Store",
    settings: "Config",
    books: "tuple[Rulebook, Rulebook]",
    start: "datetime | None",
    now: "datetime",
) -> "Backtest":
    """Both sets over the past, with a bar for whoever waits."""
    from hunter import backtest

    with counted("domains") as draw:
        return backtest.replay(store, settings, *books, since=start, until=now, on_progress=draw)


def rules_before(store: "Store", settings: "Config", after: "Rulebook") -> "tuple[Rulebook, str]":
    """What the changed rules are held against, and how people call it.

    The rules in force; those before them when the changed ones went live already; and before
    hunter has run, the files of the config.
    """
    from hunter.dossiers import rule_fields
    from hunter.errors import YoursToFix
    from hunter.hunting import load_rules
    from hunter.rulebook import load_files
    from hunter.store import rulesets

    live = rulesets.live(store)
    if live is not None:
        earlier = rulesets.before(store) if live.digest == after.digest else None
        when = "until" if earlier else "since"
        named = f"those in force {when} {live.taken_at:%Y-%m-%d %H:%M} UTC"
        last = earlier or live
        try:
            return load_files(last.files, rule_fields()), named
        except YoursToFix:  # they are from another version of hunter
            say(
                "The rules in force are of another version of hunter; those of the config stand in."
            )
    return load_rules(settings), "those of the config"


def _tell(found: "Backtest", named: str, *, as_json: bool) -> None:
    if as_json:
        for row in _rows(found):
            json_line(row)
        return
    say(f"The old rules are {named}.")
    for line in _difference(found):
        say(line)
    dossiers, domains = how_many(found.dossiers, "dossier"), how_many(found.domains, "domain")
    say(f"{dossiers} of {domains}, as they were at the time.")
    say(_in_short(found))
    print_changes(found)
    _print_days(found)
    _print_messages(found)


def _difference(found: "Backtest") -> Iterator[str]:
    yield "Different in the new:" if found.rules else "The new rules say the same."
    for one in found.rules:
        yield f"  {one.what} {one.kind}: {one.title} ({one.file})"
        yield from (f"    {line}" for line in _reach(one))


def _reach(change: "RuleChange") -> Iterator[str]:
    """Of which domains it holds otherwise: a rule that raises no alert is seen nowhere else."""
    if change.gained:
        yield f"now holds of {_domains(change.gained)}"
    elif change.kind == "added" and change.what != "filter":
        yield "holds of no domain in the time asked for (--since)"
    if change.lost:
        yield f"no longer holds of {_domains(change.lost)}"


def _domains(found: "Sequence[str]") -> str:
    """How many they are, and which, as far as a line goes."""
    from hunter.names import defang

    named = ", ".join(map(defang, found[:_MOST_NAMED]))
    rest = f" and {len(found) - _MOST_NAMED:,} more" if len(found) > _MOST_NAMED else ""
    return f"{how_many(len(found), 'domain')}: {named}{rest}"


def _in_short(found: "Backtest") -> str:
    from hunter.backtest import FATES

    before, after = found.alerts
    told = ", ".join(f"{found.count(kind):,} {kind}" for kind in FATES)
    return f"Alerts: {before:,} under the old rules, {after:,} under the new; {told}."


def print_changes(found: "Backtest") -> None:
    """The alerts that are otherwise, the gravest first, as many as a screen holds."""
    from hunter.wording import harmless

    if found.changes:
        table(
            ("", "domain", "brand", "day", "severity", "why"),
            [
                (
                    one.kind,
                    suspect(one.domain),
                    in_letters(one.brand),
                    f"{one.day}" if one.day else "before",
                    one.severity,
                    "; ".join(map(harmless, one.reasons)),
                )
                for one in found.changes[:_MOST_LISTED]
            ],
        )
    if len(found.changes) > _MOST_LISTED:
        say(f"and {len(found.changes) - _MOST_LISTED:,} more: see --json or --html FILE")


def _print_days(found: "Backtest") -> None:
    from hunter.backtest import FATES

    days = [one for one in found.days if one.changes]
    if days:
        table(
            ("day", "brand", "old rules", "new rules", *FATES),
            [
                (
                    f"{one.day}" if one.day else "before",
                    in_letters(one.brand),
                    f"{one.before:,}",
                    f"{one.after:,}",
                    *(f"{one.changes.get(kind, 0):,}" for kind in FATES),
                )
                for one in days
            ],
            "Alerts opened, on the days that differ",
        )


def _print_messages(found: "Backtest") -> None:
    if not found.messages:
        say("There is no subscriber: nobody would get a message.")
        return
    table(
        ("subscriber", "channel", "old rules", "new rules", "at once on going live"),
        [
            (one.subscriber, one.channel, f"{one.before:,}", f"{one.after:,}", f"{one.at_once:,}")
            for one in found.messages
        ],
        "Messages",
    )


def _rows(found: "Backtest") -> Iterator[dict[str, Any]]:
    """One object for each thing told; `row` says what it is."""
    from hunter.backtest import FATES

    before, after = found.alerts
    yield {
        "row": "summary",
        "since": found.since,
        "until": found.until,
        "domains": found.domains,
        "dossiers": found.dossiers,
        "alerts_before": before,
        "alerts_after": after,
    } | {str(kind): found.count(kind) for kind in FATES}
    for row, several in _listed(found):
        yield from ({"row": row} | asdict(one) for one in several)


def _listed(found: "Backtest") -> Sequence[tuple[str, Sequence[Any]]]:
    return (
        ("rule", found.rules),
        ("alert", found.changes),
        ("day", found.days),
        ("messages", found.messages),
    )
