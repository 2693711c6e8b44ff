"""Passive DNS in the Common Output Format."""

import json
from dataclasses import replace
from ipaddress import ip_address
from typing import Any

from hypothesis import example, given
from hypothesis import settings as limits

from hunter import names
from hunter.contracts import Case
from hunter.exports import cof
from hunter.exports.cof import Settings
from hunter.net import passive_rows
from tests.world.alerts import AT
from tests.world.cases import DOMAIN, HOST, NOW, case, hostile_case, hostile_cases, past


def lines(*cases: Case) -> list[dict[str, Any]]:
    """The records."""
    return [json.loads(line) for line in cof.export(cases, Settings(), NOW).splitlines()]


def test_each_record_has_the_time_it_was_seen() -> None:
    """First and last, in seconds; a host's address is the host's."""
    found = {(one["rrname"], one["rrtype"], one["rdata"]): one for one in lines(case())}

    assert set(found) == {
        (DOMAIN, "A", "193.29.187.40"),
        (DOMAIN, "A", "80.82.69.134"),
        (HOST, "A", "80.82.69.135"),
        (DOMAIN, "AAAA", "2001:db8::1"),
        (DOMAIN, "NS", "ns1.monovm.com"),
        (DOMAIN, "NS", "ns2.monovm.com"),
    }
    assert found[DOMAIN, "A", "193.29.187.40"] == {
        "rrname": DOMAIN,
        "rrtype": "A",
        "rdata": "193.29.187.40",
        "time_first": 1493013600,
        "time_last": 1493272800,
        "sensor_id": "hunter:dns",
    }


def test_what_was_told_was_not_seen() -> None:
    """An address that a partner told of is no record of the DNS."""
    assert "193.29.187.41" not in {one["rdata"] for one in lines(case())}


def test_a_value_that_came_back_is_one_record() -> None:
    """From the first time to the last."""
    again = past("a", "193.29.187.40", first=AT.replace(day=29))
    whole = case()
    for history in ((*whole.history, again), (again, *whole.history)):
        (found,) = [
            one for one in lines(replace(whole, history=history)) if one["rdata"] == "193.29.187.40"
        ]

        assert found["time_last"] - found["time_first"] == 8 * 86_400


def test_what_a_field_gathers_is_no_record_of_its_own() -> None:
    """The addresses of hosts stand under the hosts; what could not be found out is nothing."""
    whole = case()
    more = (
        past("host_address", "192.0.2.7"),
        replace(past("a", ""), value=None, unknown="SERVFAIL"),
    )

    assert lines(replace(whole, history=(*whole.history, *more))) == lines(whole)


def test_another_hunter_reads_it() -> None:
    """As an import of passive DNS."""
    found = passive_rows.read(cof.export([case()], Settings(), NOW))

    assert (DOMAIN, "A", "193.29.187.40", 20170424, 20170427) in {
        (row.name, row.kind, row.value, row.first, row.last) for row in found
    }


def test_nothing_is_an_empty_file() -> None:
    """Nothing was seen."""
    assert cof.export([], Settings(), NOW) == b""


@limits(max_examples=30)
@given(hostile_cases)
@example(hostile_case("0.-"))
def test_hostile_text_is_no_record(given_case: Case) -> None:
    """Names and addresses are such, or left out; the shortest name is hardly a text."""
    for row in lines(given_case):
        assert names.parse(row["rrname"]).text == row["rrname"]
        if row["rrtype"] == "NS":
            assert names.parse(row["rdata"]).text == row["rdata"]
        else:
            assert ip_address(row["rdata"])
