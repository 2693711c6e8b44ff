"""Techniques, values and fields that hunter itself names are French in a French message."""

import re
from dataclasses import replace
from html import unescape
from itertools import chain
from pathlib import Path

import pytest

from hunter import ribs, wording
from hunter.dossiers import rule_fields
from hunter.matching import edits, techniques
from hunter.model import BrandKind, Evidence, Level, Stage, Value
from hunter.net.dns import DnsStatus
from hunter.notice import Gist
from hunter.wording import french, french_values
from hunter.wording.as_html import html
from hunter.wording.as_text import text
from hunter.wording.catalogue import speaking
from hunter.wording.declared import disguises
from hunter.wording.sentences import label_of, technique_in_words, value_in_words
from tests.world.alerts import AT, DOSSIER, OPENED, REGISTRANT, alert

RETURNED = re.compile(r"^ +return (.*)$", re.MULTILINE)
NAMED = re.compile(r'(?<!f)"([a-z]{2,}(?:-[a-z]+)*)"')
VIEWS = {"raw", "glue", "fold", "skeleton"}


def named_techniques() -> list[str]:
    """All that the matcher calls a find, the spellings', and what resembles nobody's name."""
    sources = (Path(one.__file__).read_text(encoding="utf-8") for one in (techniques, edits))
    lines = chain.from_iterable(map(RETURNED.findall, sources))
    found = set(chain.from_iterable(map(NAMED.findall, lines)))
    return sorted((found - VIEWS) | disguises("fr").keys() | {"track"})


@pytest.mark.parametrize("technique", named_techniques())
def test_each_technique_is_said_in_french(technique: str) -> None:
    """None by the name that programs know it by, which English keeps."""
    assert technique_in_words(technique) == technique
    with speaking("fr"):
        assert " " in technique_in_words(technique)


def test_several_techniques_are_listed() -> None:
    """One that somebody's own part brings along keeps its name."""
    with speaking("fr"):
        both = technique_in_words("transposition+combosquatting")
        assert both == "avec deux lettres interverties et avec d'autres mots accolés"
        assert technique_in_words("of-my-own") == "of-my-own"


def test_evidence_of_how_it_imitates_is_french() -> None:
    """In text as in HTML."""
    evidence = (
        Evidence("technique", "transposition"),
        Evidence("brand_kind", "partner"),
        Evidence("stage", "mail"),
        Evidence("unknown", "registrant_email"),
    )
    about = replace(alert(), findings=(replace(REGISTRANT, evidence=evidence),))
    told = wording.notice(about, DOSSIER, (OPENED,), "1", "fr")

    for body in (text(told), html(told)):
        flat = " ".join(unescape(body).replace("\N{NO-BREAK SPACE}", " ").split())
        assert "Manière d'imiter : avec deux lettres interverties" in flat
        assert "À qui est le domaine imité : à un partenaire" in flat
        assert "Étape : messagerie" in flat
        assert "Impossible à savoir : Courriel du titulaire" in flat


@pytest.mark.parametrize(
    ("pattern", "language", "title"),
    [
        ("tld-swap", "en", "tld-swap, of en-marche[.]fr: 2"),
        ("tld-swap", "fr", "Imitations d'en-marche[.]fr, sous une autre extension : 2"),
        ("track", "en", "linked to lookalikes of en-marche[.]fr: 2"),
        ("track", "fr", "Liés à des imitations d'en-marche[.]fr : 2"),
    ],
)
def test_a_group_of_a_digest_says_how_they_imitate(pattern: str, language: str, title: str) -> None:
    """What is linked only imitates nobody; the list, for programs, keeps the technique's name."""
    gist = Gist("1", "opened", Level.HIGH, "en-marche[.]fr", "a[.]fr", (), AT, pattern)
    told = wording.digest("k", [gist, replace(gist, key="2")], "flood", AT, language)

    assert told.groups[0].title == title
    assert f'"{pattern}"' in told.attachments[0].content.decode("utf-8-sig")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("brand_kind", str(kind)) for kind in BrandKind),
        *(("dns_status", str(status)) for status in DnsStatus),
        *(("stage", str(stage)) for stage in Stage),
    ],
)
def test_a_value_that_is_hunters_own_word_is_french(field: str, value: Value) -> None:
    """Nothing of the ladder, of DNS or of whose brand it is stays English."""
    with speaking("fr"):
        assert value_in_words(field, value) != value


def test_the_ladder_is_called_the_same_in_evidence_and_in_news() -> None:
    """One mail holds both."""
    with speaking("fr"):
        for stage in Stage:
            assert value_in_words("stage", str(stage)) == french.STAGE_NAMES[stage]


def test_a_source_that_comes_with_hunter_has_a_french_name() -> None:
    """One that somebody brings along is called by its own; a name is of a source that there is."""
    with speaking("fr"):
        assert value_in_words("source", "ct_logs") == "journaux de certificats"
        assert value_in_words("source", "of_my_own") == "of_my_own"
    assert french_values.VALUES["source"].keys() <= set(ribs.names("sources"))


def test_what_a_watch_found_says_what_is_watched() -> None:
    """Defanged, and by the field's name."""
    with speaking("fr"):
        told = value_in_words("source", "track:registrant_email=j@mail.com")

    assert told == "surveillance (Courriel du titulaire j[@]mail[.]com)"


def test_a_listed_value_is_told_in_french() -> None:
    """With its list's day; without one where the list has none."""
    with speaking("fr"):
        told = value_in_words("ioc_listing", "mail server mx.a.fr in Grizzly Steppe of 2016-12-29")
        undated = value_in_words("ioc_listing", "address 10.0.0.1 in ours")

    assert told == "serveur de messagerie mx[.]a[.]fr dans Grizzly Steppe du 29 décembre 2016"
    assert undated == "adresse 10[.]0[.]0[.]1 dans ours"


@pytest.mark.parametrize("field", sorted(rule_fields()))
def test_every_field_has_a_french_name(field: str) -> None:
    """Any of them may stand in evidence, or among what could not be found out."""
    nameless = field.replace("_", " ").capitalize()

    with speaking("fr"):
        named = label_of(field) != nameless
    assert named, f"put {field} into LABELS of its enricher"
