"""Servers that refused to answer: left alone for as long as they ask, over a restart, too."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from hunter.errors import WillPass

_MARK = ".hushed."
_LONGEST = timedelta(days=1)
"""What would last longer was kept by a clock that was ahead."""


class Asker(Protocol):
    """Who asks, and remembers: the context of an enricher or a source."""

    @property
    def now(self) -> Callable[[], datetime]:
        """What time it is."""
        ...

    @property
    def recall(self) -> Callable[[str], str | None]:
        """What was kept under that key."""
        ...

    @property
    def keep(self) -> Callable[[str, str], None]:
        """Keep it under that key."""
        ...


@dataclass(frozen=True, slots=True)
class Hushed:
    """A server that a part, such as `enrichers.rdap`, asks nothing until then."""

    part: str
    server: str
    until: datetime


def hush(context: Asker, part: str, server: str, pause: timedelta) -> None:
    """Ask the server nothing for `pause`."""
    context.keep(f"{part}{_MARK}{server}", (context.now() + pause).isoformat())


def heed(context: Asker, part: str, server: str) -> None:
    """Raise WillPass while the server is to be left alone."""
    key = f"{part}{_MARK}{server}"
    for one in hushed({key: context.recall(key) or ""}.items(), context.now()):
        raise WillPass(f"{server} asked to be left alone", one.until - context.now())


def hushed(kept: Iterable[tuple[str, str]], now: datetime) -> Iterator[Hushed]:
    """Those that are left alone now, of all that enrichers and sources keep under their keys."""
    for key, value in kept:
        part, mark, server = key.partition(_MARK)
        until = datetime.fromisoformat(value) if mark and value else now
        if now < until <= now + _LONGEST:
            yield Hushed(part, server, until)
