"""How each part of hunter fares, what is switched off, and when each job last ran."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from hunter.clock import is_lately
from hunter.model import Report
from hunter.store import Store, to_moment, to_text

_FIGURE = re.compile(r"(?<!status )\b[0-9][0-9.,:]*")
"""How many, how far and when; with what status a server answers is a matter of its own."""

_TO_THE_MINUTE = len("2017-04-24T06:00")


@dataclass(frozen=True, slots=True)
class Standing:
    """The last report about a part, and since when it has been so."""

    report: Report
    since: datetime
    told: tuple[str, ...] = ()
    """The troubles of the part that the operator has heard of, until it is told that it is well."""
    told_at: datetime | None = None
    """When the operator heard of it last."""


@dataclass(frozen=True, slots=True)
class JobRun:
    """A job's last run; `finished_at` is None while it runs or when it was killed."""

    job: str
    started_at: datetime
    finished_at: datetime | None
    error: str


def record(store: Store, report: Report) -> bool:
    """Keep the report; True when the part's health or message changed.

    Of one that stays in trouble, other figures in the same words are no news: they would be a line
    in the journal at every try, for as long as it lasts.
    """
    named, at = (report.part, report.subject), to_text(report.at)
    fares = (int(report.healthy), report.message)
    # Most reports are no news; they come with every look at a domain, and of an idle daemon at
    # every second: what would be read as it stands there already is not written anew. SQL says
    # whether it does, for not all letters are kept as they come.
    before = store.row(
        "SELECT healthy, message, trouble, at, (healthy, message) = (?, ?) AS same"
        " FROM report WHERE (part, subject) = (?, ?)",
        (*fares, *named),
    )
    if before is not None and before["same"]:
        if (before["trouble"], _minute(before["at"])) != (report.trouble, _minute(at)):
            store.execute(
                "UPDATE report SET at = ?, trouble = ? WHERE (part, subject) = (?, ?)",
                (at, report.trouble, *named),
            )
        return False
    store.execute(
        "INSERT INTO report (part, subject, healthy, message, since, at, trouble)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
        " since = CASE WHEN healthy = excluded.healthy THEN since ELSE excluded.since END,"
        " healthy = excluded.healthy, message = excluded.message, at = excluded.at,"
        " trouble = excluded.trouble",
        (*named, *fares, at, at, report.trouble),
    )
    if before is None or before["healthy"] or report.healthy:
        return True
    return _words(before["message"]) != _words(report.message)


def _minute(at: str) -> str:
    """How exactly people are told when it was."""
    return at[:_TO_THE_MINUTE]


def _words(message: str) -> str:
    return _FIGURE.sub("", message)


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
                row["trouble"],
            ),
            to_moment(row["since"]),
            tuple(json.loads(row["told"])),
            to_moment(row["told_at"]) if row["told_at"] else None,
        )
        for row in rows
    )


def unwell(store: Store) -> frozenset[str]:
    """The parts that are in trouble, wholly or in some subject."""
    return frozenset(row["part"] for row in store.rows("SELECT part FROM report WHERE NOT healthy"))


def forget(store: Store, report: Report) -> None:
    """Know nothing of the part and subject any more."""
    store.execute(
        "DELETE FROM report WHERE (part, subject) = (?, ?)", (report.part, report.subject)
    )


def forget_track(store: Store, name: str) -> None:
    """Know nothing of a track any more, nor of what any service said when asked about it."""
    store.execute(
        "DELETE FROM report WHERE subject = ?1"
        " OR part LIKE 'sources.%' AND instr(subject, ?1 || ' ') = 1",
        (name,),
    )


def set_told(store: Store, standing: Standing, troubles: Iterable[str], now: datetime) -> None:
    """Note what the operator has heard of a part; nothing when they heard that it is well."""
    report = standing.report
    store.execute(
        "UPDATE report SET told = ?, told_at = ? WHERE part = ? AND subject = ?",
        (json.dumps(list(troubles)), to_text(now), report.part, report.subject),
    )


def told_last(store: Store) -> datetime | None:
    """When the operator last heard of any part."""
    row = store.row("SELECT max(told_at) AS at FROM report")
    return to_moment(row["at"]) if row and row["at"] else None


def switch_off(store: Store, part: str, reason: str, now: datetime) -> None:
    """Stop using a part until a person has mended it, or another try is due."""
    store.execute(
        "INSERT INTO switched_off VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        (part, reason, to_text(now)),
    )


def switch_all_on(store: Store) -> None:
    """A new start, or a new config: what was refused before deserves another try."""
    store.execute("DELETE FROM switched_off")


def switch_on_after(store: Store, pause: timedelta, now: datetime) -> None:
    """Whatever was refused so long ago deserves another try."""
    for row in store.rows("SELECT part, since FROM switched_off"):
        if not is_lately(to_moment(row["since"]), pause, now):
            store.execute("DELETE FROM switched_off WHERE part = ?", (row["part"],))


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


def part_of(job: str) -> str:
    """The part of hunter that a job belongs to: `source:case` works for `sources.case`."""
    return f"sources.{job.removeprefix('source:')}" if job.startswith("source:") else f"job.{job}"


def left_of(every: timedelta, last: JobRun | None, now: datetime) -> timedelta:
    """How long to wait for the next run; one that failed or was cut off is made up for at once."""
    if last is None or last.finished_at is None or last.error:
        return timedelta()
    # A clock that was ahead when it last ran does not make the wait longer than it ever is.
    return min(every, max(timedelta(), last.started_at + every - now))
