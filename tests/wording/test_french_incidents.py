"""The story and the picture of an incident in French: whole, hedged, in order."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings

from hunter.incidents import draw
from hunter.model import Incident, Link
from hunter.wording import Story, english_incidents, french_incidents, story
from hunter.wording.catalogue import speaking
from tests.world.alerts import LIVE, STEERS, hostile
from tests.world.incidents import CORE, LOOSE, incident, member

LEFT_IN_ENGLISH = re.compile(
    r"\b(the|and|of|is|are|with|domains?|registered|behind|strength|server|address|none|more)\b"
)


def told(one: Incident) -> Story:
    """Its story."""
    with speaking("fr"):
        return story(one)


def lines(one: Story) -> Iterator[str]:
    """Everything in it."""
    yield one.title
    for chapter in one.chapters:
        yield chapter.heading
        yield from chapter.lines
    yield one.caveat


def chapter(heading: str, one: Incident) -> tuple[str, ...]:
    """The lines under a heading."""
    (found,) = [part.lines for part in told(one).chapters if part.heading == heading]
    return found


def every_link() -> Incident:
    """One with each kind of link, one that nobody named yet among them."""
    traits = (
        *french_incidents.TRAITS,
        *("own_name_servers", "cert_domain", "decision", "habit", "page_title"),
    )
    links = [Link(trait, "x1", CORE, 0.7, 4, "anna", hands=2) for trait in traits]
    told_of = Link("address", "80.82.69.134", CORE[:2], 0.8, 2, told=(CORE[1],))
    return incident(links=(*links, told_of, *incident().links))


def test_nothing_of_the_story_stays_english() -> None:
    """What a partner is called is theirs; every other word is hunter's."""
    whole = every_link()
    members = tuple(
        replace(one, history=tuple(replace(fact, provider="dns") for fact in one.history))
        for one in whole.members
    )
    said = lines(told(replace(whole, members=members)))

    assert [line for line in said if LEFT_IN_ENGLISH.search(line)] == []


def test_nothing_of_the_picture_stays_english() -> None:
    """Boxes, legend and caption."""
    with speaking("fr"):
        drawn = re.findall(r"<text[^>]*>([^<]*)<", draw(every_link()))

    assert [text for text in drawn if LEFT_IN_ENGLISH.search(text)] == []
    assert "Titulaire : johnpinch[@]mail[.]com" in drawn
    assert "force 0,91 sur 1 ; 4 domaines de la base l&#x27;ont en commun" in drawn
    assert french_incidents.PICTURE_CORE in drawn


def test_the_picture_goes_back_to_english() -> None:
    """Its legend was fixed when the program began."""
    assert english_incidents.PICTURE_CORE in draw(incident())


def test_the_case_is_told_in_french() -> None:
    """With days, decimals and elisions as French writes them."""
    said = "\n".join(lines(told(incident())))

    for needed in (
        "Incident 1 : 4 domaines liés entre eux et un autre moins étroitement, en rapport avec",
        "onedrive-en-marche[.]fr (avec mail[.]onedrive-en-marche[.]fr) : enregistré le 15 mars",
        "ressemble à en-marche[.]fr ; alerte de gravité « haute », nouvelle.",
        "partagent l'adresse électronique du titulaire, johnpinch[@]mail[.]com (force 0,91 sur 1",
        "en-marche[.]co est rattaché (force 0,36 sur 1).",
        "194[.]187[.]249[.]135 dans Grizzly Steppe du 29 décembre 2016",
        "une adresse de portal-office[.]fr, a été vue comme nœud de sortie Tor pour la dernière",
        "le 12 octobre 2016, 168 jours avant l'enregistrement du domaine, et n'en est plus un",
        "peut-être 193[.]29[.]187[.]40 (selon a partner)",
        "compatible avec une même main",
        "qui n'ont rien à voir avec en-marche[.]fr",
    ):
        assert needed in said, needed


def test_de_is_elided_before_a_domain_with_a_vowel() -> None:
    """`une adresse de accounts-office` is what nobody says."""
    exit_node = {"tor_exit": True, "tor_exit_address": "194.187.249.135"}
    one = member("accounts-office.fr", **exit_node)
    said = "\n".join(lines(told(incident(members=(one, member("portal-office.fr"))))))

    assert "une adresse d'accounts-office[.]fr, est à présent un nœud de sortie Tor." in said
    assert not re.search(r"\bde [aeiouéè]\S*\[\.\]", said)


@pytest.mark.parametrize(("language", "said"), [("en", "one day before"), ("fr", "un jour avant")])
def test_one_day_is_not_many(language: str, said: str) -> None:
    """It was `1 days before`."""
    one = member("mail-en-marche.fr", tor_exit_last=20170316)
    with speaking(language):
        context = "\n".join(lines(story(incident(members=(one, member("portal-office.fr"))))))

    assert f", {said}" in context


def test_what_stands_on_a_list_is_told_in_french() -> None:
    """Facts have it as an English sentence."""
    listed = member("portal-office.fr", ioc_listing="name server ns1.x.fr in JAR of 2016-12-29")
    context = chapter(french_incidents.CONTEXT, incident(members=(listed, member("a.fr"))))

    assert any("serveur de noms ns1[.]x[.]fr dans JAR du 29 décembre" in line for line in context)


def test_the_course_is_in_the_order_of_days_and_not_of_their_texts() -> None:
    """2 avril comes behind 15 mars, and 12 janvier of the next year behind both."""
    days = (20170402, 20170315, 20180112)
    members = [
        replace(member(f"domain{day}.fr", registered=day), history=(), alert=None) for day in days
    ]
    said = chapter(french_incidents.COURSE, incident(members=tuple(members)))

    assert [line.partition("  ")[0] for line in said] == [
        "15 mars 2017",
        "2 avril 2017",
        "12 janvier 2018",
    ]


def test_every_reading_of_who_it_was_is_hedged_in_french() -> None:
    """No hand without a hedge."""
    whole = incident()
    said = [
        *chapter(french_incidents.READING, whole),
        *chapter(french_incidents.OTHERWISE, whole),
        *chapter(french_incidents.LOOSER, whole),
    ]
    hedge = re.compile(r"compatible|peut|peuvent|pu être|preuve|qui que ce soit|hasard")
    about = re.compile(r"\b(main|groupe|quelqu'un|suspects)\b")

    assert [line for line in said if about.search(line) and not hedge.search(line)] == []


@settings(max_examples=30)
@given(hostile)
def test_hostile_values_are_harmless_in_french_too(text: str) -> None:
    """Those that French reads as sentences of hunter's own among them."""
    fields = dict.fromkeys(
        ("name", "registered", "a", "ioc_listing", "ioc_list", "tor_exit_last", "cdn", "origin_ip"),
        text,
    )
    links = tuple(
        Link(trait, text, (text, LOOSE), 0.9, 2, text)
        for trait in ("registrant_email", "habit", "decision", "unheard_of")
    )
    bad = incident(
        members=(member(text, **fields), member(LOOSE, core=False, **fields)),
        links=links,
        brands=(text,),
    )

    assert [line for line in lines(told(bad)) if STEERS.search(line) or LIVE.search(line)] == []
