"""A recorded case: names by day, and what was true of them when."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from hunter import case
from hunter.dossiers import rule_fields
from hunter.errors import YoursToFix

SMALL = """\
[case]
title = "Small"
starts = 2017-03-01
ends = 2017-03-31

[[feed]]
day = 2017-03-20
names = ["supermarche.fr"]

[[feed]]
day = 2017-03-02
names = ["b.fr", "a.fr"]

[[domain]]
name = "en-marche.co"
hosts = ["mail.en-marche.co"]
registered = 2017-03-10

[[domain.facts]]
from = 2017-03-15
ns = ["ns1.cloudflare.com", "ns2.cloudflare.com"]
note = "chosen"

[[domain.facts]]
from = 2017-03-10
ns = ["ns1.monovm.com"]
registrant_email = "johnpinch@mail.com"
asn = 13335

[[domain]]
name = "late.fr"
registered = 2017-03-30

[[domain.facts]]
from = 2017-03-30
registrant_email = "johnpinch@mail.com"
"""


@pytest.fixture
def small(tmp_path: Path) -> case.Case:
    """A case of a few days."""
    return case.read(written(tmp_path, SMALL))


def written(folder: Path, text: str) -> Path:
    """The text in a file of its own."""
    path = folder / f"case-{abs(hash(text))}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_names_show_themselves_on_their_day(small: case.Case) -> None:
    """The feed's and the domains' with their hosts, in the order of days."""
    shown = [(day.day, name) for day, name in small.names_on(None, date(2017, 3, 31))]

    assert shown == [
        (2, "a.fr"),
        (2, "b.fr"),
        (10, "en-marche.co"),
        (10, "mail.en-marche.co"),
        (20, "supermarche.fr"),
        (30, "late.fr"),
    ]


def test_names_are_told_once_however_the_days_are_cut(small: case.Case) -> None:
    """From after one day up to another, ends included."""
    days = [date(2017, 3, day) for day in (2, 9, 10, 20, 31)]
    pieces = [
        name
        for after, until in zip([None, *days], days, strict=False)
        for _, name in small.names_on(after, until)
    ]

    assert pieces == [name for _, name in small.names_on(None, days[-1])]


def test_facts_hold_from_their_day_until_others_take_their_place(small: case.Case) -> None:
    """Field by field; before its day nothing is known."""
    domain = small.domain("en-marche.co")
    assert domain is not None

    assert domain.on(date(2017, 3, 9)) == {}
    assert domain.on(date(2017, 3, 14)) == {
        "ns": ("ns1.monovm.com",),
        "registrant_email": ("johnpinch@mail.com",),
        "asn": (13335,),
    }
    assert domain.on(date(2017, 3, 15))["ns"] == ("ns1.cloudflare.com", "ns2.cloudflare.com")
    assert domain.on(date(2017, 3, 15))["asn"] == (13335,)
    assert small.domain("nobody.fr") is None


def test_a_search_by_value_finds_who_existed_and_carried_it(small: case.Case) -> None:
    """Numbers are found by their text."""
    wanted = "registrant_email", "johnpinch@mail.com"

    assert list(small.carrying(*wanted, date(2017, 3, 9))) == []
    assert list(small.carrying(*wanted, date(2017, 3, 29))) == ["en-marche.co"]
    assert list(small.carrying(*wanted, date(2017, 3, 30))) == ["en-marche.co", "late.fr"]
    assert list(small.carrying("asn", "13335", date(2017, 3, 30))) == ["en-marche.co"]
    assert list(small.carrying("ns", "ns1.monovm.com", date(2017, 3, 30))) == []


def test_a_day_is_replayed_at_its_noon() -> None:
    """In UTC."""
    assert case.noon(date(2017, 3, 1)) == datetime(2017, 3, 1, 12, tzinfo=UTC)


def test_two_tables_of_one_day_add_up(tmp_path: Path) -> None:
    """The later one in the file has the last word."""
    same_day = SMALL.replace("from = 2017-03-15", "from = 2017-03-10")
    read = case.read(written(tmp_path, same_day)).domain("en-marche.co")

    assert read is not None
    assert read.on(date(2017, 3, 10))["ns"] == ("ns1.monovm.com",)
    assert read.on(date(2017, 3, 10))["registrant_email"] == ("johnpinch@mail.com",)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('title = "Small"', ""),
        ("[case]", "[cases]"),
        ("[case]", "case = 1\n[x]"),
        ("[[feed]]\nday = 2017-03-20", "[[feed]]"),
        ("day = 2017-03-20", 'day = "in March"'),
        ("starts = 2017-03-01", "starts = 1"),
        ("ends = 2017-03-31", "ends = 2017-03-31T00:00:00Z"),
        ('names = ["supermarche.fr"]', "names = 5"),
        ('names = ["supermarche.fr"]', "names = [5]"),
        ('name = "late.fr"', "name = 5"),
        ("registered = 2017-03-30", 'registered = "soon"'),
        ("from = 2017-03-15", 'from = "later"'),
        ("from = 2017-03-15", ""),
        ("asn = 13335", "asn = {number = 13335}"),
        ("asn = 13335", "asn = [[1]]"),
        ('hosts = ["mail.en-marche.co"]', "hosts = 1"),
        ('title = "Small"', 'title = "Small'),
    ],
)
def test_a_file_that_is_no_case_is_yours_to_fix(tmp_path: Path, old: str, new: str) -> None:
    """Whatever is missing or of the wrong kind, the file is named."""
    assert old in SMALL
    path = written(tmp_path, SMALL.replace(old, new, 1))

    with pytest.raises(YoursToFix) as caught:
        case.read(path)

    assert caught.value.faults[0].file == str(path)


def test_every_fault_is_told_at_once_with_line_and_hint(tmp_path: Path) -> None:
    """A misspelt table, key or field would otherwise leave a part of the case out in silence."""
    text = (
        SMALL.replace("ends = 2017-03-31", "ends = 2017-02-01")
        .replace("[[feed]]", "[[fede]]")
        .replace("hosts = ", "hots = ")
        .replace("registrant_email =", "registrant_emial =")
        .replace('name = "late.fr"', 'name = "www.late.fr"')
        .replace("asn = 13335", "asn = 1.5")
    )
    with pytest.raises(YoursToFix) as caught:
        case.read(written(tmp_path, text))

    told = [(one.where.partition(":")[2], one.message, one.hint) for one in caught.value.faults]
    assert [(where.strip(), message) for where, message, _ in told] == [
        ("case.ends", "is before starts"),
        ("fede", "there is no such key"),
        ("domain.1.hots", "there is no such key"),
        ("domain.1.facts.2.registrant_emial", "there is no such field"),
        ("domain.1.facts.2.asn", "is no value of a fact"),
        ("domain.2.name", "www.late.fr is no registrable domain"),
        ("domain.2.facts.1.registrant_emial", "there is no such field"),
    ]
    hints = [hint for *_, hint in told]
    assert "did you mean feed?" in hints
    assert "did you mean registrant_email?" in hints
    assert "write late.fr" in hints


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('name = "late.fr"', 'name = "en-marche.co"', "stands twice"),
        ('name = "late.fr"', 'name = "no name"', "no domain name holds"),
        ("mail.en-marche.co", "mail.en-marche.fr", "is not under en-marche.co"),
        ("starts = 2017-03-01", "starts = 1017-03-01", "days after starts"),
    ],
)
def test_what_cannot_be_replayed_is_a_fault(tmp_path: Path, old: str, new: str, told: str) -> None:
    """Also where each part is well-formed."""
    assert old in SMALL
    with pytest.raises(YoursToFix, match=told):
        case.read(written(tmp_path, SMALL.replace(old, new, 1)))


def test_the_documented_example_is_a_case(tmp_path: Path) -> None:
    """As docs/cli.md shows it."""
    text = (Path(__file__).parents[1] / "docs" / "cli.md").read_text(encoding="utf-8")
    begin = text.index("    [case]")
    lines = text[begin : text.index("Facts have the fields", begin)].splitlines()
    (domain,) = case.read(written(tmp_path, "\n".join(line[4:] for line in lines))).domains

    assert domain.on(date(2026, 2, 2))["registered"] == (20260202,)


def test_a_day_among_the_facts_is_a_number_as_rules_have_it(tmp_path: Path) -> None:
    """YYYYMMDD; it may be written as a day."""
    text = SMALL.replace("asn = 13335", "registered = 2017-03-10")
    found = case.read(written(tmp_path, text)).domain("en-marche.co")

    assert found is not None
    assert found.on(date(2017, 3, 10))["registered"] == (20170310,)


def test_a_file_that_cannot_be_read_is_yours_to_fix(tmp_path: Path) -> None:
    """Because it is not there, or is no text."""
    (tmp_path / "latin1").write_bytes(b"\xe9")
    for path in (tmp_path / "nothing", tmp_path, tmp_path / "latin1"):
        with pytest.raises(YoursToFix):
            case.read(path)


def test_the_shipped_case_is_sound(tmp_path: Path) -> None:
    """Its five domains, its ordinary names, and no field that rules do not know."""
    path = tmp_path / "copy.toml"
    shutil.copy(case.SHIPPED / "en-marche-2017.toml", path)
    shipped = case.read(path)
    names = {name for _, name in shipped.names_on(None, shipped.ends)}
    fields = {field for one in shipped.domains for field in one.on(shipped.ends)}

    assert {one.name for one in shipped.domains} == {
        *("onedrive-en-marche.fr", "mail-en-marche.fr", "en-marche.co"),
        *("accounts-office.fr", "portal-office.fr"),
    }
    assert {
        *("supermarche.fr", "demarches-simplifiees.fr", "lebonmarche.com"),
        *("marchespublics.gouv.fr", "en-marche.fr"),
    } <= names
    assert fields <= rule_fields().keys()
    assert all(shipped.starts <= one.registered <= shipped.ends for one in shipped.domains)
