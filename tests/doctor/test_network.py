"""The resolver and the servers that the config needs."""

import asyncio
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509

from hunter.config import Config
from hunter.config.tables import NetTable
from hunter.doctor import network
from hunter.doctor.check import Check
from hunter.doctor.servers import servers
from hunter.enrichers import passive_dns, rdap, tor
from hunter.net.reach import Server
from hunter.notifiers import email, journal, slack
from hunter.sources import certstream, registrations
from tests.world.dns import dns_server
from tests.world.http import Response, http_server
from tests.world.hunting import BRAND, small_config
from tests.world.smtp import smtp_in_a_thread
from tests.world.thread import running
from tests.world.tls import own_certificate

NOW = datetime.now(UTC)
ZONE = {BRAND.domain: {"NS": ["ns1.example."]}}


def examined(config: Config) -> list[Check]:
    """All checks of the network."""

    async def look() -> list[Check]:
        return [check async for check in network.checks(config, NOW)]

    return asyncio.run(look())


@contextmanager
def net(zone: dict[str, dict[str, list[str]]]) -> Iterator[NetTable]:
    """The way to a resolver that knows of this zone."""
    with running(dns_server(zone)) as server:
        yield NetTable(dns_servers=("127.0.0.1",), dns_port=server.port, allow_private=True)


def test_a_resolver_that_answers_and_invents_nothing_is_good(tmp_path: Path) -> None:
    """Two lines about it."""
    with net(ZONE) as table:
        found = examined(small_config(tmp_path, net=table))

    assert [check.message for check in found] == [
        "answers for en-marche.fr",
        "invents no addresses",
    ]


def test_a_resolver_that_cannot_answer_is_a_fault(tmp_path: Path) -> None:
    """Nothing listens there: that it invents no addresses is not said of it either."""
    with running(dns_server(ZONE)) as server:
        port = server.port
    table = NetTable(dns_servers=("127.0.0.1",), dns_port=port)
    (only,) = examined(small_config(tmp_path, net=table))

    assert "could not answer" in only.message
    assert "dns_servers" in only.hint


def test_a_brand_that_does_not_exist_is_a_fault(tmp_path: Path) -> None:
    """Most likely it is misspelt."""
    with net({}) as table:
        first = examined(small_config(tmp_path, net=table))[0]

    assert first.message == "it says that en-marche.fr does not exist"


def test_a_resolver_that_invents_addresses_is_found_out(tmp_path: Path) -> None:
    """With such a one every name that a squatter could register would exist."""
    with net({**ZONE, "*.invalid": {"A": ["192.0.2.80"]}}) as table:
        found = examined(small_config(tmp_path, net=table))

    assert found[1].message == "it invents addresses: 192.0.2.80"


def test_every_server_is_knocked_at_and_asked_nothing(tmp_path: Path) -> None:
    """Plain and mail; a part whose server is gone is named with a hint."""
    with (
        net(ZONE) as table,
        running(http_server(lambda _: Response())) as lists,
        smtp_in_a_thread() as smtp,
    ):
        gone = "http://127.0.0.1:1/list.txt"
        feeds = (registrations.Feed(url=lists.url + "/new.txt"), registrations.Feed(url=gone))
        config = small_config(
            tmp_path,
            net=table,
            sources={"registrations": registrations.Settings(feeds=feeds)},
            notifiers={"email": email.Settings(host="127.0.0.1", port=smtp.port, tls="none")},
        )
        found = examined(config)[2:]

    assert sorted((check.subject, check.good) for check in found) == [
        ("notifiers.email", True),
        ("sources.registrations", False),
        ("sources.registrations", True),
    ]
    assert lists.requests == []
    (fault,) = [check for check in found if not check.good]
    assert "127.0.0.1:1" in fault.message
    assert "[sources.registrations]" in fault.hint


def test_a_mail_server_that_speaks_otherwise_is_told_with_what_to_try(tmp_path: Path) -> None:
    """TLS from the first byte on is for port 465; at 587 no firewall is to blame for it."""
    with net(ZONE) as table, smtp_in_a_thread() as smtp:
        settings = email.Settings(host="127.0.0.1", port=smtp.port, tls="tls")
        config = small_config(tmp_path, net=table, sources={}, notifiers={"email": settings})
        (fault,) = examined(config)[2:]

    assert "does tls fit the port" in fault.hint


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_certificate_that_nobody_signed_is_a_fault(tmp_path: Path) -> None:
    """Sending would fail later; one that ends soon is told with its day."""
    context, trusted = own_certificate(tmp_path)
    with net(ZONE) as table, running(http_server(lambda _: Response(), tls=context)) as server:
        stranger = email.Settings(host="127.0.0.1", port=server.port, tls="tls")
        refused = examined(small_config(tmp_path, net=table, notifiers={"email": stranger}))[2]
        known = stranger.model_copy(update={"ca_bundle": trusted})
        ending = examined(small_config(tmp_path, net=table, notifiers={"email": known}))[2]
    # asyncio's server forgets a connection that is broken off while shaking hands, with its socket.
    gc.collect()

    assert "certificate is refused" in refused.message
    ends = x509.load_pem_x509_certificate(trusted.read_bytes()).not_valid_after_utc
    assert f"ends on {ends:%Y-%m-%d}" in ending.message
    assert not ending.good


def test_a_server_whose_certificate_nobody_can_judge_is_not_asked(tmp_path: Path) -> None:
    """The fault is in the file to trust: neither host, port nor firewall is to be looked at."""
    with net(ZONE) as table, running(http_server(lambda _: Response())) as server:
        settings = email.Settings(
            host="127.0.0.1", port=server.port, tls="tls", ca_bundle=tmp_path / "none.pem"
        )
        config = small_config(tmp_path, net=table, sources={}, notifiers={"email": settings})
        (fault,) = examined(config)[2:]

    assert "none.pem gives no certificates: No such file" in fault.message
    assert fault.hint == "mend ca_bundle of [notifiers.email]"


@pytest.mark.parametrize(
    ("host", "said"), [("127.0.0.1", "127.0.0.1 is loopback"), ("[::1]", "::1 is loopback")]
)
def test_private_addresses_are_refused_as_they_will_be_later(
    tmp_path: Path, host: str, said: str
) -> None:
    """A list on a private address works only when [net] names it."""
    feed = registrations.Feed(url=f"http://{host}:9/new.txt")
    with net(ZONE) as table:
        closed = table.model_copy(update={"allow_private": False})
        settings = {"registrations": registrations.Settings(feeds=(feed,))}
        check = examined(small_config(tmp_path, net=closed, sources=settings))[2]

    assert f"is refused: {said}" in check.message
    assert check.hint.endswith(f'[net] private_hosts = ["{host}:9"]')


def test_servers_are_found_wherever_the_config_names_them(tmp_path: Path) -> None:
    """In lists, presets, secret files and as host and port; each once, with all who need it."""
    secret = tmp_path / "webhook"
    secret.write_text("https://hooks.example/T0/s3cret", encoding="utf-8")
    feeds = (registrations.Feed(preset="afnic-fr"), registrations.Feed(url="https://a.example/%Y"))
    config = small_config(
        tmp_path,
        sources={
            "registrations": registrations.Settings(feeds=feeds),
            "certstream": certstream.Settings(urls=("wss://a.example/", "ws://b.example:8080/")),
        },
        notifiers={
            "slack": slack.Settings(webhook_url_file=secret),
            "email": email.Settings(host="smtp.example", fallbacks=("mx.example:25",)),
            "journal": journal.Settings(to="tcp://siem.example:6514"),
        },
    )
    found, faults = servers(config)

    assert faults == []
    assert {str(server): [*parts] for server, parts in found.items()} == {
        "www.afnic.fr:443": ["sources.registrations"],
        "a.example:443": ["sources.registrations", "sources.certstream"],
        "b.example:8080": ["sources.certstream"],
        "hooks.example:443": ["notifiers.slack"],
        "smtp.example:587": ["notifiers.email"],
        "mx.example:25": ["notifiers.email"],
        "siem.example:6514": ["notifiers.journal"],
    }
    assert "s3cret" not in str(found)


def test_an_address_that_is_none_is_a_fault_of_its_part(tmp_path: Path) -> None:
    """Its siblings are looked at all the same."""
    (tmp_path / "webhook").write_text("https://[x/", encoding="utf-8")
    hook = slack.Settings(webhook_url_file=tmp_path / "webhook")
    lists = tor.Settings(archives=("https://a.example/",))
    config = small_config(tmp_path, enrichers={"tor": lists}, notifiers={"slack": hook})
    found, faults = servers(config)

    assert [check.subject for check in faults] == ["notifiers.slack"]
    assert Server("a.example", 443, tls=True) in found


def test_a_service_for_which_there_is_no_key_is_not_needed(tmp_path: Path) -> None:
    """Of two that passive DNS could be asked of, only that with a key."""
    asked = passive_dns.Settings(dnsdb_key_file=tmp_path / "key")
    config = small_config(tmp_path, enrichers={"passive_dns": asked})

    assert [server.host for server in servers(config)[0]] == ["api.dnsdb.info"]


@pytest.mark.parametrize(
    ("server", "needed"), [("https://rdap.example/", "rdap.example"), (None, "data.iana.org")]
)
def test_a_list_of_rdap_servers_is_needed_only_where_none_is_set(
    tmp_path: Path, server: str | None, needed: str
) -> None:
    """The daemon never reads it otherwise, nor need a firewall let it out."""
    config = small_config(tmp_path, enrichers={"rdap": rdap.Settings(server=server)})

    assert [server.host for server in servers(config)[0]] == [needed]
