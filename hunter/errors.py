"""The error family. Three kinds reach a user, and no others.

HunterError
├── YoursToFix      config, rules, arguments: every fault at once, each with a hint; exit status 2
├── WillPass        network, rate limits: retried within limits, recorded per source
│   ├── Partly          some have the message, and the others are put off: it holds up no other
│   └── NotPublic       an address where no door may go: a server of one's own is to be named
└── WillNotPass     404 webhook, refused key: stop, mark it off, say so in `hunter status`
    └── Unwelcome       this one message, for what it says: others may pass
        └── TooLarge    it is more than the other side takes: without its files it may pass

NotAName is not one of them: it is how `names.parse` says that a text is no domain name.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta


class NotAName(ValueError):
    """The text is not a domain name; the message says why."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One mistake in a file a person wrote: where it is, what is wrong, what to do."""

    file: str
    where: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        place = ": ".join(part for part in (self.file, self.where) if part)
        line = _escaped(f"{place}: {self.message}" if place else self.message)
        return f"{line}\n    hint: {_escaped(self.hint)}" if self.hint else line


def _escaped(text: str) -> str:
    """Without what steers a terminal: a rule file may have come with any name and any keys."""
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() else repr(one)[1:-1] for one in text)


class HunterError(Exception):
    """Everything hunter raises on purpose."""


class YoursToFix(HunterError):
    """A person's mistake in config, rules or arguments; carries every fault found."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


class WillPass(HunterError):
    """The other side could not answer now; trying again later makes sense.

    `retry_after` is the other side's own wish (Retry-After), when it stated one. `in_doubt` says
    that it may have taken a message all the same: the answer got lost.
    """

    def __init__(
        self, message: str, retry_after: timedelta | None = None, *, in_doubt: bool = False
    ) -> None:
        super().__init__(message)
        self.retry_after = retry_after
        self.in_doubt = in_doubt


class Partly(WillPass):
    """Some of those whom a message goes to have it; the others could not be reached now."""

    def __init__(self, message: str) -> None:
        super().__init__(message, in_doubt=True)


class NotPublic(WillPass):
    """No door may connect to such an address, unless `[net] private_hosts` has the server."""


class WillNotPass(HunterError):
    """The other side refused for good; trying again without a change is pointless."""


class Unwelcome(WillNotPass):
    """The other side refuses this message for what it says or is; another one it may take."""


class TooLarge(Unwelcome):
    """The other side takes no message of that size."""
