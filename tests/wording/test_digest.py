"""Many notices in one message: what it shows, what its list holds, and that both are harmless."""

import csv
import io
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunter import wording
from hunter.model import Level
from hunter.notice import Gist, Notice
from hunter.wording.as_data import data
from hunter.wording.as_html import html
from hunter.wording.as_text import text
from tests.world.alerts import AT, ATTACKS, DOSSIER, MATCH, OPENED, STEERS, alert, hostile

GIST = Gist(
    "1.1", "opened", Level.HIGH, "en-marche[.]fr", "en-marche[.]co", ("It was seen.",), AT,
    "tld-swap",
)  # fmt: skip


def rows(told: Notice) -> list[dict[str, str]]:
    """The lines of the list."""
    content = told.attachments[0].content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content, newline="")))


def test_it_says_how_many_how_grave_and_why_together() -> None:
    """The gravest level stands in the subject."""
    gists = [replace(GIST, severity=Level.CRITICAL, key="2.1"), GIST, replace(GIST, key="1.2")]
    told = wording.digest("k", gists, "outage", AT)

    assert told.subject == "[CRITICAL] 3 notices about lookalikes of en-marche[.]fr"
    assert told.headline.startswith("3 notices about one domain. They could not be delivered")
    assert told.news[0] == "1 critical and 2 high."
    assert (told.key, told.thread, told.kind, told.domain) == ("k", "k", "digest", "")


@pytest.mark.parametrize(
    ("language", "subject", "plural"),
    [
        (
            "en",
            "[HIGH] 1 notice about lookalikes of en-marche[.]fr",
            r"\b(notices|[Tt]hey|their)\b",
        ),
        ("fr", "[HAUTE] 1 avis sur des imitations d'en-marche[.]fr", r"\b(Ils|ils|leur)\b"),
    ],
)
@pytest.mark.parametrize("why", ["digest", "flood", "retro", "outage", "held", "unheard-of"])
def test_one_alone_stands_in_the_singular(
    why: str, language: str, subject: str, plural: str
) -> None:
    """A quiet day's digest, and what is left of one that was refused, holds one notice."""
    alone = wording.digest("k", [GIST], why, AT, language)
    both = wording.digest("k", [GIST, GIST], why, AT, language)

    assert alone.subject == subject
    assert not re.search(plural, alone.headline)
    assert alone.headline.startswith(subject.partition("] ")[2].split(" ")[0])
    assert both.headline.startswith("2 ")


def test_a_brand_stands_in_its_own_letters_wherever_people_read_it() -> None:
    """Subject, heading, groups and the last line; programs get it as DNS has it."""
    gist = replace(GIST, brand="xn--socit-lan-e4abb[.]fr")
    told = wording.digest("k", [gist, replace(gist, key="1.2")], "flood", AT)
    alone = alert(replace(MATCH, brand="xn--socit-lan-e4abb.fr"))
    one = wording.notice(alone, DOSSIER, (OPENED,), "1")

    assert "xn--" not in f"{told.subject} {text(told)} {text(one)}"
    assert "société-élan[.]fr" in text(told)
    assert "société-élan[.]fr" in text(one).splitlines()[0]
    assert data(one)["brand"] == "xn--socit-lan-e4abb.fr"


def test_french_has_its_blanks_before_colons() -> None:
    """As French sets them; they do not break."""
    told = text(wording.digest("k", [GIST, GIST], "flood", AT, "fr"))

    assert "en-marche[.]co (haute)\N{NO-BREAK SPACE}: nouvelle alerte" in told


def test_the_list_has_a_line_for_each() -> None:
    """With the domain as it is, for programs; the message has it defanged."""
    told = wording.digest("k", [GIST, replace(GIST, key="1.2", news=("a", "b"))], "flood", AT)

    assert [(row["key"], row["domain"], row["news"]) for row in rows(told)] == [
        ("1.1", "en-marche.co", "It was seen."),
        ("1.2", "en-marche.co", "a b"),
    ]
    assert "en-marche.co" not in text(told)
    assert "en-marche[.]co (high): new" in text(told)


def test_many_letters_need_not_have_come_at_once() -> None:
    """What waited for the end of quiet hours came in a whole night, and is as many."""
    told = wording.digest("k", [GIST] * 20, "flood", AT)

    assert told.headline == "20 notices about one domain. They are too many for a message each."


def test_a_large_one_shows_the_first_of_each_pattern() -> None:
    """And says how many more there are of it; several brands have no name in the subject."""
    gists = [replace(GIST, key=f"a{number}") for number in range(1000)]
    gists += [replace(GIST, key="b", brand="other[.]fr", pattern="homograph")]
    told = wording.digest("k", gists, "flood", AT)

    first, second = told.groups
    assert (first.title, len(first.gists), first.more) == (
        "tld-swap, of en-marche[.]fr: 1000",
        12,
        988,
    )
    assert (len(second.gists), second.more) == (1, 0)
    assert "and 988 more of the same pattern" in " ".join(text(told).split())
    assert told.subject.endswith("your domains")
    assert len(html(told)) < 60_000


def test_a_flood_about_one_brand_hides_no_other_brands_name() -> None:
    """Nor one that imitates in another way: each has its place, and its first name is shown."""
    ways = [f"way-{number}" for number in range(20)]
    flood = [replace(GIST, pattern=way) for way in ways for _ in range(20)]
    last = replace(GIST, pattern="late", domain="late[.]co")
    other = replace(GIST, brand="orange[.]fr", domain="0range[.]fr", pattern="homoglyph")
    told = wording.digest("k", [*flood, last, other], "flood", AT)

    assert [one.domain for one in told.groups[1].gists] == ["0range[.]fr"]
    assert "late[.]co" in text(told)
    assert sum(len(group.gists) for group in told.groups) < 70


def test_the_list_on_this_machine_begins_with_the_oldest() -> None:
    """For a channel that carries no file."""
    older = replace(GIST, at=AT - timedelta(days=3))
    told = wording.digest("k", [GIST, older], "digest", AT, with_list=False)

    assert told.attachments == ()
    assert told.news[1] == "The whole list: hunter alerts list --since 2017-04-21"


@given(st.lists(hostile, min_size=1, max_size=4))
def test_hostile_text_is_harmless(raws: list[str]) -> None:
    """No formula in the list, no mark that steers in the text."""
    gists = [Gist(raw, raw, Level.LOW, raw, raw, (raw,), AT, raw) for raw in (*raws, *ATTACKS)]
    told = wording.digest("k", gists, "flood", AT)

    assert not STEERS.search(text(told).replace("\n", ""))
    for row in rows(told):
        for value in row.values():
            assert not value.startswith(("=", "+", "-", "@", "\t", "\r"))
            assert not STEERS.search(value)
    assert len(rows(told)) == len(gists)


def test_each_new_one_says_what_speaks_against_it_and_how_it_may_be_shown() -> None:
    """Nobody has to ask for each of a dozen by its name, and Punycode hides what people see."""
    why = "Lookalike whose page asks for a password"
    accented = replace(GIST, domain="xn--nmarche-9xa[.]fr", why=why)
    told = text(wording.digest("k", [accented, GIST], "flood", AT))
    told = " ".join(told.split())

    assert f"xn--nmarche-9xa[.]fr (shown as énmarche[.]fr) (high): new – {why}" in told
    assert "en-marche[.]co (high): new" in told
