"""`hunter explain`: why a name does, or does not, imitate a brand, and what each rule says."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hunter.cli.match import BrandOption, KeywordOption, brands
from hunter.cli.output import (
    ConfigOption,
    JsonOption,
    in_columns,
    in_letters,
    json_line,
    load_config,
    meant,
    say,
    shown,
)
from hunter.model import hundredths

if TYPE_CHECKING:
    from hunter.config import Config
    from hunter.judge import Verdict
    from hunter.model import Alert, Brand, Dossier, Match, PastFact
    from hunter.rulebook import Header, Rulebook
    from hunter.store import Store

_WIDTH, _LONGEST_PATTERN = 120, 70


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(explain)


def explain(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name in question.")],
    config: ConfigOption = None,
    brand: BrandOption = None,
    keyword: KeywordOption = None,
    draft: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="PATH",
            help="Rules or filters that are not in force, a file or folder: what they would say.",
            show_default=False,
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Show why a name does or does not match.

    View by view, with what the confidence is made of; and what each rule says of it, by what is
    stored of the domain.
    """
    from hunter.errors import Fault, YoursToFix
    from hunter.matching import compile_matcher
    from hunter.matching.explain import explain as why

    if not (name := meant(name)):
        raise YoursToFix([Fault("", "NAME", "is empty", "such as en-marche.co")])
    settings = None if brand else load_config(config)
    matcher = compile_matcher(settings.brands if settings else brands(config, brand, keyword))
    explanation = why(matcher, name)
    rules = list(_judged(explanation.matches, matcher.brands, settings, draft or ()))
    if as_json:
        told = [_row(match, verdict) for match, found in rules for verdict in found]
        json_line(asdict(explanation) | {"rules": told})
        return
    for step in explanation.steps:
        in_columns(step.view, step.text, width=8)
        in_columns("", ": ".join(filter(None, (step.term, step.outcome))), width=8)
    for match, found in rules:
        sure = hundredths(match.confidence)
        say(f"=> {in_letters(match.brand)}: {match.technique}, confidence {sure}")
        say(f"   {match.reason}")
        alert = _alert_on(settings, match)
        if alert is not None:
            say(f"   {_standing(alert)}")
        _print_verdicts(found)
    if not explanation.matches:
        say("=> hunter sees none of the brands in it")


def _alert_on(settings: "Config | None", match: "Match") -> "Alert | None":
    from hunter.store import alerts

    with _stored(settings) as store:
        return alerts.find(store, match.brand, match.registrable) if store else None


@contextmanager
def _stored(settings: "Config | None") -> "Iterator[Store | None]":
    """The store of the config; None where there is none to ask."""
    from hunter.paths import may_be_there
    from hunter.store import Store

    if settings is None or not may_be_there(settings.store):
        yield None
        return
    with Store(settings.store) as store:
        yield store


def _standing(alert: "Alert") -> str:
    """Where its alert stands, and who said so: what the rules say is no news to whoever did."""
    step = alert.last(alert.state)
    said = f" by {step.actor}, {step.at:%Y-%m-%d %H:%M} UTC: {shown(step.text)}" if step else ""
    return f"alert: {alert.severity}, {alert.state}{said}".rstrip(": ")


def _judged(
    matches: "Sequence[Match]",
    brands: "Sequence[Brand]",
    settings: "Config | None",
    drafts: Sequence[Path],
) -> "Iterator[tuple[Match, tuple[Verdict, ...]]]":
    """Each match with what every rule says, or those that the drafts touch if there are some."""
    from hunter.judge import verdicts

    rules = _rules(settings, drafts)
    asked = set(_touched(rules, drafts))
    for match in matches:
        brand = next(one for one in brands if one.domain == match.brand)
        said = verdicts(rules, _dossier(settings, brand, match))
        yield match, tuple(one for one in said if one.header.id in asked)


def _touched(rules: "Rulebook", drafts: Sequence[Path]) -> "Iterator[str]":
    """The ids of the rules that stand in drafts, or that a filter there belongs to."""
    from hunter.rulebook.gathering import paths

    drafted = {str(path) for path in paths(drafts)}
    for rule in rules.rules:
        files = {rule.header.file, *(one.header.file for one in rule.filters)}
        if not drafts or files & drafted:
            yield rule.header.id


def _rules(settings: "Config | None", drafts: Sequence[Path]) -> "Rulebook":
    """Those in force with the drafts over them; without a config the shipped ones."""
    from hunter.hunting import load_drafts
    from hunter.rule_watch import rules_to_start_with

    if settings is None or drafts:
        return load_drafts(settings, drafts)
    return rules_to_start_with(settings)[0]


def _dossier(settings: "Config | None", brand: "Brand", match: "Match") -> "Dossier":
    """What is stored of the domain; where nothing is, what the name tells by itself."""
    from hunter import dossiers
    from hunter.clock import utc_now
    from hunter.known import dossier_of
    from hunter.model import Sighting
    from hunter.store import facts, sightings

    now, domain = utc_now(), match.registrable
    known: Sequence[PastFact] = ()
    with _stored(settings) as store:
        if store and sightings.first_seen(store, domain) is not None:
            return dossier_of(store, domain, now, brand, match)
        if store:  # of a domain that was inspected, and never seen
            known = facts.history(store, domain)
    seen = [Sighting(match.name, domain, "asked", now)]
    return dossiers.assemble(
        domain, brand=brand, match=match, sightings=seen, history=known, at=now
    )


def _print_verdicts(found: "Sequence[Verdict]") -> None:
    """What fires, whole; of the others the first thing that stands in the way, which is enough."""
    silent: dict[str, list[Header]] = {}
    for verdict in found:
        if verdict.fires:
            _print_rule(verdict.header, f"fires, for {'; '.join(verdict.why)}")
        else:
            silent.setdefault(_shortened(verdict.why[0]), []).append(verdict.header)
    for obstacle, (first, *others) in silent.items():
        _print_rule(first, f"is silent: {obstacle}")
        if others:
            say(f"   and so {'is another' if len(others) == 1 else f'are {len(others)} others'}")


def _print_rule(header: "Header", told: str) -> None:
    say(f"   rule [{header.level}] {header.title!r} {told}")


def _shortened(obstacle: str) -> str:
    """A pattern may be long; that it does not hold, and what there is instead, is the answer."""
    from hunter.wording.cleaning import shorten

    asked, link, there = obstacle.partition(" does not hold: ")
    return shorten(asked, _LONGEST_PATTERN) + link + shorten(there, _WIDTH)


def _row(match: "Match", verdict: "Verdict") -> dict[str, object]:
    header = verdict.header
    return {
        "brand": match.brand,
        "rule": header.title,
        "level": header.level,
        "file": header.file,
        "fires": verdict.fires,
        "why": verdict.why,
    }
