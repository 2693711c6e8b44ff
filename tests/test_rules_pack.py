"""The shipped rules: sound, tested by their own files, hedged, and right about the 2017 case."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml

from hunter import case
from hunter.dossiers import rule_fields
from hunter.judge import company, correlate, failures, judge
from hunter.model import Dossier, Level
from hunter.rulebook import load

FOLDER = Path(__file__).parents[1] / "rules"
RULES = load(FOLDER, rule_fields())
HEADERS = [one.header for one in (*RULES.rules, *RULES.correlations)]
FILTERS = [one.header for one in RULES.filters]
SPEAKING = [header for header in HEADERS if not header.silent]
BY_ID = {header.id: header.name for header in HEADERS}
TRACK = "registrant_email=johnpinch@mail.com"

PLAIN = {"technique": "combosquatting", "term": "en-marche", "confidence": 0.8}
TRACKED = {"technique": "track", "term": "", "confidence": 0.0, "track": TRACK}
RESEMBLANCE = {
    "onedrive-en-marche.fr": PLAIN,
    "mail-en-marche.fr": PLAIN,
    "en-marche.co": {**PLAIN, "technique": "tld-swap"},
    "accounts-office.fr": TRACKED,
    "portal-office.fr": TRACKED,
}


def in_2017(domain: str, day: date) -> Dossier:
    """The dossier of one of the case's domains as it was on a day."""
    recorded = case.read(case.SHIPPED / "en-marche-2017.toml").domain(domain)
    assert recorded is not None
    facts = recorded.on(day)
    past = {
        one for since, held in recorded.facts if since <= day for one in held.get("ns_domain", ())
    }
    fields = {
        **facts,
        **RESEMBLANCE[domain],
        "name": (domain, *recorded.hosts),
        "first_seen": int(f"{recorded.registered:%Y%m%d}"),
        "age_days": (day - recorded.registered).days,
        "past_ns_domain": tuple(past - set(facts.get("ns_domain", ()))),
    }
    return Dossier(
        domain, "en-marche.fr", datetime(day.year, day.month, day.day, tzinfo=UTC), fields
    )


def names(findings) -> set[str]:
    """The names of the rules that fired."""
    return {BY_ID[finding.rule_id] for finding in findings}


def test_the_rules_own_tests_come_out_as_told():
    """Every rule carries tests, and all of them hold."""
    assert failures(RULES) == ()


@pytest.mark.parametrize("header", HEADERS + FILTERS, ids=lambda header: header.title)
def test_every_rule_has_three_tests_of_each_kind(header):
    """At least three dossiers that it must match, and three that it must not."""
    matching = sum(sample.matches for sample in header.samples)
    others = len(header.samples) - matching

    assert min(matching, others) >= 3, f"{header.file}: three tests.match and three tests.no_match"


def test_a_page_that_takes_passwords_is_graver_than_all_that_was_dismissed():
    """Else nothing could wake an alert that was dismissed when the name but took mail."""
    before = {**PLAIN, "name": ("mail-en-marche.fr",), "has_mx": True, "page_password": True}
    copied = {**before, "page_similarity": 92}
    at = datetime(2017, 4, 24, tzinfo=UTC)

    def gravest(fields) -> Level:
        said = judge(RULES, Dossier("mail-en-marche.fr", "en-marche.fr", at, fields))
        return max(finding.level for finding in said)

    assert (gravest(before), gravest(copied)) == (Level.HIGH, Level.CRITICAL)


@pytest.mark.parametrize("header", SPEAKING, ids=lambda header: header.name)
def test_every_rule_that_speaks_is_hedged_and_explained(header):
    """A sentence that asserts no actor and no intent, tags, and how it may be wrong."""
    assert header.wording.endswith("."), f"{header.file}: wording: is a sentence"
    assert "fancy" not in header.wording.lower()
    assert not {"attacker", "malicious", "proves"} & set(header.wording.lower().split())
    assert header.description, f"{header.file}: description: is missing"
    assert header.false_positives, f"{header.file}: falsepositives: is missing"
    assert {"attack.t1583.001", "attack.t1583.003"} & set(header.tags), (
        f"{header.file}: tags: has attack.t1583.001 (domains) or attack.t1583.003 (servers)"
    )
    if "attack.g0007" in header.tags:
        assert "consistent with" in header.wording
        assert header.references == ("https://threatconnect.com/blog/parlez-vous-fancy/",)


def test_files_are_named_after_their_rules():
    """A file's name is the name of its last rule, so that an alert leads to its file."""
    for path in FOLDER.glob("*.yml"):
        documents = list(yaml.safe_load_all(path.read_text(encoding="utf-8")))
        if "filter" not in documents[-1]:
            named = documents[-1].get("name")
            assert named == path.stem, f"{path}: write `name: {path.stem}` into its last rule"


def test_correlations_group_by_facts():
    """The others of a correlation are fetched by the facts they share."""
    assert set(company(RULES).facts) == {"registrant_email"}
    assert not company(RULES).window


@pytest.mark.parametrize(
    ("domain", "day", "expected"),
    [
        (
            "onedrive-en-marche.fr",
            date(2017, 3, 16),
            {
                "lookalike_by_name",
                "lookalike_new",
                "lookalike_resolves",
                "lookalike_login_words",
                "registrant_mail_habit",
                "dedicated_server",
            },
        ),
        (
            "mail-en-marche.fr",
            date(2017, 3, 17),
            {
                "lookalike_by_name",
                "lookalike_new",
                "lookalike_login_words",
                "registrant_mail_habit",
                "dedicated_server",
                "shared_registrant",
            },
        ),
        (
            "accounts-office.fr",
            date(2017, 3, 22),
            {"found_by_registrant", "dedicated_server", "shared_registrant"},
        ),
        (
            "portal-office.fr",
            date(2017, 3, 29),
            {
                "found_by_registrant",
                "dedicated_server",
                "shared_registrant",
                "on_indicator_list",
                "seen_as_tor_exit",
            },
        ),
        (
            "en-marche.co",
            date(2017, 4, 13),
            {"lookalike_by_name", "lookalike_new", "registrant_mail_habit", "name_servers_monovm"},
        ),
        (
            "en-marche.co",
            date(2017, 4, 24),
            {
                "lookalike_by_name",
                "lookalike_new",
                "lookalike_resolves",
                "lookalike_behind_cdn",
                "registrant_mail_habit",
                "name_servers_monovm",
                "hosting_thcservers",
            },
        ),
    ],
)
def test_the_2017_case(domain, day, expected):
    """Each domain, on its day, gives the findings of the published analysis, and is grave."""
    dossier = in_2017(domain, day)
    known = [in_2017(other, day) for other in RESEMBLANCE if other != domain]
    others = [other for other in known if other.fields["age_days"] >= 0]
    found = (*judge(RULES, dossier), *correlate(RULES, dossier, others))
    assert names(found) == expected
    assert max(finding.level for finding in found) is Level.HIGH


def test_the_shared_registrant_names_all_four():
    """The correlation relates each of the four to the other three."""
    day = date(2017, 4, 24)
    dossier = in_2017("portal-office.fr", day)
    others = [in_2017(other, day) for other in RESEMBLANCE if other != "portal-office.fr"]
    (found,) = correlate(RULES, dossier, others)
    assert found.related == ("accounts-office.fr", "mail-en-marche.fr", "onedrive-en-marche.fr")


@pytest.mark.parametrize(
    "domain",
    ["supermarche.fr", "demarches-simplifiees.fr", "lebonmarche.com", "marchespublics.gouv.fr"],
)
def test_ordinary_names_stay_quiet(domain):
    """Names that hold the keyword by chance raise nothing, however well equipped they are."""
    fields = {
        "name": (domain, f"www.{domain}", f"mail.{domain}"),
        "technique": "keyword",
        "matched": "marche",
        "term": "marche",
        "confidence": 0.35,
        "resolves": True,
        "a": "192.0.2.1",
        "has_mx": True,
        "cdn": "Cloudflare",
        "source": ("ct_logs",),
        "age_days": 9000,
        "registrant_email": "dns@groupe.example",
        "registrant_email_domain": "groupe.example",
        "dedicated": True,
    }
    dossier = Dossier(domain, "en-marche.fr", datetime(2017, 4, 24, tzinfo=UTC), fields)
    assert judge(RULES, dossier) == ()
    assert correlate(RULES, dossier, [dossier]) == ()


@pytest.mark.parametrize(
    ("domain", "term", "silent"),
    [
        ("supermarche.fr", "marche", True),
        ("lebonmarche.com", "marche", True),
        ("supermarche-en-marche.fr", "en-marche", False),
        ("la-marche.fr", "marche", False),
    ],
)
def test_the_filter_covers_ordinary_words_only(domain, term, silent):
    """A name at the threshold is silenced by an ordinary word around the bare keyword alone."""
    fields = {"name": domain, "term": term, "confidence": 0.5}
    dossier = Dossier(domain, "en-marche.fr", datetime(2017, 4, 24, tzinfo=UTC), fields)
    assert (judge(RULES, dossier) == ()) is silent


def test_a_find_of_a_track_alone_opens_an_alert():
    """Without the others at hand it is of medium level, and says what it rests on."""
    (found,) = [
        one
        for one in judge(RULES, in_2017("accounts-office.fr", date(2017, 3, 22)))
        if one.level >= Level.MEDIUM
    ]
    assert [(one.field, one.value) for one in found.evidence] == [("track", TRACK)]
