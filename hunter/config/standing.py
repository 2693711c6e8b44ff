"""The standing watches that the config sets: `[[track]]` tables as tracks."""

from collections.abc import Iterable, Iterator, Sequence

from hunter.config.faults import Faults, Place, did_you_mean
from hunter.config.tables import TrackTable
from hunter.crowds import crowd_of
from hunter.model import Brand, Track
from hunter.trackable import BY_CONFIG, FIELDS, NETWORK, STRING, NotTrackable, settled

_HINT = "write the value in quotes, as alerts show it"
_HINTS = {
    STRING: "give a longer part of a name, such as the brand without its ending",
    NETWORK: "such as 80.82.64.0/20",
    "asn": "such as 51177; hunter pivot shows the domains in a network",
}


def tracks_in(
    tables: Iterable[TrackTable],
    brands: Sequence[Brand],
    faults: Faults,
    *,
    made_by: str = BY_CONFIG,
) -> Iterator[Track]:
    """The tracks of the tables that are sound; what is wrong with the others goes to `faults`."""
    seen: set[tuple[str, str, str]] = set()
    for index, table in enumerate(tables):
        place = ("track", index)
        value = _value(table, place, faults)
        brand = _brand(table, brands, place, faults)
        excludes = tuple(_excludes(table, place, faults))
        key = (table.field, value, brand)
        if all(key) and key in seen:
            faults.add(place, f"{table.field}={value} stands twice", "keep one of the two")
        seen.add(key)
        if all(key):
            yield Track(*key, excludes=excludes, made_by=made_by)


def _value(table: TrackTable, place: Place, faults: Faults) -> str:
    """The value as facts hold it; empty when it, or its field, is at fault."""
    if faults.about(place):
        return ""
    if table.field not in FIELDS:
        message = f"{table.field!r} is nothing a track can watch" if table.field else "is missing"
        faults.add((*place, "field"), message, did_you_mean(table.field, FIELDS))
        return ""
    try:
        value = settled(table.field, table.value)
    except NotTrackable as error:
        faults.add((*place, "value"), str(error), _HINTS.get(table.field, _HINT))
        return ""
    whose = crowd_of(table.field, value)
    if whose:
        message = f"{value} belongs to {whose}, which countless strangers share"
        faults.add((*place, "value"), message, "watch a value that is rare")
    return "" if whose else value


def _brand(table: TrackTable, brands: Sequence[Brand], place: Place, faults: Faults) -> str:
    known = [brand.domain for brand in brands]
    wanted = table.brand.strip().lower()
    if not wanted:
        return known[0] if known else ""
    if wanted not in known:
        faults.add((*place, "brand"), f"{wanted} is no brand", did_you_mean(wanted, known))
        return ""
    return wanted


def _excludes(table: TrackTable, place: Place, faults: Faults) -> Iterator[str]:
    if table.excludes and table.field != STRING:
        faults.add((*place, "excludes"), f"goes with {STRING} alone", "leave it out")
    for word in table.excludes:
        if not word.strip():
            faults.add((*place, "excludes"), "an empty word stands in every name", "leave it out")
        yield word.strip().lower()
