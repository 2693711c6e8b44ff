"""`hunter takedown`: letters and evidence for whoever can end a lookalike."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from hunter.cli import completing
from hunter.cli.asked import brand_or_none, one_of, who
from hunter.cli.commands import Commands
from hunter.cli.export import deliver
from hunter.cli.output import (
    ConfigOption,
    JsonOption,
    domain_of,
    existing_store,
    json_line,
    load_ground,
    no_alert,
    nothing_found,
    refuse_unfit,
    say,
    shown,
    table,
)
from hunter.model import LANGUAGES
from hunter.notice import how_many

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from hunter.config import Ground
    from hunter.model import Alert
    from hunter.store import Store, takedowns
    from hunter.takedown import Packet

_ROLES = ("registrar", "host", "cdn", "platform", "registry")


def _propose_languages(begun: str) -> list[str]:
    return completing.beginning(begun, LANGUAGES)


def _propose_roles(begun: str) -> list[str]:
    return completing.beginning(begun, _ROLES)


class _WriteUnlessSaid(TyperGroup):
    """`hunter takedown DOMAIN` is `hunter takedown write DOMAIN`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        known = {*self.commands, *ctx.help_option_names}
        if args and args[0] not in known and not self._is_slip(args[0]):
            args = ["write", *args]
        return super().parse_args(ctx, args)

    def _is_slip(self, word: str) -> bool:
        """Whether it is hardly a domain, but nearly a command, as `lst` is."""
        from difflib import get_close_matches

        return "." not in word and bool(get_close_matches(word, self.commands))


app = Commands(
    cls=_WriteUnlessSaid,
    help="Write letters and evidence for whoever can end a lookalike. hunter sends nothing.",
)

Domain = Annotated[
    str, typer.Argument(metavar="DOMAIN", help="The lookalike, of which there is an alert.")
]
Brand = Annotated[
    str | None, typer.Option(metavar="DOMAIN", help="Which brand, when it imitates several.")
]


@app.command()
def write(
    domain: Domain,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="PATH", help="A .zip file, or a folder.", show_default="DOMAIN-DAY.zip"
        ),
    ] = None,
    language: Annotated[
        str | None,
        typer.Option(
            metavar="LANGUAGE",
            help="en or fr.",
            show_default="letters in both",
            autocompletion=_propose_languages,
        ),
    ] = None,
    brand: Brand = None,
    config: ConfigOption = None,
) -> None:
    """Write the packet about DOMAIN; `write` may be left out.

    A letter for each addressee, and the evidence.
    """
    from hunter import casebook, takedown
    from hunter.clock import utc_now
    from hunter.store import sightings, takedowns

    languages, settings, now = _languages(language), load_ground(config), utc_now()
    with existing_store(settings.store) as store:
        alert = _gravest(_reported(store, settings, domain, brand))
        refuse_unfit(out, settings)
        place = _free_place(out or Path(f"{alert.domain}-{now:%Y-%m-%d}.zip"))
        case = casebook.case_of(store, settings, alert, now)
        found = takedown.packet(case, sightings.sightings_of(store, alert.domain), languages)
        with _whole_or_not_at_all(place), store.transaction():
            takedowns.record(store, [*_written(alert, found, place, now)])
            _deliver(found, place, now)
    _tell(alert, found, place)


@contextmanager
def _whole_or_not_at_all(place: Path) -> Iterator[None]:
    """Half a packet, or one that could not be noted, would be in the way of the next."""
    whole = False
    try:
        yield
        whole = True
    finally:
        if not whole:
            _remove(place)


def _remove(place: Path) -> None:
    from hunter.paths import is_folder, is_there

    if is_folder(place):
        shutil.rmtree(place, ignore_errors=True)
    elif is_there(place):
        place.unlink()


@app.command()
def sent(
    domain: Domain,
    to: Annotated[
        str,
        typer.Option(
            metavar="WHO",
            help="registrar, host, cdn, platform or registry.",
            show_default=False,
            autocompletion=_propose_roles,
        ),
    ],
    note: Annotated[str, typer.Option(metavar="TICKET", help="Such as the ticket's number.")] = "",
    brand: Brand = None,
    config: ConfigOption = None,
) -> None:
    """Note that you sent the letter about DOMAIN."""
    from hunter.clock import utc_now
    from hunter.store import takedowns

    role, settings = one_of(to, _ROLES, "--to", "nobody"), load_ground(config)
    with existing_store(settings.store) as store:
        reported = _reported(store, settings, domain, brand)
        last = _last_letter(store, reported, role)
        entry = takedowns.Entry(
            brand=last.brand if last else _gravest(reported).brand,
            domain=reported[0].domain,
            at=utc_now(),
            kind="sent",
            addressee=role,
            contact=last.contact if last else "",
            file=last.file if last else "",
            digest=last.digest if last else "",
            note=note,
            actor=who(),
        )
        takedowns.record(store, [entry])
    say(f"{shown(entry.domain)}: sent to the {role}")


def _last_letter(
    store: "Store", reported: "Sequence[Alert]", role: str
) -> "takedowns.Entry | None":
    """What is sent is what was written last, for whichever of the brands that was."""
    from hunter.store import takedowns

    brands = {alert.brand for alert in reported}
    letters = takedowns.listed(store, reported[0].domain)
    known = [one for one in letters if one.addressee == role and one.brand in brands]
    return known[-1] if known else None


@app.command("list")
def list_letters(
    domain: Annotated[
        str | None, typer.Argument(metavar="DOMAIN", help="Only about this domain.")
    ] = None,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the letters that were written and sent."""
    from hunter.names import defang
    from hunter.store import takedowns

    with existing_store(load_ground(config).store) as store:
        found = takedowns.listed(store, domain_of(domain) if domain else None)
    if not found:
        raise nothing_found("no letters were written", as_json=as_json)
    if as_json:
        for one in found:
            json_line(one)
        return
    table(
        ("at (UTC)", "domain", "what", "to", "contact", "by", "file, note"),
        [
            (
                f"{one.at:%Y-%m-%d %H:%M}",
                defang(one.domain),
                one.kind,
                one.addressee,
                defang(one.contact) or "not known",
                one.actor,
                one.note or one.file,
            )
            for one in found
        ],
    )


def _languages(text: str | None) -> tuple[str, ...]:
    if text is None:
        return LANGUAGES
    return (one_of(text, LANGUAGES, "--language", "no language of ours"),)


def _reported(store: "Store", ground: "Ground", text: str, brand: str | None) -> "Sequence[Alert]":
    """The alerts about the domain, those of the brand when one is named; not what was dismissed.

    What was dismissed for one brand may imitate another.
    """
    from hunter.errors import Fault, YoursToFix
    from hunter.model import AlertState
    from hunter.names import defang
    from hunter.store import alerts

    domain, whose = domain_of(text), brand_or_none(brand, ground, store)
    found = [one for one in alerts.about(store, domain) if whose in (None, one.brand)]
    if not found:
        raise no_alert(store, domain)
    reported = [one for one in found if one.state is not AlertState.DISMISSED]
    if not reported:
        message = f"{defang(domain)} was dismissed as harmless"
        hint = "reopen the alert first, if it is not"
        raise YoursToFix([Fault("", "DOMAIN", message, hint)])
    return reported


def _gravest(reported: "Sequence[Alert]") -> "Alert":
    """What is tied to one brand may imitate another."""
    return max(reported, key=lambda one: (not one.match.is_linked, one.severity, one.score))


def _free_place(out: Path) -> Path:
    """Where the packet goes; raises YoursToFix where one lies whose letters may be filled in.

    Nor to a pipe or a device: what becomes no packet is taken away.
    """
    from hunter.errors import Fault, YoursToFix
    from hunter.paths import is_folder, is_there

    out = out.expanduser().resolve()
    if is_there(out) and (not is_folder(out) or any(out.iterdir())):
        hint = "name another place with --out, or move that away"
        raise YoursToFix([Fault(str(out), "", "is there already", hint)])
    return out


def _deliver(found: "Packet", out: Path, now: "datetime") -> None:
    """Write the archive, or the folder when `out` is no .zip."""
    from hunter.takedown import archive

    if out.suffix.lower() == ".zip":
        deliver(archive(found, now), out)
        return
    for name, content in found.files.items():
        deliver(content, out / name)


def _written(
    alert: "Alert", found: "Packet", place: Path, now: "datetime"
) -> "Iterator[takedowns.Entry]":
    from hunter.store import takedowns

    for one in found.addressees:
        yield takedowns.Entry(
            brand=alert.brand,
            domain=alert.domain,
            at=now,
            kind="written",
            addressee=one.role,
            contact=one.contact,
            file=str(place),
            digest=found.digest,
            actor=who(),
        )


def _tell(alert: "Alert", found: "Packet", place: Path) -> None:
    from hunter.names import defang

    addressees = how_many(len(found.addressees), "addressee")
    about = f"{defang(alert.domain)}, for {defang(alert.brand)}"
    say(f"{about}: {addressees}, written to {place}")
    for one in found.addressees:
        name = one.name or "name not known"
        say(f"  {one.role}: {name}, {one.contact or 'contact not known; the letter says where'}")
    say("Read the letters, fill in what stands in [BRACKETS], and send them: hunter sends nothing.")
