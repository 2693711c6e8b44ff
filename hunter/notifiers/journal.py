"""A log: systemd's journal or a syslog server, with fields that a SIEM reads without guessing."""

from collections.abc import Iterator, Sequence
from typing import Literal, TypeAlias

from pydantic import Field, field_validator

from hunter.contracts import THE_PLACE, NotifierContext, NotifierSettings, Recipient
from hunter.model import Level
from hunter.net import syslog
from hunter.net.folder import drop_notice
from hunter.net.reach import Server
from hunter.net.syslog import Record
from hunter.notice import Notice
from hunter.wording import clean, scrub
from hunter.wording.as_data import live
from hunter.wording.as_text import text
from hunter.wording.frame import in_a_line
from hunter.written import LocalPath

_PRIORITIES = {
    Level.INFORMATIONAL: 6,
    Level.LOW: 5,
    Level.MEDIUM: 4,
    Level.HIGH: 3,
    Level.CRITICAL: 2,
}
_FACILITIES = {"daemon": 3, "auth": 4} | {f"local{number}": 16 + number for number in range(8)}
_JOURNAL = "journal"

Facility: TypeAlias = Literal[
    "daemon", "auth",
    "local0", "local1", "local2", "local3", "local4", "local5", "local6", "local7",
]  # fmt: skip
_MAX_RULES = 12
FOLLOWS_STATE = False
CARRIES_FILES = False


class Settings(NotifierSettings):
    """Which log, and how its lines are filed."""

    an_hour: int = Field(default=100_000, ge=1, description="entries an hour, one by one")
    a_day: int = Field(default=1_000_000, ge=1, description="entries a day")
    to: str = Field(
        default=_JOURNAL,
        description="journal for systemd's own; for a syslog server udp://HOST:PORT,"
        " tcp://HOST:PORT or the path of its socket",
    )
    facility: Facility = Field(default="local0", description="syslog's heading for it")
    folder: LocalPath | None = Field(
        default=None, description="write the entries there as files and log nothing"
    )

    @field_validator("to")
    @classmethod
    def _is_a_place(cls, to: str) -> str:
        if to != _JOURNAL:
            syslog.place(to)
        return to

    def places_of(self, _addresses: Sequence[str]) -> tuple[str, ...]:
        """The one log."""
        return THE_PLACE

    def reaches(self) -> tuple[Server, ...]:
        """The log's server, where it would answer: over UDP none does."""
        where = None if self.to == _JOURNAL else syslog.place(self.to)
        if where is None or where.kind != "tcp":
            return ()
        return (Server(where.host, where.port, tls=False, own=True),)


async def send(
    notice: Notice, recipient: Recipient, settings: Settings, _context: NotifierContext
) -> None:
    """Log it; returns when the log took it, as far as its protocol tells. Raises WillPass."""
    if settings.folder is not None:
        entry = syslog.journal_entry(_record(notice, recipient, whole=True))
        drop_notice(settings.folder, notice, recipient.subscriber, ".journal", entry)
    elif settings.to == _JOURNAL:
        await syslog.send_to_journal(syslog.JOURNAL, _record(notice, recipient, whole=True))
    else:
        where = syslog.place(settings.to)
        facility = _FACILITIES[settings.facility]
        await syslog.send_to_syslog(where, _record(notice, recipient, whole=False), facility)


def _record(notice: Notice, recipient: Recipient, *, whole: bool) -> Record:
    """One line for people, the fields, and for the journal the whole message in `details`."""
    safe = scrub(notice)
    data = tuple(_fields(safe, recipient))
    details = (("details", text(notice)),) if whole else ()
    return Record(safe.at, _PRIORITIES[safe.severity], safe.kind, in_a_line(safe), data + details)


def _fields(notice: Notice, recipient: Recipient) -> Iterator[tuple[str, str]]:
    yield "key", clean(notice.key)
    yield "kind", notice.kind
    yield "severity", str(notice.severity)
    yield "brand", live(notice.brand)
    yield "domain", live(notice.domain)
    yield "subscriber", recipient.subscriber
    yield from (("rule", finding.rule_id) for finding, _ in notice.findings[:_MAX_RULES])
