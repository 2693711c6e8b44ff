"""French that a reader does not stumble over: elisions, numbers, genders, days, blanks."""

from dataclasses import replace

import pytest

from hunter import wording
from hunter.model import Level
from hunter.notice import Gist, Notice
from hunter.wording.as_html import html
from hunter.wording.as_text import text
from tests.world.alerts import AT, DOSSIER, MATCH, alert

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
