"""Asking the enrichers: each after those it builds on, and each answer for itself."""

import asyncio
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, cast

import pytest

from hunter import canary, enrichment, ladder, metrics
from hunter.contracts import Doors, EnricherContext, EnricherSettings
from hunter.enrichers import dns as enrich_dns
from hunter.enrichers import rdap as enrich_rdap
from hunter.enrichment import Asked
from hunter.errors import WillNotPass, WillPass
from hunter.known import dossier_of
from hunter.model import Dossier, Fact, Match, Report, Sighting, Value
from hunter.replay import SetClock
from hunter.store import Store, facts, sightings
from tests.world.dns import Trouble, dns_server
from tests.world.doors import context, doors
from tests.world.http import Response
from tests.world.hunting import START
from tests.world.rdap import rdap_server, registered

DOMAIN = "en-marche.co"


@dataclass
class Enricher:
    """Answers its fields as told, and remembers what it was shown."""

    answers: dict[str, Value | None]
    AFTER: tuple[str, ...] = ()
    trouble: Exception | None = None
    welcome: Callable[[Dossier], bool] = lambda _: True
    shown: list[Dossier] = field(default_factory=list)

    @property
    def FIELDS(self) -> dict[str, str]:  # noqa: N802
        """What it answers for."""
        return dict.fromkeys(self.answers, "a field")

    def wants(self, dossier: Dossier, settings: Any) -> bool:
        """Whether it was told to."""
        return self.welcome(dossier)

    async def enrich(
        self, dossier: Dossier, settings: Any, context: EnricherContext
    ) -> Sequence[Fact]:
        """One fact per field."""
        self.shown.append(dossier)
        await asyncio.sleep(0)
        if self.trouble:
            raise self.trouble
        return [
            Fact(DOMAIN, name, value, "x", context.now(), "" if value is not None else "SERVFAIL")
            for name, value in self.answers.items()
        ]


class Silent(Enricher):
    """Was asked, and there is nothing."""

    async def enrich(
        self, dossier: Dossier, settings: Any, context: EnricherContext
    ) -> Sequence[Fact]:
        """Nothing."""
        return ()


def wave(**enrichers: Enricher) -> tuple[Asked, ...]:
    """These enrichers side by side; answers last an hour."""
    return tuple(
        Asked(name, cast("Any", one), EnricherSettings()) for name, one in enrichers.items()
    )


async def ask(
    store: Store, clock: SetClock, *order: Sequence[Asked], fresh: bool = False
) -> dict[str, Report]:
    """Ask about the domain; part → how it fared."""
    context = EnricherContext(clock.now, cast("Doors", None))
    found = await enrichment.enrich(store, DOMAIN, order, context, fresh=fresh)
    return {report.part: report for report in found.reports}


async def test_until_when_a_registry_is_left_alone_is_told(store: Store, clock: SetClock) -> None:
    """Of the domain that met the refusal, and of those about which it is not even asked."""
    busy = Response(429, b"", {"Retry-After": "7200"})
    until = f"; not asked again before {START + timedelta(hours=2):%Y-%m-%d %H:%M} UTC"
    async with rdap_server({DOMAIN: busy}) as rdap, doors() as opened:
        order = enrichment.waves({"rdap": enrich_rdap.Settings(server=rdap.url)})
        asking = enrichment.context_for(store, opened, (), clock.now, [].append)
        looks = [
            await enrichment.enrich(store, domain, order, asking)
            for domain in (DOMAIN, "mail-en-marche.co")
        ]

    told = [report.message for look in looks for report in look.reports]
    assert [one.partition(" ")[2] for one in told] == [
        f"answered with status 429{until}",
        f"asked to be left alone{until}",
    ]
    assert looks[1].dossier.unknown["registrar"] == told[1]


def test_enrichers_are_ordered_by_their_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that need nothing first; one whose need is not configured does not wait for it."""
    parts = {
        "hosting": Enricher({}, AFTER=("dns",)),
        "dns": Enricher({}),
        "tor": Enricher({}, AFTER=("hosting", "dns")),
        "whois": Enricher({}, AFTER=("rdap",)),
    }
    for name, part in parts.items():
        monkeypatch.setitem(sys.modules, f"hunter.enrichers.{name}", cast("Any", part))
    order = enrichment.waves(dict.fromkeys(parts, EnricherSettings()))

    assert [sorted(one.name for one in asked) for asked in order] == [
        ["dns", "whois"],
        ["hosting"],
        ["tor"],
    ]


async def test_a_later_wave_sees_what_the_earlier_found(store: Store, clock: SetClock) -> None:
    """Within a wave nobody sees the others' answers."""
    first, beside, later = (Enricher({name: 1}) for name in ("a", "b", "c"))
    await ask(store, clock, wave(first=first, beside=beside), wave(later=later))

    assert "a" not in first.shown[0].fields
    assert "a" not in beside.shown[0].fields
    assert {"a", "b"} <= later.shown[0].fields.keys()


async def test_an_answer_is_not_asked_for_again_while_it_is_young(
    store: Store, clock: SetClock
) -> None:
    """Unless somebody wants it fresh."""
    one = Enricher({"a": 1})
    for minutes in (0, 30, 60):
        clock.set(START + timedelta(minutes=minutes))
        await ask(store, clock, wave(one=one))
    await ask(store, clock, wave(one=one), fresh=True)

    assert len(one.shown) == 3


async def test_what_could_not_be_found_out_is_asked_for_sooner(
    store: Store, clock: SetClock
) -> None:
    """After ten minutes instead of an hour."""
    one = Enricher({"a": None})
    for minutes in (0, 5, 10):
        clock.set(START + timedelta(minutes=minutes))
        await ask(store, clock, wave(one=one))

    assert len(one.shown) == 2
    assert dossier_of(store, DOMAIN, clock.now()).unknown == {"a": "SERVFAIL"}


async def test_an_answer_from_a_clock_that_was_ahead_is_not_young(
    store: Store, clock: SetClock
) -> None:
    """Nobody would be asked until that time has come."""
    one = Enricher({"a": 1})
    clock.set(START + timedelta(days=365))
    await ask(store, clock, wave(one=one))
    clock.set(START)
    await ask(store, clock, wave(one=one))

    assert len(one.shown) == 2


async def test_who_has_nothing_to_say_is_not_asked(store: Store, clock: SetClock) -> None:
    """And counts as never asked."""
    one = Enricher({"a": 1}, welcome=lambda dossier: "b" in dossier.fields)
    await ask(store, clock, wave(one=one), wave(other=Enricher({"b": 2})), wave(one=one))

    assert len(one.shown) == 1
    assert facts.asked_at(store, DOMAIN) == {"one": START, "other": START}


@pytest.mark.parametrize(
    ("trouble", "why"),
    [
        (WillPass("rdap.example: 503"), "rdap.example: 503"),
        (WillNotPass("the key was refused"), "the key was refused"),
    ],
)
async def test_trouble_is_a_reason_and_no_answer(
    store: Store, clock: SetClock, trouble: Exception, why: str
) -> None:
    """What was known stays, what was not is unknown with the reason, and it is asked again."""
    one = Enricher({"a": 1})
    await ask(store, clock, wave(one=one))
    clock.set(START + timedelta(hours=2))
    one.trouble = trouble
    one.answers["b"] = 2
    fared = await ask(store, clock, wave(one=one))
    dossier = dossier_of(store, DOMAIN, clock.now())

    assert (fared["enrichers.one"].healthy, fared["enrichers.one"].message) == (False, why)
    assert dossier.fields["a"] == 1
    assert dossier.unknown == {"b": why}
    assert facts.asked_at(store, DOMAIN) == {"one": START}


async def test_no_answer_in_time_is_a_reason_too(
    store: Store, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever an enricher waits for."""

    async def wait(*_: object) -> Sequence[Fact]:
        await asyncio.sleep(3600)
        return ()

    monkeypatch.setattr(enrichment, "_LONGEST", 0.01)
    slow = Enricher({"a": 1})
    slow.enrich = wait  # type: ignore[method-assign,assignment]
    fared = await ask(store, clock, wave(slow=slow, quick=Enricher({"b": 2})))

    assert not fared["enrichers.slow"].healthy
    assert fared["enrichers.quick"].healthy
    assert dossier_of(store, DOMAIN, START).unknown == {"a": "no answer in time"}


async def test_a_fault_in_one_enricher_costs_only_its_own_answer(
    store: Store, clock: SetClock
) -> None:
    """The others', also those of later waves, are kept, and how each fared is told."""
    broken = Enricher({"a": 1}, trouble=KeyError("oops"))
    fared = await ask(
        store,
        clock,
        wave(broken=broken, beside=Enricher({"b": 2})),
        wave(later=Enricher({"c": 3})),
    )
    dossier = dossier_of(store, DOMAIN, START)

    assert fared["enrichers.broken"].message == "a fault in hunter; see the journal"
    assert {part: report.healthy for part, report in fared.items()} == {
        "enrichers.broken": False,
        "enrichers.beside": True,
        "enrichers.later": True,
    }

    assert (dossier.fields["b"], dossier.fields["c"]) == (2, 3)
    assert "fault" in dossier.unknown["a"]


async def test_a_field_that_holds_no_value_now_is_ended(store: Store, clock: SetClock) -> None:
    """An enricher answers for all its fields, also by saying nothing of one."""
    one = Enricher({"a": 1, "b": 2})
    await ask(store, clock, wave(one=one))
    clock.set(START + timedelta(days=1))
    one.enrich = _empty  # type: ignore[method-assign,assignment]
    await ask(store, clock, wave(one=one))

    assert not {"a", "b"} & dossier_of(store, DOMAIN, clock.now()).fields.keys()


async def test_a_squatter_cannot_deny_that_the_domain_exists(store: Store) -> None:
    """Its own name server says NXDOMAIN, and not of the host where the page is.

    As at the registry of .de, nobody tells of a day of registration.
    """
    seen = [Sighting(f"login.{DOMAIN}", DOMAIN, "ct_logs", START)]
    sightings.record(store, seen, [], START)
    answer = {**registered(DOMAIN), "events": []}
    async with (
        dns_server({f"login.{DOMAIN}": {"A": "192.0.2.1"}, DOMAIN: Trouble.NXDOMAIN}) as dns,
        rdap_server({DOMAIN: answer}) as rdap,
        doors(dns=dns.port) as opened,
    ):
        tables = {
            "dns": enrich_dns.Settings(),
            "rdap": enrich_rdap.Settings(server=rdap.url),
        }
        order = enrichment.waves(tables)
        looked = await enrichment.enrich(store, DOMAIN, order, context(opened))

    assert looked.dossier.fields["dns_status"] == "absent"
    assert looked.dossier.fields["stage"] == "certificate"


async def test_a_host_that_does_not_answer_is_where_it_was(store: Store, clock: SetClock) -> None:
    """Its address is not over; one that is gone is."""
    hosts = (f"login.{DOMAIN}", f"mail.{DOMAIN}")
    sightings.record(store, [Sighting(host, DOMAIN, "ct_logs", START) for host in hosts], [], START)
    order = enrichment.waves({"dns": enrich_dns.Settings()})
    both = {host: {"A": f"192.0.2.{number}"} for number, host in enumerate(hosts)}
    looked = []
    for hour, names in enumerate((both, {**both, hosts[0]: Trouble.SERVFAIL}, {hosts[0]: {}})):
        clock.set(START + timedelta(hours=2 * hour))
        async with dns_server({DOMAIN: {}, **names}) as dns, doors(dns=dns.port) as opened:
            asking = replace(context(opened), now=clock.now)
            looked.append((await enrichment.enrich(store, DOMAIN, order, asking)).dossier)

    held = [dossier.fields.get("host_address", ()) for dossier in looked]
    assert held == [("192.0.2.0", "192.0.2.1"), ("192.0.2.0", "192.0.2.1"), ()]


@pytest.mark.parametrize(
    ("technique", "confidence", "wait"),
    [
        ("keyword", 0.3, ladder.WEEK),
        ("keyword", 0.9, timedelta(hours=1)),
        ("track", 0.0, timedelta(hours=1)),
    ],
)
async def test_a_name_to_come_is_awaited_as_plainly_as_it_imitates(
    store: Store, clock: SetClock, technique: str, confidence: float, wait: timedelta
) -> None:
    """What a track found was asked for, whatever it looks like."""
    seen = Sighting(DOMAIN, DOMAIN, "permutations", START)
    match = Match(DOMAIN, DOMAIN, "en-marche.fr", technique, "x", (0, 1), confidence, "")
    sightings.record(store, [seen], [match], START)
    await ask(store, clock, wave(dns=Enricher({"dns_status": "absent"})))

    dossier = dossier_of(store, DOMAIN, clock.now())
    assert enrichment.next_look(store, dossier, clock.now()) == START + wait


async def test_nobody_outside_is_asked_about_a_canary(store: Store, clock: SetClock) -> None:
    """Hunter made it up: only what answers for it is asked."""
    made_up = canary.domain_at(START)
    own, other = Enricher({"a": 1}), Enricher({"b": 2})
    asking = EnricherContext(clock.now, cast("Doors", None))
    await enrichment.enrich(store, made_up, [wave(canary=own, other=other)], asking)

    assert (len(own.shown), len(other.shown)) == (1, 0)


async def test_what_was_answered_and_what_was_not_is_counted(store: Store, clock: SetClock) -> None:
    """For each enricher."""
    metrics.forget()
    await ask(
        store, clock, wave(well=Enricher({"a": 1}), ill=Enricher({}, trouble=WillPass("503")))
    )
    found = {labels: figure for _, labels, figure in metrics.counted()}
    metrics.forget()

    assert found == {("well", "answered"): 1, ("ill", "failed"): 1}


async def _empty(*_: object) -> Sequence[Fact]:
    return ()


def test_enrichers_see_what_the_store_knows_and_spend_from_its_budget(store: Store) -> None:
    """Who shares a value, and how often a paid provider may still be asked today."""
    clock = SetClock(START)
    found = [Fact("x.fr", "a", "194.187.249.135", "dns", START)]
    facts.record(store, "x.fr", found, provider="dns", fields=["a"], at=START)
    told: list[Report] = []
    context = enrichment.context_for(store, cast("Doors", None), (), clock.now, told.append)

    assert context.sharing("a", "194.187.249.135") == ("x.fr",)
    assert context.sharing("a", "192.0.2.1") == ()
    assert [context.spend("dnsdb", 2) for _ in range(3)] == [True, True, False]


class Flooded(Enricher):
    """Tells far too much."""

    async def enrich(
        self, dossier: Dossier, settings: Any, context: EnricherContext
    ) -> Sequence[Fact]:
        """Ever more of one field, and one of another after it."""
        many = [Fact(DOMAIN, "a", number, "x", context.now()) for number in range(10_000)]
        return [*many, Fact(DOMAIN, "ns", "ns.monovm.com", "x", context.now())]


async def test_an_answer_without_end_is_taken_in_part(store: Store, clock: SetClock) -> None:
    """Whoever fills an archive with addresses must not hold up everybody at every look."""
    await ask(store, clock, wave(archive=Flooded({"a": None, "ns": None})))
    known = dossier_of(store, DOMAIN, clock.now()).fields

    assert len(cast("tuple[Value, ...]", known["a"])) == 5_000
    assert known["ns"] == "ns.monovm.com"


class Misspelt(Enricher):
    """Declares a field, and tells of it by another name."""

    async def enrich(
        self, dossier: Dossier, settings: Any, context: EnricherContext
    ) -> Sequence[Fact]:
        """With a slip in its name."""
        found = await super().enrich(dossier, settings, context)
        return [replace(fact, field="regstrar") for fact in found]


async def test_a_field_that_nobody_declares_is_left_out_and_told(
    store: Store, clock: SetClock
) -> None:
    """No rule could read it, and whoever wrote the enricher would never know."""
    reports = await ask(store, clock, wave(market=Misspelt({"registrar": "Gandi"})))

    assert not reports["enrichers.market"].healthy
    assert "regstrar" in reports["enrichers.market"].message
    assert "regstrar" not in dossier_of(store, DOMAIN, clock.now()).fields


class Careless(Enricher):
    """Counts on a fact that is not always there, or forgets to answer."""

    def wants(self, dossier: Dossier, settings: Any) -> bool:
        """A fault where nobody knows an address."""
        return bool(dossier.fields["a"])


class Mute(Enricher):
    """Returns nothing, not even an empty answer."""

    async def enrich(self, *_: Any) -> Any:
        """None."""


class Sloppy(Enricher):
    """Hands on what the other side told, as it came."""

    async def enrich(self, *_: Any) -> Any:
        """A fact of each of its values."""
        at = START
        return [Fact(DOMAIN, field, one, "x", at) for field, one in self.answers.items()]


@pytest.mark.parametrize("told", [["a", "b"], {"a": 1}, b"a", float("nan"), float("inf")])
async def test_an_answer_that_cannot_be_kept_costs_nobody_elses(
    store: Store, clock: SetClock, told: Any
) -> None:
    """Those that were asked beside it lost theirs, and who had failed stood nowhere."""
    others = Enricher({"ns_domain": "monovm.com"})
    fared = await ask(store, clock, wave(archive=Sloppy({"owner": told}), others=others))
    known = dossier_of(store, DOMAIN, clock.now())

    assert known.fields["ns_domain"] == "monovm.com"
    assert known.unknown["owner"] == "a fault in hunter; see the journal"
    assert not fared["enrichers.archive"].healthy


@pytest.mark.parametrize("broken", [Careless, Mute])
async def test_what_the_others_said_is_kept_whatever_is_wrong_with_one(
    store: Store, clock: SetClock, broken: type[Enricher]
) -> None:
    """Whether it is to be asked may be where the fault is, and so may the form of its answer."""
    others = Enricher({"ns_domain": "monovm.com"})
    await ask(store, clock, wave(archive=broken({"owner": None}), others=others))
    known = dossier_of(store, DOMAIN, clock.now())

    assert known.fields["ns_domain"] == "monovm.com"
    assert known.unknown["owner"] == "a fault in hunter; see the journal"


class Unready(Enricher):
    """Looks at its key before it says whether it wants to be asked."""

    def wants(self, dossier: Dossier, settings: Any) -> bool:
        """Trouble where the machine is short of descriptors."""
        raise WillPass("the secret cannot be read")


async def test_trouble_in_whether_it_wants_to_be_asked_is_its_own(
    store: Store, clock: SetClock
) -> None:
    """Raised, it would pass for trouble of the store, and nobody at all would be asked."""
    others = Enricher({"ns_domain": "monovm.com"})
    fared = await ask(store, clock, wave(archive=Unready({"owner": None}), others=others))
    known = dossier_of(store, DOMAIN, clock.now())

    assert fared["enrichers.archive"].message == "the secret cannot be read"
    assert known.fields["ns_domain"] == "monovm.com"
    assert known.unknown["owner"] == "the secret cannot be read"


async def test_what_was_told_of_an_address_ends_with_it(store: Store, clock: SetClock) -> None:
    """Without one the domain is hosted nowhere, and what was in doubt about that is no more."""
    address = Enricher({"a": "193.29.187.40"})
    told = Enricher({"asn": 51177, "cdn": None}, welcome=lambda dossier: "a" in dossier.fields)
    await ask(store, clock, wave(dns=address), wave(hosting=told))
    with_it = dossier_of(store, DOMAIN, clock.now())
    clock.set(START + timedelta(hours=1))
    await ask(store, clock, wave(dns=Silent({"a": None})), wave(hosting=told))
    without = dossier_of(store, DOMAIN, clock.now())

    assert (with_it.fields["asn"], with_it.unknown.keys()) == (51177, {"cdn"})
    assert "asn" not in without.fields
    assert without.unknown == {}


async def test_what_was_told_of_an_address_is_asked_for_when_it_is_back(
    store: Store, clock: SetClock
) -> None:
    """At once, be the last answer young or not: what it told holds no more."""
    told = Enricher({"asn": 51177, "cdn": None}, welcome=lambda dossier: "a" in dossier.fields)
    there, gone = Enricher({"a": "193.29.187.40"}), Silent({"a": None})
    for minutes, address in ((0, there), (10, gone), (20, there)):
        clock.set(START + timedelta(minutes=minutes))
        await ask(store, clock, wave(**{f"dns{minutes}": address}), wave(hosting=told))
        facts.record(store, DOMAIN, (), provider=f"dns{minutes}", fields=["a"], at=clock.now())

    assert len(told.shown) == 2


async def test_what_an_older_version_told_ends_too(store: Store, clock: SetClock) -> None:
    """A field that nobody declares any more would hold for ever, and be written at every look."""
    told = Enricher({"asn": 51177, "carrier": "monovm"})
    await ask(store, clock, wave(hosting=told))
    clock.set(START + timedelta(hours=1))
    gone = Enricher({"asn": 51177}, welcome=lambda _: False)
    await ask(store, clock, wave(hosting=gone))

    assert facts.fields_told(store, DOMAIN, "hosting") == frozenset()


async def test_what_was_told_of_an_address_stays_while_nobody_answers(
    store: Store, clock: SetClock
) -> None:
    """Silence says nothing: the domain may be where it was."""
    told = Enricher({"asn": 51177}, welcome=lambda dossier: "a" in dossier.fields)
    await ask(store, clock, wave(dns=Enricher({"a": "193.29.187.40"})), wave(hosting=told))
    clock.set(START + timedelta(hours=1))
    await ask(store, clock, wave(dns=Enricher({"a": None})), wave(hosting=told))

    assert dossier_of(store, DOMAIN, clock.now()).fields["asn"] == 51177
