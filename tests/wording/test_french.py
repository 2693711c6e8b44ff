"""French that a reader does not stumble over: elisions, numbers, genders, days, blanks."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from hunter import wording
from hunter.model import Level, Report, Track
from hunter.notice import Gist, Notice
from hunter.wording import french_health
from hunter.wording.as_html import html
from hunter.wording.as_slack import payload, reply
from hunter.wording.as_text import WIDTH, text
from hunter.wording.catalogue import speaking
from hunter.wording.frame import in_a_line, worth
from hunter.wording.french_rules import RULES
from tests.world.alerts import AT, DOSSIER, MATCH, REGISTRANT, alert
from tests.world.alerts import notice as in_english

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


def test_a_french_digest_warns_of_answering_too() -> None:
    """An answer tells the same as a visit; the English says so."""
    steps = wording.digest("k", [GIST], "flood", AT, "fr").next_steps

    assert any("ne répondez pas à leurs courriels" in step for step in steps)


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
    assert went == "Serveurs de messagerie : mx[.]a[.]fr (disparition)."
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


def test_no_dress_breaks_a_line_before_a_colon() -> None:
    """Text, HTML and Slack: the blank before `: ; ! ? »` and behind `«` does not break."""
    finding = wording.in_every_language(wording.sentence_for_finding, REGISTRANT)["fr"]
    more = replace(alert().transitions[0], translations={"fr": finding})
    told = wording.notice(alert(), DOSSIER, (more,), "1", "fr")
    many = wording.digest("k", [GIST, replace(GIST, key="2")], "flood", AT, "fr")
    trouble = Report("sources.certstream", False, "fails", AT, trouble="silent")
    health = wording.health_notice([(trouble, AT)], [], AT, "fr")

    for one in (told, many, health):
        for dressed in (text(one), html(one).partition("<body")[2], *_texts(payload(one))):
            assert not re.findall(r".{9} [:;!?»](?=\s|$|<).{0,9}|« .{9}", dressed)


def _texts(part: object) -> Iterator[str]:
    """Every text that Slack shows, but for the header: a title of one line."""
    if isinstance(part, dict):
        for key, one in part.items():
            if part.get("type") != "plain_text":
                yield from [one] if key == "text" and isinstance(one, str) else _texts(one)
    elif isinstance(part, list):
        for one in part:
            yield from _texts(one)


def test_a_phone_shows_subject_and_news_with_a_french_colon() -> None:
    """The line of a Slack notification; English has no blank there."""
    fallback = str(reply(notice())["text"])

    assert (
        "ressemble à en-marche[.]fr\N{NO-BREAK SPACE}: onedrive-en-marche[.]fr a été vu" in fallback
    )
    assert "looks like en-marche[.]fr: onedrive" in str(reply(in_english())["text"])


def test_a_line_of_a_log_has_a_french_colon_too() -> None:
    """The journal's line was put together in English."""
    assert in_a_line(notice()).startswith(
        "[HAUTE] onedrive-en-marche[.]fr ressemble à en-marche[.]fr : onedrive-en-marche[.]fr a été"
    )
    assert "looks like en-marche[.]fr: onedrive" in in_a_line(in_english())


def test_a_long_heading_keeps_within_the_columns() -> None:
    """Several techniques make a title longer than a line of a mail in text."""
    several = replace(GIST, pattern="typo+combosquatting", brand="rassemblementnational[.]fr")
    told = wording.digest("k", [several, replace(several, key="2")], "flood", AT, "fr")

    assert max(map(len, text(told).splitlines())) <= WIDTH


def test_a_day_is_written_as_french_does() -> None:
    """In news, evidence, tables and the last line; English has it as ISO 8601 does."""
    before = replace(alert().transitions[0], at=AT - timedelta(days=3))
    french, english = (
        wording.notice(alert(), DOSSIER, (before,), "1", one) for one in ("fr", "en")
    )

    assert french.news[0].startswith("21 avril 2017 : ")
    assert "Date d'enregistrement 15 mars 2017" in flat(french)
    assert "24 avril 2017 à 06:00 UTC" in flat(french)
    assert "24 avril 2017 à 06:00 UTC" in html(french)
    assert not re.search(r"20\d\d-\d\d-\d\d", flat(french))
    assert english.news[0].startswith("2017-04-21: ")
    with speaking("fr"):
        moved = wording.sentence_for_change("a", (), ("10.0.0.1",), since=AT, until=AT)
    assert "(apparition le 24 avril 2017)" in moved


def test_a_command_in_a_french_digest_has_the_day_as_commands_take_it() -> None:
    """It is there to be copied."""
    told = wording.digest("k", [GIST, GIST], "flood", AT, "fr", with_list=False)

    assert told.news[1] == "La liste complète : hunter alerts list --since 2017-04-24"
