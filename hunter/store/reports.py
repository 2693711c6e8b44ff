"""How each part of hunter fares, what is switched off, and when each job last ran."""

from dataclasses import dataclass
from datetime import datetime

from hunter.model import Report
from hunter.store import Store, to_moment, to_text


@dataclass(frozen=True, slots=True)
class Standing:
    """The last report about a part, and since when it has been so."""

    report: Report
    since: datetime


@dataclass(frozen=True, slots=True)
class JobRun:
    """A job's last run; `finished_at` is None while it runs or when it was killed."""

    job: str
    started_at: datetime
    finished_at: datetime | None
    error: str


def record(store: Store, report: Report) -> bool:
    """Keep the report; True when the part's health or message changed."""
    with store.transaction():
        row = store.row(
            "SELECT healthy, message FROM report WHERE part = ? AND subject = ?",
            (report.part, report.subject),
        )
        news = row is None or (bool(row["healthy"]), row["message"]) != (
            report.healthy,
            report.message,
        )
        store.execute(
            "INSERT INTO report VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
            " since = CASE WHEN healthy = excluded.healthy THEN since ELSE excluded.since END,"
            " healthy = excluded.healthy, message = excluded.message, at = excluded.at",
            (
                report.part,
                report.subject,
                int(report.healthy),
                report.message,
                to_text(report.at),
                to_text(report.at),
            ),
        )
    return news


def standings(store: Store) -> tuple[Standing, ...]:
    """The last report of every part and subject."""
    rows = store.rows("SELECT * FROM report ORDER BY part, subject")
    return tuple(
        Standing(
            Report(
                row["part"],
                bool(row["healthy"]),
                row["message"],
                to_moment(row["at"]),
                row["subject"],
            ),
            to_moment(row["since"]),
        )
        for row in rows
    )


def switch_off(store: Store, part: str, reason: str, now: datetime) -> None:
    """Stop using a part until a person has mended it."""
    store.execute(
        "INSERT INTO switched_off VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        (part, reason, to_text(now)),
    )


def switch_all_on(store: Store) -> None:
    """A new start, or a new config: what was refused before deserves another try."""
    store.execute("DELETE FROM switched_off")


def switched_off(store: Store) -> dict[str, str]:
    """part → why it is off."""
    return {row["part"]: row["reason"] for row in store.rows("SELECT * FROM switched_off")}


def job_started(store: Store, job: str, now: datetime) -> None:
    """Open the job's line in the ledger."""
    store.execute(
        "INSERT INTO job_run VALUES (?, ?, NULL, '') ON CONFLICT DO UPDATE SET"
        " started_at = excluded.started_at, finished_at = NULL, error = ''",
        (job, to_text(now)),
    )


def job_finished(store: Store, job: str, now: datetime, error: str = "") -> None:
    """Close the job's line in the ledger."""
    store.execute(
        "UPDATE job_run SET finished_at = ?, error = ? WHERE job = ?", (to_text(now), error, job)
    )


def job_runs(store: Store) -> dict[str, JobRun]:
    """job → its last run."""
    return {
        row["job"]: JobRun(
            row["job"],
            to_moment(row["started_at"]),
            to_moment(row["finished_at"]) if row["finished_at"] else None,
            row["error"],
        )
        for row in store.rows("SELECT * FROM job_run")
    }
