"""What a drop-in of each family must offer, and the promises on both sides.

A drop-in is a plain module that `tests/test_contracts.py` holds against its Protocol; `settings` is
always of the module's own `Settings`. Its file name is its name in the config:
`hunter/enrichers/tor.py` is `[enrichers.tor]`, is tested in `tests/enrichers/test_tor.py`, and has
a heading in `docs/enrichers.md`.

A source, enricher or notifier may have `TROUBLES`, language → what it says is wrong → what that is
there, with `{gaps}` for what differs. It is read in English otherwise, and where the gaps do not
fit.
"""

from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from pydantic import Field

from hunter.model import (
    Alert,
    Brand,
    Dossier,
    Fact,
    Json,
    Match,
    PastFact,
    Report,
    Track,
    Value,
)
from hunter.notice import Notice
from hunter.written import Interval, LocalPath, Table

if TYPE_CHECKING:
    # A command that opens no door need not load what is behind it.
    from hunter.net.dns import DnsDoor
    from hunter.net.http import HttpDoor
    from hunter.net.reach import Server
    from hunter.net.tls import TlsDoor
    from hunter.net.whois import WhoisDoor


class Settings(Table):
    """The base of every drop-in's `Settings`, which is frozen and strict and refuses unknown keys.

    Every key has a default or is required by its nature, and a `Field(description=...)` in words
    for a person who is not a security specialist. Lists are tuples.

    `hunter doctor` knocks at every URL among the values, and at whom it `reaches`. Where only those
    with an account ask a service, the key of its URL and that of its secret begin alike:
    `dnsdb_url` and `dnsdb_key_file`.
    """

    enabled: bool = True

    def places(self) -> frozenset[str] | None:
        """The subjects of its reports, where the settings alone name them; None where not."""
        return None

    def unread(self) -> frozenset[str]:
        """The keys that are not looked at, because of what others of its keys say."""
        return frozenset()

    def reaches(self) -> "tuple[Server, ...]":
        """Those it connects to by host and port; a URL among the values need not be repeated."""
        return ()


def _tls() -> "TlsDoor":
    from hunter.net.tls import TlsDoor

    return TlsDoor()


@dataclass(frozen=True, slots=True)
class Doors:
    """The ways out. A drop-in never opens a socket of its own where one of these will do."""

    http: "HttpDoor"
    dns: "DnsDoor"
    whois: "WhoisDoor"
    tls: "TlsDoor" = field(default_factory=_tls)


def _nothing(_line: int) -> Mapping[str, Json]:
    return {}


@dataclass(frozen=True, slots=True)
class Batch:
    """Names, and the place to go on from once they are dealt with.

    The names are newline-joined bytes exactly as the source has them (`batch_of` joins those that
    came one by one); whoever takes the batch scans them as one block. `origin(line)` tells what the
    source knew of one line (0-based) and is asked for hits only. Hits and `cursor` are written in
    one transaction.
    """

    names: bytes
    cursor: str
    stream: str = ""
    """Which of the source's cursors this is: a file, a log. Empty when it has one only."""
    origin: Callable[[int], Mapping[str, Json]] = _nothing
    seen_at: datetime | None = None
    """When the names showed themselves, if that is not now."""
    track: Track | None = None
    """Set when a track found the names: then each of them is a hit, whatever it looks like."""


def batch_of(
    told: Iterable[tuple[str, Mapping[str, Json]]],
    cursor: str,
    stream: str = "",
    track: Track | None = None,
) -> Batch:
    """A batch of names that came one by one, as JSON has them, each with what is known of it.

    A text with a newline is no name, and is left out: every name after it would be taken for its
    neighbour.
    """
    lines = [(name, about) for name, about in told if "\n" not in name]
    names = "\n".join(name for name, _ in lines).encode("utf-8", "replace")
    return Batch(names, cursor, stream, lambda line: lines[line][1], track=track)


def _always(_provider: str, _a_day: int) -> bool:
    return True


def _to_nobody(_report: Report) -> None:
    return


def _recall_nothing(_key: str) -> str | None:
    return None


def _remark_nothing(_words: str) -> None:
    return


def _keep_nothing(_key: str, _value: str) -> None:
    return


@dataclass(frozen=True, slots=True)
class SourceContext:
    """What a source is given."""

    brands: tuple[Brand, ...]
    tracks: tuple[Track, ...]
    cursor: Callable[[str], str | None]
    """stream → the cursor committed last, or None at the first start."""
    now: Callable[[], datetime]
    doors: Doors
    report: Callable[[Report], None]
    """Tell the operator how the source fares; the same report again is not news."""
    spend: Callable[[str, int], bool] = _always
    recall: Callable[[str], str | None] = _recall_nothing
    keep: Callable[[str, str], None] = _keep_nothing
    """These three as an enricher has them: who asks with its account has its budget and memory."""


class Source(Protocol):
    """Where names come from.

    `Settings` has a field `every: Interval`: a scheduled source is gathered from each time it has
    passed. A source whose `Settings` has no `every` is a stream: `gather` goes on until cancelled.
    """

    Settings: type[Settings]

    def gather(self, settings: Any, context: SourceContext) -> AsyncIterator[Batch]:
        """Yield batches in order; raises WillPass or WillNotPass.

        An answer that cannot be read is trouble that passes. One bad feed must not stop its
        siblings. After trouble it is asked again in ten minutes, or sooner where `every` is
        shorter, but not before `retry_after`; a stream, after pauses that grow to ten minutes.
        """
        ...


def _nobody(_field: str, _value: Value) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class EnricherContext:
    """What an enricher is given."""

    now: Callable[[], datetime]
    doors: Doors
    brands: tuple[Brand, ...] = ()
    sharing: Callable[[str, Value], tuple[str, ...]] = _nobody
    """field, value → the subjects known to carry it, now or before."""
    spend: Callable[[str, int], bool] = _always
    """provider, questions a day → whether it may be asked once more today, which is then counted.

    The count outlives a restart.
    """
    report: Callable[[Report], None] = _to_nobody
    """Tell the operator how one of several providers fares; the same report again is not news."""
    recall: Callable[[str], str | None] = _recall_nothing
    """key → what was kept under it, also before a restart; it begins with the enricher's name."""
    keep: Callable[[str, str], None] = _keep_nothing


class EnricherSettings(Settings):
    """The base of an enricher's `Settings`."""

    VISITS: ClassVar[bool] = False
    """Whether it connects to the suspect's own server, which then sees who looks."""

    refresh: Interval = timedelta(hours=1)
    """An answer younger than this is not asked for again."""
    retry: Interval = timedelta(minutes=10)
    """How soon to ask again for what could not be found out; longer where each question costs."""


class Enricher(Protocol):
    """Finds out facts about one domain.

    It may also have `LABELS`, language → field → what people call it there: for fields that
    `hunter.wording` has no name for, and that would be read as their English words otherwise.
    """

    Settings: type[EnricherSettings]
    FIELDS: Mapping[str, str]
    """Field → meaning, of what rules may use then.

    How a meaning is written says what the field holds, to whoever checks rules, searches, or is
    told a fact by a person. One that begins with "whether " is of true or false; with "how many",
    "how much", "how often" or a range such as "0 to 100" of numbers; one that ends in ", YYYYMMDD"
    of days (20170412); any other of texts, addresses among them. `hunter rules fields` shows what
    was understood.
    """
    AFTER: tuple[str, ...]
    """Enrichers whose answers this one needs; they are asked first."""

    def wants(self, dossier: Dossier, settings: Any) -> bool:
        """Whether it can say anything about this domain, and need be asked at all.

        When not, what it told of the domain before holds no longer.
        """
        ...

    async def enrich(
        self, dossier: Dossier, settings: Any, context: EnricherContext
    ) -> Sequence[Fact]:
        """The answers now, one Fact per value; `dossier` holds those of the enrichers in AFTER.

        For every field of FIELDS that was asked for, either its values, or one Fact with value None
        and the reason, or nothing at all when the answer is certainly "none" (no MX records).
        Network trouble is a reason, not an exception; WillPass only when nothing at all was learnt.
        The next domain is asked about all the same: a server that wants to be left alone is so by
        `hunter.hushed`, over a restart, too, and a day's questions are counted by `spend`.
        A stranger may tell a hundred thousand values: keep a few. Of one field, 5,000 are taken.
        """
        ...


THE_PLACE = ("",)
"""The only place of a channel that uses no addresses."""


class NotifierSettings(Settings):
    """The base of a notifier's `Settings`."""

    an_hour: int = Field(
        default=10,
        ge=1,
        description="messages an hour to one subscriber; what comes faster is told in one message",
    )
    a_day: int = Field(
        default=100,
        ge=1,
        description="messages a day to one subscriber; what is over is told together the next day",
    )
    folder: LocalPath | None = Field(
        default=None, description="write the messages there as files and send nothing"
    )

    def fault_in(self, _addresses: Sequence[str]) -> str:
        """Why a subscriber who gives these would not be reached, in words; empty where they are.

        `hunter check` says it. Besides a wrong address it is that nothing says where to send.
        """
        return ""

    def places_of(self, addresses: Sequence[str]) -> tuple[str, ...]:
        """Where a message to these goes, each place once; `THE_PLACE` alone where none is used."""
        return tuple(dict.fromkeys(addresses)) or THE_PLACE


@dataclass(frozen=True, slots=True)
class NotifierContext:
    """What a notifier is given."""

    now: Callable[[], datetime]
    doors: Doors
    recall: Callable[[str], str | None] = _recall_nothing
    """key → what the notifier kept under it, also before a restart."""
    keep: Callable[[str, str], None] = _keep_nothing
    remark: Callable[[str], None] = _remark_nothing
    """Says what is not well although the notice arrives; it stands in the status."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who gets the notice: the subscriber's name and the addresses they gave for this channel."""

    subscriber: str
    addresses: tuple[str, ...] = field(default=())


class Notifier(Protocol):
    """Tells people.

    When `settings.folder` is set, each message is written there and nothing is sent; the name of
    the file holds the notice's domain, as `net.folder.file_name` makes it. So the canary is told to
    nobody: its letters go to a folder of each channel, and are looked for there.
    """

    Settings: type[NotifierSettings]
    FOLLOWS_STATE: bool
    """Whether it is also given silent notices, by which it brings up to date what it showed."""
    CARRIES_FILES: bool
    """Whether the files of a notice reach the subscriber with it."""

    async def send(
        self, notice: Notice, recipient: Recipient, settings: Any, context: NotifierContext
    ) -> None:
        """Return only after the other side accepted; raises WillPass or WillNotPass.

        After TooLarge it is asked again, with fewer files in the notice; Unwelcome keeps no other
        notice from being sent, nor does Partly. WillPass is `in_doubt`
        when the other side may have accepted it, though it did not say so.
        """
        ...


@dataclass(frozen=True, slots=True)
class Case:
    """What is handed on: an alert with all that is known of its domain.

    `dossier.at` is the moment of handing on; `history` is of the domain and of the hosts under it.
    """

    alert: Alert
    dossier: Dossier
    history: tuple[PastFact, ...] = ()
    is_left_out: bool = False
    """Whether the config says by now that the domain is ours or harmless."""
    others: tuple[Match, ...] = ()
    """By which other names of the domain the brand is imitated too."""
    named_at: datetime | None = None
    """When the newest of its names was first seen."""


class ExportSettings(Table):
    """The base of an export's `Settings`: the choices of who exports, each with a default.

    They stand in no config: each is one `--set KEY=VALUE` on the command line.
    """


class Export(Protocol):
    """A format in which cases are handed on. Pure: no network, no store, no clock of its own."""

    Settings: type[ExportSettings]
    MEDIA: str
    """The media type (RFC 6838)."""
    SUFFIX: str
    """The end of a file's name, with its dot, and no other format's: several go with one mail."""

    def export(self, cases: Iterable[Case], settings: Any, at: datetime) -> bytes | Iterator[bytes]:
        """The whole file, also for no case at all; the same cases at the same moment are the same.

        The cases come one by one, and once: all that is known of thirty thousand fills the memory.
        So would a file of many lines for each, which is made piece by piece (`hunter.spool`).
        Values are as they are, for machines; nothing in them steers a reader or starts a formula.
        """
        ...
