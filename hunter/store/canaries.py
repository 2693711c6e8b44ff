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


def waits(store: Store, channel: str, recipient: str) -> bool:
    """Whether a letter of its waits on the channel."""
    row = store.row(
        "SELECT 1 FROM outbox WHERE channel = ? AND subscriber = ? AND state = 'pending' LIMIT 1",
        (channel, recipient),
    )
    return row is not None


def forget(store: Store, recipient: str) -> None:
    """Remove every canary with its alerts and letters: it must not stand among lookalikes."""
    rows = store.rows("SELECT domain FROM domain WHERE domain GLOB ?", (_ALL,))
    domains = [row["domain"] for row in rows]
    with store.transaction():
        for domain in domains:
            for row in store.rows("SELECT id FROM alert WHERE domain = ?", (domain,)):
                _forget_alert(store, row["id"], recipient)
        forget_wholly(store, domains)


def _forget_alert(store: Store, alert: int, recipient: str) -> None:
    """With its letters: a later alert may get its number anew, and their keys with it."""
    letters = (f"{alert}.*", recipient)
    store.execute("DELETE FROM outbox WHERE key GLOB ? AND subscriber = ?", letters)
    store.execute("DELETE FROM transition WHERE alert = ?", (alert,))
    store.execute("DELETE FROM alert WHERE id = ?", (alert,))
