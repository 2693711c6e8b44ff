"""Servers that refused to answer: left alone for as long as they ask, over a restart, too."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from hunter.contracts import EnricherContext
from hunter.errors import WillPass

_MARK = ".hushed."
_LONGEST = timedelta(days=1)
"""What would last longer was kept by a clock that was ahead."""


@dataclass(frozen=True, slots=True)
class Hushed:
    """A server that an enricher asks nothing until then."""

    enricher: str
    server: str
    until: datetime


def hush(context: EnricherContext, enricher: str, server: str, pause: timedelta) -> None:
    """Ask the server nothing for `pause`."""
    context.keep(f"{enricher}{_MARK}{server}", (context.now() + pause).isoformat())


def heed(context: EnricherContext, enricher: str, server: str) -> None:
    """Raise WillPass while the server is to be left alone."""
    key = f"{enricher}{_MARK}{server}"
    for one in hushed({key: context.recall(key) or ""}.items(), context.now()):
        raise WillPass(f"{server} asked to be left alone", one.until - context.now())


def hushed(kept: Iterable[tuple[str, str]], now: datetime) -> Iterator[Hushed]:
    """Those that are left alone now, of all that enrichers keep under their keys."""
    for key, value in kept:
        enricher, mark, server = key.partition(_MARK)
        until = datetime.fromisoformat(value) if mark and value else now
        if now < until <= now + _LONGEST:
            yield Hushed(enricher, server, until)
