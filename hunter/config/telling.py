"""Who is told of what, and when: `[[subscriber]]` tables as subscribers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from hunter import names, ribs
from hunter.config.faults import Faults, Place, did_you_mean, level_in, whole_domain
from hunter.config.tables import File, SubscriberTable
from hunter.contracts import NotifierSettings, Settings
from hunter.errors import NotAName
from hunter.model import LANGUAGES, TRANSITIONS, Brand, Level, Rhythm, Subscriber

_NOTHING_IS = "none"


def subscribers_in(
    file: File, brands: Sequence[Brand], notifiers: Mapping[str, Settings], faults: Faults
) -> Iterator[Subscriber]:
    """One for each table; what is wrong with them goes to `faults`."""
    for index, table in enumerate(file.subscriber):
        place = ("subscriber", index)
        _check_required(table, place, faults)
        _check_name(file.subscriber, index, (*place, "name"), faults)
        for channel in table.channels.keys() - notifiers.keys():
            _check_channel(channel, file, (*place, "channels"), faults)
        _check_addresses(table, notifiers, (*place, "channels"), faults)
        _check_transitions(table, (*place, "transitions"), faults)
        begin, end = _hours(table.quiet, (*place, "quiet"), faults)
        yield Subscriber(
            name=table.name,
            channels=table.channels,
            brands=tuple(_brands(table, brands, (*place, "brands"), faults)),
            minimum=level_in(table.minimum, (*place, "minimum"), faults),
            operator=_is_operator(table, first=index == 0, others=file.subscriber),
            transitions=_among(
                table.transitions, TRANSITIONS, (*place, "transitions"), "transition", faults
            ),
            rhythm=_rhythm(table.digest, (*place, "digest"), faults),
            digest_at=_time(table.digest_at, (*place, "digest_at"), faults),
            quiet=None if begin == end else (begin, end),
            urgent=_urgent(table.urgent, (*place, "urgent"), faults),
            zone=_zone(table.zone, (*place, "zone"), faults),
            language=_language(table.language, (*place, "language"), faults),
            attach=_exports(table.attach, (*place, "attach"), faults),
        )


def language_of(tables: Sequence[SubscriberTable]) -> str:
    """That of whoever keeps hunter running; of the first subscriber where nobody does."""
    keepers = [
        table
        for index, table in enumerate(tables)
        if _is_operator(table, first=index == 0, others=tables)
    ]
    found = [table.language for table in (*keepers, *tables)]
    return found[0] if found and found[0] in LANGUAGES else "en"


def _check_required(table: SubscriberTable, place: Place, faults: Faults) -> None:
    for required in ("name", "channels"):
        there = getattr(table, required) or faults.about((*place, required))
        if not there and not faults.misspelt((*place, required)):
            hint = SubscriberTable.model_fields[required].description or ""
            faults.add((*place, required), "is missing", hint)


def _check_name(
    tables: Sequence[SubscriberTable], index: int, place: Place, faults: Faults
) -> None:
    """What one of two was told would count as told to the other of that name."""
    name = tables[index].name
    if name and name in (other.name for other in tables[:index]):
        hint = "give each a name of their own, or join them: channels take several addresses"
        faults.add(place, f"another subscriber is called {name!r}", hint)


def _brands(
    table: SubscriberTable, brands: Sequence[Brand], place: Place, faults: Faults
) -> Iterator[str]:
    known = {brand.domain for brand in brands}
    for written in table.brands:
        try:
            wanted = names.parse(written).text
        except NotAName as error:
            faults.add(place, f"{error}", whole_domain(written))
            continue
        if all(known) and wanted not in known:
            faults.add(place, f"{wanted} is no brand", did_you_mean(wanted, known))
        yield wanted


def _is_operator(table: SubscriberTable, *, first: bool, others: Iterable[SubscriberTable]) -> bool:
    """Whoever is said to be; when nobody is, the first, unless they are said not to be."""
    if table.operator is None:
        return first and not any(other.operator for other in others)
    return table.operator


def _check_channel(channel: str, file: File, place: Place, faults: Faults) -> None:
    """A channel without settings: misspelt, forgotten, switched off, or at fault itself."""
    if channel not in ribs.names("notifiers"):
        hint = did_you_mean(channel, ribs.names("notifiers"))
        faults.add(place, f"there is no channel {channel}", hint)
    elif channel in file.notifiers and not faults.about(("notifiers", channel)):
        hint = f"set enabled = true under [notifiers.{channel}]"
        faults.add(place, f"channel {channel} is switched off", hint)
    elif not faults.about(("notifiers", channel)):
        hint = f"add a table [notifiers.{channel}]"
        faults.add(place, f"channel {channel} is not set up", hint)


def _check_addresses(
    table: SubscriberTable, notifiers: Mapping[str, Settings], place: Place, faults: Faults
) -> None:
    """Where they lead nowhere, nobody would ever be told."""
    for channel, addresses in table.channels.items():
        settings = notifiers.get(channel)
        if isinstance(settings, NotifierSettings) and (fault := settings.fault_in(addresses)):
            hint = SubscriberTable.model_fields["channels"].description or ""
            faults.add((*place, channel), fault, hint)


def _check_transitions(table: SubscriberTable, place: Place, faults: Faults) -> None:
    """With none, only who keeps hunter running hears of anything: of trouble in it."""
    if not table.transitions and not table.operator and not faults.about(place):
        hint = "name some, leave it out for the usual, or set operator = true for trouble alone"
        faults.add(place, "is empty: they would hear of nothing", hint)


def _among(
    words: Iterable[str], known: Sequence[str], place: Place, kind: str, faults: Faults
) -> tuple[str, ...]:
    """Those of the words that are known; the others are faults."""
    found = tuple(dict.fromkeys(words))
    for word in found:
        if word not in known:
            faults.add(place, f"there is no {kind} {word!r}", did_you_mean(word, known))
    return tuple(word for word in found if word in known)


def _exports(written: Iterable[str], place: Place, faults: Faults) -> tuple[str, ...]:
    """Loaded at once: one that cannot be is told of now, and not when a letter waits for it."""
    found = _among(written, ribs.names("exports"), place, "export", faults)
    for name in found:
        ribs.load("exports", name)
    return found


def _rhythm(text: str, place: Place, faults: Faults) -> Rhythm:
    found = _among((text,), tuple(Rhythm), place, "digest", faults)
    return Rhythm(found[0]) if found else Rhythm.AT_ONCE


def _language(text: str, place: Place, faults: Faults) -> str:
    found = _among((text,), LANGUAGES, place, "catalogue of the language", faults)
    return found[0] if found else "en"


def _urgent(text: str, place: Place, faults: Faults) -> Level | None:
    return None if text == _NOTHING_IS else level_in(text, place, faults)


def _hours(text: str, place: Place, faults: Faults) -> tuple[time, time]:
    """From when to when; the same twice when there are none."""
    if not text:
        return time(), time()
    begin, _, end = text.partition("-")
    hours = _time(begin.strip(), place, faults), _time(end.strip(), place, faults)
    if hours[0] == hours[1] and not faults.about(place):
        hint = "write from when to when, such as 22:00-07:00; or leave it out"
        faults.add(place, f"{text!r} ends when it begins", hint)
    return hours


def _time(text: str, place: Place, faults: Faults) -> time:
    try:
        hour, minute = text.split(":")
        return time(int(hour), int(minute))
    except ValueError:
        faults.add(place, f"{text!r} is no time of the day", "write HH:MM, such as 08:00")
        return time()


def _zone(text: str, place: Place, faults: Faults) -> str:
    try:
        return ZoneInfo(text).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        hint = "as the tz database calls it, such as Europe/Paris"
        faults.add(place, f"{text!r} is no time zone", hint)
        return "UTC"
