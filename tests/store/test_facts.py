"""Facts are never overwritten: each row is a value and the time it held."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hunter.model import Fact, Value
from hunter.store import Store, facts

DAY = [datetime(2017, 4, 12, tzinfo=UTC) + timedelta(days=number) for number in range(40)]
DOMAIN = "en-marche.co"
FIELDS = ("ns_domain", "mx", "a")


def answer(
    store: Store, day: int, field: str = "ns_domain", *values: Value, provider: str = "dns"
) -> None:
    """One provider's whole answer about one field on a day."""
    found = [Fact(DOMAIN, field, value, provider, DAY[day]) for value in values]
    facts.record(store, DOMAIN, found, provider=provider, fields=[field], at=DAY[day])


def silence(store: Store, day: int, why: str = "SERVFAIL", field: str = "ns_domain") -> None:
    """One provider that could not find out."""
    found = [Fact(DOMAIN, field, None, "dns", DAY[day], why)]
    facts.record(store, DOMAIN, found, provider="dns", fields=[field], at=DAY[day])


def intervals(store: Store, field: str = "ns_domain") -> list[tuple[Value | None, int, int, int]]:
    """Value, and the days it was first and last seen and ended; -1 while it holds."""
    return [
        (
            fact.value,
            DAY.index(fact.first_seen),
            DAY.index(fact.last_seen),
            DAY.index(fact.ended_at) if fact.ended_at else -1,
        )
        for fact in sorted(facts.history(store, DOMAIN), key=lambda one: one.first_seen)
        if fact.field == field
    ]


def test_what_is_past_is_kept_once_as_past(store: Store) -> None:
    """Of each domain, field, value and provider; what holds now is not ended by it."""

    def learn(day: int, *found: Fact, provider: str = "rdap") -> None:
        facts.record_past(store, found, provider=provider, at=DAY[day])

    old = Fact(DOMAIN, "ns_domain", "monovm.com", "rdap", DAY[0])
    answer(store, 0, "ns_domain", "monovm.com", provider="whois")
    learn(1, old)
    learn(2, old)
    learn(3, replace(old, value="cloudflare.com"), replace(old, field="mx"))
    learn(4, replace(old, subject="en-marche.net"))
    learn(5, old, provider="case")

    assert sorted(intervals(store)) == [
        ("cloudflare.com", 3, 3, 3),
        ("monovm.com", 0, 0, -1),
        ("monovm.com", 1, 1, 1),
        ("monovm.com", 5, 5, 5),
    ]
    assert intervals(store, "mx") == [("monovm.com", 3, 3, 3)]
    assert len(facts.history(store, "en-marche.net")) == 1


def test_what_one_provider_told_comes_by_time(store: Store) -> None:
    """Of one domain and one field, past or not."""
    answer(store, 0, "ns_domain", "zone.com")
    answer(store, 1, "ns_domain", "monovm.com")
    answer(store, 1, "ns_domain", "other.com", provider="whois")
    answer(store, 1, "mx", "mail.com")
    other = [Fact("en-marche.net", "ns_domain", "x.com", "dns", DAY[0])]
    facts.record(store, "en-marche.net", other, provider="dns", fields=["ns_domain"], at=DAY[0])

    found = facts.told(store, DOMAIN, "ns_domain", "dns")
    assert [one.value for one in found] == ["zone.com", "monovm.com"]
    held = facts.held(store, DOMAIN)
    assert [(one.field, one.value, one.first_seen, one.ended_at) for one in held] == [
        (one.field, one.value, one.first_seen, one.ended_at) for one in facts.history(store, DOMAIN)
    ]


def test_who_carries_a_value_comes_newest_first(store: Store) -> None:
    """Whatever the field, now or before; and no other value."""
    answer(store, 0, "mx", "mail.com")
    answer(store, 1, "mx", "other.com")
    answer(store, 3, "ns_domain", "mail.com")
    answer(store, 2, "registrar", "mail.com")

    found = facts.carrying(store, "mail.com", limit=10)
    assert [one.field for one in found] == ["ns_domain", "registrar", "mx"]
    assert facts.carrying(store, "mail.com", limit=1) == found[:1]


def test_a_network_is_searched_in_the_fields_that_are_asked_for(store: Store) -> None:
    """An address may stand in several."""
    answer(store, 0, "a", "193.29.187.40")

    assert facts.within(store, ["host_address", "a"], "193.29.187.0/24", 9) == (DOMAIN,)
    assert facts.within(store, ["host_address"], "193.29.187.0/24", 9) == ()


def test_a_value_that_comes_back_is_a_third_row(store: Store) -> None:
    """A, then B, then A again: three intervals, of which the last holds."""
    for day, value in enumerate(["monovm.com", "cloudflare.com", "monovm.com"]):
        answer(store, day, "ns_domain", value)

    assert intervals(store) == [
        ("monovm.com", 0, 0, 1),
        ("cloudflare.com", 1, 1, 2),
        ("monovm.com", 2, 2, -1),
    ]


def test_the_same_value_again_only_lasts_longer(store: Store) -> None:
    """Asking every hour does not fill the store."""
    for day in range(3):
        answer(store, day, "ns_domain", "monovm.com")

    assert intervals(store) == [("monovm.com", 0, 2, -1)]


def test_could_not_find_out_ends_nothing(store: Store) -> None:
    """A silent name server is no change; the reason stands beside what is known."""
    answer(store, 0, "ns_domain", "monovm.com")
    silence(store, 1)

    assert intervals(store) == [("monovm.com", 0, 0, -1), (None, 1, 1, -1)]
    assert [fact.unknown for fact in facts.history(store, DOMAIN)] == ["", "SERVFAIL"]


def test_an_answer_ends_could_not_find_out(store: Store) -> None:
    """Once something was learnt, nothing is unknown any more."""
    silence(store, 0)
    answer(store, 1, "ns_domain", "monovm.com")

    assert intervals(store) == [(None, 0, 0, 1), ("monovm.com", 1, 1, -1)]


def test_a_certain_none_ends_both_values_and_doubt(store: Store) -> None:
    """No MX records is an answer."""
    answer(store, 0, "mx", "mail.en-marche.co")
    silence(store, 1, field="mx")
    answer(store, 2, "mx")

    assert intervals(store, "mx") == [("mail.en-marche.co", 0, 0, 2), (None, 1, 1, 2)]


def test_another_reason_for_not_knowing_takes_the_old_ones_place(store: Store) -> None:
    """People are told why it is unknown now, not why it was at first."""
    silence(store, 0, "SERVFAIL")
    silence(store, 1, "no answer in time")

    (fact,) = facts.history(store, DOMAIN)
    assert (fact.unknown, fact.first_seen, fact.last_seen) == ("no answer in time", DAY[0], DAY[1])


def test_another_providers_answer_does_not_end_mine(store: Store) -> None:
    """WHOIS and RDAP may disagree; both are kept, each with its own history."""
    answer(store, 0, "ns_domain", "monovm.com", provider="rdap")
    answer(store, 1, "ns_domain", "cloudflare.com", provider="whois")
    answer(store, 2, "ns_domain", provider="whois")

    assert intervals(store) == [("monovm.com", 0, 0, -1), ("cloudflare.com", 1, 1, 2)]


def test_only_fields_that_were_asked_for_are_ended(store: Store) -> None:
    """A provider that answers about mail says nothing about name servers."""
    answer(store, 0, "ns_domain", "monovm.com")
    answer(store, 1, "mx", "mail.en-marche.co")

    assert intervals(store) == [("monovm.com", 0, 0, -1)]


def test_several_values_live_and_end_each_for_itself(store: Store) -> None:
    """One of two addresses goes, one stays, one comes."""
    answer(store, 0, "a", "192.0.2.1", "192.0.2.2")
    answer(store, 1, "a", "192.0.2.2", "192.0.2.3")

    assert sorted(intervals(store, "a")) == [
        ("192.0.2.1", 0, 0, 1),
        ("192.0.2.2", 0, 1, -1),
        ("192.0.2.3", 1, 1, -1),
    ]


def test_of_very_many_past_values_the_first_and_the_newest_are_kept(store: Store) -> None:
    """Whoever has other name servers at every look does not fill the store."""
    spare = Fact(DOMAIN, "mx", "mx.x.fr", "dns", DAY[0])
    facts.record(store, DOMAIN, [spare], provider="dns", fields=["mx"], at=DAY[0])
    for look in range(300):
        at = DAY[0] + timedelta(hours=look)
        servers = [Fact(DOMAIN, "ns", f"ns{look}.x{one}.fr", "dns", at) for one in range(2)]
        facts.record(store, DOMAIN, servers, provider="dns", fields=["ns"], at=at)

    kept = [fact for fact in facts.history(store, DOMAIN) if fact.field == "ns"]
    assert [fact.ended_at is None for fact in kept] == [False] * 200 + [True] * 2
    looks = [int(str(fact.value).partition(".")[0].removeprefix("ns")) for fact in kept]
    assert set(looks) == {*range(50), *range(249, 300)}
    assert [fact.value for fact in facts.history(store, DOMAIN) if fact.field == "mx"] == [
        "mx.x.fr"
    ]


def test_a_host_under_the_domain_has_its_own_history(store: Store) -> None:
    """The address of mail.x is no address of x."""
    host = Fact(f"mail.{DOMAIN}", "a", "192.0.2.9", "dns", DAY[0])
    facts.record(store, DOMAIN, [host], provider="dns", fields=["a"], at=DAY[0])

    assert facts.history(store, DOMAIN) == ()
    assert [fact.value for fact in facts.history(store, f"mail.{DOMAIN}")] == ["192.0.2.9"]


@pytest.mark.parametrize("value", ["1", 1, 1.5, True, "", "é\x00\u2028", 2**40])
def test_a_value_comes_back_with_its_type(store: Store, value: Value) -> None:
    """A rule that asks for the number 1 is not answered by True or "1"."""
    answer(store, 0, "a", value)

    (found,) = facts.history(store, DOMAIN)
    assert (found.value, type(found.value)) == (value, type(value))


def test_a_value_that_utf8_cannot_hold_is_written_out(store: Store) -> None:
    """A registry's JSON may hold half a character; what follows need not know."""
    answer(store, 0, "a", "John \ud800 Pinch")
    silence(store, 0, "\udfff")

    found = {fact.field: fact for fact in facts.history(store, DOMAIN)}
    assert found["a"].value == "John \\ud800 Pinch"
    assert found["ns_domain"].unknown == "\\udfff"


def test_a_faulty_answer_leaves_the_history_as_it_was(store: Store) -> None:
    """All of an answer is kept, or none of it."""
    answer(store, 0, "a", "192.0.2.1")
    wrong = [
        Fact(DOMAIN, "a", "192.0.2.2", "dns", DAY[1]),
        Fact(DOMAIN, "a", object(), "dns", DAY[1]),  # type: ignore[arg-type]
    ]
    with pytest.raises(TypeError):
        facts.record(store, DOMAIN, wrong, provider="dns", fields=["a"], at=DAY[1])

    assert intervals(store, "a") == [("192.0.2.1", 0, 0, -1)]


def test_sharing_finds_who_carries_a_value_now_or_did(store: Store) -> None:
    """A registrant that was withdrawn still ties domains together."""
    answer(store, 0, "registrant_email", "johnpinch@mail.com", provider="rdap")
    answer(store, 1, "registrant_email", provider="rdap")
    other = [Fact("accounts-office.fr", "registrant_email", "johnpinch@mail.com", "rdap", DAY[1])]
    facts.record(
        store, "accounts-office.fr", other, provider="rdap", fields=["registrant_email"], at=DAY[1]
    )

    assert facts.sharing(store, "registrant_email", "johnpinch@mail.com") == (
        "accounts-office.fr",
        DOMAIN,
    )
    assert facts.sharing(store, "registrant_email", "pinch@mail.com") == ()


def test_when_an_enricher_was_asked_is_kept(store: Store) -> None:
    """The last time counts."""
    facts.set_asked(store, DOMAIN, "dns", DAY[0])
    facts.set_asked(store, DOMAIN, "dns", DAY[3])
    facts.set_asked(store, DOMAIN, "rdap", DAY[1])

    assert facts.asked_at(store, DOMAIN) == {"dns": DAY[3], "rdap": DAY[1]}


ANSWERS = st.lists(
    st.one_of(st.none(), st.sets(st.sampled_from(["A", "B", "C", 1, True]), max_size=3)),
    max_size=12,
)


@settings(max_examples=60)
@given(ANSWERS)
def test_history_tells_every_answer_that_was_given(answers: list[set[Value] | None]) -> None:
    """On each day the history holds what was answered then; None is "could not find out"."""
    with Store(Path(":memory:")) as store:
        expected: dict[int, set[str]] = {}
        known: set[str] = set()
        for day, values in enumerate(answers):
            if values is None:
                silence(store, day, field="a")
            else:
                answer(store, day, "a", *sorted(values, key=repr))
                known = {repr(value) for value in values}
            expected[day] = known
        rows = [fact for fact in facts.history(store, DOMAIN) if fact.value is not None]

    for day, values in expected.items():
        held = [
            repr(fact.value)
            for fact in rows
            if fact.first_seen <= DAY[day] and (fact.ended_at is None or fact.ended_at > DAY[day])
        ]
        assert sorted(held) == sorted(values)


NETWORKS = st.one_of(
    st.ip_addresses(v=4).flatmap(
        lambda one: st.integers(0, 32).map(lambda size: ip_network(f"{one}/{size}", strict=False))
    ),
    st.ip_addresses(v=6).flatmap(
        lambda one: st.integers(0, 128).map(lambda size: ip_network(f"{one}/{size}", strict=False))
    ),
)


@settings(max_examples=40)
@given(NETWORKS, st.lists(st.ip_addresses(), max_size=3), st.data())
def test_the_addresses_of_a_network_are_found(
    network: IPv4Network | IPv6Network, others: list[object], data: st.DataObject
) -> None:
    """All of them, however they are shortened, and no other."""
    inside = data.draw(st.integers(0, network.num_addresses - 1).map(lambda at: network[at]))
    known = dict.fromkeys(map(str, (*others, inside)))
    with Store(Path(":memory:")) as store:
        for number, address in enumerate(known):
            fact = Fact(f"d{number}.example", "a", address, "dns", DAY[0])
            facts.record(store, fact.subject, [fact], provider="dns", fields=["a"], at=DAY[0])
        found = facts.within(store, ("a", "aaaa"), str(network), 10)

    wanted = {f"d{n}.example" for n, one in enumerate(known) if ip_address(one) in network}
    assert set(found) == wanted


def test_a_text_is_found_in_whatever_case(store: Store) -> None:
    """`sharing` wants it exactly."""
    answer(store, 0, "registrant_org", "THC Projects SRL")

    assert facts.sharing_text(store, "registrant_org", "thc projects srl") == (DOMAIN,)
    assert facts.sharing(store, "registrant_org", "thc projects srl") == ()


@given(st.lists(st.text('aAbBéÉ"', max_size=3), max_size=8), st.text('aAbBéÉ"', max_size=3))
@settings(max_examples=50, deadline=None)
def test_texts_are_the_same_when_their_ascii_letters_are(values: list[str], wanted: str) -> None:
    """However the store looks for them; in JSON all others are escapes, which have no case."""
    with Store(Path(":memory:")) as store:
        for number, value in enumerate(values):
            fact = Fact(f"d{number}.example", "registrant_org", value, "rdap", DAY[0])
            facts.record(store, fact.subject, [fact], provider="rdap", fields=[], at=DAY[0])
        found = facts.sharing_text(store, "registrant_org", wanted)

    same = wanted.encode().lower()
    assert found == tuple(
        f"d{number}.example" for number, one in enumerate(values) if one.encode().lower() == same
    )
