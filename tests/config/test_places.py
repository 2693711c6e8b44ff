"""Places in a config that lead nowhere are told by `hunter check`, and not by the daemon."""

from pathlib import Path
from typing import Any

import pytest

from hunter import config
from hunter.errors import Fault, YoursToFix

SMALLEST = '[[brand]]\ndomain = "en-marche.fr"\n'


def faults_of(folder: Path, tables: str) -> list[Fault]:
    """What is said of a config with these tables; nothing when it is sound."""
    path = folder / "config.toml"
    path.write_text(SMALLEST + tables, encoding="utf-8")
    try:
        config.load(path)
    except YoursToFix as error:
        return list(error.faults)
    return []


@pytest.mark.parametrize(
    "host",
    ["smtp://mail.example", "mail.example:587", "[::1]", "", "a b", "mail..example", "300.1.1.1"],
)
def test_a_mail_server_is_a_host_and_nothing_more(tmp_path: Path, host: str) -> None:
    """Its port has a key of its own, which the message names."""
    (fault,) = faults_of(tmp_path, f'[notifiers.email]\nhost = "{host}"\n')

    assert fault.where == "line 4: notifiers.email.host"
    assert repr(host) in fault.message
    assert "the port goes to port" in fault.message


@pytest.mark.parametrize("host", ["mail.example", "localhost", "127.0.0.1", "::1", "2001:db8::25"])
def test_a_mail_server_has_a_name_or_an_address(tmp_path: Path, host: str) -> None:
    """Of either kind."""
    assert not faults_of(tmp_path, f'[notifiers.email]\nhost = "{host}"\n')


@pytest.mark.parametrize("server", ["localhost", "https://dns.example", "127.0.0.1:", "::1:53:x"])
def test_a_resolver_is_an_address(tmp_path: Path, server: str) -> None:
    """A name would have to be looked up by the resolver that it names."""
    (fault,) = faults_of(tmp_path, f'[net]\ndns_servers = ["{server}"]\n')

    assert fault.message == f"{server!r} is no address of a resolver, such as 127.0.0.1"


@pytest.mark.parametrize("server", ["127.0.0.1", "127.0.0.1:5353", "::1", "[::1]:53"])
def test_a_resolver_may_have_a_port(tmp_path: Path, server: str) -> None:
    """As the DNS door takes it."""
    assert not faults_of(tmp_path, f'[net]\ndns_servers = ["{server}"]\n')


@pytest.mark.parametrize("key", ["dns_port", "whois_port"])
def test_a_port_is_one_that_exists(tmp_path: Path, key: str) -> None:
    """There are 65535."""
    (fault,) = faults_of(tmp_path, f"[net]\n{key} = 65536\n")

    assert fault.message == "should be less than or equal to 65535"


@pytest.mark.parametrize(
    "server", ["http://feeds.intern.example/", "10.0.0.0/8", "*.intern.example", "feeds.intern:x"]
)
def test_a_server_of_ones_own_is_a_host(tmp_path: Path, server: str) -> None:
    """Anything else would let nothing through, and say nothing."""
    (fault,) = faults_of(tmp_path, f'[net]\nprivate_hosts = ["{server}"]\n')

    assert fault.message == f"{server!r} is neither HOST nor HOST:PORT"


@pytest.mark.parametrize(
    "tables",
    [
        '[enrichers.rdap]\nserver = "rdap.nic.fr"\n',
        '[enrichers.page]\nenabled = true\nurls = ["{host}"]\n',
        '[enrichers.hosting]\ncdn_lists = { Cloudflare = ["www.cloudflare.com/ips-v4"] }\n',
        '[sources.registrations]\nfeeds = [{ url = "feeds.example/%Y.zip" }]\n',
        '[sources.ct_logs]\nenabled = true\nlist_url = "ftp://logs.example/list.json"\n',
        '[sources.reverse_whois]\nurl = "https://"\n',
        '[sources.passive_dns]\ndnsdb_url = "http://api.example:0/"\n',
    ],
)
def test_an_address_on_the_web_is_whole(tmp_path: Path, tables: str) -> None:
    """One without https:// is told with what is written there."""
    (fault,) = faults_of(tmp_path, tables)

    assert fault.message.endswith("is no address like https://host/")


def test_an_address_on_the_web_may_hold_a_day_or_a_host(tmp_path: Path) -> None:
    """What stands for something, and what is left empty, is no fault."""
    tables = (
        '[sources.registrations]\nfeeds = [{ url = "https://feeds.example/%Y-%m-%d.zip" }]\n'
        '[enrichers.page]\nenabled = true\nurls = ["http://{host}:8080/"]\n'
        '[sources.reverse_whois]\nurl = ""\n'
    )

    assert not faults_of(tmp_path, tables)


def test_a_mail_server_on_a_link_needs_its_zone(tmp_path: Path) -> None:
    """Nobody knows otherwise behind which interface it lies; no certificate could name it."""
    plain = '[notifiers.email]\ntls = "none"\nfallbacks = ["[fe80::2%eth0]:25"]\nhost = '
    (without,) = faults_of(tmp_path, f'{plain}"fe80::1"\n')
    (encrypted,) = faults_of(tmp_path, '[notifiers.email]\nhost = "fe80::1%eth0"\n')

    assert not faults_of(tmp_path, f'{plain}"fe80::1%eth0"\n')
    assert "such as fe80::1%eth0" in without.message
    assert "no certificate names a zone" in encrypted.message


@pytest.mark.parametrize(
    ("table", "key", "example"),
    [
        ('servers = { fr = "https://whois.nic.fr" }', "servers.fr", "HOST:PORT"),
        ('servers = { fr = "whois.nic.fr:0" }', "servers.fr", "HOST:PORT"),
        ('servers = { fr = "" }', "servers.fr", "HOST:PORT"),
        ('servers = { ".fr" = "whois.nic.fr" }', "servers", "such as fr"),
        ('servers = { "co.uk" = "whois.nic.uk" }', "servers", "such as fr"),
        ('referral_server = "whois://whois.iana.org"', "referral_server", "HOST:PORT"),
    ],
)
def test_a_whois_server_is_a_host_for_an_ending(
    tmp_path: Path, table: str, key: str, example: str
) -> None:
    """Any other would be asked in vain, or never."""
    (fault,) = faults_of(tmp_path, f"[enrichers.whois]\n{table}\n")

    assert fault.where.startswith(f"line 4: enrichers.whois.{key}")
    assert example in fault.message


def test_an_ending_is_known_however_it_is_written(tmp_path: Path) -> None:
    """As domains are compared: in small letters, and as DNS has it."""
    servers = '{ FR = "WHOIS.nic.fr", "рф" = "[::1]:4343" }'
    path = tmp_path / "config.toml"
    path.write_text(f"{SMALLEST}[enrichers.whois]\nservers = {servers}\n", encoding="utf-8")
    settings: Any = config.load(path).enrichers["whois"]

    assert settings.servers == {"fr": "whois.nic.fr", "xn--p1ai": "[::1]:4343"}


@pytest.mark.parametrize(
    "to", ["journald", "udp://", "udp://a..b:514", "tcp://-:x", "tcp://300.1.1.1"]
)
def test_a_log_is_the_journal_or_a_server(tmp_path: Path, to: str) -> None:
    """With what would be one."""
    (fault,) = faults_of(tmp_path, f'[notifiers.journal]\nto = "{to}"\n')

    assert fault.where == "line 4: notifiers.journal.to"
    assert fault.message.startswith(f"{to!r} is no log: write udp://HOST:PORT")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("words", "don nation"),
        ("words", "don.nation"),
        ("words", ""),
        ("words", "-don"),
        ("words", "le_don"),
        ("tlds", ".paris"),
        ("tlds", "*.paris"),
        ("tlds", "co uk"),
        ("tlds", ""),
        ("tlds", "co..uk"),
    ],
)
def test_what_no_name_can_be_made_of_is_not_proposed(tmp_path: Path, key: str, value: str) -> None:
    """It was passed over in silence: nobody would ever look it up."""
    (fault,) = faults_of(tmp_path, f'[sources.permutations]\n{key} = ["paris", "{value}"]\n')

    assert fault.where == f"line 4: sources.permutations.{key}.2"
    assert fault.message.startswith(f"{value!r} is no ")


def test_words_and_endings_may_have_accents_and_hyphens(tmp_path: Path) -> None:
    """As people write them."""
    table = 'words = ["été", "Jupiter", "mon-don"]\ntlds = ["PARIS", "co.uk", "рф"]\n'

    assert not faults_of(tmp_path, f"[sources.permutations]\n{table}")


@pytest.mark.parametrize(
    ("tables", "where", "said"),
    [
        ('[store]\nfolder = ""\n', "store.folder", "is empty"),
        ('[store]\nkeep_letters = "0d"\n', "store.keep_letters", "no time at all"),
        ('[store]\nkeep_domains = "999999d"\n', "store.keep_domains", "longer than 100 years"),
        ('[rules]\nfolders = ["~nobody-here/r"]\n', "rules.folders.1", "the home of nobody"),
        ('[sources.permutations]\nevery = "0s"\n', "permutations.every", "no time at all"),
        ('[enrichers.dns]\nrefresh = "0s"\n', "dns.refresh", "no time at all"),
        ('[enrichers.tor]\nexit_list = "ftp://x/y"\n', "tor.exit_list", "https://host/"),
        ('[sources.certstream]\nurls = ["x.example"]\n', "certstream.urls.1", "wss://host/"),
        ('[net]\ncontact = "the IT team"\n', "net.contact", "no mail address, nor a page"),
        ('[net]\ncontact = "https://a.example/\\n"\n', "net.contact", "no mail address"),
        ('[notifiers.email]\nsender = "IT <it@a.fr>"\n', "email.sender", "not a mail address"),
        (
            "[sources.ct_logs]\nrequests_per_second = { Google = 0 }\n",
            "ct_logs.requests_per_second.Google",
            "should be greater than 0",
        ),
        (
            f"[sources.permutations]\nlimit = {'9' * 19}\n",
            "sources.permutations.limit",
            "larger than any that counts",
        ),
    ],
)
def test_a_value_that_can_be_none_is_told_at_its_key(
    tmp_path: Path, tables: str, where: str, said: str
) -> None:
    """Each was taken, and failed later, or did nothing, or what nobody meant."""
    (fault,) = faults_of(tmp_path, tables)

    assert fault.where.startswith("line 4: ")
    assert fault.where.endswith(where)
    assert said in fault.message


@pytest.mark.parametrize("channel", ["webhook", "apprise", "slack"])
def test_a_channel_that_leads_nowhere_is_no_channel(tmp_path: Path, channel: str) -> None:
    """Nobody would be told, and only the first alert would show it."""
    people = f'[[subscriber]]\nname = "it"\nchannels = {{ {channel} = [] }}\n'
    (fault,) = faults_of(tmp_path, f"{people}[notifiers.{channel}]\n")

    assert fault.where == f"line 5: subscriber.1.channels.{channel}"
    assert "folder is set" in fault.message


@pytest.mark.parametrize(
    "contact",
    ["", "it@a.example", "mailto:it@a.example", "https://en-marche.example/it"],
)
def test_others_can_write_to_a_mailbox_or_a_page(tmp_path: Path, contact: str) -> None:
    """Or to nobody."""
    assert not faults_of(tmp_path, f'[net]\ncontact = "{contact}"\n')


@pytest.mark.parametrize("folder", ["/dev/null", "{folder}/config.toml"])
def test_what_is_no_folder_keeps_no_state(tmp_path: Path, folder: str) -> None:
    """Commands had as many ways to say so, and some said that nothing was stored."""
    (fault,) = faults_of(tmp_path, f'[store]\nfolder = "{folder.format(folder=tmp_path)}"\n')

    assert fault.where == "line 4: store.folder"
    assert fault.message.endswith("is no folder")
