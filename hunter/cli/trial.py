"""`hunter trial`: a test message to everybody who would be told of an alert."""

from collections.abc import AsyncIterator, Sequence
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from hunter.cli.output import NOTHING_FOUND, ConfigOption, JsonOption, json_line, load_config, say

if TYPE_CHECKING:
    from hunter.config import Config
    from hunter.contracts import Doors, NotifierSettings
    from hunter.model import Subscriber

_HINTS = {
    "email": "are host, port, tls and username right in [notifiers.email], and the password in its"
    " file? Port 587 goes with starttls, 465 with tls",
    "slack": "is what stands in the secret's file the newest, and the bot invited to the channel?",
}
_OWN = "if that server is yours, name it under [net] in private_hosts: others are not asked there"
_FAULTY = ("a fault in hunter", "its trace is above; a report to hunter's authors wants no more")
_HINT = "mend [notifiers.{channel}]; docs/notifiers.md says what its keys mean"


class Outcome(NamedTuple):
    """What came of one message; a fault has a hint. Some channels have no addresses."""

    subscriber: str
    channel: str
    address: str
    message: str
    hint: str = ""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(trial)


def trial(
    subscriber: Annotated[
        str, typer.Option(metavar="NAME", help="Only to this one, by the name.")
    ] = "",
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Send each subscriber a test message on every channel.

    It goes to each address by itself, the way an alert goes, and says that it is a test; where a
    channel uses no addresses, as a webhook, once. Tells who took it, and who did not and why. Exits
    1 when one was not taken.
    """
    import asyncio

    settings = load_config(config)
    chosen = _chosen(settings, subscriber)
    if not all(asyncio.run(_tell_all(settings, chosen, as_json=as_json))):
        raise typer.Exit(NOTHING_FOUND)


def _chosen(config: "Config", name: str) -> "Sequence[Subscriber]":
    from hunter.config.faults import did_you_mean
    from hunter.errors import Fault, YoursToFix

    names = [one.name for one in config.subscribers]
    if not names:
        raise YoursToFix([Fault("", "", "nobody would be told", "add a [[subscriber]]")])
    if name and name not in names:
        message = f"{name!r} is no subscriber"
        raise YoursToFix([Fault("", "--subscriber", message, did_you_mean(name, names))])
    return [one for one in config.subscribers if name in ("", one.name)]


async def _tell_all(
    config: "Config", chosen: "Sequence[Subscriber]", *, as_json: bool
) -> list[bool]:
    outcomes = _outcomes(config, chosen)
    return [_told(outcome, as_json=as_json) async for outcome in outcomes]


async def _outcomes(config: "Config", chosen: "Sequence[Subscriber]") -> AsyncIterator[Outcome]:
    from hunter.contracts import NotifierSettings
    from hunter.hunting import open_doors
    from hunter.pipeline import guard

    async with open_doors(config.net) as doors:
        for subscriber in chosen:
            for channel, addresses in subscriber.channels.items():
                settings = config.notifiers.get(channel)
                if isinstance(settings, NotifierSettings):
                    for address in settings.places_of(addresses):
                        whom = (subscriber.name, channel, address)
                        sent = _send(subscriber, channel, address, settings, doors)
                        yield Outcome(*whom, *(await guard(sent, channel) or _FAULTY))


async def _send(
    subscriber: "Subscriber",
    channel: str,
    address: str,
    settings: "NotifierSettings",
    doors: "Doors",
) -> tuple[str, str]:
    """What came of it, and what to do about that."""
    from hunter import ribs, wording
    from hunter.clock import utc_now
    from hunter.contracts import NotifierContext, Recipient
    from hunter.errors import NotPublic, WillNotPass, WillPass

    remarks: list[str] = []
    notice = wording.trial_notice(utc_now(), subscriber.language)
    recipient = Recipient(subscriber.name, (address,) if address else ())
    context = NotifierContext(utc_now, doors, remark=remarks.append)
    try:
        await ribs.load("notifiers", channel).send(notice, recipient, settings, context)
    except NotPublic as error:
        return str(error), _OWN
    except (WillPass, WillNotPass) as error:
        return str(error), _HINTS.get(channel, _HINT.format(channel=channel))
    if settings.folder is not None:
        return f"written into {settings.folder}, and sent to nobody", ""
    return "; ".join(("taken by the other side", *remarks)), ""


def _told(outcome: Outcome, *, as_json: bool) -> bool:
    """Print it; whether it was good."""
    state = "fault" if outcome.hint else "good"
    if as_json:
        json_line({**outcome._asdict(), "state": state})
        return not outcome.hint
    say(*(part for part in (state, *outcome[:4]) if part))
    if outcome.hint:
        say(f"    hint: {outcome.hint}")
    return not outcome.hint
