"""A made-up case of another shape, lived through by the real pipeline and told as an incident."""

import asyncio
from datetime import date, timedelta
from pathlib import Path

import pytest

from hunter import case, config
from hunter.hunting import open_hunt
from hunter.incidents import current
from hunter.model import Incident
from hunter.replay import SetClock, replay
from hunter.store import sightings
from hunter.wording import story

STARTS = date(2026, 1, 5)
DAYS = 40

CASE = f"""
[case]
title = "The lookalikes of secours-lointain.org"
starts = {STARTS}
ends = 2026-02-13

[[feed]]
day = 2026-01-06
names = ["boulangerie.example", "secours-lointain.org"]

[[domain]]
name = "don-secours-lointain.org"
registered = 2026-01-06
[[domain.facts]]
from = 2026-01-06
registered = 20260106
registrant_org = "REDACTED FOR PRIVACY"
ns_domain = "petit-hebergeur.example"
soa_mailbox = "root@kit-server.example"
a = "203.0.113.7"
cert_key = "{"ab" * 32}"
has_mx = true

[[domain]]
name = "mail-secours-lointain.net"
registered = 2026-01-20
[[domain.facts]]
from = 2026-01-20
registered = 20260120
registrant_org = "REDACTED FOR PRIVACY"
ns_domain = "cloudflare.com"
ns = ["a.ns.cloudflare.com"]
cdn = "Cloudflare"
a = "104.18.40.1"
cert_key = "{"ab" * 32}"

[[domain]]
name = "kit-server.example"
registered = 2026-01-25
[[domain.facts]]
from = 2026-01-25
registered = 20260125
ns_domain = "petit-hebergeur.example"
soa_mailbox = "root@kit-server.example"

[[domain]]
name = "secours-lointain.info"
registered = 2026-02-01
[[domain.facts]]
from = 2026-02-01
registered = 20260201
ns_domain = "petit-hebergeur.example"
a = "198.51.100.9"

[[domain]]
name = "secours-lointain-fans.com"
registered = 2026-02-02
[[domain.facts]]
from = 2026-02-02
registered = 20260202
registrant_org = "REDACTED FOR PRIVACY"
ns_domain = "cloudflare.com"
a = "104.18.40.1"
cdn = "Cloudflare"
"""

CONFIG = """
[[brand]]
domain = "secours-lointain.org"
[[track]]
field = "soa_mailbox"
value = "root@kit-server.example"
[store]
folder = "{folder}/state"
[sources]
case = {{ enabled = true, file = "{folder}/case.toml" }}
permutations.enabled = false
registrations.enabled = false
[enrichers]
recorded = {{ enabled = true, file = "{folder}/case.toml" }}
dns.enabled = false
rdap.enabled = false
whois.enabled = false
hosting.enabled = false
"""


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> tuple[tuple[Incident, ...], list[str]]:
    """The incidents at the end, and which tracks found kit-server.example."""
    folder = tmp_path_factory.mktemp("case")
    (folder / "case.toml").write_text(CASE, encoding="utf-8")
    (folder / "config.toml").write_text(CONFIG.format(folder=folder), encoding="utf-8")
    return asyncio.run(_live(folder / "config.toml"))


async def _live(path: Path) -> tuple[tuple[Incident, ...], list[str]]:
    clock = SetClock(case.noon(STARTS))
    days = [case.noon(STARTS) + timedelta(days=number) for number in range(DAYS)]
    async with open_hunt(config.load(path), clock.now) as hunt:
        async for _ in replay(hunt, clock, days):
            pass
        seen = sightings.sightings_of(hunt.store, "kit-server.example")
        sources = [one.source for one in seen]
        return current(hunt.store, hunt.config.brands, clock.now()), sources


def test_certificate_and_mailbox_make_one_incident(
    lived: tuple[tuple[Incident, ...], list[str]],
) -> None:
    """Neither the delivery network nor the privacy service ties anybody to it."""
    (found,), _ = lived

    assert {one.domain for one in found.core} == {
        "don-secours-lointain.org",
        "mail-secours-lointain.net",
        "kit-server.example",
    }
    assert {one.domain for one in found.attached} == {"secours-lointain.info"}
    assert {link.trait for link in found.links} == {"cert_key", "soa_mailbox", "ns_domain"}


def test_a_track_of_the_config_found_what_resembles_nothing(
    lived: tuple[tuple[Incident, ...], list[str]],
) -> None:
    """And its alert says so."""
    (found,), sources = lived
    (kit,) = [one for one in found.core if one.domain == "kit-server.example"]

    assert "track:soa_mailbox=root@kit-server.example" in sources
    assert kit.alert
    assert "Domain that fits a standing watch" in [one.title for one in kit.alert.findings]


def test_the_story_tells_this_case_and_no_other(
    lived: tuple[tuple[Incident, ...], list[str]],
) -> None:
    """Nothing of 2017, no list and no Tor exit that nobody told of."""
    (found,), _ = lived
    told = repr(story(found))

    assert "root[@]kit-server[.]example" in told
    assert "secours-lointain[.]org" in told
    assert not [word for word in ("en-marche", "Tor", "Grizzly", "list of") if word in told]
