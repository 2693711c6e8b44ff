"""The response policy zone, in a real name server where there is one."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dns.dnssec
import dns.exception
import dns.message
import dns.query
import dns.rcode
import dns.zone
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from dns.dnssectypes import Algorithm
from hypothesis import given
from hypothesis import settings as limits
from pydantic import ValidationError

from hunter.contracts import Case
from hunter.exports import rpz
from hunter.exports.rpz import Settings
from hunter.model import AlertState
from tests.world.alerts import hostile
from tests.world.cases import DOMAIN, HOST, NOW, case, nameless

NAMED = shutil.which("named", path="/usr/sbin:/usr/bin:/usr/local/sbin")
CHECK = shutil.which("named-checkzone", path="/usr/sbin:/usr/bin:/usr/local/sbin")
OTHER = "xn--en-marhe-58a.fr"

CONFIG = """
options {{
  directory "{folder}"; pid-file none; session-keyfile none; managed-keys-directory "{folder}";
  listen-on port {port} {{ 127.0.0.1; }}; listen-on-v6 {{ none; }};
  recursion yes; allow-query {{ any; }}; dnssec-validation no; empty-zones-enable no;
  forward only; forwarders {{ 127.0.0.1 port 1; }};
  {documented}
}};
controls {{ }};
zone "rpz.hunter" {{ type primary; file "rpz"; allow-query {{ none; }}; }};
zone "harmless.test" {{ type primary; file "harmless"; }};
zone "{domain}" {{ type primary; file "signed"; }};
"""
DOCS = Path(__file__).parents[2] / "docs" / "exports.md"
HARMLESS = "$TTL 60\n@ SOA a b 1 1 1 1 1\n@ NS localhost.\n@ A 192.0.2.1\n"


def zone(*cases: Case, **choices: Any) -> str:
    """The zone as it is written."""
    return rpz.export(cases, Settings(**choices), NOW).decode()


def records(text: str) -> dict[str, str]:
    """Owner → what it is an alias of, as a zone parser reads it."""
    read = dns.zone.from_text(text, origin="rpz.test")
    return {str(name): str(data.target) for name, _, data in read.iterate_rdatas("CNAME")}


def test_a_domain_and_all_under_it() -> None:
    """Two records each; the serial is the time."""
    text = zone(case(), case(domain=OTHER))

    assert records(text) == {
        DOMAIN: ".",
        f"*.{DOMAIN}": ".",
        OTHER: ".",
        f"*.{OTHER}": ".",
    }
    assert f" {int(NOW.timestamp())} " in text


@pytest.mark.parametrize(
    ("choices", "target"),
    [
        ({"action": "nodata"}, "*"),
        ({"action": "drop"}, "rpz-drop"),
        ({"action": "log"}, "rpz-passthru"),
        ({"action": "garden", "garden": "warning.en-marche.fr"}, "warning.en-marche.fr"),
    ],
)
def test_what_is_answered_is_a_choice(choices: dict[str, str], target: str) -> None:
    """As the draft writes each."""
    assert records(zone(case(), **choices))[DOMAIN].rstrip(".") == target


@pytest.mark.parametrize("garden", ["", "not a host", "x\n@ A 192.0.2.1", "192.0.2.1"])
def test_a_garden_is_a_host(garden: str) -> None:
    """Anything else is refused before a zone is written."""
    with pytest.raises(ValidationError):
        Settings(action="garden", garden=garden)


def test_what_must_not_be_blocked_is_not() -> None:
    """Dismissed, a whole platform, the brand itself; the last two are named in a comment."""
    text = zone(case(AlertState.DISMISSED), case(domain="pages.dev"), case(domain="en-marche.fr"))

    assert records(text) == {}
    assert "; left out: pages.dev: " in text
    assert DOMAIN not in text


@limits(max_examples=60)
@given(hostile)
def test_no_record_is_of_somebody_elses_making(text: str) -> None:
    """A domain that is none stays in its comment."""
    assert set(records(zone(nameless(text), case()))) <= {DOMAIN, f"*.{DOMAIN}", text, f"*.{text}"}


@pytest.mark.skipif(CHECK is None, reason="bind9-utils is not installed")
def test_bind_finds_no_fault_with_it(tmp_path: Path) -> None:
    """Nor with an empty one."""
    for number, text in enumerate((zone(), zone(case(), case(domain=OTHER)))):
        file = tmp_path / str(number)
        file.write_text(text)
        assert CHECK is not None
        said = subprocess.run(
            [CHECK, "-i", "full", "rpz.test", str(file)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert said.returncode == 0, said.stdout


def documented() -> str:
    """What docs/exports.md has for bind9's options."""
    lines = DOCS.read_text("utf-8").splitlines()
    return next(line.strip() for line in lines if line.startswith("    response-policy "))


def signed(domain: str) -> str:
    """A zone with DNSSEC, as many registrars make it for whoever buys a name."""
    text = HARMLESS + "mail A 192.0.2.1\n"
    made = dns.zone.from_text(text, origin=domain, relativize=False)
    key = ec.generate_private_key(ec.SECP256R1())
    public = dns.dnssec.make_dnskey(key.public_key(), Algorithm.ECDSAP256SHA256, 257)
    with made.writer() as change:
        dns.dnssec.sign_zone(made, change, [(key, public)], add_dnskey=True, lifetime=3600)
    return str(made.to_text())


def free_port() -> int:
    """A port that nobody has at this moment."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def bind9(folder: Path, text: str) -> Iterator[int]:
    """bind9 on loopback with the zone as its policy; it forwards to nobody."""
    port = free_port()
    (folder / "rpz").write_text(text)
    (folder / "harmless").write_text(HARMLESS)
    (folder / "signed").write_text(signed(DOMAIN))
    config = CONFIG.format(folder=folder, port=port, documented=documented(), domain=DOMAIN)
    (folder / "named.conf").write_text(config)
    assert NAMED is not None
    with (folder / "log").open("w") as log:
        served = subprocess.Popen(
            [NAMED, "-g", "-c", str(folder / "named.conf")], stdout=log, stderr=log
        )
        try:
            yield port
        finally:
            served.terminate()
            served.wait(20)


def ask(port: int, name: str, *, dnssec: bool = False) -> dns.message.Message:
    """The answer, once the server is up."""
    query, patience = dns.message.make_query(name, "A", want_dnssec=dnssec), 20.0
    end = time.monotonic() + patience
    while True:
        try:
            return dns.query.udp(query, "127.0.0.1", 1, port=port)
        except (dns.exception.Timeout, OSError):
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


@pytest.mark.skipif(NAMED is None, reason="bind9 is not installed")
def test_a_real_name_server_refuses_the_lookalikes(tmp_path: Path) -> None:
    """The domain and what is under it do not exist any more, also where its zone is signed."""
    with bind9(tmp_path, zone(case(), case(domain=OTHER))) as port:
        harmless = ask(port, "harmless.test")
        answers = [
            ask(port, name, dnssec=dnssec).rcode()
            for name in (DOMAIN, HOST, f"a.b.{DOMAIN}", OTHER)
            for dnssec in (False, True)
        ]

    assert harmless.answer[0][0].address == "192.0.2.1"
    assert set(answers) == {dns.rcode.NXDOMAIN}


@pytest.mark.skipif(NAMED is None, reason="bind9 is not installed")
def test_a_real_name_server_tells_the_exempt_the_truth(tmp_path: Path) -> None:
    """Whoever watches the lookalikes is not told that they are gone."""
    with bind9(tmp_path, zone(case(), exempt="127.0.0.0/8")) as port:
        found = ask(port, DOMAIN)

    assert found.answer[0][0].address == "192.0.2.1"


@pytest.mark.parametrize(
    ("exempt", "owner"),
    [
        ("192.0.2.5", "32.5.2.0.192"),
        ("10.1.0.0/16", "16.0.0.1.10"),
        ("2001:db8::5", "128.5.zz.db8.2001"),
        ("2001:db8:1::/48", "48.zz.1.db8.2001"),
        ("::1", "128.1.zz"),
        ("2001:db8:1:2:3:4:5:6", "128.6.5.4.3.2.1.db8.2001"),
    ],
)
def test_an_address_is_exempt_in_the_form_of_the_draft(exempt: str, owner: str) -> None:
    """Backwards, behind the length of the network; whatever else is answered to others."""
    assert records(zone(case(), exempt=exempt)) == {
        f"{owner}.rpz-client-ip": "rpz-passthru.",
        DOMAIN: ".",
        f"*.{DOMAIN}": ".",
    }


@pytest.mark.parametrize("exempt", ["hunter.example", "192.0.2.5/24", "fe80::1%eth0", "0.0.0.0/0"])
def test_only_an_address_or_a_network_is_exempt(exempt: str) -> None:
    """And not everybody: the zone would block nothing."""
    with pytest.raises(ValidationError, match="exempt"):
        Settings(exempt=exempt)


def test_a_garden_that_nobody_is_sent_to_is_refused() -> None:
    """It would be lost without a word, and people see an error where a page was meant."""
    with pytest.raises(ValueError, match="needs action=garden"):
        Settings(garden="warning.en-marche.fr")
