"""The page in French: nothing of it stays English, and it reads as French is written."""

import re
import string
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as limits

from hunter.survey import page, written
from hunter.survey.text import duration
from hunter.wording import english_incidents, english_report, french_incidents, french_report
from hunter.wording.catalogue import speaking
from hunter.wording.french_rules import RULES
from tests.survey.test_page import said, stays_text
from tests.world.alerts import REGISTRANT, hostile
from tests.world.incidents import incident
from tests.world.surveys import DAY, SINCE, hostile_survey, lookalike, opened, part, survey

BREAKS_BEFORE = re.compile(r".{9} [:;!?»](?=\s|$|<).{0,9}|« .{9}")


def in_french(**other: Any) -> str:
    """The page about a week, with an incident."""
    return page(survey(**{"language": "fr", "incidents": (incident(),), **other}))


def pieces(module: ModuleType) -> set[str]:
    """What the sentences of a module say between their gaps, when it is more than a word."""
    texts = (text for name, value in vars(module).items() if name.isupper() for text in flat(value))
    found = {part for text in texts for part, *_ in string.Formatter().parse(text)}
    return {part.strip(" .,;:()") for part in found if re.search(r"\w{2} \w{2}", part)}


def flat(value: Any) -> Iterator[str]:
    """Every text in it, but for the form of a day."""
    if isinstance(value, str):
        if "%" not in value:
            yield value
    elif isinstance(value, (dict, tuple)):
        for one in value.values() if isinstance(value, dict) else value:
            yield from flat(one)


def test_no_sentence_of_the_english_page_is_on_the_french_one() -> None:
    """Nor of the incidents on it."""
    told = unescape(in_french())
    english = pieces(english_report) | pieces(english_incidents)
    french = "\n".join(pieces(french_report) | pieces(french_incidents))

    assert len(english) > 100
    assert [one for one in sorted(english) if one in told and one not in french] == []
    assert '<html lang="fr">' in told


def test_the_page_tells_the_week_in_french() -> None:
    """Sentences, figures, tables: severity, state, technique, source and addressee as well."""
    told = said(in_french())

    for needed in (
        "Ce qui a ressemblé à en-marche[.]fr",
        "du 17 avril 2017 au 23 avril 2017 (UTC)",
        "3 nouvelles imitations se sont montrées ; 3 alertes ont été ouvertes, le plus souvent 5",
        "1 est en difficulté :",
        "dont 2 de ressemblance nette",
        "Par manière d'imiter avec d'autres mots accolés",
        "reçoit des courriels",
        "critique",
        "écartée",
        "Nouveaux noms par source : journaux de certificats (12), listes de nouveaux",
        "interruption depuis le 18 avril 2017 à 00:00",
        "21 avril 2017 à 00:00 ann a walking club",
        "envoyée bureau d'enregistrement",
        "n'est pas la preuve d'une intention",
        "force 0,91 sur 1",
    ):
        assert needed in told, needed
    assert "combosquatting" not in told


def test_the_rules_that_come_with_hunter_are_called_as_the_mails_call_them() -> None:
    """Others as their authors wrote them."""
    rule, words = next(iter(RULES.items()))
    shipped = opened("a.fr", SINCE, finding=replace(REGISTRANT, rule_id=rule))

    assert words.title in said(in_french(alerts=(shipped,))).replace("[.]", ".")
    assert "Registrant" in said(in_french())


@pytest.mark.parametrize(
    ("many", "lead", "line"),
    [
        (0, "Aucune nouvelle imitation ne s'est montrée ; une", "aucune nouvelle imitation, 1"),
        (1, "Une nouvelle imitation s'est montrée ; une alerte a été", "1 nouvelle imitation, 1"),
        (2, "2 nouvelles imitations se sont montrées ; une alerte", "2 nouvelles imitations, 1"),
    ],
)
def test_none_one_and_several_agree(many: int, lead: str, line: str) -> None:
    """On the page, in its figures, and in the line that the command prints."""
    week = survey(
        language="fr", lookalikes=(lookalike(),) * many, alerts=(opened("a.fr", SINCE),), known={}
    )

    assert lead in said(page(week))
    assert ("1 alerte ouverte " in said(page(week)), "1 alertes" in said(page(week))) == (
        True,
        False,
    )
    assert written(week, Path("r.html")) == f"r.html : {line} alerte ouverte"


def test_the_first_of_a_month_is_premier() -> None:
    """And no other day is; an hour follows where the span begins or ends within a day."""
    first = datetime(2017, 8, 1, tzinfo=UTC)
    told = said(in_french(since=first, until=first + timedelta(days=20, hours=9, minutes=5)))

    assert "du 1er août 2017 au 21 août 2017 à 09:05 (UTC)" in told


def test_no_line_breaks_before_a_colon() -> None:
    """Nor within the marks of a quotation; text in a picture never breaks."""
    document = in_french(parts=(part("sources.feeds", off="answered 404"),))

    assert not BREAKS_BEFORE.findall(re.sub(r"(?s)<(style|svg).*?</\1>", "", document))


def test_what_a_part_reports_is_french() -> None:
    """As the mails about hunter itself have it; what somebody else wrote stays as it is."""
    parts = (part("job.enrich", message="8 of 90 names exist"), part("sources.feeds", off="theirs"))
    told = said(in_french(parts=parts))

    assert "noms qui existent : 8 sur 90" in told
    assert "theirs" in told


def test_what_is_linked_only_elides_too() -> None:
    """`imitations de en-marche` is what nobody says."""
    one = opened("a.fr", SINCE + DAY)
    linked = replace(one, match=replace(one.match, technique="track", matched=""))

    assert "lié à des imitations d'en-marche[.]fr" in said(in_french(alerts=(linked,)))


@pytest.mark.parametrize(
    ("span", "shown"),
    [
        (timedelta(0), "moins de 1 s"),
        (timedelta(seconds=90), "1,5 min"),
        (timedelta(hours=36), "1,5 j"),
    ],
)
def test_a_time_is_told_with_a_comma(span: timedelta, shown: str) -> None:
    """In symbols, which have no plural."""
    with speaking("fr"):
        assert duration(span).replace("\N{NO-BREAK SPACE}", " ") == shown


def test_a_quiet_week_says_so_in_french() -> None:
    """And makes nothing up."""
    quiet = survey(
        language="fr", lookalikes=(), alerts=(), letters=(), parts=(), silent=(), names={}, known={}
    )
    told = said(page(quiet))

    assert "Rien de ce qui vous ressemble ne s'est montré" in told
    assert "Rien n'a été écarté." in told
    assert "24 avril 2017" in told


@limits(max_examples=20)
@given(hostile)
def test_hostile_text_stays_text_in_french_too(text: str) -> None:
    """Whatever it is."""
    stays_text(page(hostile_survey(text, language="fr")))
