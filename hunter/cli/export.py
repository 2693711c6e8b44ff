"""`hunter alerts export`, `hunter incidents export`: hand alerts on to programs and people."""

import sys
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hunter import ribs
from hunter.cli import completing
from hunter.cli.asked import (
    MinimumOption,
    StateOption,
    brand_or_none,
    level,
    since_moment,
    state_or_none,
)
from hunter.cli.incidents import Number, find_incident
from hunter.cli.output import (
    ConfigOption,
    domain_of,
    existing_store,
    load_ground,
    nothing_found,
    refuse_empty,
    refuse_unfit,
    without_alert,
)

if TYPE_CHECKING:
    from hunter.model import Alert

Format = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help=f"{', '.join(ribs.names('exports'))}.",
        show_default=False,
        autocompletion=completing.formats,
    ),
]
Choices = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="A choice that the format offers."),
]
Out = Annotated[
    Path | None,
    typer.Option(
        parser=lambda text: None if text == "-" else Path(text),
        metavar="FILE",
        help="The file to write; standard output when left out, or -.",
    ),
]


def register(alerts: typer.Typer, incidents: typer.Typer) -> None:
    """Add the command to both groups."""
    alerts.command("export")(export_alerts)
    incidents.command("export")(export_incident)


def export_alerts(
    context: typer.Context,
    name: Format,
    domains: Annotated[
        list[str] | None, typer.Argument(metavar="DOMAINS", help="Only these; all when none.")
    ] = None,
    out: Out = None,
    choices: Choices = None,
    brand: Annotated[str | None, typer.Option(metavar="DOMAIN", help="Only this brand's.")] = None,
    state: StateOption = None,
    minimum: MinimumOption = "informational",
    since: Annotated[
        str, typer.Option(metavar="WHEN", help="Changed since: 2017-04-24, or 7d ago.")
    ] = "",
    config: ConfigOption = None,
) -> None:
    """Hand alerts on to other programs, in one file.

    Names and addresses stand in it as they are, for machines. The file is written even when no
    alert is left, so that an old block list does not stay in force.
    """
    from hunter import casebook
    from hunter.clock import utc_now
    from hunter.store import alerts

    refuse_empty(context)
    settings, now = load_ground(config), utc_now()
    refuse_unfit(out, settings)
    start = since_moment(since, now) if since else None
    only = frozenset(domain_of(one) for one in domains or ())
    with existing_store(settings.store) as store:
        found = alerts.each(
            store,
            brand=brand_or_none(brand, settings, store),
            state=state_or_none(state),
            minimum=level(minimum),
            narrowed=alerts.Narrowed(since=start, domains=only),
        )
        head = tuple(islice(found, 1))
        # Read as they are written down: all of them at once would fill the memory.
        listed = chain(head, found)
        # Those that were named are few.
        named = tuple(listed) if only else ()
        cases = (casebook.case_of(store, settings, alert, now) for alert in named or listed)
        hand_over(casebook.export(name, cases, choices or (), now), out)
        strange = only.difference(alerts.domains(store)) if only else ()
        slips = [without_alert(store, one) for one in sorted(strange)]
    for slip in slips:
        print(slip, file=sys.stderr)
    _tell_not_to_block(named)
    if not head:
        raise nothing_found("there are no such alerts", as_json=False)


def export_incident(
    number: Number,
    name: Format,
    out: Out = None,
    choices: Choices = None,
    config: ConfigOption = None,
) -> None:
    """Hand incident NUMBER on to other programs, in one file.

    The file holds the alerts that it joins.
    """
    from hunter import casebook
    from hunter.clock import utc_now
    from hunter.names import defang

    settings, now = load_ground(config), utc_now()
    refuse_unfit(out, settings)
    with existing_store(settings.store) as store:
        members = find_incident(settings, store, number).members
        found = [member.alert for member in members if member.alert]
        cases = (casebook.case_of(store, settings, alert, now) for alert in found)
        hand_over(casebook.export(name, cases, choices or (), now), out)
    loose = [defang(one.domain) for one in members if one.alert and not one.core]
    if loose:
        told = f"attached loosely, and in it: {', '.join(loose)}"
        print(f"{told}; hunter incidents split takes out who does not belong", file=sys.stderr)
    left = [defang(member.domain) for member in members if member.alert is None]
    if left:
        print(f"left out, for they stand in no alert: {', '.join(left)}", file=sys.stderr)


def _tell_not_to_block(named: "Iterable[Alert]") -> None:
    """Who names them would look for them in a block list, or for something that points at them."""
    from hunter.model import AlertState
    from hunter.names import defang

    standing = [one for one in named if one.state is not AlertState.DISMISSED]
    blocked = {one.domain for one in standing if not one.is_mere_link}
    gone = {one.domain for one in named} - {one.domain for one in standing}
    linked = {one.domain for one in standing} - blocked
    for why, domains in (
        ("dismissed, and not to be blocked", gone),
        ("no lookalike itself, and not to be blocked until hunter alerts confirm", linked),
    ):
        if domains:
            print(f"{why}: {', '.join(map(defang, sorted(domains)))}", file=sys.stderr)


def hand_over(pieces: Iterable[bytes], out: Path | None) -> None:
    """Write the file whole or not at all, or to standard output; raises YoursToFix or WillPass."""
    from hunter.errors import Fault, WillNotPass, YoursToFix
    from hunter.net.folder import drop_pieces
    from hunter.paths import is_folder

    if out is None:
        sys.stdout.buffer.writelines(_made(pieces))
        sys.stdout.buffer.flush()
        return
    if is_folder(out.expanduser()):
        raise YoursToFix([Fault(str(out), "", "is a folder", "name a file in it")])
    try:
        drop_pieces(out.expanduser().parent, out.name, _made(pieces))
    except WillNotPass as error:
        hint = "name a file in a folder that you may write to"
        raise YoursToFix([Fault(str(out), "", str(error), hint)]) from error


def _made(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same; what lies elsewhere until it is written may find no room there."""
    import tempfile

    from hunter.errors import WillPass

    try:
        yield from pieces
    except OSError as error:
        place = error.filename or tempfile.tempdir or "the folder for temporary files"
        raise WillPass(f"the file cannot be made: {place}: {error.strerror}") from error


def deliver(content: bytes, out: Path | None) -> None:
    """The same for what is at hand."""
    hand_over((content,), out)
