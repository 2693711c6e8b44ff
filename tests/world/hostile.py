"""A world that answers with whatever may hurt: every server is a suspect's own.

Each name below misbehaves in one way; `plain-…` is an ordinary lookalike that must come through.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography import x509

from tests.world.ct import FakeLog, Registry, certificate, ct_server, list_key_pem
from tests.world.dns import Records, dns_server
from tests.world.http import HttpServer, Request, Response, http_server
from tests.world.rdap import RdapServer, contact, rdap_server, registered
from tests.world.slack import SlackServer, slack_in_a_thread
from tests.world.smtp import SmtpServer, smtp_in_a_thread
from tests.world.thread import running
from tests.world.tls import own_certificate
from tests.world.whois import WhoisServer, whois_server

BRAND = "atelier-lumiere.fr"
PLAIN = f"plain-{BRAND}"
WHOIS, REDIRECT, LINK, LOOP, TEXT, FIELDS, HANDSHAKE, LOGGED, DEEP = HOSTILE = tuple(
    f"{word}-{BRAND}"
    for word in (
        *("whois", "redirect", "link", "loop", "text", "fields", "handshake", "logged", "deep"),
    )
)
ESCAPES = "\x1b]0;owned\x07\x1b[2J\x1b[31m\x00\x9b31m\u202egnp.exe\u2028\r\nBcc: all@evil.example"
MARKUP = "<script>alert(1)</script><img src=x onerror=alert(1)> <!channel> <http://evil.example|x>"
FORMULA = "=cmd|' /C calc'!A0"
NUL_NAME = f"{LOGGED}\x00.evil.example"

CONFIG = """
[[brand]]
domain = "{brand}"

[[subscriber]]
name = "IT"
minimum = "informational"
channels = {{ email = ["it@example.org"], slack = [], webhook = [], journal = [], apprise = [] }}

[alerts]
minimum = "informational"

[net]
dns_servers = ["127.0.0.1"]
dns_port = {dns}
whois_port = {whois}
private_hosts = [{trusted}]

[store]
folder = "{folder}/state"

[sources.permutations]
enabled = false

[sources.registrations]
every = "1s"
feeds = [{{ path = "{folder}/feeds" }}]

[sources.ct_logs]
enabled = true
list_url = "{ct}/log_list.json"
list_key = "{folder}/list.pem"
other_lists = []
look_every = "1s"
patience = "0s"
requests_otherwise = 1000
since = "3650d"

[enrichers.rdap]
server = "{rdap}"
pause = "0s"

[enrichers.whois]
servers = {{ fr = "127.0.0.1" }}

[enrichers.certificate]
enabled = true
port = {tls}

[enrichers.page]
enabled = true
urls = ["{web}/{{host}}"]
compare = ["{web}/own"]

[notifiers.email]
host = "127.0.0.1"
port = {smtp}
tls = "none"
sender = "hunter@example.org"
an_hour = 1000

[notifiers.slack]
webhook_url_file = "{folder}/webhook"
an_hour = 1000

[notifiers.webhook]
folder = "{folder}/told/webhook"

[notifiers.journal]
folder = "{folder}/told/journal"

[notifiers.apprise]
folder = "{folder}/told/apprise"
an_hour = 1000
"""


CHANNELS = ("webhook", "journal", "apprise")
"""Those that write files, each into a folder of its name."""


@dataclass
class HostileWorld:
    """The servers around a daemon; to `trap` nothing may ever connect."""

    config: Path
    folder: Path
    trap: HttpServer
    web: HttpServer
    whois: WhoisServer
    rdap: RdapServer
    smtp: SmtpServer
    slack: SlackServer

    def drop(self, *names: str) -> None:
        """Put a feed into the folder, as a whole."""
        part = self.folder / "part.txt"
        part.write_text("\n".join(names) + "\n", encoding="utf-8")
        part.rename(self.folder / "feeds" / "day.txt")

    def told_everywhere(self) -> bool:
        """Whether each channel that writes files has one message at least for each lookalike."""
        told = Counter(path.parent.name for path in self.folder.glob("told/*/*"))
        return all(told[channel] >= len(HOSTILE) for channel in CHANNELS)

    def logged(self) -> bool:
        """Whether the certificate with a NUL was read from its log."""
        path = self.folder / "state" / "hunter.db"
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as store:
            query = "SELECT 1 FROM sighting WHERE source = 'ct_logs' AND name = ?"
            return store.execute(query, (LOGGED,)).fetchone() is not None


def records() -> dict[str, Records]:
    """What DNS holds: everybody stands at one address, most of them oddly."""
    usual = {
        "A": "127.0.0.1",
        "NS": ["ns1.monovm.com."],
        "SOA": "ns1.monovm.com. hostmaster.monovm.com. 1 3600 600 86400 300",
    }
    found: dict[str, Records] = dict.fromkeys((*HOSTILE, PLAIN), usual)
    twin = f"twin-{BRAND}"
    found[LOOP] = {**usual, "NS": [f"ns1.{twin}."], "MX": f"10 mail.{LOOP}."}
    found[twin] = {"NS": [f"ns1.{LOOP}."]}
    found[f"ns1.{twin}"] = {"CNAME": f"ns1.{LOOP}."}
    found[f"ns1.{LOOP}"] = {"CNAME": f"ns1.{twin}."}
    found[f"mail.{LOOP}"] = {"CNAME": f"mail.{LOOP}."}
    found[f"_dmarc.{LOOP}"] = {"CNAME": f"_dmarc.{LOOP}."}
    escapes = r"\027]0;owned\007\027[2J\027[31m\000\155\r<script>"
    found[TEXT] = {
        **usual,
        "NS": [r"\027[31m\<b\>.evil.example.", "*.evil.example."],
        "MX": [r"10 mx\000\027[2J.evil.example.", "20 ."],
        "SOA": r"ns1.evil.example. \<script\>\027[2J.evil.example. 1 3600 600 86400 300",
        "TXT": [f'"v=spf1 include:{escapes} redirect={TEXT} -all"', f'"{escapes}"'],
    }
    rua = f'"v=DMARC1; p=none; rua=mailto:{escapes}@evil.example,mailto:<b>@x.example"'
    found[f"_dmarc.{TEXT}"] = {"TXT": rua}
    return found


def page(request: Request) -> Response:
    """The suspects' web server: redirects without end, into the house, or pages full of markup."""
    if REDIRECT in request.path:
        further = f"{request.path}x"
        return Response(302, b"", {"Location": f"{further}?{'a' * len(further)}"})
    title = f"<title>{MARKUP.replace('<', '&lt;')}{ESCAPES}</title>".encode()
    headers = {"Content-Type": f"text/html; charset={'x' * 500}"}
    return Response(200, title + b"<p>" * 5000 + MARKUP.encode(), headers)


def registrations(trap: str) -> dict[str, Any]:
    """What registries tell."""
    bad = f"{MARKUP}{ESCAPES}{FORMULA}"
    holder = contact("registrant", name=bad, org=FORMULA + bad, country=bad, email=f"<b>{bad}@x.fr")
    plain = contact("registrant", name="J P", email="johnpinch@mail.com")
    full = registered(FIELDS, entities=[holder], ns=[bad, f"ns1.{bad}.fr"], status=[bad] * 500)
    full["entities"][0] = {**contact("registrar", name=bad), "publicIds": bad}
    full["events"] += [{"eventAction": "registration", "eventDate": bad}]
    related = {"rel": "related", "type": "application/rdap+json", "href": f"{trap}/domain/{LINK}"}
    deep: Any = []
    for _ in range(900):
        deep = [deep]
    return {
        **{name: registered(name, entities=[plain]) for name in (PLAIN, *HOSTILE)},
        WHOIS: 500,
        FIELDS: full,
        LINK: registered(LINK, links=[{**related, "value": MARKUP}, related, "odd", None]),
        DEEP: registered(DEEP, entities=[{"entities": deep, "roles": deep, "vcardArray": deep}]),
    }


def whois_text() -> bytes:
    """Ten megabytes about one domain, with what may hurt at the beginning."""
    lines = [
        f"domain: {WHOIS}",
        f"holder-c: {MARKUP}",
        "created: 2026-11-20T00:00:00Z",
        f"registrar: {FORMULA} {MARKUP} \x1b[31m\x00",
        f"e-mail: {'a' * 5000}@evil.example",
        f"nserver: {MARKUP}",
    ]
    return "\r\n".join(lines).encode() + b"\r\n" + (b"% \x1b[2J" + b"x" * 1000 + b"\r\n") * 10_000


def _log() -> FakeLog:
    """A log with a certificate for a name that goes on behind a NUL."""
    log = FakeLog("log", kind="static", page=16)
    log.grow(("shop.example",))
    names = (NUL_NAME, f"<script>.{LOGGED}", f"\x1b[31m.{LOGGED}", f"www.{LOGGED}")
    log.add(_certificate(names), names)
    log.publish()
    return log


def _certificate(names: tuple[str, ...]) -> x509.Certificate:
    return certificate(names, 0xABCDEF, issuer=f"{FORMULA}{MARKUP[:25]}\x1b[31m\x00")


@contextmanager
def hostile_world(folder: Path) -> Iterator[HostileWorld]:
    """Serve it all on loopback; every server but `trap` is one that the config trusts."""
    (folder / "feeds").mkdir()
    (folder / "list.pem").write_bytes(list_key_pem())
    with ExitStack() as stack:
        enter = stack.enter_context
        tls, _ = own_certificate(
            folder, f"{HANDSHAKE}\x00.evil.example", "\x1b[31m.fr", MARKUP, PLAIN
        )
        trap = enter(running(http_server(lambda _: Response())))
        shown = enter(running(http_server(lambda _: Response(), tls=tls)))
        web = enter(running(http_server(page)))
        dns = enter(running(dns_server(records())))
        whois = enter(running(whois_server({WHOIS: whois_text()})))
        rdap = enter(running(rdap_server(registrations(trap.url))))
        ct = enter(running(ct_server(Registry([_log()]))))
        smtp, slack = enter(smtp_in_a_thread()), enter(slack_in_a_thread())
        (folder / "webhook").write_text(slack.webhook, encoding="utf-8")
        ports = (shown.port, web.port, whois.port, rdap.http.port, ct.port, smtp.port, slack.port)
        config = folder / "config.toml"
        text = CONFIG.format(
            brand=BRAND,
            folder=folder,
            trusted=", ".join(
                f'"{host}"'
                for host in (
                    *(f"127.0.0.1:{port}" for port in ports),
                    *(f"{name}:{shown.port}" for name in (*HOSTILE, PLAIN)),
                )
            ),
            dns=dns.port,
            whois=whois.port,
            rdap=rdap.url,
            ct=ct.url,
            tls=shown.port,
            web=web.url,
            smtp=smtp.port,
        )
        config.write_text(text, encoding="utf-8")
        yield HostileWorld(config, folder, trap, web, whois, rdap, smtp, slack)
