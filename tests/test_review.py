"""Remarks on rules that are sound and yet hardly meant so."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from hunter.config import Config
from hunter.contracts import EnricherSettings
from hunter.dossiers import rule_fields
from hunter.model import Level, Subscriber
from hunter.review import remarks
from hunter.rulebook import Rulebook
from tests.world.hunting import BRAND, PARTNER, small_config
from tests.world.rulebooks import book, correlation, rule

FIELDS = rule_fields()
FEED = rule("near: {confidence|gte: 0.5}\ncondition: near")
rules = partial(book, fields=FIELDS)
QUIET = FEED.replace("level: medium", "level: low")


def counted(condition: str, kind: str = "event_count") -> str:
    """A correlation over the rule above."""
    return correlation(
        f"type: {kind}\nrules: [one]\ngroup-by: [a]\ntimespan: 3d\ncondition: {condition}"
    )


def told(book: Rulebook, config: Config | None = None) -> list[tuple[str, str]]:
    """Concern and message of every remark."""
    return [(str(one.concern), one.message) for one in remarks(book, FIELDS, config)]


@pytest.mark.parametrize(
    ("detection", "concern", "message"),
    [
        ("s: {stage: webb}\ncondition: s", "never matches", "can never match: 'stage: 'webb''"),
        ("s: {confidence|gte: 0}\ncondition: s", "always matches", "matches every domain"),
        ("s: {unknown: ns_domian}\ncondition: s", "never matches", "can never match: 'unknown"),
    ],
)
def test_rules_that_cannot_be_meant(
    tmp_path: Path, detection: str, concern: str, message: str
) -> None:
    """They can never match, or always do."""
    ((found, said),) = told(rules(tmp_path, rule(detection)))
    assert (found, said[: len(message)]) == (concern, message)


def test_a_remark_has_its_place(tmp_path: Path) -> None:
    """File and line of the condition, the rule's title, and a hint."""
    (remark,) = remarks(rules(tmp_path, rule("s: {confidence|gte: 0}\ncondition: s")), FIELDS, None)
    assert remark.concern.grave
    assert str(remark) == (
        f"{tmp_path}/0.yml: line 10, detection.condition: 'Rule one' matches every domain\n"
        "    hint: add a selection that only some domains meet, such as 'confidence|gte: 0.5'"
    )


def filtering(selection: str, condition: str = "not s") -> str:
    """A filter on the rule above."""
    return (
        "title: Left out\nlogsource: {product: hunter, category: domain}\n"
        f"filter:\n  rules: [one]\n  s: {selection}\n  condition: {condition}\n"
    )


@pytest.mark.parametrize(
    ("selection", "condition", "message"),
    [
        ("{confidence|gte: 0.2}", "not s", "can never match: its filters leave out all"),
        ("{confidence|gte: 0}", "not s", "lets nothing pass"),
        ("{stage: webb}", "not s", "leaves nothing out"),
    ],
)
def test_filters_that_cannot_be_meant(
    tmp_path: Path, selection: str, condition: str, message: str
) -> None:
    """One that silences all of its rule, one that silences everything, one that does nothing."""
    found = [said for _, said in told(rules(tmp_path, FEED, filtering(selection, condition)))]
    assert any(said.startswith(message) for said in found), found


def test_a_filter_without_not_is_noted(tmp_path: Path) -> None:
    """Sigma's own specification shows one; here it would silence nearly everything."""
    book = rules(tmp_path, FEED, filtering("{domain|contains: supermarche}", "s"))
    (remark,) = remarks(book, FIELDS, None)
    assert not remark.concern.grave
    assert remark.message == "silences its rules for all domains but those that it names"
    assert "'condition: not selection'" in remark.hint


@pytest.mark.parametrize(
    ("condition", "kind", "expected"),
    [
        ("{gte: 2}", "event_count", []),
        ("{gte: 1}", "event_count", ["always matches"]),
        ("{lt: 1}", "event_count", ["never matches"]),
        ("{gt: 5, lt: 3}", "event_count", ["never matches"]),
        ("{gte: 2}", "temporal", ["never matches"]),
        ("{gte: 0.5, field: age_days}", "value_avg", []),
    ],
)
def test_counts_that_cannot_be_meant(
    tmp_path: Path, condition: str, kind: str, expected: list[str]
) -> None:
    """No window holds so many, or every one does."""
    found = told(rules(tmp_path, QUIET, counted(condition, kind)))
    assert [concern for concern, _ in found] == expected


@pytest.mark.parametrize(("generate", "level"), [("", "medium"), ("", "low"), ("true", "medium")])
def test_a_correlation_that_silences_a_rule_is_noted(
    tmp_path: Path, generate: str, level: str
) -> None:
    """A rule that opens alerts opens none when it feeds, unless the correlation lets it speak."""
    feed = FEED.replace("level: medium", f"level: {level}")
    many = counted("{gte: 2}") + ("  generate: true\n" if generate else "")
    found = remarks(rules(tmp_path, feed, many), FIELDS, None)
    if generate or level == "low":
        assert not found
    else:
        (remark,) = found
        assert not remark.concern.grave
        assert (remark.rule, remark.where[:7]) == ("Correlation many", "line 12")
        assert "would open alerts by itself: 'Rule one'" in remark.message
        assert "generate: true" in remark.hint


def test_a_correlation_of_rules_that_never_match(tmp_path: Path) -> None:
    """It is told beside its rule."""
    never = rule("s: {stage: webb}\ncondition: s")
    found = told(rules(tmp_path, never, counted("{gte: 2}")))
    assert [said[:36] for _, said in found][1] == "can never match: no rule that feeds "


@pytest.mark.parametrize(
    ("level", "minimum", "expected"),
    [
        ("medium", Level.MEDIUM, []),
        ("medium", Level.HIGH, ["nobody hears"]),
        ("low", Level.MEDIUM, ["evidence only"]),
    ],
)
def test_rules_that_nobody_hears_of(
    tmp_path: Path, level: str, minimum: Level, expected: list[str]
) -> None:
    """An alert that opens below every subscriber's minimum; evidence opens none."""
    subscriber = Subscriber("it", {"pigeon": ()}, minimum=minimum)
    config = small_config(tmp_path, subscribers=(subscriber,))
    book = rules(tmp_path, FEED.replace("level: medium", f"level: {level}"))
    assert [concern for concern, _ in told(book, config)] == expected


def test_a_rule_about_a_brand_that_no_subscriber_wants(tmp_path: Path) -> None:
    """Subscribers may want some brands only; the rule asks for another."""
    partners = rule("s: {brand_kind: partner, confidence|gte: 0.5}\ncondition: s")
    config = small_config(tmp_path, brands=(BRAND, PARTNER))
    only = Subscriber("it", {"pigeon": ()}, brands=(BRAND.domain,))
    assert told(rules(tmp_path, partners), config) == []
    assert [
        concern
        for concern, _ in told(rules(tmp_path, partners), replace(config, subscribers=(only,)))
    ] == ["nobody hears"]


def test_a_rule_about_partners_waits_for_one(tmp_path: Path) -> None:
    """The shipped rules serve houses with partners and without: no fault of either."""
    partners = rules(tmp_path, rule("s: {brand_kind: partner, confidence|gte: 0.5}\ncondition: s"))
    (remark,) = remarks(partners, FIELDS, small_config(tmp_path))
    assert not remark.concern.grave
    assert remark.message.startswith("waits for brands of a kind")


def test_a_brand_that_nobody_configured(tmp_path: Path) -> None:
    """Known with a config only."""
    book = rules(tmp_path, rule("s: {brand: en-marhce.fr, term: x}\ncondition: s"))
    assert told(book) == []
    assert [concern for concern, _ in told(book, small_config(tmp_path))] == ["never matches"]


def test_without_subscribers_nobody_hears_of_anything(tmp_path: Path) -> None:
    """Said once, and not of every rule."""
    found = told(rules(tmp_path, FEED), small_config(tmp_path, subscribers=()))
    assert found == [("nobody hears", "nobody would be told of any alert")]


def test_a_rule_that_waits_for_an_enricher_that_is_off(tmp_path: Path) -> None:
    """Good to know, and no fault: somebody may still tell the fact."""
    config = small_config(tmp_path, enrichers={"dns": EnricherSettings()})
    book = rules(tmp_path, rule("s: {page_password: true}\ncondition: s"))
    (remark,) = remarks(book, FIELDS, config)
    assert not remark.concern.grave
    assert remark.message.startswith("waits for page_password, which page would find")


@pytest.mark.parametrize(
    ("item", "hint"),
    [
        ("asn: [9009, AS48430]", "write 48430"),
        ("asn: monovm", "write one such as 13335"),
        ("age_days: '<7'", "compare with |lt"),
        ("registered|gte: 2017", "write 'registered|year|gte: 2017'"),
        ("registered|gt: 201703", "write the day as a whole number"),
        ("name|gte: 5", "compare a number instead: age_days, "),
        ("has_mx|gt: 0", "write 'has_mx: true' or 'has_mx: false'"),
        ("ns_domain|lt: 2", "compare a number instead: age_days, "),
        ("registrant_country|gte: 1", "compare a number instead: age_days, "),
        ("registered_at|gte: 20170301", "write 'registered_at|year|gte: 2017'"),
        ("registered: '2017-03-01'", "write the day as a whole number"),
        ("cert_serial: '04:AB:9F'", "write them with nothing between: 04AB9F"),
        ("cert_serial: 'serial=04AB9F'", "write them with nothing between: 04AB9F"),
        ("cert_key: 'sha256 Fingerprint=04:AB:9F'", "write them with nothing between: 04AB9F"),
        ("cert_key: 'SHA256:04ab9f'", "write them with nothing between: 04ab9f"),
        ("registrant_org: ''", "write null"),
        ("registrant_email: 'johnpinch[@]mail[.]com'", "write johnpinch@mail.com"),
        ("registrant_email: [a@b.fr, mail.com]", "ask 'registrant_email_domain: mail.com', or"),
        ("abuse_email: ovh.net", "write '*@ovh.net'"),
        ("registrant_email_domain: '@mail.com'", "write the name alone: mail.com"),
        ("registrant_country: France", "write the country's code"),
        ("domain|contains: 'en-marche[.]'", "write en-marche."),
        ("domain: société.fr", "write xn--socit-esab.fr"),
        ("domain|contains: société", "ask the field unicode"),
        ("domain: www.en-marche.co", "write en-marche.co"),
        ("domain: 'en marche'", "write the name alone"),
        ("tld: .fr", "write fr"),
        ("ns: ns1.monovm.com.", "write ns1.monovm.com"),
        ("name: 'https://en-marche.co/login'", "write the name alone: en-marche.co"),
        ("ns_domain: ns1.monovm.com", "write monovm.com"),
        ("ns_domain|endswith: .monovm.com", "write monovm.com"),
        ("domain: '*.En-Marche.co'", "write en-marche.co"),
        ("technique: typosquatting", "did you mean 'bitsquatting'? known: addition, "),
        ("technique: 'omission + combosquatting'", "write omission+combosquatting"),
        ("technique: omission+combosquating", "did you mean 'combosquatting'?"),
        ("technique|contains: homogliph", "did you mean 'homoglyph'?"),
        ("technique: ''", "write null where"),
        ("a: 193.29.187.0/24", "write 'a|cidr: 193.29.187.0/24'"),
        ("a: monovm.com", "write one such as"),
        ("aaaa: '2606:4700:0::1'", "write 2606:4700::1"),
        ("a|startswith: '193[.]29'", "write 193.29"),
        (r'name|re: "\bmail\b"', "write it on one line in single quotes"),
        ("name|contains: |\n      login\n", "write it on one line in single quotes"),
    ],
)
def test_a_text_that_no_fact_is_written_as(tmp_path: Path, item: str, hint: str) -> None:
    """Beside other alternatives nobody would see that it never holds."""
    book = rules(tmp_path, rule(f"s:\n  - {item}\n  - confidence|gte: 0.5\ncondition: s"))
    (remark,) = remarks(book, FIELDS, None)
    assert remark.concern.grave
    assert (str(remark.concern), remark.hint[: len(hint)]) == ("never held", hint)


def test_a_list_of_texts_that_are_never_there_is_cut_short(tmp_path: Path) -> None:
    """A list copied from a report holds thousands; what is wrong is wrong with all of them."""
    listed = ", ".join(f"'en-marche{number}[.]co'" for number in range(1206))
    found = told(rules(tmp_path, rule(f"s: {{domain: [{listed}]}}\ncondition: s")))
    assert len(found) == 6
    assert found[-1] == ("never held", "asks for what is never there in 1,201 more values")


def test_what_a_filter_asks_for_in_vain(tmp_path: Path) -> None:
    """A filter for a defanged domain silences nothing."""
    found = told(rules(tmp_path, FEED, filtering("{domain: 'supermarche[.]fr'}")))
    assert [concern for concern, _ in found] == ["never held"]


@pytest.mark.parametrize(
    "item",
    [
        "asn: [9009, '48430', '484*']",
        "asn|gte: 64512",
        "page_status|lt: 400",
        "registrar_iana_id|gt: 9000",
        "registered_at|hour|lt: 6",
        "matched: 49",
        "technique: [track, Homograph+tld-swap, '*+combosquatting']",
        "technique|contains: squatting",
        "age_days: 7",
        "registered: '201704*'",
        "registered|year: 2017",
        "cert_serial|startswith: 04AB",
        "registered|gte: 20170301",
        "txt: ''",
        "page_title|contains: 'en-marche[.]fr'",
        "registrant_email_domain: mail.example.com",
        "registrant_email: '*@mail.com'",
        "registrant_email|contains: pinch",
        "registrant_country: fr",
        "domain|contains: en-marche.",
        "domain: EN-MARCHE.co",
        "unicode: société.fr",
        r"cert_names|startswith: '\*.en'",
        "ns|endswith: .monovm.com",
        "ns_domain|endswith: .co.uk",
        "ns_domain|endswith: monovm.com",
        "domain|endswith: .fr",
        "domain: '*marche.*'",
        "a: 193.29.187.*",
        "aaaa: '2606:4700::1'",
        "registered_at|startswith: '2017-04'",
        r"name|re: '\bmail\b'",
        r'page_title|re: "sign[ \t]in"',
    ],
)
def test_a_text_that_may_well_be_there(tmp_path: Path, item: str) -> None:
    """Nothing is said of what facts can hold."""
    assert told(rules(tmp_path, rule(f"s:\n  {item}\n  confidence|gte: 0.5\ncondition: s"))) == []
