"""CSV that is safe to open."""

import csv as reader
import io
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as limits

from hunter.contracts import Case
from hunter.exports import csv
from hunter.exports.csv import Settings
from tests.world.alerts import STEERS
from tests.world.cases import DOMAIN, NOW, case, hostile_case, hostile_cases

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r\n=1", "|calc", "＝1", "%0A=1", "a; =1")


def rows(*cases: Case, **choices: Any) -> list[dict[str, str]]:
    """The lines by their columns."""
    text = b"".join(csv.export(cases, Settings(**choices), NOW)).decode("utf-8-sig")
    return list(reader.DictReader(io.StringIO(text, newline="")))


def test_a_line_tells_a_case() -> None:
    """Names as they are, several values in one cell, what is unknown with its reason."""
    (row,) = rows(case())

    assert row["domain"] == DOMAIN
    assert (row["severity"], row["state"], row["score"]) == ("high", "new", "60")
    assert row["ns"] == "ns1.monovm.com; ns2.monovm.com"
    assert row["registrant_org"] == "unknown: withheld by the registry"
    assert row["rules"].startswith("Registrant shared with other domains; ")
    assert (row["has_mx"], row["expires"], row["cdn"]) == ("True", "", "")


def test_the_unicode_form_stands_beside_the_name() -> None:
    """For who reads it."""
    (row,) = rows(case(domain="xn--en-marhe-58a.fr"))

    assert (row["domain"], row["unicode"]) == ("xn--en-marhe-58a.fr", "en-marćhe.fr")


def test_excel_knows_the_encoding_and_a_program_may_do_without() -> None:
    """The mark at the beginning is a choice."""
    assert b"".join(csv.export([case()], Settings(), NOW)).startswith(b"\xef\xbb\xbf")
    assert b"".join(csv.export([case()], Settings(bom=False), NOW)).startswith(b'"domain"')


def test_nothing_is_a_header() -> None:
    """A file for whoever waits for one."""
    assert rows() == []
    assert b"".join(csv.export([], Settings(), NOW)).count(b"\r\n") == 1


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_is_a_text(formula: str) -> None:
    """Alone or among several values."""
    whole = case()
    fields = {**whole.dossier.fields, "page_title": formula, "ns": ("x.fr", formula)}
    (row,) = rows(replace(whole, dossier=replace(whole.dossier, fields=fields)))

    assert row["page_title"].startswith(("'", "a; '"))
    assert row["ns"].startswith(("x.fr; '", "x.fr; a; '"))


@limits(max_examples=60)
@given(hostile_cases)
def test_hostile_text_is_harmless(given_case: Case) -> None:
    """No cell is a formula, steers a reader or breaks its line, wherever a spreadsheet cuts."""
    content = b"".join(csv.export([given_case], Settings(), NOW)).decode("utf-8-sig")
    (row,) = rows(given_case)

    assert content.count("\r\n") == content.count("\n") == 2
    assert len(row) == content.split("\r\n")[0].count(",") + 1
    for cell in row.values():
        assert not STEERS.search(cell)
        assert not any(part.strip()[:1] in "=+-@|%＝" for part in cell.split(";") if part.strip())


def test_a_value_without_end_is_cut() -> None:
    """A cell holds two thousand characters at most."""
    assert max(map(len, rows(hostile_case("x" * 5000))[0].values())) <= 2000
