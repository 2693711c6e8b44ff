"""The report as a page: whole, harmless, and the same on a phone."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest

from hunter.backtest import Backtest, Change, DayCount, Kind, Messages, RuleChange, page
from hunter.backtest.chart import chart
from hunter.model import Level

DAY = date(2017, 4, 24)
HOSTILE = "<script>alert(1)</script>\x1b[31m\u202e"
FOUND = Backtest(
    since=datetime(2017, 3, 25, tzinfo=UTC),
    until=datetime(2017, 4, 24, 12, tzinfo=UTC),
    domains=1200,
    dossiers=3400,
    rules=(
        RuleChange(Kind.ADDED, "Markets", "filter", "rules/filter_markets.yml"),
        RuleChange(Kind.CHANGED, "Mail", "rule", "rules/mail.yml", ("a.fr", "b.fr"), ("c.fr",)),
    ),
    alerts=(12, 10),
    changes=(
        Change(
            Kind.REMOVED,
            "en-marche.fr",
            "supermarche.fr",
            DAY,
            Level.MEDIUM,
            None,
            ("'Near': no longer, for domain is 'supermarche.fr'",),
        ),
        Change(
            Kind.RAISED, "en-marche.fr", "mail-en-marche.fr", None, Level.LOW, Level.HIGH, ("x",)
        ),
    ),
    days=(
        DayCount(None, "en-marche.fr", 4, 4, {Kind.RAISED: 1}),
        DayCount(DAY - timedelta(days=2), "en-marche.fr", 5, 5, {}),
        DayCount(DAY, "en-marche.fr", 3, 1, {Kind.REMOVED: 2}),
    ),
    messages=(Messages("it", "email", 14, 12, 3),),
)


def test_the_page_tells_everything() -> None:
    """Figures, rules, days, messages, and each alert with its reason; domains defanged."""
    text = re.sub(r"<style>.*?</style>|<[^>]+>", " ", page(FOUND), flags=re.DOTALL)
    told = " ".join(text.split())

    for piece in (
        "3,400 dossiers of 1,200 domains",
        "from 2017-03-25 00:00 UTC to 2017-04-24 12:00 UTC",
        "12 alerts under the old rules, 10 under the new",
        "added Markets filter rules/filter_markets.yml",
        "changed Mail rule 2 more, 1 fewer rules/mail.yml",
        "Open before the period: 4 under the old rules, 4 under the new (1 raised).",
        "2017-04-24: 3 under the old rules, 1 under the new",
        "2017-04-23: 0 under the old rules, 0 under the new",
        "it email 14 12 -2 3",
        "supermarche[.]fr en-marche[.]fr 2017-04-24 medium",
        "low → high",
    ):
        assert piece in told
    assert "supermarche.fr" not in told


def test_nothing_is_fetched_and_nothing_runs() -> None:
    """Whatever titles, domains and reasons hold."""
    hostile = replace(
        FOUND,
        rules=(RuleChange(Kind.CHANGED, HOSTILE, "rule", HOSTILE),),
        changes=(replace(FOUND.changes[0], domain=HOSTILE, reasons=(HOSTILE,)),),
        days=(replace(FOUND.days[1], brand=HOSTILE),),
        messages=(replace(FOUND.messages[0], subscriber=HOSTILE),),
    )
    text = page(hostile)

    assert "<script" not in text
    assert not {"\x1b", "\u202e"} & set(text)
    assert "default-src 'none'" in text
    assert not re.search(r"\b(src|href)=", text)


def test_nothing_otherwise_is_said_in_words() -> None:
    """An empty table would leave people wondering."""
    same = replace(FOUND, rules=(), changes=(), days=(), messages=())
    text = page(same)

    assert "Nothing would be otherwise: 12 alerts under either set" in text
    assert "None: both sets say the same." in text
    assert "There is no subscriber" in text


@pytest.mark.parametrize("days", [1, 30, 365])
def test_the_chart_has_two_bars_a_day(days: int) -> None:
    """Wide and narrow; no bar leaves the picture, and the tallest is as high as it should be."""
    counts = [(DAY + timedelta(days=number), number + 1, number // 2) for number in range(days)]
    for drawn in ET.fromstring(f"<both>{chart(counts, 'label')}</both>").iter("svg"):
        *_, width, height = map(float, (drawn.get("viewBox") or "").split())
        bars = list(drawn.iter("rect"))
        assert len([one for one in bars if one.get("class") == "before"]) == days
        for bar in bars:
            assert float(bar.get("x", 0)) + float(bar.get("width", 0)) <= width + 0.1
            assert 0 <= float(bar.get("y", 0)) <= height
    tops = [float(one.get("height", 0)) for one in bars if one.get("class") == "before"]
    assert tops == sorted(tops)


def test_a_chart_too_wide_for_the_page_is_moved_with_keys_and_printed_whole() -> None:
    """On paper nothing can be moved."""
    days = [(DAY + timedelta(days=number), 1, 1) for number in range(365)]
    style = page(FOUND).partition("@media print")[2]

    assert chart(days, "label").count('tabindex="0"') == 2
    assert "tabindex" not in chart(days[:3], "label")
    assert ".sideways { overflow: visible; }" in style
    assert ".sideways svg { min-width: 0 !important; }" in style


@pytest.mark.parametrize("days", range(22, 100))
def test_a_chart_that_fits_is_not_moved(days: int) -> None:
    """29 days, and 58, were a pixel too wide: the last of them were out of sight."""
    counts = [(DAY + timedelta(days=number), 1, 1) for number in range(days)]

    assert "min-width" not in chart(counts, "label").partition('class="sideways narrow"')[0]


def test_every_column_says_that_its_heading_is_one() -> None:
    """To those who have the page read to them."""
    assert "<th>" not in page(FOUND)


@pytest.mark.parametrize("scheme", [0, 1, 2], ids=["light", "dark", "printed"])
def test_the_colour_of_small_words_can_be_read(scheme: int) -> None:
    """On its card, by WCAG's AA: 4.5 to 1."""
    root = re.findall(r":root \{(.*?)\}", page(FOUND), re.DOTALL)[scheme]
    colours = dict(re.findall(r"--([a-z-]+): #([0-9a-f]{3,6});", root))
    words = ("ink", "soft", "accent", "before", "well", "bad", "off", *map(str, Level))

    assert [one for one in words if _contrast(colours[one], colours["card"]) < 4.5] == []


def _contrast(colour: str, other: str) -> float:
    dark, light = sorted(map(_light, (colour, other)))
    return (light + 0.05) / (dark + 0.05)


def _light(colour: str) -> float:
    """Relative luminance, as WCAG 2.1 has it."""
    whole = colour if len(colour) == 6 else "".join(one * 2 for one in colour)
    parts = (int(whole[at : at + 2], 16) / 255 for at in (0, 2, 4))
    linear = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
