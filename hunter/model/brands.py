"""What is protected."""

from dataclasses import dataclass
from enum import StrEnum


class BrandKind(StrEnum):
    """Whether the brand is the campaign's own, or a partner who would be the next target."""

    BRAND = "brand"
    PARTNER = "partner"


@dataclass(frozen=True, slots=True)
class Brand:
    """What is protected. `domain` is its identity; all names are lower-case A-labels."""

    domain: str
    keywords: tuple[str, ...] = ()
    owned: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    kind: BrandKind = BrandKind.BRAND
