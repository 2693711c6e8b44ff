"""Takedown letters: which were written, for whom and with what; which a person says they sent."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from hunter.store import Store, to_moment, to_text


@dataclass(frozen=True, slots=True)
class Entry:
    """One letter written, or sent. `digest` stands for the packet's whole content (SHA-256)."""

    brand: str
    domain: str
    at: datetime
    kind: Literal["written", "sent"]
    addressee: str
    """registrar, host, cdn, platform or registry."""
    contact: str
    file: str = ""
    digest: str = ""
    note: str = ""
    actor: str = "hunter"


def record(store: Store, entries: Sequence[Entry]) -> None:
    """Keep what was written or sent; nothing of it is ever changed."""
    store.execute_many(
        "INSERT INTO takedown (brand, domain, at, kind, addressee, contact, file, digest, note,"
        " actor) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                one.brand,
                one.domain,
                to_text(one.at),
                one.kind,
                one.addressee,
                one.contact,
                one.file,
                one.digest,
                one.note,
                one.actor,
            )
            for one in entries
        ],
    )


def listed(store: Store, domain: str | None = None) -> tuple[Entry, ...]:
    """Everything written and sent, or that about one domain; oldest first."""
    rows = store.rows(
        "SELECT * FROM takedown WHERE ?1 IS NULL OR domain = ?1 ORDER BY at, id", (domain,)
    )
    return tuple(_entry(row) for row in rows)


def _entry(row: sqlite3.Row) -> Entry:
    return Entry(
        brand=row["brand"],
        domain=row["domain"],
        at=to_moment(row["at"]),
        kind=row["kind"],
        addressee=row["addressee"],
        contact=row["contact"],
        file=row["file"],
        digest=row["digest"],
        note=row["note"],
        actor=row["actor"],
    )
