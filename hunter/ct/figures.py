"""What the operator is told of one log: how far it is verified, how far behind, at what rate."""

import json
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from hunter.ct.allowance import Allowance
from hunter.ct.malformed import Malformed
from hunter.ct.treehead import TreeHead
from hunter.model import Json

_HEADS = 60


@dataclass
class Figures:
    """Counts of one log while it is followed."""

    url: str
    """Where the log is read."""
    allowance: Allowance
    """That of its host, which all logs there share."""
    verified: int = 0
    """Entries before the verified position."""
    verified_at: datetime | None = None
    """When the last of them was logged, or when the log signed that there are no more."""
    entries: int = 0
    """Read since the start."""
    requests: int = 0
    """For entries, since the start."""
    malformed: Malformed = field(default_factory=Malformed)
    heads: deque[TreeHead] = field(default_factory=lambda: deque(maxlen=_HEADS))
    """The newest that have come, none of them of a time to come."""
    _signed: int = -1
    """The time of the last of them as it was signed, in milliseconds."""
    contact: datetime | None = None
    """When the log last gave a good answer."""

    def see(self, head: TreeHead, now: datetime) -> None:
        """A good tree head has come; the same one again is no news, nor an older one.

        One of a time to come was signed by a clock that was wrong: it counts as signed now, and as
        older than the next.
        """
        latest = int(now.timestamp() * 1000)
        was_ahead = self._signed > latest and head.timestamp != self._signed
        if head.timestamp > self._signed or was_ahead:
            self._signed = head.timestamp
            self.heads.append(replace(head, timestamp=min(head.timestamp, latest)))
            if not self.behind:
                self.verified_at = self.heads[-1].time
            if self.needed is not None:
                self.allowance.needs[self.url] = self.needed

    def leave(self) -> None:
        """The log is followed no longer, and takes no turns from the others on its host."""
        self.allowance.needs.pop(self.url, None)

    @property
    def behind(self) -> int:
        """Entries that the newest head covers and the verified position does not."""
        return max(0, self.heads[-1].size - self.verified) if self.heads else 0

    @property
    def lag(self) -> timedelta:
        """How much older what is verified is than the newest head, when any entry is missing."""
        if not self.behind or self.verified_at is None:
            return timedelta()
        return max(timedelta(), self.heads[-1].time - self.verified_at)

    @property
    def needed(self) -> float | None:
        """Requests a second it takes to keep up with the log's growth; None while unknown."""
        if len(self.heads) < 2 or not self.requests or not self.entries:  # noqa: PLR2004 — a slope
            return None
        first, last = self.heads[0], self.heads[-1]
        growth = (last.size - first.size) * 1000 / max(1, last.timestamp - first.timestamp)
        return growth * self.requests / self.entries

    @property
    def host_needed(self) -> float:
        """The same for all logs of its host together, as far as it is known."""
        # Its own changes with each page, also between two heads.
        others = (need for url, need in self.allowance.needs.items() if url != self.url)
        return sum(others, self.needed or 0.0)

    def row(self) -> dict[str, Json]:
        """The same as values; None where it is not known."""
        needed, head = self.needed, self.heads[-1].time if self.heads else None
        return {
            "verified": self.verified,
            "behind": self.behind,
            "lag_minutes": round(self._minutes, 1),
            "needed": None if needed is None else round(needed, 3),
            "host_needed": round(self.host_needed, 3),
            "allowed": self.allowance.most,
            "malformed": self.malformed.count,
            "head": head.isoformat() if head else None,
            "contact": self.contact.isoformat() if self.contact else None,
            "verified_at": self.verified_at.isoformat() if self.verified_at else None,
        }

    @property
    def _minutes(self) -> float:
        return self.lag.total_seconds() / 60

    @property
    def _need(self) -> str:
        mine = f"{self.needed:.2f}"
        alone = not self.allowance.needs.keys() - {self.url}
        return mine if alone else f"{mine}, its host's logs {self.host_needed:.2f},"

    def __str__(self) -> str:
        late = f"{self.behind} behind ({self._minutes:.0f} min)"
        told = [f"verified to entry {self.verified}, {late}"]
        if self.needed is not None:
            told.append(f"needs {self._need} of {self.allowance.most:g} requests/s")
        if self.malformed.count:
            told.append(f"{self.malformed.count} malformed, the latest {self.malformed.latest}")
        return "; ".join(told)


def stream_of(url: str) -> str:
    """The name under which the row of the log at `url` is kept."""
    return url + "#figures"


def load_row(text: str | None) -> Mapping[str, Json]:
    """A row as it was kept, as JSON; empty if it was lost."""
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def load_moment(text: str | None, key: str) -> datetime | None:
    """When the log last gave a good answer (`contact`), or the like, from a row that was kept."""
    moment = load_row(text).get(key)
    try:
        return datetime.fromisoformat(moment) if isinstance(moment, str) else None
    except ValueError:
        return None
