"""What `hunter ct` works with: the lists of logs, readers, and what the store knows of a log."""

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

from hunter.clock import utc_now
from hunter.config import Config
from hunter.config.tables import NetTable
from hunter.ct.allowance import Allowances
from hunter.ct.choice import named
from hunter.ct.figures import load_row, stream_of
from hunter.ct.follow import BadPosition, Position, load_position
from hunter.ct.lists import Published, Shelf, Tell, current, last_good
from hunter.ct.loglist import Log
from hunter.ct.places import kept_url
from hunter.ct.readers import Reader, get
from hunter.ct.traffic import Cost, costs
from hunter.ct.unlisted import unlisted
from hunter.ct_reading import Readers
from hunter.errors import Fault, WillPass, YoursToFix
from hunter.hunting import open_doors
from hunter.model import Json
from hunter.paths import may_be_there
from hunter.sources import ct_logs
from hunter.store import Store, cursors

SOURCE = "ct_logs"


@dataclass(frozen=True)
class Session:
    """An open session. Nothing in it writes to the store."""

    settings: ct_logs.Settings
    readers: Readers
    lists: tuple[Published, ...]
    kept: Callable[[str], str | None]
    """stream → the source's cursor, or None."""
    tell: Tell
    """How the lists fare."""

    async def logs(self) -> tuple[Log, ...]:
        """The logs of all lists, as the source sees them; raises WillPass when there is none."""

        async def nowhere(_url: str, _text: str) -> None:
            """The source keeps its own copies."""

        async def fetch(url: str) -> bytes:
            return await get(self.readers.get, url)

        found = await current(self.lists, fetch, Shelf(self.kept, nowhere, self.tell, utc_now))
        if not found:
            raise WillPass("no list of logs could be had, and none was kept")
        return found

    async def followed(self) -> tuple[Log, ...]:
        """The logs that the source follows, or would follow if it were on."""
        return ct_logs.choice(self.settings).of(await self.logs(), utc_now())

    async def log_at(self, url: str, key: bytes | None = None) -> Log:
        """The log at `url`: on a list, or known by its key. Raises YoursToFix and WillPass."""
        if key is not None:
            url = url.removesuffix("/") + "/"
            return await unlisted(url, key, lambda path: self.readers.get(url + path))
        found = named(await self.logs(), url)
        if found is None:
            hint = "see hunter ct logs; or give the log's own key with --key FILE"
            raise YoursToFix([Fault("", "URL", f"no list knows a log at {url}", hint)])
        return found

    def reader(self, log: Log) -> Reader:
        """A reader that waits for no page to fill up, and reads certificates in full."""
        return replace(self.readers, patience=timedelta(), is_hit=None).of(log)

    def position(self, log: Log) -> Position | None:
        """How far the source has verified the log; None when it never did."""
        try:
            text = self.kept(kept_url(log, self.kept))
            return None if text is None else load_position(text)
        except BadPosition:
            return None


@asynccontextmanager
async def open_session(config: Config | None, tell: Tell) -> AsyncIterator[Session]:
    """A session; without a config, with the source's own defaults."""
    net = config.net if config else NetTable()
    settings = settings_of(config) or ct_logs.Settings()
    with ExitStack() as stack:
        kept = _kept(config, stack)
        async with open_doors(net) as doors:
            readers = ct_logs.readers(settings, doors.http, utc_now)
            yield Session(settings, readers, ct_logs.published(settings), kept, tell)


def settings_of(config: Config | None) -> ct_logs.Settings | None:
    """The source's settings; None when it is off."""
    found = config.sources.get(SOURCE) if config else None
    return found if isinstance(found, ct_logs.Settings) else None


def estimated(settings: ct_logs.Settings) -> tuple[Cost, ...]:
    """What the settings' choice of logs costs, operator by operator."""
    allowances = Allowances(settings.requests_per_second, settings.requests_otherwise)
    return costs(ct_logs.choice(settings), allowances, names_tiles=settings.names_tiles)


def standing(
    settings: ct_logs.Settings, kept: Callable[[str], str | None]
) -> Iterator[tuple[Log, Mapping[str, Json]]]:
    """The logs that are followed, each with the figures that were kept of it last, if any were.

    `kept` gives the source's cursors. Nothing is asked of anybody.
    """
    logs = last_good(ct_logs.published(settings), kept)
    for log in ct_logs.choice(settings).of(logs, utc_now()):
        yield log, load_row(kept(stream_of(log.url)))


def _kept(config: Config | None, stack: ExitStack) -> Callable[[str], str | None]:
    """What the source committed; a store that is not there yet is not made."""
    if config is None or not may_be_there(config.store):
        return lambda _stream: None
    store = stack.enter_context(Store(config.store))
    return lambda stream: cursors.cursor(store, SOURCE, stream)
