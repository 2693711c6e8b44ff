"""For which brands the stored names were gone through, and the finds that are told together."""

from collections.abc import Collection
from datetime import datetime

from hunter.store import Store, to_moment, to_text

PART = "brands"
"""How reports call what came of it, by brand."""


def meaning(store: Store, brand: str) -> str | None:
    """What the brand meant when the stored names were gone through for it; None when never."""
    row = store.row("SELECT meaning FROM hunted_back WHERE brand = ?", (brand,))
    return None if row is None else str(row["meaning"])


def set_hunted(store: Store, brand: str, meaning: str, now: datetime) -> None:
    """All stored names were held against the brand."""
    store.execute(
        "INSERT INTO hunted_back VALUES (?, ?, ?) ON CONFLICT DO UPDATE"
        " SET meaning = excluded.meaning, at = excluded.at",
        (brand, meaning, to_text(now)),
    )


def forget_others(store: Store, brands: Collection[str]) -> None:
    """Forget the brands that are protected no longer: what comes meanwhile is not held to them."""
    for row in store.rows("SELECT brand FROM hunted_back"):
        if row["brand"] not in brands:
            store.execute("DELETE FROM hunted_back WHERE brand = ?", (row["brand"],))


def names_after(store: Store, name: str, limit: int) -> tuple[str, ...]:
    """The stored names in their order, from behind one on."""
    rows = store.rows(
        "SELECT DISTINCT name FROM sighting WHERE name > ? ORDER BY name LIMIT ?", (name, limit)
    )
    return tuple(row["name"] for row in rows)


def is_matched(store: Store, name: str, brand: str) -> bool:
    """Whether the name is known to imitate the brand."""
    return store.row("SELECT 1 FROM match WHERE name = ? AND brand = ?", (name, brand)) is not None


def add(store: Store, brand: str, domain: str, now: datetime) -> None:
    """A stored domain turned out to be a lookalike of the brand."""
    store.execute(
        "INSERT INTO retro_find VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        (brand, domain, to_text(now)),
    )


def is_find(store: Store, brand: str, domain: str) -> bool:
    """Whether what is new about it waits to be told with the other finds."""
    found = store.row("SELECT 1 FROM retro_find WHERE brand = ? AND domain = ?", (brand, domain))
    return found is not None


def began(store: Store) -> datetime | None:
    """When the first find came that is not told yet; None when there is none."""
    row = store.row("SELECT min(at) AS at FROM retro_find")
    return to_moment(row["at"]) if row and row["at"] else None


def is_settled(store: Store) -> bool:
    """Whether the rules were held against every find."""
    waiting = store.row(
        "SELECT 1 FROM retro_find JOIN domain USING (domain) WHERE judge = 1 OR enriched = 0"
    )
    return waiting is None


def clear(store: Store) -> None:
    """The finds are told."""
    store.execute("DELETE FROM retro_find")
