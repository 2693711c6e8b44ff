"""`hunter track`: standing watches."""

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hunter.cli import completing
from hunter.cli.asked import as_stored, who
from hunter.cli.commands import Commands
from hunter.cli.output import (
    ConfigOption,
    JsonOption,
    existing_store,
    in_letters,
    json_line,
    load_ground,
    nothing_found,
    say,
    say_if_cut,
    shown,
    table,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hunter.config import Ground
    from hunter.errors import Fault
    from hunter.model import Track
    from hunter.store import Store
    from hunter.tracks import Suggestion

app = Commands(help="Watch for new domains that share a value.")

FieldArgument = Annotated[
    str,
    typer.Argument(
        metavar="FIELD",
        help="What to watch, such as registrant_email.",
        autocompletion=completing.tracked,
    ),
]
ValueArgument = Annotated[
    str, typer.Argument(metavar="VALUE", help="The value that domains share.")
]
BrandOption = Annotated[
    str, typer.Option(metavar="DOMAIN", help="For which brand; the first when left out.")
]


@app.command()
def add(
    field: FieldArgument,
    value: ValueArgument,
    brand: BrandOption = "",
    excludes: Annotated[
        str, typer.Option(metavar="WORDS", help="For a string: words of names to leave out.")
    ] = "",
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Also when many domains of the store carry it.")
    ] = False,
    config: ConfigOption = None,
) -> None:
    """Watch for domains that carry VALUE.

    What a crowd shares is refused.
    """
    from hunter import following, tracks
    from hunter.clock import utc_now
    from hunter.config.faults import Faults
    from hunter.config.standing import tracks_in
    from hunter.config.tables import TrackTable
    from hunter.errors import Fault, YoursToFix
    from hunter.names import refang
    from hunter.store import Store
    from hunter.store import tracks as kept

    settings = load_ground(config)
    faults = Faults("", "")
    words = tuple(part for part in excludes.split(",") if part.strip())
    written = TrackTable(field=field, value=refang(value), brand=as_stored(brand), excludes=words)
    found = tuple(tracks_in([written], settings.brands, faults, made_by=who()))
    if faults.found:
        raise YoursToFix([_for_options(fault) for fault in faults.in_order()])
    with Store(settings.store) as store:
        fitting = following.stored(store, found[0])
        shared = len(fitting.domains)
        crowd = 0 if anyway else following.crowd_among(store, fitting.domains)
        refused = tracks.refusal(found[0], crowd, at_least=fitting.cut)
        if refused:
            raise YoursToFix([Fault("", "VALUE", refused, _hint(shared))])
        kept.put(store, found[0], utc_now())
    say(f"under watch: {shown(found[0].name)}; {_carried(shared, fitting.cut)}")


def _hint(shared: int) -> str:
    from hunter.trackable import MANY

    rare = "watch a value that is rare"
    return f"{rare}; if all of them are one actor's, add --anyway" if shared > MANY else rare


@app.command("list")
def list_tracks(config: ConfigOption = None, as_json: JsonOption = False) -> None:
    """List the tracks in force."""
    settings = load_ground(config)
    with existing_store(settings.store) as store:
        found = _in_force(settings, store)
    if not found:
        raise nothing_found("nothing is under watch", as_json=as_json)
    if as_json:
        for track in found:
            json_line(_row(track))
        return
    table(
        ("field", "value", "brand", "because of", "set by"),
        [_cells(track) for track in found],
    )


@app.command()
def remove(
    field: FieldArgument,
    value: ValueArgument,
    brand: Annotated[
        str, typer.Option(metavar="DOMAIN", help="For which brand; for all when left out.")
    ] = "",
    config: ConfigOption = None,
) -> None:
    """Stop watching VALUE; hunter does not watch it again by itself."""
    from hunter.clock import utc_now
    from hunter.errors import Fault, YoursToFix
    from hunter.names import refang
    from hunter.store import tracks as kept
    from hunter.trackable import BY_CONFIG

    value, brand = _settled(field, refang(value)), as_stored(brand)
    settings = load_ground(config)
    with existing_store(settings.store) as store:
        kept.sync(store, settings.tracks, utc_now())
        there = [
            track
            for track in kept.not_removed(store)
            if track.field == field and track.value.lower() == value.lower()
            if not brand or track.brand == brand
        ]
        if any(track.made_by == BY_CONFIG for track in there):
            hint = "take its [[track]] out of there, then systemctl reload hunter"
            message = f"{shown(there[0].name)} stands in the config"
            raise YoursToFix([Fault(str(settings.path), "track", message, hint)])
        for track in there:
            kept.remove(store, track)
    if not there:
        raise nothing_found(f"there is no track {shown(f'{field}={value}')}", as_json=False)
    say(f"no longer under watch: {shown(f'{field}={value}')}")


@app.command()
def suggest(
    limit: Annotated[
        int,
        typer.Option(
            metavar="N", help="How many at most, the most telling first.", min=1, max=1_000_000
        ),
    ] = 20,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say what confirmed and grave alerts suggest to watch.

    First what the domains of several of them share. And what not, and why.
    """
    from hunter import tracks

    settings = load_ground(config)
    with existing_store(settings.store) as store:
        watched = {(one.field, one.value, one.brand) for one in _in_force(settings, store)}
        new = (
            one
            for one in _suggestions(settings, store)
            if (one.track.field, one.track.value, one.track.brand) not in watched
        )
        good, refused = tracks.most_telling(new, limit)
    if not good and not refused:
        raise nothing_found("no alert suggests anything new to watch", as_json=as_json)
    if as_json:
        for one in (*good, *refused):
            json_line(_row(one.track) | {"shared": one.shared, "refused": one.refused})
        return
    for one in good:
        brand = _brand_option(one.track, settings)
        say(f"hunter track add {one.track.field} {_quoted(one.track)}{brand}")
        say(f"    because of {shown(one.track.because)}; {_carried(one.shared)}")
    for one in refused:
        say(f"not {one.track.field}: {shown(one.refused)}")
    say_if_cut(max(len(good), len(refused)), limit)


def _for_options(fault: "Fault") -> "Fault":
    """A fault of a `[[track]]` as one of the command's arguments."""
    key = fault.where.rpartition(".")[2]
    where = key.upper() if key in {"field", "value"} else f"--{key}"
    return replace(fault, where=where)


def _carried(count: int, at_least: bool = False) -> str:
    """Of very many not all are counted, nor looked at."""
    if at_least:
        return f"at least {count} stored domains fit it now; those are looked at"
    return "1 stored domain fits it now" if count == 1 else f"{count} stored domains fit it now"


def _settled(field: str, value: str) -> str:
    """The value as tracks hold it; what none could hold stays as it is, and is not found."""
    from hunter.config.faults import did_you_mean
    from hunter.errors import Fault, YoursToFix
    from hunter.trackable import FIELDS, NotTrackable, settled

    if field not in FIELDS:
        message = f"{field!r} is nothing a track can watch"
        raise YoursToFix([Fault("", "FIELD", message, did_you_mean(field, FIELDS))])
    try:
        return settled(field, value)
    except NotTrackable:
        return value.strip()


def _in_force(settings: "Ground", store: "Store") -> "tuple[Track, ...]":
    from hunter import following
    from hunter.clock import utc_now
    from hunter.store import tracks as kept

    kept.sync(store, settings.tracks, utc_now())
    return following.tracks_in_force(store, settings)


def _suggestions(settings: "Ground", store: "Store") -> "Iterator[Suggestion]":
    from functools import partial

    from hunter import following, tracks
    from hunter.clock import utc_now
    from hunter.known import dossier_of
    from hunter.store import alerts

    telling = (one for one in alerts.each(store) if tracks.suggests(one))
    found = (
        (alert, dossier_of(store, alert.domain, utc_now()))
        for alert in telling
        if settings.brand(alert.brand)
    )
    yield from tracks.suggestions(
        found, partial(following.shared_by, store), partial(following.crowd_behind, store)
    )


def _row(track: "Track") -> dict[str, Any]:
    return {
        "name": track.name,
        "field": track.field,
        "value": track.value,
        "brand": track.brand,
        "because": track.because,
        "excludes": list(track.excludes),
        "made_by": track.made_by,
    }


def _cells(track: "Track") -> tuple[str, ...]:
    without = f" without {', '.join(track.excludes)}" if track.excludes else ""
    value = f"{shown(track.value)}{without}"
    return track.field, value, in_letters(track.brand), shown(track.because), track.made_by


def _quoted(track: "Track") -> str:
    """The value as a shell takes it: as it is, for a command that is to be copied."""
    import shlex

    return shlex.quote(track.value)


def _brand_option(track: "Track", settings: "Ground") -> str:
    """What else `track add` has to be told, for it takes the first brand."""
    return "" if track.brand == settings.brands[0].domain else f" --brand {track.brand}"
