"""French that a reader does not stumble over: elisions, numbers, genders, days, blanks."""

from dataclasses import replace

import pytest

from hunter import wording
from hunter.model import Level, Report, Track
from hunter.notice import Gist, Notice
from hunter.wording import french_health
from hunter.wording.as_html import html
from hunter.wording.as_text import text
from hunter.wording.catalogue import speaking
from hunter.wording.frame import worth
from hunter.wording.french_rules import RULES
from tests.world.alerts import AT, DOSSIER, MATCH, REGISTRANT, alert

GIST = Gist("1", "opened", Level.HIGH, "en-marche[.]fr", "a[.]fr", (), AT, "tld-swap")


def notice(brand: str = "en-marche.fr", matched: str = "en-marche") -> Notice:
    """A French message about an alert."""
    match = replace(MATCH, brand=brand, matched=matched)
    opened = wording.in_every_language(wording.sentence_for_opening, match)["fr"]
    news = replace(alert().transitions[0], translations={"fr": opened})
    return wording.notice(alert(match), DOSSIER, (news,), "1", "fr")


def flat(told: Notice) -> str:
    """The subject and all of the text, on one line."""
    return " ".join(f"{told.subject} {text(told)}".replace("\N{NO-BREAK SPACE}", " ").split())


@pytest.mark.parametrize("matched", ["en-marche", ""])
@pytest.mark.parametrize(
    ("brand", "said"),
    [
        ("en-marche.fr", "imitation d'en-marche[.]fr"),
        ("xn--nergie-march-9dbm.fr", "imitation d'énergie-marché[.]fr"),
        ("renaissance.fr", "imitation de renaissance[.]fr"),
        ("20minutes.fr", "imitation de 20minutes[.]fr"),
    ],
)
def test_de_is_elided_before_a_vowel(brand: str, said: str, matched: str) -> None:
    """In the subject, the heading, the news, the caveat and the last line."""
    told = flat(notice(brand, matched)).replace("imitations d", "imitation d")

    assert told.count(said) == told.count("imitation d") >= 3
    assert " de en" not in told
    assert " de é" not in told


def test_a_digest_elides_too() -> None:
    """In its subject, its heading and its groups; several brands are the reader's domains."""
    told = wording.digest("k", [GIST, replace(GIST, key="2")], "flood", AT, "fr")
    other = replace(GIST, key="3", brand="renaissance[.]fr")
    both = wording.digest("k", [GIST, other], "flood", AT, "fr")

    assert "[HAUTE] 2 avis sur des imitations d'en-marche[.]fr" in flat(told)
    assert " de en" not in flat(told) + html(told)
    assert "avis sur des imitations de vos domaines" in flat(both)


def test_a_severity_of_several_words_fits_its_sentence() -> None:
    """`pour information` is no adjective: it stands in quotation marks."""
    calm = replace(GIST, severity=Level.INFORMATIONAL)
    told = wording.digest("k", [calm, calm], "flood", AT, "fr")
    with speaking("fr"):
        raised = wording.sentence_for_severity(Level.INFORMATIONAL, Level.HIGH)

    assert raised == "Gravité relevée de « pour information » à « haute »."
    assert told.news[0] == "2 de gravité « pour information »."


@pytest.mark.parametrize(
    ("language", "points", "said"),
    [
        ("fr", 0, "0 point :"), ("fr", 1, "1 point :"), ("fr", 2, "2 points :"),
        ("en", 0, "0 points:"), ("en", 1, "1 point:"), ("en", 2, "2 points:"),
    ],
)  # fmt: skip
def test_few_points_are_counted_as_the_language_does(language: str, points: int, said: str) -> None:
    """Zero is singular in French."""
    with speaking(language):
        assert said in worth(replace(REGISTRANT, score=points))


def test_what_changed_needs_no_gender() -> None:
    """Whatever the field is: an address, servers, the day on which it ends."""
    with speaking("fr"):
        came = wording.sentence_for_change("a", (), ("10.0.0.1", "10.0.0.2"))
        went = wording.sentence_for_change("mx", ("mx.a.fr",), ())
        other = wording.sentence_for_change("ns", ("ns1.monovm.com",), ("a.gandi.net",))

    assert came == "Adresses IPv4 : 10[.]0[.]0[.]1 et 10[.]0[.]0[.]2 (apparition)."
    assert went == "Serveurs de courrier : mx[.]a[.]fr (disparition)."
    assert other == "Serveurs de noms : monovm[.]com, puis gandi[.]net."


@pytest.mark.parametrize(
    ("language", "said"), [("en", "the network AS51177 with"), ("fr", "le réseau AS51177 avec")]
)
def test_a_shared_network_is_an_as_once(language: str, said: str) -> None:
    """Its number says already what it is."""
    with speaking(language):
        told = wording.sentence_for_track(Track("asn", "51177", "en-marche.fr", "a.fr"))

    assert said in told


def test_a_shared_value_without_words_of_its_own_is_called_by_its_label() -> None:
    """`la valeur de titre de la page` lacked an article."""
    with speaking("fr"):
        told = wording.sentence_for_track(Track("page_title", "Bonjour", "en-marche.fr", "a.fr"))

    assert told.startswith("Il partage « titre de la page » : Bonjour avec a[.]fr")


@pytest.mark.parametrize("rule", RULES)
def test_an_innocent_reading_goes_on_behind_its_colon(rule: str) -> None:
    """French has no capital there."""
    assert not [one for one in RULES[rule].false_positives if one[0].isupper()]


@pytest.mark.parametrize("part", ["sources.ct_logs", "job.deliver", "notifiers.email", "rules"])
def test_the_end_of_trouble_needs_no_gender(part: str) -> None:
    """A source and a task are feminine, a channel is not."""
    report = Report(part, True, "answers", AT)
    told = wording.health_notice([], [(report, AT)], AT, "fr")

    assert told.subject.startswith("[hunter] de nouveau en ordre : ")
    assert ", de nouveau en ordre depuis le " in told.news[0]
    assert "rétabli" not in flat(told)


@pytest.mark.parametrize("trouble", french_health.WORDS)
def test_a_trouble_is_a_thing_and_no_adjective(trouble: str) -> None:
    """`[hunter] muet : source certstream` did not agree."""
    report = Report("sources.certstream", False, "fails", AT, trouble=trouble)
    told = wording.health_notice([(report, AT)], [], AT, "fr")
    word = told.subject.removeprefix("[hunter] ").partition(" : ")[0]

    assert word not in {"muet", "divergent", "rétréci", "coupé", "prend du retard"}
    assert not word.startswith(("a ", "parti ", "n'"))
