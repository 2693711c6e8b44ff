"""Words that people type after an option → what is meant; what is no such word is theirs to fix."""

import getpass
import os
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from hunter.cli import completing

if TYPE_CHECKING:
    from hunter.config import Ground
    from hunter.model import AlertState, Level
    from hunter.store import Store

StateOption = Annotated[
    str | None,
    typer.Option(
        metavar="STATE", help="new, acknowledged, dismissed, ...", autocompletion=completing.states
    ),
]
MinimumOption = Annotated[
    str, typer.Option(metavar="LEVEL", help="Lowest severity.", autocompletion=completing.levels)
]

_UNITS = {"h": "hours", "d": "days", "w": "weeks"}
_AGO = re.compile(r"(\d{1,5})([hdw])")
_IN_NO_NAME = re.compile(r"[\s/:@?#]")


def who() -> str:
    """Who types, before sudo too; never by the name under which hunter itself acts."""
    from hunter.model import BY_HUNTER

    before_sudo = os.environ.get("SUDO_USER", "") if os.geteuid() == 0 else ""
    try:
        name = before_sudo or getpass.getuser()
    except (KeyError, OSError):  # a container's user may have no name
        return f"user {os.getuid()}"
    return f"user {name}" if name == BY_HUNTER else name


def state_or_none(text: str | None) -> "AlertState | None":
    """The state of triage behind `--state`; None when nobody asked for one."""
    from hunter.model import AlertState

    return None if text is None else AlertState(one_of(text, AlertState, "--state", "no state"))


def brand_or_none(text: str | None, ground: "Ground", store: "Store") -> str | None:
    """The brand behind `--brand`: one of the config's, or one that there are alerts for."""
    from hunter.config.faults import did_you_mean
    from hunter.errors import Fault, YoursToFix
    from hunter.store import alerts

    if text is None:
        return None
    brand = as_stored(text)
    known = {one.domain for one in ground.brands} | set(alerts.brands(store))
    if brand not in known:
        hint = did_you_mean(brand, known)
        raise YoursToFix([Fault("", "--brand", f"{text!r} is no brand", hint)])
    return brand


def as_stored(brand: str) -> str:
    """A brand as config and store have it, however somebody wrote it: `café.fr` in ASCII."""
    from hunter.errors import NotAName
    from hunter.names import refang, to_ascii

    written = refang(brand.strip().lower())
    try:
        return to_ascii(written)
    except NotAName:
        return written


def level(text: str, option: str = "--minimum") -> "Level":
    """The severity that is meant."""
    from hunter.model import Level

    known = {str(level): level for level in Level}
    return known[one_of(text, known, option, "no severity")]


def since_moment(text: str, now: datetime) -> datetime:
    """The moment behind `--since`; of what is still to come nothing is known."""
    from hunter.errors import Fault, YoursToFix

    found = moment(text, now, "--since")
    if found > now:
        message = f"{text} is still to come: in UTC it is {now:%Y-%m-%d %H:%M}"
        raise YoursToFix([Fault("", "--since", message, "choose an earlier day")])
    return found


def until_moment(text: str, now: datetime) -> datetime:
    """The moment behind `--until`: a day to come, or for so long from now (`30d`)."""
    from hunter.errors import Fault, YoursToFix

    found = moment(text, now, "--until")
    if _AGO.fullmatch(text):
        found = now + (now - found)
    if found <= now:
        message = f"{text} is over: in UTC it is {now:%Y-%m-%d %H:%M}"
        raise YoursToFix([Fault("", "--until", message, "choose a later day")])
    return found


def moment(text: str, now: datetime, option: str) -> datetime:
    """The moment that is meant: so long ago (`7d`, `12h`, `2w`) or the beginning of a day, UTC."""
    from hunter.errors import Fault, YoursToFix

    ago = _AGO.fullmatch(text)
    try:
        if ago:
            return now - timedelta(**{_UNITS[ago[2]]: int(ago[1])})
        return datetime.combine(date.fromisoformat(text), time(), UTC)
    except (ValueError, OverflowError) as error:
        hint = "such as 7d, 12h, 2w or 2017-04-24"
        raise YoursToFix([Fault("", option, f"{text!r} is no time", hint)]) from error


def part_of_a_name(text: str, option: str) -> str:
    """What a name may hold, as it is kept; an address on the web or of mail stands in none."""
    from hunter.errors import Fault, YoursToFix
    from hunter.names import refang

    part = refang(text.strip().lower())
    if _IN_NO_NAME.search(part):
        message = f"{text!r} has a character that no domain name holds"
        raise YoursToFix([Fault("", option, message, "give the name alone, or a part of it")])
    return part


def transition(text: str) -> str:
    """The kind of a transition behind `--transition`."""
    from hunter.model import TRANSITIONS

    return one_of(text, TRANSITIONS, "--transition", "no transition")


def one_of(text: str, known: Iterable[str], option: str, what: str) -> str:
    """The word that is meant, in whatever case: alerts begin with theirs in capitals."""
    from hunter.errors import Fault, YoursToFix

    words = tuple(known)
    if text.lower() not in words:
        hint = f"known: {', '.join(words)}"
        raise YoursToFix([Fault("", option, f"{text!r} is {what}", hint)])
    return text.lower()
