"""The filter that a dismissal calls for: it covers what was dismissed, and no stranger."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hunter import dossiers, feedback
from hunter.config import shipped_rules
from hunter.dossiers import rule_fields
from hunter.feedback import Reason
from hunter.judge import judge, trials
from hunter.model import Alert, AlertState, Brand, Dossier, Level, Match
from hunter.rulebook import Rulebook, RuleFile, gather, load_files
from tests.world.rulebooks import correlation, rule

AT = datetime(2017, 4, 24, tzinfo=UTC)
BRAND = Brand("en-marche.fr", ("marche",))
NEAR = rule("near: {confidence|gte: 0.1}\ncondition: near", "near")
LABEL = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,2}", fullmatch=True)


def alert_on(domain: str, term: str = "marche", host: str = "") -> Alert:
    """An alert on a name that holds the term as it is."""
    name = host + domain
    span = (name.index(term), name.index(term) + len(term))
    match = Match(name, domain, BRAND.domain, "combosquatting", term, span, 0.5, "", term=term)
    return Alert(
        *(1, BRAND.domain, domain, Level.MEDIUM, 30, AlertState.NEW, AT, AT, match),
        findings=(),
        transitions=(),
    )


def dossier_of(alert: Alert, **facts: Any) -> Dossier:
    """What is known of it."""
    made = dossiers.assemble(
        alert.domain, brand=BRAND, match=alert.match, sightings=(), history=(), at=AT
    )
    return replace(made, fields={**made.fields, **facts})


def proposed(
    alert: Alert, reason: Reason, *, others: tuple[Match, ...] = (), **facts: Any
) -> feedback.Proposal:
    """The proposal for the alert, over one rule."""
    dossier = dossier_of(alert, **facts)
    return feedback.propose(alert, dossier, BRAND, reason, rules=("near",), at=AT, others=others)


def book(*texts: str) -> Rulebook:
    """The rule, and filters over it."""
    files = [RuleFile(f"{number}.yml", text.encode()) for number, text in enumerate(texts)]
    return load_files(files, rule_fields())


def silenced(proposal: feedback.Proposal, dossier: Dossier) -> bool:
    """Whether the filter keeps the one rule silent."""
    assert judge(book(NEAR), dossier)
    return not judge(book(NEAR, proposal.text), dossier)


FACTS: dict[str, Any] = {
    "registered": 20170401,
    "ns_domain": ("a.example", "b.example"),
    "mx_domain": "c.example",
    "has_mx": True,
}


@pytest.mark.parametrize("reason", Reason)
@pytest.mark.parametrize("domain", ["supermarche-bio.fr", "bio-supermarche.fr", "marche.example"])
@pytest.mark.parametrize("facts", [FACTS, {}])
def test_it_silences_what_was_dismissed_and_passes_its_own_tests(
    reason: Reason, domain: str, facts: dict[str, Any]
) -> None:
    """Whatever the reason, and however much is known."""
    alert = alert_on(domain)
    made = proposed(alert, reason, **facts)

    assert silenced(made, dossier_of(alert, **facts))
    results = list(trials(book(NEAR, made.text)))
    assert len(results) >= 2
    assert all(one.passed for one in results), [str(one) for one in results]


@given(st.sampled_from(Reason), LABEL, LABEL, st.booleans(), st.sampled_from([".fr", ".com"]))
def test_no_stranger_is_silenced_because_a_name_is_in_theirs(
    reason: Reason, before: str, after: str, glued: bool, suffix: str
) -> None:
    """A longer word that holds the dismissed one, or a domain that holds the domain, is heard."""
    alert = alert_on("supermarche-bio.fr")
    made = proposed(alert, reason, **FACTS)
    join = "" if glued else "-"
    label = f"{before}{join}supermarche-bio{join}{after}"
    foreign = dossier_of(alert_on(f"{label}{suffix}"), **FACTS)

    words = label.split("-")
    assume(reason is not Reason.WORD or "supermarche" not in words)
    assert not silenced(made, foreign)


def test_a_word_is_left_out_only_where_nothing_but_the_keyword_was_found() -> None:
    """Not beside the whole brand, and not where the name imitates more plainly."""
    made = proposed(alert_on("supermarche-bio.fr"), Reason.WORD)
    other = alert_on("bio-supermarche.com")
    whole = alert_on("supermarche-en-marche.fr", "en-marche")
    plainer = dossier_of(other, confidence=0.51)

    assert silenced(made, dossier_of(other))
    assert not silenced(made, dossier_of(whole))
    assert not silenced(made, plainer)


@pytest.mark.parametrize(
    "alert",
    [
        alert_on("marche-bio.fr"),
        alert_on("mail-en-marche.fr", "en-marche"),
        alert_on("shop.fr", host="supermarche."),
        replace(alert_on("supermarche.fr"), domain="xn--supermarch-i7a.fr"),
    ],
)
def test_where_there_is_no_word_the_domain_alone_is_left_out(alert: Alert) -> None:
    """The keyword by itself, the whole brand, a host of somebody's, letters that only look so."""
    made = proposed(alert, Reason.WORD)

    assert f"domain: '{alert.domain}'" in made.text
    assert "|re" not in made.text
    assert any("No ordinary word" in note for note in made.notes)


def test_what_is_ours_is_owned_as_far_as_it_imitates() -> None:
    """The firm that gives a host to each of its customers is not."""
    ours, host = alert_on("marche.fr"), alert_on("atlassian.net", host="en-marche.")

    assert 'owned = ["marche.fr"]' in proposed(ours, Reason.OWN).notes[0]
    assert 'owned = ["en-marche.atlassian.net"]' in proposed(host, Reason.OWN).notes[0]


def test_all_hosts_under_a_firm_are_named_for_one_may_not_be_ours() -> None:
    """And of its filter is said that it keeps the next customer silent as well."""
    host, other = (alert_on("atlassian.net", host=name) for name in ("en-marche.", "marche-x."))
    own, whole, *_ = proposed(host, Reason.OWN, others=(host.match, other.match)).notes

    assert 'owned = ["en-marche.atlassian.net", "marche-x.atlassian.net"]' in own
    assert "but for hosts that are not yours" in own
    assert whole.startswith("It holds for all of atlassian[.]net")
    for ours in (alert_on("marche.fr"), alert_on("supermarche.fr")):
        told = [*proposed(ours, Reason.PARKED).notes, *proposed(ours, Reason.WORD).notes]
        assert not any("holds for all of" in note for note in told)


def test_a_word_that_nobody_knows_is_looked_at_twice() -> None:
    """It may be the imitation itself."""
    assert any(
        "look twice" in note for note in proposed(alert_on("marchefr.fr"), Reason.WORD).notes
    )
    assert proposed(alert_on("supermarche.fr"), Reason.WORD).notes == ()


@pytest.mark.parametrize(
    "changed",
    [{"registered": 20180401}, {"ns_domain": "d.example"}, {"has_mx": False}, {"mx_domain": "e"}],
)
def test_a_parked_domain_is_heard_of_when_it_moves(changed: dict[str, Any]) -> None:
    """To another server, to mail, or to another owner."""
    alert = alert_on("supermarche-bio.fr")
    made = proposed(alert, Reason.PARKED, **FACTS)
    assert not silenced(made, dossier_of(alert, **{**FACTS, **changed}))


def test_hostile_facts_do_not_write_rules() -> None:
    """What is no plain name is left out of the filter."""
    alert = alert_on("supermarche-bio.fr")
    made = proposed(alert, Reason.PARKED, ns_domain=("x\n  condition: all of them", "b.example"))

    assert "all of them" not in made.text
    assert silenced(made, dossier_of(alert))


def test_what_feeds_a_correlation_is_filtered_in_its_place() -> None:
    """Rules that opened nothing by themselves are left alone."""
    shared = correlation(
        "type: value_count\nrules: [near]\ngenerate: true\ngroup-by: [registrant_email]\n"
        "timespan: 90d\ncondition: {gte: 2, field: domain}",
        "shared",
    )
    rules = book(NEAR, shared, rule("a: {has_mx: true}\ncondition: a", "mail"))
    ids = {one.name: one.id for one in rules.headers}

    assert feedback.to_silence(rules, [ids["shared"]], Level.MEDIUM) == ("near",)
    assert feedback.to_silence(rules, [ids["mail"]], Level.MEDIUM) == ("mail",)
    assert feedback.to_silence(rules, ids.values(), Level.CRITICAL) == ()


def test_the_shipped_rules_have_names_to_be_filtered_by() -> None:
    """So that a proposal reads well."""
    files, _ = gather([shipped_rules()])
    rules = load_files(files, rule_fields())
    named = feedback.to_silence(rules, [one.id for one in rules.headers], Level.INFORMATIONAL)
    assert len(named) == len(rules.rules)
    assert all("-" not in name for name in named)
