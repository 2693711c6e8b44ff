"""Passive DNS in every dress, and bytes that are none."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunter.net.passive_rows import NoRows, Row, cof, read, saf

FEEDS = Path(__file__).parents[3] / "shared" / "data" / "feeds"
LINE = (
    b'{"rrname": "Portal-Office.fr.", "rrtype": "a", "rdata": ["194.187.249.135"],'
    b' "time_first": 1489536000, "time_last": 1492992000, "count": 7}'
)
TABLE = (
    b"time_first,time_last,count,rrname,rrtype,bailiwick,rdata\n"
    b'1489536000,1492992000,7,"portal-office.fr.","A","fr.","194.187.249.135"\n'
)
ROW = Row("portal-office.fr", "A", "194.187.249.135", 20170315, 20170424, 7)


def frames(*ends: str) -> bytes:
    """A framed answer with one row and these last lines."""
    return b"\n".join([b'{"cond": "begin"}', b'{"obj": %s}' % LINE, *map(str.encode, ends)])


def test_a_line_of_cof_is_a_row_for_each_value() -> None:
    """Names in one form, moments as days; a zone file's times where sensors saw nothing."""
    assert cof(LINE + b"\n\n").rows == (ROW,)
    many = json.dumps(
        {"rrname": "x.fr", "rrtype": "NS", "rdata": ["A.fr.", "b.fr"], "zone_time_first": 1e9}
        | {"zone_time_first": 1489536000, "zone_time_last": "1492992000"}
    )
    assert cof(many.encode()).rows == (
        Row("x.fr", "NS", "a.fr", 20170315, 20170424, 0),
        Row("x.fr", "NS", "b.fr", 20170315, 20170424, 0),
    )


@pytest.mark.parametrize(
    ("ends", "doubt"),
    [
        (['{"cond": "succeeded"}'], ""),
        (['{"cond": "ongoing"}', '{"cond": "succeeded"}'], ""),
        (['{"cond": "limited", "msg": "Result limit reached"}'], "limited: Result limit reached"),
        (['{"cond": "failed", "msg": "\\u001b[31mbackend"}'], "failed: [31mbackend"),
        (['{"cond": "ongoing"}'], "cut off"),
        (['{"obj": {"rrname": "half'], "cut off"),
        ([], "cut off"),
        (['{"obj": {"rrname": "half', '{"cond": "succeeded"}'], "cannot be read"),
    ],
)
def test_a_framed_answer_is_whole_only_with_a_good_end(ends: list[str], doubt: str) -> None:
    """The rows before the trouble are given all the same."""
    found = saf(frames(*ends))
    assert found.rows == (ROW,)
    assert doubt in found.doubt
    assert bool(doubt) == bool(found.doubt)


def test_a_record_type_may_be_a_number() -> None:
    """The format allows both."""
    numbered = LINE.replace(b'"a"', b"1")
    assert numbered != LINE
    assert cof(numbered) == cof(LINE)


def test_a_broken_line_is_a_doubt() -> None:
    """Half an answer must not pass for a whole one."""
    assert cof(LINE + b"\n" + LINE[:40]).doubt
    assert cof(LINE + b"\n" + LINE[:40]).rows == (ROW,)
    assert not cof(b"").doubt


@pytest.mark.parametrize("odd", [b'{"rrname": "\xff.fr"}', b'{"\xff": 1}'])
def test_a_line_that_is_no_text_costs_no_other(odd: bytes) -> None:
    """A label may hold any bytes: a squatter's would hide the rest of an answer, or of a file."""
    assert cof(odd + b"\n" + LINE).rows == (ROW,)
    assert cof(odd + b"\n" + LINE).doubt
    assert read(LINE + b"\n" + odd) == (ROW,)
    framed = frames('{"cond": "succeeded"}')
    assert (saf(odd + b"\n" + framed).rows, bool(saf(odd + b"\n" + framed).doubt)) == ((ROW,), True)


@pytest.mark.parametrize(
    "content",
    [
        LINE,
        frames('{"cond": "succeeded"}'),
        TABLE,
    ],
)
def test_imports_come_as_lines_frames_or_a_table(content: bytes, tmp_path: Path) -> None:
    """A file, and a folder of them."""
    assert read(content) == (ROW,)
    (tmp_path / "a").write_bytes(content)
    (tmp_path / "b").write_bytes(content)
    assert read(tmp_path) == (ROW, ROW)
    assert read(tmp_path / "a") == (ROW,)


def test_a_folder_of_too_many_imports_is_refused_and_not_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was exported last would be what is left out."""
    monkeypatch.setattr("hunter.net.passive_rows._MAX_FILES", 1)
    for name in "ab":
        (tmp_path / name).write_bytes(LINE)
    with pytest.raises(NoRows, match="it holds more than 1 files"):
        read(tmp_path)


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"<html>", b'{"rrname": 1}', b"[" * 9999])
def test_what_is_no_passive_dns_is_refused(content: bytes) -> None:
    """An error page is not an empty history."""
    with pytest.raises(NoRows):
        read(content)


@pytest.mark.skipif(not FEEDS.is_dir(), reason="the real export is not here")
def test_a_real_export_of_dnsdb_is_read() -> None:
    """As an analyst downloads it."""
    rows = read(FEEDS / "farsight_dnsdb_rrset_export.csv")
    assert len(rows) >= 44
    assert {"ns1.dnsowl.com", "135.181.203.1"} <= {row.value for row in rows}
    assert {row.name for row in rows} == {"app-engage-station.help"}
    assert min(row.first for row in rows) == 20240819


VALUES = (
    st.none() | st.integers() | st.text(max_size=20) | st.lists(st.text(max_size=9), max_size=3)
)
KEYS = st.sampled_from(["rrname", "rrtype", "rdata", "time_first", "time_last", "count", "obj"])


@given(st.lists(st.dictionaries(KEYS, VALUES), max_size=3), st.binary(max_size=40))
def test_no_bytes_break_the_readers(entries: list[dict[str, object]], noise: bytes) -> None:
    """Rows are printable and bounded whatever is served."""
    content = b"\n".join(json.dumps(entry).encode() for entry in entries) + b"\n" + noise
    for row in (*cof(content).rows, *saf(b'{"obj":' + content + b"}").rows):
        assert row.name.isprintable()
        assert len(row.value) <= 300
        assert 0 <= row.first <= 99991231
    try:
        read(b"rrname,rrtype,rdata\n" + noise)
    except NoRows:
        return
