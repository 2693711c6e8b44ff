"""`hunter alerts`: see them and say what you make of them."""

from typing import TYPE_CHECKING, Annotated

import typer

from hunter.cli.asked import (
    MinimumOption,
    StateOption,
    brand_or_none,
    level,
    part_of_a_name,
    since_moment,
    state_or_none,
)
from hunter.cli.commands import Commands
from hunter.cli.output import (
    ConfigOption,
    JsonOption,
    domain_of,
    existing_store,
    in_letters,
    json_line,
    load_ground,
    no_alert,
    nothing_found,
    refuse_empty,
    say,
    say_if_cut,
    shown,
    suspect,
    table,
)
from hunter.model import points

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from hunter.contracts import Case
    from hunter.incidents.grouping import Group
    from hunter.model import Alert, AlertState, Transition
    from hunter.store.takedowns import Entry

app = Commands(help="See alerts, and say what you make of them.")

_HEADINGS = (
    *("imitates", "severity, score", "state", "domain", "how"),
    *("opened (UTC)", "changed (UTC)", "why"),
)

Domain = Annotated[
    str, typer.Argument(metavar="DOMAIN", help="The registrable domain the alert is about.")
]


@app.command("list")
def list_alerts(
    context: typer.Context,
    config: ConfigOption = None,
    brand: Annotated[str | None, typer.Option(metavar="DOMAIN", help="Only this brand's.")] = None,
    state: StateOption = None,
    only_open: Annotated[
        bool, typer.Option("--open", help="Leave out what is dismissed or closed.")
    ] = False,
    minimum: MinimumOption = "informational",
    since: Annotated[
        str, typer.Option(metavar="WHEN", help="Changed since: 2017-04-24, or 7d ago.")
    ] = "",
    contains: Annotated[str, typer.Option(metavar="PART", help="A part of the domain.")] = "",
    limit: Annotated[
        int, typer.Option(metavar="N", help="How many at most.", min=1, max=10_000_000)
    ] = 1000,
    as_json: JsonOption = False,
) -> None:
    """List the alerts, gravest first."""
    from hunter.clock import utc_now
    from hunter.store import alerts

    refuse_empty(context)
    wanted, least = state_or_none(state), level(minimum)
    if only_open:
        _refuse_what_is_done(wanted)
    start = since_moment(since, utc_now()) if since else None
    part = part_of_a_name(contains, "--contains")
    narrowed = alerts.Narrowed(only_open, start, part, most=limit)
    ground = load_ground(config)
    with existing_store(ground.store) as store:
        whose = brand_or_none(brand, ground, store)
        found = alerts.each(store, brand=whose, state=wanted, minimum=least, narrowed=narrowed)
        count = _print(found, as_json=as_json)
    if not count:
        raise nothing_found("there are no such alerts", as_json=as_json)
    say_if_cut(count, limit)


def _print(found: "Iterable[Alert]", *, as_json: bool) -> int:
    """Print them as they are read; how many there were. A table has their lines at hand."""
    if not as_json:
        lines = [_line(alert) for alert in found]
        if lines:
            _print_table(lines)
        return len(lines)
    count = 0
    for count, alert in enumerate(found, 1):  # noqa: B007 - the last of them tells
        json_line(_row(alert))
    return count


def _print_table(lines: "Sequence[tuple[str, ...]]") -> None:
    """Where all imitate one brand, a column for it would take the room of their reasons."""
    brand, *others = dict.fromkeys(line[0] for line in lines)
    if others:
        table(_HEADINGS, lines)
    else:
        table(_HEADINGS[1:], [line[1:] for line in lines], title=f"lookalikes of {brand}")


def _refuse_what_is_done(wanted: "AlertState | None") -> None:
    """The two conditions leave nothing, which is no answer about the alerts."""
    from hunter.errors import Fault, YoursToFix
    from hunter.model import DONE

    if wanted in DONE:
        message = f"leaves out what --state {wanted} asks for"
        raise YoursToFix([Fault("", "--open", message, "leave one of the two out")])


def _line(alert: "Alert") -> tuple[str, ...]:
    """One alert for people: what it is, where it stands, and its gravest reason."""
    from hunter.names import defang

    return (
        defang(in_letters(alert.brand)),
        f"{alert.severity}, {_score(alert)}",
        _state(alert),
        suspect(alert.domain),
        alert.match.technique.replace("+", " + "),
        f"{alert.opened_at:%Y-%m-%d %H:%M}",
        f"{alert.updated_at:%Y-%m-%d %H:%M}",
        _why(alert),
    )


def _why(alert: "Alert") -> str:
    """What a person said of it, the gravest rule, and how many more: few lines for each."""
    step = alert.last(alert.state)
    said = f'"{shown(step.text)}"; ' if step and step.text else ""
    if not alert.findings:
        return said.removesuffix("; ")
    first, *more = alert.gravest_first
    return f"{said}{first.title}; and {len(more)} more" if more else said + first.title


def _state(alert: "Alert") -> str:
    """With who said so: of two at work each sees what the other deals with."""
    step = alert.last(alert.state)
    return f"{alert.state} by {step.actor}" if step else str(alert.state)


def _score(alert: "Alert") -> str:
    """With the points behind it where it can rise no further, for they decide the order then."""
    behind = points(alert.findings)
    return f"{alert.score} ({behind})" if behind > alert.score else str(alert.score)


@app.command()
def show(domain: Domain, config: ConfigOption = None, as_json: JsonOption = False) -> None:
    """Show all there is about DOMAIN, as a mail would tell it now."""
    from hunter import casebook, triage
    from hunter.clock import utc_now
    from hunter.incidents import around
    from hunter.store import alerts, takedowns

    domain, ground = domain_of(domain), load_ground(config)
    with existing_store(ground.store) as store:
        found = alerts.about(store, domain)
        if not found:
            raise no_alert(store, domain)
        letters = takedowns.listed(store, domain)
        for alert in found:
            sent = [one for one in letters if one.brand == alert.brand]
            if as_json:
                more = {"transitions": alert.transitions, "match": alert.match, "letters": sent}
                json_line(_row(alert) | more)
                continue
            _tell(casebook.case_of(store, ground, alert, utc_now()), sent, ground.language)
        if not as_json:
            is_settled = triage.is_settled(store, ground, domain)
            near = around(store, ground.brands, utc_now(), domain)
            _tell_of_all(domain, near, ground.language, is_settled=is_settled)


def _tell(case: "Case", sent: "Sequence[Entry]", language: str) -> None:
    """What a mail tells, and below it what happened when, and who did it; letters as well."""
    from dataclasses import replace

    from hunter import routing, wording
    from hunter.wording.as_text import text
    from hunter.wording.catalogue import speaking, words

    alert = case.alert
    told = wording.as_it_stands(alert, case.dossier, routing.key_of(alert), language)
    # Clean already; `say` would draw its columns together.
    print(text(replace(told, news=())))
    with speaking(language):
        say(words.HISTORY)
        say()
        for step in alert.transitions:
            say(f"  {_step(step)}")
        _tell_letters(sent)


def _tell_of_all(domain: str, near: "Group | None", language: str, *, is_settled: bool) -> None:
    """What is the same for every brand that the domain imitates."""
    from hunter.wording.catalogue import speaking, words

    with speaking(language):
        if is_settled:
            say()
            say(words.LEFT_OUT.format(domain=suspect(domain)))
        if near is not None:
            say()
            say(_tied(near, domain))


def _tied(near: "Group", domain: str) -> str:
    """To whom the domain is tied: what one hand registered is judged together."""
    from hunter.wording.catalogue import incident_words
    from hunter.wording.sentences import named, shown_name

    others = [one for one in near.core if one != domain]
    is_core = domain in near.core
    sentence = incident_words.TOGETHER if is_core else incident_words.TOGETHER_LOOSELY
    return sentence.format(domains=named(others), domain=shown_name(domain))


def _tell_letters(sent: "Sequence[Entry]") -> None:
    """What was written and sent about it, those of one packet in a line."""
    from itertools import groupby

    from hunter.wording import moments
    from hunter.wording.catalogue import report_words, words

    if sent:
        say()
        say(words.LETTERS)
        say()
    for (at, kind, actor, about), packet in groupby(sent, key=_packet):
        to = ", ".join(report_words.ADDRESSEES[one.addressee] for one in packet)
        text = f"{to} – {about}" if about else to
        done = report_words.LETTER_KINDS[kind]
        say(f"  {words.STEP.format(at=moments.time(at), kind=done, actor=actor, text=text)}")


def _packet(one: "Entry") -> "tuple[datetime, str, str, str]":
    return one.at, one.kind, one.actor, one.note or one.file


def _step(step: "Transition") -> str:
    from hunter.wording import moments
    from hunter.wording.catalogue import spoken, words

    return words.STEP.format(
        at=moments.time(step.at),
        kind=words.STEP_KINDS.get(step.kind, step.kind),
        actor=step.actor,
        text=step.told_in(spoken()),
    ).rstrip(": ")


def _row(alert: "Alert") -> dict[str, object]:
    return {
        "domain": alert.domain,
        "brand": alert.brand,
        "severity": str(alert.severity),
        "score": alert.score,
        "points": points(alert.findings),
        "state": alert.state,
        "technique": alert.match.technique,
        "confidence": alert.match.confidence,
        "reason": alert.match.reason,
        "opened_at": alert.opened_at,
        "updated_at": alert.updated_at,
        "silent_until": alert.silent_until,
        "rules": [finding.title for finding in alert.findings],
    }
