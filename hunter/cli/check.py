"""`hunter check`: the config and the rules, every fault."""

import sys
from typing import TYPE_CHECKING

import typer

from hunter.cli.output import ConfigOption, load_config, say, table
from hunter.notice import how_many

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hunter.config import Config


_NO_CONTACT = (
    "the logs' operators cannot write to you, and several throttle those who do not say who they"
    " are: set contact under [net]"
)


_OF_BRAND = "nothing at or below {} alerts, though match and explain find it"
_OF_OWNED = "what else imitates at or below {} alerts"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(check)


def check(config: ConfigOption = None) -> None:
    """Tell every fault of config and rules.

    When there is none, say what would be watched.
    """
    from hunter.errors import YoursToFix
    from hunter.hunting import load_rules

    settings = load_config(config)
    try:
        rules = load_rules(settings)
    except YoursToFix:
        say(f"{settings.path}: good; but the rules are not:")
        raise
    brands = [_in_letters(brand.domain) for brand in settings.brands]
    say(f"{settings.path}: good. {how_many(len(rules.rules), 'rule')}: good.")
    say(f"watched: {', '.join(brands)}")
    say(f"sources: {', '.join(settings.sources)}")
    say(f"enrichers: {', '.join(settings.enrichers)}")
    say(f"channels: {', '.join(settings.notifiers) or 'none'}")
    _estimate(settings)
    _remark_on_endings(settings)
    _remark_on_hosts(settings)
    _remark_on_secrets(settings)
    for table_name in settings.resting:
        print(f"[{table_name}] is off: write enabled = true there", file=sys.stderr)
    if not settings.subscribers:
        print("nobody would be told: add a [[subscriber]]", file=sys.stderr)


def _remark_on_endings(settings: "Config") -> None:
    """A slip of the pen in the ending would protect a name that nobody can have."""
    from hunter.names import suffix_rules

    known = {rule.rpartition(".")[2] for rule in suffix_rules()}
    for brand in settings.brands:
        if brand.domain.rpartition(".")[2] not in known:
            told = f"{_in_letters(brand.domain)}: no registry is known that has this ending"
            print(told, file=sys.stderr)


def _remark_on_hosts(settings: "Config") -> None:
    """What stands above a host may be a stranger's: whoever owns it has to say so."""
    for host, above, told in dict.fromkeys(_hosts(settings)):
        print(
            f"{_in_letters(host)} is a host: {told.format(_in_letters(above))};"
            " if that is yours, add it to owned",
            file=sys.stderr,
        )


def _hosts(settings: "Config") -> "Iterator[tuple[str, str, str]]":
    """Brands and what is owned, where the domain above is not said to be; and what comes of it."""
    from hunter import names
    from hunter.allow import allow_list

    for brand in settings.brands:
        covered = allow_list(brand)
        for own in (brand.domain, *brand.owned):
            above = names.registrable(own)
            if not covered.covers(above):
                yield own, above, _OF_BRAND if own == brand.domain else _OF_OWNED


def _in_letters(domain: str) -> str:
    """As it was written, and as DNS has it where that is another way."""
    from hunter.names import to_unicode

    written = to_unicode(domain)
    return domain if written == domain else f"{written} ({domain})"


def _remark_on_secrets(settings: "Config") -> None:
    """What would show itself only when the first alert does not arrive."""
    from hunter.doctor import secrets

    for check in secrets(settings):
        if not check.good:
            print(f"{check.subject}: {check.message}: {check.hint}", file=sys.stderr)


def _remark_on_operators(chosen: "Iterable[str]") -> None:
    """A slip of the pen, or one that is younger than the estimate: the lists of logs know."""
    from hunter.ct.traffic import VOLUMES

    known = sorted({volume.operator for volume in VOLUMES})
    for name in chosen:
        if not any(operator.startswith(name) for operator in known):
            there = ", ".join(known)
            print(f"the estimate knows no operator {name!r}; it knows {there}", file=sys.stderr)


def _estimate(settings: "Config") -> None:
    """What reading the chosen Certificate Transparency logs takes, if any are read."""
    from hunter.ct.traffic import AS_OF, UNCERTAINTY
    from hunter.ct_session import estimated, settings_of

    found = settings_of(settings)
    if found is None:
        return
    if not settings.net.contact:
        print(_NO_CONTACT, file=sys.stderr)
    _remark_on_operators(found.operators)
    costs = estimated(found)
    rows = [
        (
            cost.operator,
            cost.kind,
            f"{cost.entries:,.0f}",
            f"{cost.requests:.2f}",
            f"{cost.allowed:g}",
            f"{cost.megabits:.1f}",
        )
        for cost in costs
    ]
    title = f"CT logs, an estimate of {AS_OF}, {UNCERTAINTY}"
    table(("operator", "kind", "entries/s", "requests/s", "allowed", "Mbit/s"), rows, title=title)
    megabits = sum(cost.megabits for cost in costs)
    requests = sum(min(cost.requests, cost.allowed) for cost in costs)
    gigabytes = megabits * 86_400 / 8 / 1000
    say(f"together: {requests:.1f} requests/s, {megabits:.0f} Mbit/s, {gigabytes:.0f} GB a day")
    for cost in costs:
        if not cost.keeps_up:
            say(f"{cost.operator} allows too little to keep up: its {cost.kind} logs will lag")
