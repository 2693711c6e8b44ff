"""Two languages, one catalogue: the same sentences with the same gaps in each."""

import re
import string
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from hunter import wording
from hunter.dossiers import rule_fields
from hunter.model import LANGUAGES, Transition
from hunter.wording import (
    catalogue,
    declared,
    english,
    english_health,
    english_incidents,
    english_report,
    english_steps,
    french,
    french_health,
    french_incidents,
    french_report,
    french_steps,
)
from hunter.wording.as_html import html
from hunter.wording.as_text import text
from hunter.wording.cleaning import harmless
from hunter.wording.french_rules import RULES
from tests.world.alerts import AT, DOSSIER, MATCH, REGISTRANT, alert

SHIPPED = Path(__file__).parents[2] / "rules"
PAIRS = [
    (english, french),
    (english_health, french_health),
    (english_incidents, french_incidents),
    (english_report, french_report),
    (english_steps, french_steps),
]
ASKED = re.compile(r"^ +(?:- )?([a-z_]+)(?:\|[a-z|]+)?:", re.MULTILINE)
NOT_SENTENCES = {"HEDGES"}
"""Words to look for, and none to say: each language has as many as it needs."""


def sentences(module: ModuleType) -> Iterator[tuple[str, Any]]:
    """Every text of a module of words with the place where it stands."""
    for name, value in vars(module).items():
        if name.isupper() and name not in NOT_SENTENCES:
            yield from _within(name, value)


def _within(place: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _within(f"{place}[{key!r}]", one)
    elif isinstance(value, tuple):
        for number, one in enumerate(value):
            yield from _within(f"{place}[{number}]", one)
    else:
        yield place, value


def gaps(sentence: Any) -> set[str | None]:
    """The names of what is filled in."""
    if not isinstance(sentence, str):
        return set()
    return {name for _, name, _, _ in string.Formatter().parse(sentence)} - {None}


@pytest.mark.parametrize(("language", "words"), [("en", english), ("fr", french)])
def test_whatever_a_shipped_rule_rests_on_has_a_name(language: str, words: ModuleType) -> None:
    """A field without one reads as its English words in every language: Page password.

    Its enricher may bring one along.
    """
    written = "".join(path.read_text(encoding="utf-8") for path in SHIPPED.glob("*.yml"))
    asked = rule_fields().keys() & set(ASKED.findall(written))

    assert len(asked) > 10
    nameless = asked - words.FIELDS.keys() - declared.labels(language).keys()
    assert not nameless, f"put {', '.join(sorted(nameless))} into LABELS of its enricher"


@pytest.mark.parametrize(("ours", "theirs"), PAIRS)
def test_each_sentence_stands_in_both_languages_with_the_same_gaps(
    ours: ModuleType, theirs: ModuleType
) -> None:
    """Whoever adds one to the English adds it to the French."""
    one, other = dict(sentences(ours)), dict(sentences(theirs))

    assert one.keys() == other.keys()
    assert {place: gaps(said) for place, said in one.items()} == {
        place: gaps(said) for place, said in other.items()
    }


def test_the_rules_that_come_with_hunter_speak_french() -> None:
    """All that can be told of, and none that is no longer there; each with a title of its own."""
    found = [
        rule
        for path in SHIPPED.rglob("*.yml")
        for rule in yaml.safe_load_all(path.read_text(encoding="utf-8"))
    ]
    feeds = {
        name
        for rule in found
        for name in rule.get("correlation", {}).get("rules", ())
        if not rule["correlation"].get("generate")
    }
    told = {
        str(rule["id"])
        for rule in found
        if "filter" not in rule and not {rule.get("name"), rule["id"]} & feeds
    }

    assert told == RULES.keys(), (
        "hunter/wording/french_rules.py has the words of each shipped rule by its id, and of no"
        f" other: {sorted(told ^ RULES.keys())}"
    )
    assert len({words.title for words in RULES.values()}) == len(RULES)


@pytest.mark.parametrize("rule", RULES)
def test_the_news_that_a_rule_fires_speaks_french_too(rule: str) -> None:
    """The sentence calls the rule as the message calls it further down."""
    said = wording.in_every_language(
        wording.sentence_for_finding, replace(REGISTRANT, rule_id=rule, title="Of a lookalike")
    )

    assert said["en"] == "Another rule fires (high): Of a lookalike."
    assert said["fr"] == (
        f"Une autre règle se déclenche (haute) : « {harmless(RULES[rule].title)} »."
    )


def test_a_language_is_spoken_only_within() -> None:
    """One letter in French leaves the next in English."""
    with catalogue.speaking("fr"):
        assert catalogue.words.YES == "oui"
    assert catalogue.words.YES == "yes"


def test_every_language_that_can_be_chosen_has_its_words() -> None:
    """A transition is told in each of them."""
    said = wording.in_every_language(wording.sentence_for_opening, MATCH)

    assert tuple(said) == LANGUAGES
    assert len(set(said.values())) == len(LANGUAGES)


def test_a_notice_in_french_is_french_throughout() -> None:
    """Headings, labels, steps and hedge; what a person wrote stays as it was written."""
    opened = Transition(AT, "opened", "English", translations={"fr": "Il a été vu."})
    theirs = Transition(AT, "escalated", "please look", actor="ana")
    told = wording.notice(alert(), DOSSIER, (opened, theirs), "1.2", "fr")

    for body in (text(told), html(told)):
        flat = " ".join(body.replace("&nbsp;", " ").split())
        for said in ("CE QUI EST NOUVEAU", "QUE FAIRE MAINTENANT", "AVEC QUELLE CERTITUDE"):
            assert said in flat.upper()
        assert "English" not in flat
        assert "please look" in flat
    english_words = [value for name, value in vars(english).items() if name.startswith("HEADING_")]
    assert not [one for one in english_words if one.upper() in text(told).upper()]
    assert 'lang="fr"' in html(told)
