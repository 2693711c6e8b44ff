"""How far the canary came, and the removal of its traces."""

from hunter.store import Store
from hunter.store.retention import forget_wholly

_ALL = "canary-*.invalid"


def stage(store: Store, domain: str) -> str:
    """The step that it waits for: `match`, `enrich` or `judge`; empty when it is through those."""
    row = store.row("SELECT enriched, judge FROM domain WHERE domain = ?", (domain,))
    if row is None:
        return "match"
    if not row["enriched"]:
        return "enrich"
    return "judge" if row["judge"] else ""


def unsent(store: Store, recipient: str) -> tuple[str, ...]:
    """The channels on which its letters wait."""
    rows = store.rows(
        "SELECT DISTINCT channel FROM outbox WHERE subscriber = ? AND state != 'sent'"
        " ORDER BY channel",
        (recipient,),
    )
    return tuple(row["channel"] for row in rows)


def forget(store: Store, recipient: str) -> None:
    """Remove every canary with its alerts and letters: it must not stand among lookalikes."""
    domains = store.rows("SELECT domain FROM domain WHERE domain GLOB ?", (_ALL,))
    with store.transaction():
        # The letters go with the alerts: a later alert may get a number anew, and its letters too.
        store.execute("DELETE FROM outbox WHERE subscriber = ?", (recipient,))
        store.execute(
            "DELETE FROM transition WHERE alert IN (SELECT id FROM alert WHERE domain GLOB ?)",
            (_ALL,),
        )
        store.execute("DELETE FROM alert WHERE domain GLOB ?", (_ALL,))
        forget_wholly(store, [row["domain"] for row in domains])
