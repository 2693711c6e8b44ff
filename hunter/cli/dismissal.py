"""What `hunter alerts dismiss --reason` adds: the filter that it calls for, and what that does."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hunter.cli import completing
from hunter.cli.export import deliver
from hunter.cli.output import (
    existing_store,
    in_letters,
    load_config,
    refuse_unfit,
    say,
    suspect,
)
from hunter.cli.rules_replay import held_against, print_changes
from hunter.notice import how_many

if TYPE_CHECKING:
    from hunter.backtest import Backtest
    from hunter.config import Config
    from hunter.feedback import Proposal, Reason
    from hunter.rulebook import Rulebook
    from hunter.store import Store

ReasonOption = Annotated[
    str,
    typer.Option(
        metavar="REASON",
        help="own, partner, unrelated-business, common-word or parked: proposes a filter.",
        show_default=False,
        autocompletion=completing.reasons,
    ),
]
KeepOption = Annotated[
    Path | None,
    typer.Option(
        "--filter",
        metavar="PATH",
        help="Write the filter there: a file, or a folder of rules.",
        show_default=False,
    ),
]


def reason_of(text: str, keep: Path | None) -> "Reason | None":
    """The reason that somebody typed; None when they gave none."""
    from hunter.errors import Fault, YoursToFix
    from hunter.feedback import REASONS
    from hunter.rulebook.hints import did_you_mean

    typed = text.strip().lower().replace(" ", "-").replace("_", "-")
    if not typed and keep is None:
        return None
    if typed not in REASONS:
        message = f"there is no reason {text!r}" if typed else "a filter wants a --reason"
        hint = did_you_mean(typed, REASONS, f"the reasons are: {', '.join(REASONS)}")
        raise YoursToFix([Fault("", "--reason", message, hint)])
    return REASONS[typed]


def refuse_what_is_there(
    domains: Sequence[str], reason: "Reason", keep: Path | None, config: Path | None
) -> None:
    """Before anything is dismissed: the filters must have places of their own to go to."""
    from hunter import feedback
    from hunter.errors import Fault, YoursToFix
    from hunter.store import alerts

    if keep is None:
        return
    domain, *others = domains
    if others:
        hint = "leave it out to see the filters, or dismiss them one by one"
        raise YoursToFix([Fault("", "--filter", "is for one domain at a time", hint)])
    settings = load_config(config)
    refuse_unfit(keep, settings)
    with existing_store(settings.store) as store:
        places: set[Path] = set()
        for alert in alerts.about(store, domain):
            if brand := settings.brand(alert.brand):
                place = _free_place(keep, feedback.file_name(alert, brand, reason))
                _refuse_a_second(place, places)
                places.add(place)


def _refuse_a_second(place: Path, places: set[Path]) -> None:
    from hunter.errors import Fault, YoursToFix

    if place in places:
        message = "is one file, and each brand's alert calls for a filter of its own"
        raise YoursToFix([Fault(str(place), "", message, "name a folder")])


def propose(
    domains: Sequence[str], reason: "Reason", keep: Path | None, config: Path | None
) -> None:
    """Show the filter for each alert on the domains, with all that it would silence."""
    from hunter.rule_watch import rules_to_start_with

    settings = load_config(config)
    rules, _ = rules_to_start_with(settings)
    with existing_store(settings.store) as store:
        for one in _proposals(store, settings, rules, domains, reason):
            whose = in_letters(one.brand)
            say(f"A filter that would have kept {suspect(one.domain)} silent for {whose}:")
            print(f"\n{one.text}")
            for note in one.notes:
                say(f"note: {note}")
            _show_effect(store, settings, rules, one)
            _keep(one, keep)


def _proposals(
    store: "Store",
    settings: "Config",
    rules: "Rulebook",
    domains: Sequence[str],
    reason: "Reason",
) -> "Iterator[Proposal]":
    from hunter import feedback
    from hunter.clock import utc_now
    from hunter.known import dossier_of
    from hunter.store import alerts, sightings

    now = utc_now()
    for alert in chain.from_iterable(alerts.about(store, domain) for domain in domains):
        brand = settings.brand(alert.brand)
        told = alerts.told(store, alert).get("rules", ())
        fired = dict.fromkeys((*told, *(one.rule_id for one in alert.findings)))
        named = feedback.to_silence(rules, fired, settings.minimum)
        if brand is None or not named:
            whose = in_letters(alert.brand)
            said = f"No rule that is in force opens an alert on {suspect(alert.domain)} for {whose}"
            say(f"{said}: no filter.")
            continue
        dossier = dossier_of(store, alert.domain, now, brand, alert.match)
        others = sightings.matches(store, alert.domain, alert.brand)
        yield feedback.propose(alert, dossier, brand, reason, rules=named, at=now, others=others)


def _show_effect(store: "Store", settings: "Config", rules: "Rulebook", one: "Proposal") -> None:
    """Over the whole past, and with the one alert told apart from the rest."""
    from hunter.clock import utc_now
    from hunter.dossiers import rule_fields
    from hunter.rulebook import RuleFile, laid_over, load_files

    draft = RuleFile(one.name, one.text.encode())
    after = load_files(laid_over(rules.files, (draft,)), rule_fields())
    found = held_against(store, settings, (rules, after), None, utc_now())
    mine = [change for change in found.changes if (change.domain, change.brand) == _about(one)]
    if not mine or mine[0].after is not None:
        say("It would not silence this alert as a whole: see `hunter alerts show`.")
    others = tuple(change for change in found.changes if change not in mine)
    _print_others(replace(found, changes=others))


def _about(one: "Proposal") -> tuple[str, str]:
    return one.domain, one.brand


def _print_others(found: "Backtest") -> None:
    seen = f"{how_many(found.domains, 'domain')} seen"
    if not found.changes:
        say(f"It would change nothing else among the {seen}.")
        return
    others = f"{len(found.changes):,} other alerts" if found.changes[1:] else "one other alert"
    say(f"It would change {others} among the {seen}:")
    print_changes(found)


def _keep(one: "Proposal", keep: Path | None) -> None:
    if keep is None:
        say(f"To put it in force, write it to a rules folder: --filter DIR makes DIR/{one.name}.")
        return
    place = _free_place(keep, one.name)
    deliver(one.text.encode(), place)
    say(f"Written to {place}. A running hunter takes it up by itself when that is a rules folder.")


def _free_place(keep: Path, name: str) -> Path:
    """Where the filter goes: into the folder, or to the file; raises YoursToFix for one in use."""
    from hunter.beginning import refuse_to_overwrite
    from hunter.paths import is_folder

    place = keep / name if is_folder(keep) or not keep.suffix else keep
    refuse_to_overwrite(place, "name another file, or remove that one first")
    return place
