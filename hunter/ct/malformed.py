"""Entries that no parser accepts: counted, and the latest of them kept to be looked at."""

import json
from binascii import b2a_base64
from dataclasses import dataclass, field

from hunter.ct.entries import Entry, Page
from hunter.model import Json

_KEPT = 20
_MOST_NAMES = 20
_MOST_BYTES = 4096


@dataclass
class Malformed:
    """The malformed entries of one log; `kept` are the latest, with their bytes."""

    count: int = 0
    kept: list[dict[str, Json]] = field(default_factory=list)

    @property
    def latest(self) -> Json:
        """The index of the latest; None when there is none."""
        return self.kept[-1]["index"] if self.kept else None

    def add(self, page: Page) -> None:
        """Keep those of the page; one that is given again is not counted again."""
        known = {one["index"] for one in self.kept}
        new = [index for index in page.malformed if index not in known]
        self.count += len(new)
        self.kept += [_shown(page.entry(index - page.first)) for index in new[-_KEPT:]]
        del self.kept[:-_KEPT]

    def dump(self) -> str:
        """As JSON, for a cursor."""
        return json.dumps({"count": self.count, "kept": self.kept})


def load_malformed(text: str | None) -> Malformed:
    """What `dump` wrote; nothing if that was lost."""
    try:
        raw = json.loads(text or "{}")
        return Malformed(int(raw["count"]), list(raw["kept"]))
    except (ValueError, TypeError, KeyError):
        return Malformed()


def _shown(entry: Entry) -> dict[str, Json]:
    return {
        "index": entry.index,
        "timestamp": entry.timestamp,
        "entry": str(entry.kind),
        "names": list(entry.names[:_MOST_NAMES]),
        "bytes": b2a_base64(entry.der[:_MOST_BYTES], newline=False).decode(),
    }
