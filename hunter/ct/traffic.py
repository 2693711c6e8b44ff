"""What it costs to read the logs: an estimate with its date, and no promise.

Volumes are inferred from signed tree sizes over time and good to half or double. Bytes were
measured on the wire: pages of RFC 6962 logs, gzipped; data tiles; names tiles with the hash tiles
that prove them. Logs that run Sunlight serve names tiles, the others do not.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from hunter.ct.allowance import Allowances
from hunter.ct.choice import Choice
from hunter.ct.loglist import Kind

AS_OF = date(2026, 11, 22)
UNCERTAINTY = "give or take half"
_DAY = 86_400
_PAGE_BYTES = 2660
_TILE_BYTES = 540
_NAMES_BYTES = 69


@dataclass(frozen=True, slots=True)
class Volume:
    """What one operator's logs of one kind take in. `page` is the most entries of one answer."""

    operator: str
    kind: Kind
    millions_a_day: float
    page: int
    hosts: int
    names_tiles: bool = False


VOLUMES = (
    Volume("Google", Kind.RFC6962, 24, 32, 1),
    Volume("Cloudflare", Kind.RFC6962, 19, 256, 1),
    Volume("DigiCert", Kind.RFC6962, 23, 256, 2),
    Volume("Sectigo", Kind.RFC6962, 16, 256, 4),
    Volume("TrustAsia", Kind.RFC6962, 17, 256, 3),
    Volume("Google", Kind.STATIC, 30, 256, 1),
    Volume("IPng Networks", Kind.STATIC, 13, 256, 4, names_tiles=True),
    Volume("Let's Encrypt", Kind.STATIC, 11, 256, 2, names_tiles=True),
    Volume("Geomys", Kind.STATIC, 5, 256, 4, names_tiles=True),
    Volume("TrustAsia", Kind.STATIC, 3, 256, 1),
)


@dataclass(frozen=True, slots=True)
class Cost:
    """What it takes to keep up with one operator's logs of one kind, per second."""

    operator: str
    kind: Kind
    entries: float
    requests: float
    allowed: float
    """Requests that its hosts may be asked at most."""
    whole: float
    """Bytes, if nothing held it back."""

    @property
    def keeps_up(self) -> bool:
        """Whether the allowance is enough; else the log is read with a growing delay."""
        return self.requests <= self.allowed

    @property
    def bytes(self) -> float:
        """Bytes that will flow."""
        return self.whole if self.keeps_up else self.whole * self.allowed / self.requests

    @property
    def megabits(self) -> float:
        """The same in Mbit."""
        return self.bytes * 8 / 1e6


def costs(
    choice: Choice,
    allowances: Allowances,
    *,
    names_tiles: bool,
    volumes: Iterable[Volume] = VOLUMES,
) -> tuple[Cost, ...]:
    """The cost of what is chosen, operator by operator."""
    return tuple(
        _cost(volume, allowances, names_tiles=names_tiles and volume.names_tiles)
        for volume in volumes
        if not choice.unwanted(volume.operator, volume.kind)
    )


def _cost(volume: Volume, allowances: Allowances, *, names_tiles: bool) -> Cost:
    entries = volume.millions_a_day * 1e6 / _DAY
    # A names tile is nothing without the hash tile that proves it.
    requests = entries / volume.page * (2 if names_tiles else 1)
    size = _PAGE_BYTES if volume.kind is Kind.RFC6962 else _TILE_BYTES
    return Cost(
        operator=volume.operator,
        kind=volume.kind,
        entries=entries,
        requests=requests,
        allowed=allowances.most(volume.operator) * volume.hosts,
        whole=entries * (_NAMES_BYTES if names_tiles else size),
    )
