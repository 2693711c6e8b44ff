"""The page: what it says, that it needs nothing, and that hostile text stays text."""

import re
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import settings as limits

from hunter.survey import page
from hunter.survey.text import duration
from tests.world.alerts import ATTACKS, LIVE, STEERS, hostile
from tests.world.incidents import incident
from tests.world.surveys import (
    DAY,
    MINUTE,
    SINCE,
    UNTIL,
    hostile_survey,
    lookalike,
    opened,
    part,
    survey,
)

TAGS = {
    *("html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "h4", "p", "div"),
    *("span", "b", "i", "section", "table", "thead", "tbody", "tr", "th", "td", "ul", "li", "br"),
    "wbr",
    *("bdi", "mark", "footer", "svg", "text", "line", "rect", "path", "g", "defs", "desc"),
}
ATTRIBUTES = re.compile(
    r"class|style|scope|data-label|title|lang|charset|content|name|http-equiv|role|aria-label|viewbox"
    r"|x|y|x1|x2|y1|y2|width|height|text-anchor|d|fill|stroke|stroke-width|stroke-dasharray|rx"
    r"|opacity|fill-opacity|stroke-opacity|font-family|font-size|font-weight|xmlns|transform"
)


class Reading(HTMLParser):
    """What a browser would make of the page: the tags, their attributes, and the text."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.words: list[str] = []
        self.feed(document)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag and its attributes."""
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        """Keep the text, but for the style sheet."""
        if self.tags[-1:] != ["style"]:
            self.words.append(data)


def said(document: str) -> str:
    """The text of a page."""
    return " ".join(" ".join(Reading(document).words).split())


def test_the_page_tells_the_week() -> None:
    """In a sentence, in figures, and in tables."""
    told = said(page(survey()))

    for needed in (
        "What looked like en-marche[.]fr",
        "17 April 2017 to 23 April 2017 (UTC)",
        "3 new lookalikes showed themselves; 3 alerts were opened, typically 5 min after the first",
        "1 of the parts that watch or tell is in trouble",
        "2 of them plain",
        "By how they imitate combosquatting",
        "takes mail",
        "not looked up yet",
        "24 h after the first sighting",
        "New names by source: ct_logs 12, registrations 3.",
        "sources.registrations afnic-fr well all of it",
        "not since 2017-04-18 00:00 answered 404",
        "sources.permutations Configured, and has not told anything yet",
        "2017-04-21 00:00 ann a walking club",
        "sent registrar",
        "not proof of intent",
    ):
        assert needed in told, needed


def test_an_alerts_delay_is_not_said_to_be_a_likeness() -> None:
    """Its bar said `within a minute: 1, 1 of them plain`."""
    titles = {value for name, value in Reading(page(survey())).attributes if name == "title"}

    assert "within a minute: 1" in titles
    assert "combosquatting: 1, 1 of them plain" in titles


def test_the_part_that_imitates_is_marked() -> None:
    """Within the name."""
    assert "<mark>mail</mark>-en-marche[.]fr" in page(survey())


def test_an_international_name_is_shown_as_people_see_it() -> None:
    """Beside the form that DNS has."""
    told = said(page(survey(alerts=(opened("xn--n-marche-b8g.com", SINCE + DAY),))))

    assert "shown as \u0435n-marche[.]com" in told
    assert "shown as" not in said(page(survey()))


def test_a_quiet_week_says_so() -> None:
    """And makes nothing up."""
    quiet = survey(lookalikes=(), alerts=(), letters=(), parts=(), silent=(), names={}, known={})
    told = said(page(quiet))

    assert "Nothing that resembles you showed itself in this time." in told
    assert "No source saw a new name" in told
    assert "Nothing was dismissed." in told
    assert "Takedown letters" not in told
    assert "Incidents" not in told


def test_one_of_each_is_not_many() -> None:
    """Grammar."""
    told = said(page(survey(lookalikes=(lookalike(),), alerts=(opened("a.fr", SINCE),), known={})))

    assert "One new lookalike showed itself; one alert was opened." in told
    assert "1 new lookalike 1 of them plain 1 alert opened" in told


def test_none_beside_an_alert_is_not_many() -> None:
    """It read: No new lookalike showed themselves."""
    told = said(page(survey(lookalikes=(), alerts=(opened("a.fr", SINCE),), known={})))

    assert "No new lookalike showed itself; one alert was opened." in told


def test_the_many_of_a_part_stand_in_one_line() -> None:
    """Those in trouble are named, each."""
    logs = [part("sources.ct_logs", subject=f"log {number}") for number in range(40)]
    ill = part("sources.ct_logs", healthy=False, subject="log 40", message="signed nothing")
    told = said(page(survey(parts=(*logs, ill))))

    assert "40 of 41 well" in told
    assert "log 40 in trouble" in told
    assert "log 7 " not in told


def test_a_flood_of_alerts_is_cut_and_said() -> None:
    """The first two hundred."""
    many = tuple(opened(f"en-marche{number}.fr", SINCE + DAY) for number in range(230))
    document = page(survey(alerts=many))

    assert "and 30 more: hunter alerts list" in said(document)
    assert "en-marche199[.]fr" in said(document).replace(" ", "")
    assert len(document) < 400_000


def test_of_very_many_incidents_it_is_said_how_many_more_there_are() -> None:
    """And not where all of them are told."""
    assert "and 604 more: hunter incidents list" in said(
        page(survey(incidents=(incident(),), more_incidents=604))
    )
    assert "more: hunter incidents list" not in said(page(survey(incidents=(incident(),))))


def test_why_something_was_dismissed_is_told_in_the_language_of_the_page() -> None:
    """As far as it is hunter's own words: for how long it holds."""
    gone = opened("shop.fr", SINCE, dismissed="until 2017-05-01 00:00 UTC")
    said_so = replace(gone.transitions[-1], translations={"fr": "jusqu'au 1er mai 2017"})
    whole = survey(alerts=(replace(gone, transitions=(said_so,)),))

    assert "jusqu'au 1er mai 2017" in said(page(replace(whole, language="fr")))


def test_of_very_many_dismissals_the_last_are_told() -> None:
    """A year may have thousands; what was dismissed lately is what somebody may look at again."""
    gone = tuple(
        opened(f"shop{number}.fr", SINCE + number * MINUTE, dismissed=f"reason {number}.")
        for number in range(203)
    )
    told = said(page(survey(alerts=gone)))

    assert "and 3 before these: hunter alerts list --state dismissed" in told
    assert [number for number in range(203) if f"reason {number}." not in told] == [0, 1, 2]


def test_a_span_that_ends_within_a_day_says_when() -> None:
    """Seven days until now."""
    later = timedelta(hours=13, minutes=5)
    told = said(page(survey(since=SINCE + later, until=UNTIL + later)))

    assert "17 April 2017, 13:05 to 24 April 2017, 13:05 (UTC)" in told


def test_a_long_technique_leaves_room_for_the_reasons() -> None:
    """It may be broken where two are joined: the column of reasons was a few letters wide."""
    one = opened("login-enmarche.com", SINCE)
    joined = replace(one, match=replace(one.match, technique="hyphenation+combosquatting"))

    assert "hyphenation+<wbr>combosquatting" in page(survey(alerts=(joined,)))


def test_the_page_needs_nothing_and_fetches_nothing() -> None:
    """No script, no image, no link; and the browser is told to fetch nothing."""
    document = page(survey())
    reading = Reading(document)

    assert set(reading.tags) <= TAGS
    assert "url(" not in document
    assert "@import" not in document
    assert ("http-equiv", "Content-Security-Policy") in reading.attributes
    assert "default-src 'none'; style-src 'unsafe-inline'" in {
        value for _, value in reading.attributes
    }


@pytest.mark.parametrize("text", [*ATTACKS, "a.aa"])
def test_known_attacks_stay_text(text: str) -> None:
    """In every place that somebody else can fill."""
    stays_text(page(hostile_survey(text)))


@limits(max_examples=40)
@given(hostile)
def test_hostile_text_stays_text(text: str) -> None:
    """Whatever it is."""
    stays_text(page(hostile_survey(text)))


def stays_text(document: str) -> None:
    """No tag or attribute of its own, nothing that steers, nothing to click on."""
    reading = Reading(document)

    assert set(reading.tags) <= TAGS
    for name, value in reading.attributes:
        assert ATTRIBUTES.fullmatch(name), name
        assert not STEERS.search(value)
    shown = "\n".join(reading.words)
    assert not STEERS.search(shown)
    ours = re.compile(r"sources\.feeds|hunter \d+\.\d+\.\d+\S*")
    assert not LIVE.search(ours.sub("", shown)), LIVE.search(shown)


def test_a_figure_stays_on_the_line_of_its_unit() -> None:
    """Also in the first sentence, of which the next line began with `min`."""
    assert "typically 5\N{NO-BREAK SPACE}min after the first" in page(survey())
    one = page(survey(lookalikes=(lookalike(),), alerts=(survey().alerts[1],)))
    assert "one alert was opened, 5\N{NO-BREAK SPACE}min after the first" in one


@pytest.mark.parametrize(
    ("span", "shown"),
    [
        (None, "–"),
        (timedelta(0), "under 1 s"),
        (timedelta(seconds=89), "89 s"),
        (timedelta(seconds=90), "1.5 min"),
        (timedelta(minutes=33, seconds=20), "33 min"),
        (timedelta(hours=2), "2 h"),
        (timedelta(hours=35), "35 h"),
        (timedelta(hours=36), "1.5 days"),
        (timedelta(days=40), "40 days"),
    ],
)
def test_a_time_is_told_in_its_unit(span: timedelta | None, shown: str) -> None:
    """As people would, on one line."""
    assert duration(span).replace("\N{NO-BREAK SPACE}", " ") == shown
