"""`hunter doctor`: what is misconfigured on this machine."""

from typing import TYPE_CHECKING, Annotated

import typer

from hunter.cli.output import NOTHING_FOUND, ConfigOption, JsonOption, json_line, load_config, say

if TYPE_CHECKING:
    from hunter.config import Config
    from hunter.doctor import Check
    from hunter.errors import Fault

OfflineOption = Annotated[bool, typer.Option("--offline", help="Connect to nobody.")]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(doctor)


def doctor(
    config: ConfigOption = None, offline: OfflineOption = False, as_json: JsonOption = False
) -> None:
    """Say what is wrong on this machine, each fault with a hint.

    Looks at config and rules, clock, processor, versions, folders, secrets, disk and database, and
    connects to the resolver and to every server of sources, enrichers and channels. Exits 1 when
    something is to be done.
    """
    import asyncio

    from hunter.errors import YoursToFix
    from hunter.hunting import load_rules

    found: list[bool] = []
    try:
        settings = load_config(config)
        load_rules(settings)
    except YoursToFix as error:
        found += [_told(_from(fault), as_json=as_json) for fault in error.faults]
    if not found:
        found += asyncio.run(_examine(settings, offline=offline, as_json=as_json))
    if not all(found):
        raise typer.Exit(NOTHING_FOUND)


async def _examine(settings: "Config", *, offline: bool, as_json: bool) -> list[bool]:
    from hunter.clock import utc_now
    from hunter.doctor import examine

    checks = examine(settings, utc_now(), offline=offline)
    return [_told(check, as_json=as_json) async for check in checks]


def _from(fault: "Fault") -> "Check":
    from hunter.doctor import Check

    place = ": ".join(part for part in (fault.file, fault.where) if part)
    return Check("config", place, fault.message, fault.hint or "mend it; hunter check tells more")


def _told(check: "Check", *, as_json: bool) -> bool:
    """Print it; whether it was good."""
    state = "good" if check.good else "fault"
    if as_json:
        row = {"check": check.name, "subject": check.subject, "state": state}
        json_line({**row, "message": check.message, "hint": check.hint})
        return check.good
    say(*(part for part in (state, check.name, check.subject, check.message) if part))
    if check.hint:
        say(f"    hint: {check.hint}")
    return check.good
