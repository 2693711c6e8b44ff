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
    """A server that an enricher, or the source of that name, asks nothing until then."""

    enricher: str
    server: str
    until: datetime


def hush(context: Asker, enricher: str, server: str, pause: timedelta) -> None:
    """Ask the server nothing for `pause`."""
    context.keep(f"{enricher}{_MARK}{server}", (context.now() + pause).isoformat())


def heed(context: Asker, enricher: str, server: str) -> None:
    """Raise WillPass while the server is to be left alone."""
    key = f"{enricher}{_MARK}{server}"
    for one in hushed({key: context.recall(key) or ""}.items(), context.now()):
        raise WillPass(f"{server} asked to be left alone", one.until - context.now())


def hushed(kept: Iterable[tuple[str, str]], now: datetime) -> Iterator[Hushed]:
    """Those that are left alone now, of all that enrichers and sources keep under their keys."""
    for key, value in kept:
        enricher, mark, server = key.partition(_MARK)
        until = datetime.fromisoformat(value) if mark and value else now
        if now < until <= now + _LONGEST:
            yield Hushed(enricher, server, until)
