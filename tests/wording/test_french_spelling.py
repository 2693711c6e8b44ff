"""What holds of every French text: elisions, blanks, days and numbers, words of one kind."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from types import ModuleType
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunter import wording
from hunter.model import Value
from hunter.wording import (
    declared,
    french,
    french_health,
    french_incidents,
    french_report,
    french_values,
    letters_french,
)
from hunter.wording.as_slack import payload
from hunter.wording.as_text import text
from hunter.wording.catalogue import speaking
from hunter.wording.frame import unbroken
from hunter.wording.french_reasons import REASONS
from hunter.wording.french_rules import RULES
from hunter.wording.french_troubles import TROUBLES
from hunter.wording.likeness import sentence_for_match
from hunter.wording.moments import day, moment
from hunter.wording.sentences import (
    label_within,
    of,
    reason_in_words,
    sentence_for_change,
    value_in_words,
)
from tests.world.alerts import AT, DOSSIER, MATCH, OPENED, alert

MODULES = (
    *(french, french_health, french_incidents, french_report, french_values, letters_french),
)
ANY_TIME = st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2099, 12, 31))  # noqa: DTZ001
ELIDABLE = r"(?:de|que|le|la|ne|se|ce|jusque|lorsque|puisque)"
NAMES = "domain|domains|brand|brands|name|host|server|cdn|matched|term|provider|registrar|who|actor"
OF_A_MACHINE = re.compile(r"%[dHMY]|https?:|hunter |sha256sum|owned")
"""Forms of days, addresses, and commands to type: what stands in them is not French."""


def every_text() -> Iterator[str]:
    """All that hunter has in French, as it stands in the code."""
    for module in MODULES:
        yield from _of_module(module)
    for words in RULES.values():
        yield from (words.title, words.wording, *words.false_positives)
    yield from (REASONS | TROUBLES).values()
    yield from declared.labels("fr").values()
    yield from declared.disguises("fr").values()


def _of_module(module: ModuleType) -> Iterator[str]:
    for name, value in vars(module).items():
        if name.isupper() and name != "HEDGES":
            yield from _texts(value)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        value = tuple(value.values())
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _texts(one)


def test_a_french_text_has_its_blanks() -> None:
    """One before `: ; ! ? »` and behind `«`; no English quotation marks."""
    wrong = re.compile(r"[^\s({][:;!?»](?=\s|$)|«\S|[“”’]")

    assert [one for one in every_text() if wrong.search(one) and not OF_A_MACHINE.search(one)] == []


def test_no_name_is_filled_in_behind_a_word_that_elides() -> None:
    """`que en-marche[.]co`, `de akamai`: only `of` knows what the name begins with."""
    wrong = re.compile(rf"\b{ELIDABLE} \{{(?:{NAMES})\}}")

    assert [one for one in every_text() if wrong.search(one)] == [french.OF]


def test_mail_is_a_message_and_messaging_a_service() -> None:
    """`courriel` and `messagerie`: `courrier` is what a postman brings."""
    wrong = re.compile(r"\bcourriers?\b|boîtes? aux lettres")

    assert [one for one in every_text() if wrong.search(one)] == []


@given(st.sampled_from("aeiou"), st.sampled_from("\u0300\u0301\u0302\u0304\u0307\u0308\u0328"))
def test_de_is_elided_before_a_vowel_whatever_its_accent(letter: str, accent: str) -> None:
    """Names may have any: `ė` is a favourite of those who imitate."""
    name = normalize("NFC", letter + accent) + "xa.fr"
    with speaking("fr"):
        assert of(name) == f"d'{name}"
        assert of(name.upper()) == f"d'{name.upper()}"


@given(st.sampled_from("bcçdfgjklmnñpqrsštvwxzž0123456789"), st.text("aeiouxyz-", max_size=5))
def test_de_stays_before_a_consonant(letter: str, rest: str) -> None:
    """And before a digit."""
    with speaking("fr"):
        assert of(letter + rest) == f"de {letter}{rest}"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("horizonsleparti.fr", "d'"), ("humanite.fr", "d'"), ("hôpital.fr", "d'"),
        ("hauts-de-france.fr", "de "), ("hollande2017.fr", "de "), ("héros.fr", "de "),
        ("yves.fr", "d'"), ("yahoo.fr", "de "), ("oui.fr", "de "), ("ouigo.fr", "d'"),
        ("onze.fr", "de "), ("œuvre.fr", "d'"), ("xn--nergie-9ua.fr", "de "),
    ],
)  # fmt: skip
def test_de_before_h_and_y_goes_by_the_sound(name: str, said: str) -> None:
    """A mute h elides, an aspirated one does not."""
    with speaking("fr"):
        assert of(name) == said + name
    assert of(name) == f"of {name}"


@given(ANY_TIME)
def test_a_day_has_its_month_in_words(at: datetime) -> None:
    """`1er mars 2017`; English writes it as commands take it."""
    with speaking("fr"):
        said = day(at)
        assert moment(at) == f"{said} à {at:%H:%M} UTC"
        assert value_in_words("registered", f"{at:%Y%m%d}") == said
    number, month, year = said.split(" ")
    assert number == ("1er" if at.day == 1 else str(at.day))
    assert french.MONTHS.index(month) == at.month - 1
    assert int(year) == at.year
    assert day(at) == f"{at:%Y-%m-%d}"


@pytest.mark.parametrize("value", [20170231, 20171301, 20170100, "2017-02-31"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_is_in_no_calendar_is_told_as_it_came(language: str, value: Value) -> None:
    """A registry's slip is no day of another month."""
    with speaking(language):
        assert value_in_words("registered", value) == str(value)


@given(st.integers(0, 10**9), st.integers(0, 99))
def test_a_reason_has_its_numbers_as_french_writes_them(whole: int, part: int) -> None:
    """`1,234` would be a bit more than one."""
    with speaking("fr"):
        many = reason_in_words(f"new lookalikes among them: {whole:,}")
        exact = reason_in_words(f"rdap.nic.fr did not answer within {whole:,}.{part:02} s")

    assert many.rpartition(" : ")[2] == f"{whole:,}".replace(",", " ")
    assert exact.endswith(f" en {whole:,}".replace(",", " ") + f",{part:02} s")


@pytest.mark.parametrize(
    "pair", ["« haute ».", "« haute »,", "30 points", "1er mars", "12 345", "15 mars", "a :", "a ?"]
)
def test_what_belongs_together_stands_on_one_line(pair: str) -> None:
    """A line ended in `« haute`, and the next one began with what closes it."""
    with speaking("fr"):
        assert " " not in unbroken(pair)


def test_a_moment_may_be_parted_between_its_day_and_its_hour() -> None:
    """Else a narrow screen tears off the year."""
    with speaking("fr"):
        assert unbroken("15 mars 2017 à 06:00 UTC").split(" ") == [
            *("15\N{NO-BREAK SPACE}mars", "2017", "à\N{NO-BREAK SPACE}06:00\N{NO-BREAK SPACE}UTC")
        ]


def test_no_line_of_a_mail_begins_with_what_belongs_to_the_one_before() -> None:
    """Nor ends in a number whose noun is on the next."""
    told = text(wording.notice(alert(), DOSSIER, (OPENED,), "1", "fr"))

    assert not re.search(r"(?:\n *[:;!?»]|«\n|[ (]\d+\n *[a-z])", told)


def test_the_title_of_a_slack_message_does_not_break_either() -> None:
    """A phone shows it on two lines."""
    report = wording.health_notice([], [], AT, "fr")
    title = payload(replace(report, subject="[hunter] silence : source a"))["blocks"][0]["text"]  # type: ignore[index,call-overload]

    assert title["text"] == "[hunter] silence\N{NO-BREAK SPACE}: source a"  # type: ignore[index,call-overload]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("after", [True, False])
def test_when_mail_servers_came_is_not_when_mail_can_be_sent(language: str, after: bool) -> None:
    """`envoyer de façon crédible entre le 19 et le 20`: the days are those of the change."""
    came = datetime(2017, 4, 19, tzinfo=UTC)
    with speaking(language):
        said = sentence_for_change("has_mx", (not after,), (after,), since=came, until=AT)
        undated = sentence_for_change("has_mx", (not after,), (after,))
        days = f"{day(came)}", day(AT)

    change = said.partition(":")[0]
    assert all(one in change for one in days)
    assert not any(one in undated for one in days)
    assert re.search(r"servers|serveurs", change)


@pytest.mark.parametrize(
    ("language", "field", "said"),
    [
        ("fr", "dmarc_policy", "règle DMARC"),
        ("fr", "page_title", "titre de la page"),
        ("en", "a", "IPv4 addresses"),
        ("en", "registrar", "registrar"),
    ],
)
def test_a_field_within_a_sentence_keeps_its_capitals(language: str, field: str, said: str) -> None:
    """`règle dmarc` and `ipv4 addresses` are what nobody writes."""
    with speaking(language):
        assert label_within(field) == said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a-en-marche-b.fr", "entre a et b"),
        ("a-b-en-marche-c.fr", "précédé des mots a et b et suivi du mot c"),
        ("a-en-marche-b-c.fr", "précédé du mot a et suivi des mots b et c"),
    ],
)
def test_words_before_and_behind_are_told_apart(name: str, said: str) -> None:
    """`entre a et b et c` says of none on which side it stands."""
    start = name.index("en-marche")
    match = replace(MATCH, name=name, registrable=name, span=(start, start + len("en-marche")))
    with speaking("fr"):
        assert sentence_for_match(match).endswith(said)
