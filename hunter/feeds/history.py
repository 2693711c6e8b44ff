"""What a feed was like before, to see that it has become stale, empty, cut short or thin."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from statistics import median

import msgspec

from hunter.feeds import FeedShape

_COUNTS = 15
_DIGESTS = 200
_ENOUGH = 3
_TOO_FEW = 20
_MOSTLY = 0.5
_LONG = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class History:
    """What is remembered of a feed, over all its files. Kept as JSON."""

    counts: tuple[int, ...] = ()
    """How many names the last files had."""
    digests: tuple[str, ...] = ()
    """The last contents that were read."""
    newest: datetime | None = None
    """From when the newest content is."""
    came: datetime | None = None
    """When a list came last, or since when one is waited for."""
    asked: datetime | None = None
    """When the feed's server was asked last."""
    column: str | None = None
    """In which column its names were looked for, as the config says it; None is not known."""
    failing: bool = False
    """The last time, something could not be reached."""

    def text(self) -> str:
        """As JSON, for a cursor."""
        return msgspec.json.encode(self).decode()

    def in_column(self, column: str | None) -> "History":
        """The same from now on; what was read in another column was not read."""
        wanted = column or ""
        digests = self.digests if self.column in (None, wanted) else ()
        return replace(self, column=wanted, digests=digests)

    def has_read(self, digest: str) -> bool:
        """Whether this very content was read, under whatever name."""
        return digest in self.digests

    def with_file(
        self, shape: FeedShape, digest: str, at: datetime, before: int | None
    ) -> "History":
        """After one more file, whose content is from `at`, or more of one that had `before`."""
        counts = list(self.counts)
        if before in counts:
            # A list that is written bit by bit would make its own beginnings usual.
            counts.remove(before)
        return replace(
            self,
            counts=(*counts, shape.names)[-_COUNTS:],
            digests=(*self.digests, digest)[-_DIGESTS:],
            newest=max(self.newest or at, at),
        )


def history(text: str | None) -> History:
    """The history in a cursor; an empty one when there is none that can be read."""
    try:
        return msgspec.json.decode(text, type=History) if text else History()
    except msgspec.DecodeError:
        return History()


def complaints(shape: FeedShape, before: History) -> Iterator[str]:
    """What is wrong with a file that was read, to stand behind its name and a colon."""
    if shape.trouble:
        yield shape.trouble
    elif not shape.names:
        yield "holds no names"
    if _is_thin(shape, before):
        usual = int(_usual(before))
        yield f"has {shape.names:,} names, less than half of the usual {usual:,}"
    if shape.overlong:
        yield f"holds lines too long for names ({shape.overlong:,} passed over)"
    if shape.broken > _MOSTLY * shape.lines:
        yield f"{shape.broken:,} of {shape.lines:,} lines hold no name"


def is_doubtful(shape: FeedShape, before: History) -> bool:
    """Whether it looks like a list that is not written yet, or not to its end."""
    return not shape.names or _is_thin(shape, before)


def _is_thin(shape: FeedShape, before: History) -> bool:
    usual = _usual(before)
    return usual >= _TOO_FEW and shape.names < usual / 2


def _usual(before: History) -> float:
    """How many names a file of the feed has; 0 as long as that is not known."""
    return median(before.counts) if len(before.counts) >= _ENOUGH else 0


def staleness(kept: History, stale_after: timedelta | None, now: datetime) -> str:
    """That nothing new has come for too long; empty while that is not so.

    Without a limit it is a week since a list came, of whatever date; so is it for one that a clock
    which was ahead dates to a time to come.
    """
    newest = kept.newest if stale_after and kept.newest and kept.newest <= now else None
    since = newest or kept.came
    if since is None or now - since <= (stale_after or _LONG):
        return ""
    what = "nothing newer than" if newest else "nothing new has come since"
    return f"stale: {what} {since:%Y-%m-%d %H:%M} UTC"
