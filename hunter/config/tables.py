"""The tables of config.toml as a person writes them. What their fields mean stands with them.

No field is required here: what is missing is told with the rest of the faults.
"""

import re
from datetime import timedelta
from ipaddress import ip_address
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from hunter.model import NEWS
from hunter.net.host import host_and_port, is_host
from hunter.net.mailbox import is_address
from hunter.written import Duration, Interval, LocalPath, Table

_WITH_PORT = re.compile(r"(?:\[([0-9a-f:]+)\]|([\d.]+)):\d{1,5}", re.IGNORECASE)
_PAGE = re.compile(r"https?://[!-~]+|", re.IGNORECASE)
_ANY_PORT = 443


def _resolver(text: str) -> str:
    found = _WITH_PORT.fullmatch(text)
    try:
        ip_address(found[1] or found[2] if found else text)
    except ValueError as error:
        raise ValueError(f"{text!r} is no address of a resolver, such as 127.0.0.1") from error
    return text


def _own_server(text: str) -> str:
    if not is_host(text):
        host_and_port(text, _ANY_PORT)
    return text.lower()


def _contact(text: str) -> str:
    if not is_address(text.removeprefix("mailto:")) and not _PAGE.fullmatch(text):
        raise ValueError(f"{text!r} is no mail address, nor a page such as https://host/contact")
    return text


Port = Annotated[int, Field(ge=1, le=65535)]


class BrandTable(Table):
    """One `[[brand]]`."""

    domain: str = Field(default="", description="the domain you protect, such as en-marche.fr")
    keywords: tuple[str, ...] = Field(default=(), description="words people know you by")
    owned: tuple[str, ...] = Field(default=(), description="your other domains; they never alert")
    ignored: tuple[str, ...] = Field(default=(), description="names of others that are harmless")
    partners: tuple[str, ...] = Field(default=(), description="contractors and allies to watch too")


class SubscriberTable(Table):
    """One `[[subscriber]]`."""

    name: str = Field(default="", description="who this is, for status and logs")
    channels: dict[str, tuple[str, ...]] = Field(
        default_factory=dict,
        description='channel and addresses, such as { email = ["it@example.fr"], slack = [] }',
    )
    brands: tuple[str, ...] = Field(default=(), description="brand domains; all when left out")
    minimum: str = Field(default="medium", description="the lowest severity to be told of")
    transitions: tuple[str, ...] = Field(
        default=NEWS, description="what to be told of: opened, raised, changed, a state of triage"
    )
    digest: str = Field(default="at once", description='"at once", "hourly" or "daily"')
    digest_at: str = Field(default="08:00", description="when a daily digest is due, HH:MM")
    quiet: str = Field(default="", description='hours without messages, such as "22:00-07:00"')
    urgent: str = Field(
        default="critical",
        description='the severity that breaks digest, quiet hours and daily limit; or "none"',
    )
    zone: str = Field(default="UTC", description="the time zone of these hours: Europe/Paris")
    language: str = Field(default="en", description="en or fr")
    attach: tuple[str, ...] = Field(
        default=(), description="exports that go with each mail, such as csv and stix"
    )
    operator: bool | None = Field(
        default=None,
        description="whether to tell them of trouble in hunter itself; the first one, if nobody is",
    )


class NetTable(Table):
    """`[net]`: the ways out."""

    contact: Annotated[str, AfterValidator(_contact)] = Field(
        default="", description="an address others can write to about hunter"
    )
    dns_servers: tuple[Annotated[str, AfterValidator(_resolver)], ...] = Field(
        default=(), description="resolvers; the system's if empty"
    )
    dns_port: Port = Field(default=53, description="their port")
    whois_port: Port = Field(default=43, description="port of WHOIS servers")
    private_hosts: tuple[Annotated[str, AfterValidator(_own_server)], ...] = Field(
        default=(), description="your own servers, host or host:port, on private addresses"
    )
    allow_private: bool = Field(default=False, description="reach private addresses; for tests")


class StoreTable(Table):
    """`[store]`: where hunter keeps what it knows, and for how long. For ever where not said."""

    folder: LocalPath | None = Field(default=None, description="state folder")
    keep_letters: Interval | None = Field(default=None, description="the text of sent letters")
    keep_domains: Interval | None = Field(
        default=None, description="lookalikes that led to no alert and were not seen again"
    )
    keep_history: Interval | None = Field(
        default=None, description="facts that ended, of domains without an alert"
    )


class MetricsTable(Table):
    """`[metrics]`: figures for Prometheus, on 127.0.0.1 only."""

    port: Port | None = Field(default=None, description="off when left out")


class RulesTable(Table):
    """`[rules]`."""

    folders: tuple[LocalPath, ...] = Field(default=(), description="your own rule folders")
    shipped: bool = Field(default=True, description="use the rules that come with hunter")


class AlertsTable(Table):
    """`[alerts]`."""

    minimum: str = Field(default="medium", description="rules below this level open no alert")


class HealthTable(Table):
    """`[health]`: when the operator hears of trouble in hunter itself."""

    tell_after: Duration = Field(
        default=timedelta(minutes=1), description="how long trouble lasts before it is told"
    )
    passing_after: Duration = Field(
        default=timedelta(hours=1),
        description="the same for a server that does not answer, and for rules at fault",
    )
    over_after: Duration = Field(
        default=timedelta(minutes=10), description="how long all is well before that is told"
    )
    held_up_after: Interval = Field(
        default=timedelta(minutes=30),
        description="how long a step may take before systemd is to start hunter anew",
    )


class TracksTable(Table):
    """`[tracks]`."""

    automatic: bool = Field(default=True, description="watch registrants of grave alerts")


class TrackTable(Table):
    """One `[[track]]`."""

    field: str = Field(default="", description="what to watch, such as registrant_email or string")
    value: str = Field(default="", description="the value that domains share, as text in quotes")
    brand: str = Field(default="", description="for whom; the first brand when left out")
    excludes: tuple[str, ...] = Field(
        default=(), description="for a string: names that hold one of these are no finds"
    )


class File(Table):
    """The whole config file, as written."""

    brand: tuple[BrandTable, ...] = Field(
        default=(), description='what you protect: [[brand]] and domain = "en-marche.fr" below it'
    )
    subscriber: tuple[SubscriberTable, ...] = Field(
        default=(), description="who is told: [[subscriber]], and name and channels below it"
    )
    net: NetTable = NetTable()
    store: StoreTable = StoreTable()
    rules: RulesTable = RulesTable()
    alerts: AlertsTable = AlertsTable()
    health: HealthTable = HealthTable()
    metrics: MetricsTable = MetricsTable()
    tracks: TracksTable = Field(
        default=TracksTable(), description="what you watch yourself: [[track]], in the singular"
    )
    track: tuple[TrackTable, ...] = Field(
        default=(), description="what you watch: [[track]], and field and value below it"
    )
    sources: dict[str, dict[str, Any]] = Field(default_factory=dict)
    enrichers: dict[str, dict[str, Any]] = Field(default_factory=dict)
    notifiers: dict[str, dict[str, Any]] = Field(default_factory=dict)
