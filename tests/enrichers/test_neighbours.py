"""The neighbours enricher over a real store, and what passive DNS told before."""

from dataclasses import replace
from typing import cast

from hunter import enrichment
from hunter.contracts import Doors
from hunter.enrichers import neighbours
from hunter.enrichers.neighbours import Settings
from hunter.model import Dossier, Fact
from hunter.store import Store, facts
from tests.world.doors import NOW, dossier, unknowns, values

PORTAL = "194.187.249.135"


def known(store: Store, subject: str, field: str, value: str) -> None:
    """Somebody's address, as an enricher told it."""
    fact = Fact(subject, field, value, "dns", NOW)
    facts.record(store, subject, [fact], provider="dns", fields=[field], at=NOW)


async def look(store: Store, asked: Dossier) -> tuple[dict, dict]:
    """Values and reasons about the domain."""
    doors = cast("Doors", None)
    context = enrichment.context_for(store, doors, (), lambda: NOW, lambda _: None)
    found = await neighbours.enrich(asked, Settings(), context)
    assert {fact.field for fact in found} <= neighbours.FIELDS.keys()
    return values(found, asked.domain), unknowns(found, asked.domain)


async def test_neighbours_in_the_store_share_the_server(store: Store) -> None:
    """Registrable domains, each once, whichever of their fields holds the address."""
    known(store, "portal-office.fr", "a", PORTAL)
    known(store, "mail.portal-office.fr", "a", PORTAL)
    known(store, "www.shop.fr", "a", PORTAL)
    known(store, "shop.fr", "host_address", PORTAL)
    known(store, "hidden.fr", "origin_ip", PORTAL)
    known(store, "elsewhere.fr", "a", "192.0.2.1")
    found, unknown = await look(store, dossier("portal-office.fr", a=PORTAL))
    assert found == {
        "dedicated": {False},
        "neighbours": {2},
        "neighbour": {"shop.fr", "hidden.fr"},
        "neighbours_evidence": {
            "other domains at its addresses: 2 known to hunter, passive DNS was not asked"
        },
    }
    assert unknown == {}


async def test_whoever_leads_nowhere_has_no_neighbours(store: Store) -> None:
    """At 127.0.0.1 stand countless strangers, and nobody at all."""
    known(store, "shop.fr", "a", "127.0.0.1")
    found, unknown = await look(store, dossier("x.fr", a=("127.0.0.1", "0.0.0.0"), pdns_cohosted=0))
    assert found == {}
    assert "lead to no server" in unknown["dedicated"]
    both, _ = await look(store, dossier("x.fr", a=("127.0.0.1", PORTAL), pdns_cohosted=0))
    assert (both["neighbours"], both["dedicated"]) == ({0}, {True})


async def test_nobody_in_the_store_proves_nothing(store: Store) -> None:
    """Hunter knows what it collected: dedicated is unknown, and says why."""
    found, unknown = await look(store, dossier("portal-office.fr", a=PORTAL))
    assert found["neighbours"] == {0}
    assert "dedicated" not in found
    assert "proves little; passive DNS was not asked" in unknown["dedicated"]


async def test_passive_dns_that_saw_nobody_else_makes_it_dedicated(store: Store) -> None:
    """As the analysts of 2017 concluded for portal-office.fr."""
    asked = dossier("portal-office.fr", a=PORTAL, pdns_cohosted=0)
    found, unknown = await look(store, asked)
    assert found["dedicated"] == {True}
    assert found["neighbours_evidence"] == {
        "other domains at its addresses: 0 known to hunter, 0 to passive DNS"
    }
    assert unknown == {}


async def test_passive_dns_that_saw_others_makes_it_shared(store: Store) -> None:
    """Its count may be larger than the names it gives."""
    asked = dossier("x.fr", a=PORTAL, pdns_cohosted=300, pdns_cohosted_domain=("a.fr", "b.fr"))
    known(store, "b.fr", "a", PORTAL)
    found, _ = await look(store, asked)
    assert found["dedicated"] == {False}
    assert found["neighbours"] == {300}
    assert found["neighbour"] == {"a.fr", "b.fr"}


async def test_whom_both_know_is_one_neighbour(store: Store) -> None:
    """However many of its addresses are shared; twenty are named."""
    addresses = (PORTAL, "192.0.2.1")
    for number in range(30):
        for address in addresses:
            known(store, f"shop{number}.fr", "a", address)
    asked = dossier("x.fr", a=addresses, pdns_cohosted=1, pdns_cohosted_domain="shop1.fr")
    found, _ = await look(store, asked)
    assert found["neighbours"] == {30}
    assert len(found["neighbour"]) == 20


async def test_passive_dns_in_trouble_leaves_doubt(store: Store) -> None:
    """Its reason is passed on."""
    asked = dossier("x.fr", {"pdns_cohosted": "the answer is limited"}, a=PORTAL)
    found, unknown = await look(store, asked)
    assert "could not tell: the answer is limited" in unknown["dedicated"]
    assert "passive DNS could not tell" in next(iter(found["neighbours_evidence"]))


async def test_behind_a_cdn_only_the_told_server_counts(store: Store) -> None:
    """Thousands share the addresses of a CDN; an analyst's word opens what is behind."""
    known(store, "stranger.fr", "a", "104.16.1.1")
    asked = dossier("en-marche.co", a="104.16.1.1", cdn="Cloudflare")
    found, unknown = await look(store, asked)
    assert found == {}
    assert unknown == {"dedicated": "its addresses belong to Cloudflare, which strangers share"}
    known(store, "other.fr", "a", "193.29.187.40")
    told = replace(asked, fields={**asked.fields, "origin_ip": "193.29.187.40"})
    found, _ = await look(store, told)
    assert found["neighbour"] == {"other.fr"}


async def test_subjects_that_are_no_names_do_not_count(store: Store) -> None:
    """An address may have facts of its own."""
    known(store, PORTAL, "a", PORTAL)
    found, _ = await look(store, dossier("x.fr", a=PORTAL))
    assert found["neighbours"] == {0}


def test_it_needs_an_address() -> None:
    """Whichever."""
    assert neighbours.wants(dossier("x.fr", origin_ip=PORTAL), Settings())
    assert not neighbours.wants(dossier("x.fr"), Settings())
