"""A case of the shape of 2017, elsewhere: another brand, registrar, mail provider and CDN."""

import re
from pathlib import Path

from tests.world.daemon import hunter

CASE = """
[case]
title = "The lookalikes of aliancaverde.org.br"
starts = 2026-02-02
ends = 2026-02-16

[[feed]]
day = 2026-02-02
names = ["aliancaverde.org.br", "www.aliancaverde.org.br", "padaria-alianca.com.br"]

[[domain]]
name = "webmail-aliancaverde.org.br"
hosts = ["owa.webmail-aliancaverde.org.br"]
registered = 2026-02-02
[[domain.facts]]
from = 2026-02-02
registrant_email = "j.tavares@correio-livre.example"
registrant_email_domain = "correio-livre.example"
registrar = "Registros do Sul"
registered = 2026-02-02
dedicated = true
a = "198.51.100.61"

[[domain]]
name = "portal-acesso.com.br"
registered = 2026-02-04
[[domain.facts]]
from = 2026-02-04
registrant_email = "j.tavares@correio-livre.example"
registrant_email_domain = "correio-livre.example"
registered = 2026-02-04
a = "203.0.113.77"
ioc_list = "CTIR Alerta 07/2025"
ioc_list_date = 2025-09-18
ioc_value = "203.0.113.77"
ioc_kind = "address"
ioc_listing = "address 203.0.113.77 in CTIR Alerta 07/2025 of 2025-09-18"
tor_exit = false
tor_exit_last = 2025-11-26
tor_exit_address = "203.0.113.77"

[[domain]]
name = "aliancaverde-login.com.br"
registered = 2026-02-05
[[domain.facts]]
from = 2026-02-05
registrant_email = "j.tavares@correio-livre.example"
registrant_email_domain = "correio-livre.example"
registered = 2026-02-05

[[domain]]
name = "aliancaverde.com"
registered = 2026-02-07
[[domain.facts]]
from = 2026-02-07
registrant_email = "m.prado@correio-livre.example"
registrant_email_domain = "correio-livre.example"
registered = 2026-02-07
ns = ["ns1.servidor-barato.example"]
ns_domain = "servidor-barato.example"
a = "192.0.2.20"
[[domain.facts]]
from = 2026-02-10
note = "behind Fastly, with the name servers it had"
a = "151.101.2.133"
asn = 54113
as_name = "FASTLY"
cdn = "Fastly"
[[domain.facts]]
from = 2026-02-13
origin_ip = "192.0.2.20"

[[domain]]
name = "aliancaverde-torcida.com.br"
registered = 2026-02-11
[[domain.facts]]
from = 2026-02-11
registrant_email = "contato@torcida.example"
registrant_email_domain = "torcida.example"
registered = 2026-02-11
a = "151.101.2.133"
cdn = "Fastly"
"""


def test_who_shares_a_registrant_is_one_incident_and_the_story_claims_nothing(
    tmp_path: Path,
) -> None:
    """With list, Tor exit, CDN and origin, each with its day; a supporter stays out of it."""
    (tmp_path / "case.toml").write_text(CASE, encoding="utf-8")
    said = hunter(
        *("demo", "--case", str(tmp_path / "case.toml"), "--folder", str(tmp_path / "demo")),
        *("--brand", "aliancaverde.org.br", "--keyword", "aliancaverde"),
    )
    assert said.returncode == 0, said.stderr
    told = " ".join(said.stdout.split())
    days, _, story = told.partition("Incident 1: ")

    opened = re.findall(r"(\S+) was seen for the first time", days)
    assert {name.replace("[.]", ".") for name in opened} == {
        *("webmail-aliancaverde.org.br", "portal-acesso.com.br", "aliancaverde-login.com.br"),
        *("aliancaverde.com", "aliancaverde-torcida.com.br"),
    }
    assert story.startswith("3 domains tied to each other and one more loosely, around")
    assert (
        "aliancaverde-login[.]com[.]br, portal-acesso[.]com[.]br and"
        " webmail-aliancaverde[.]org[.]br share the registrant's address"
        " j[.]tavares[@]correio-livre[.]example"
    ) in story
    assert "aliancaverde[.]com is attached" in story
    assert "use one mail provider, correio-livre[.]example" in story
    assert "torcida" not in story

    assert "address 203[.]0[.]113[.]77 in CTIR Alerta 07/2025 of 2025-09-18" in story
    assert "was last seen as a Tor exit on 2025-11-26, 70 days before" in story
    assert "aliancaverde[.]com is hidden behind Fastly" in story
    assert "the server behind it may be 192[.]0[.]2[.]20" in story
    assert "consistent with one hand" in story
    assert "not proof of that" in story
    assert not [word for word in ("en-marche", "mail.com", "monovm", "Grizzly") if word in told]


GERMAN = """
[case]
title = "The lookalikes of bürgerbund.de"
starts = 2025-01-06
ends = 2025-02-03

[[domain]]
name = "xn--webmail-brgerbund-b3b.de"
registered = 2025-01-07
[[domain.facts]]
from = 2025-01-07
registrant_email = "heinz.kranz@europe.com"
registrant_email_domain = "europe.com"
registered = 2025-01-07
ns_domain = "selten-dns.example"
a = "198.51.100.21"
dedicated = true

[[domain]]
name = "buergerbund.net"
registered = 2025-01-20
[[domain.facts]]
from = 2025-01-20
registrant_email = "petra.lang@europe.com"
registrant_email_domain = "europe.com"
registered = 2025-01-20
ns_domain = "selten-dns.example"
[[domain.facts]]
from = 2025-01-28
ns_domain = "cloudflare.com"
a = "104.18.41.2"
cdn = "Cloudflare"
soa_mailbox = "dns@cloudflare.com"
[[domain.facts]]
from = 2025-02-01
origin_ip = "198.51.100.21"

[[domain]]
name = "buergerbund-jetzt.com"
registered = 2025-01-18
[[domain.facts]]
from = 2025-01-18
registered = 2025-01-18
ns_domain = "cloudflare.com"
a = "104.18.41.2"
cdn = "Cloudflare"
soa_mailbox = "dns@cloudflare.com"

[[domain]]
name = "buergerbund-fanshop.de"
registered = 2025-01-12
[[domain.facts]]
from = 2025-01-12
registered = 2025-01-12
ns_domain = "awsdns-01.com"
soa_mailbox = "awsdns-hostmaster@amazon.com"
a = "203.0.113.5"
neighbours = 4000

[[domain]]
name = "buergerbund-kritik.de"
registered = 2025-01-15
[[domain.facts]]
from = 2025-01-15
registered = 2025-01-15
ns_domain = "awsdns-48.net"
soa_mailbox = "awsdns-hostmaster@amazon.com"
a = "203.0.113.5"
neighbours = 4000
"""


def test_strangers_on_one_shared_host_one_dns_host_or_one_cdn_are_no_incident(
    tmp_path: Path,
) -> None:
    """Two of five belong together, an international name among them; nobody else does."""
    (tmp_path / "case.toml").write_text(GERMAN, encoding="utf-8")
    said = hunter(
        *("demo", "--case", str(tmp_path / "case.toml"), "--folder", str(tmp_path / "demo")),
        *("--brand", "bürgerbund.de", "--keyword", "buergerbund"),
    )
    assert said.returncode == 0, said.stderr
    told = " ".join(said.stdout.split())
    days, _, story = told.partition("Incident 1: ")

    assert len(set(re.findall(r"(\S+) was seen for the first time", days))) == 5
    assert story.startswith("2 domains tied to each other, around bürgerbund[.]de")
    assert "as a lookalike of bürgerbund[.]de" in days
    assert "Incident 2" not in story
    assert "xn--webmail-brgerbund-b3b[.]de (shown as webmail-bürgerbund[.]de): registered" in story
    assert "share the address 198[.]51[.]100[.]21" in story
    assert "For buergerbund[.]net it is what somebody told of the server behind" in story
    assert not [name for name in ("fanshop", "kritik", "jetzt") if name in story]
