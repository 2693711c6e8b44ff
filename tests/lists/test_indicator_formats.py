"""Lists of indicators in every form, and bytes that are none."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunter.lists.indicator_formats import NotAnIndicatorList, read
from hunter.lists.indicators import Indicators

FEEDS = Path(__file__).parents[3] / "shared" / "data" / "feeds"
real = pytest.mark.skipif(not FEEDS.is_dir(), reason="the real lists are not here")

STIX = {
    "type": "bundle",
    "objects": [
        {
            "type": "indicator",
            "modified": "2016-12-29T10:00:00Z",
            "pattern": "[domain-name:value = 'evil.fr' OR ipv4-addr:value='194.187.249.135']"
            " AND [email-message:sender_ref.value = 'johnpinch@mail.com'"
            " AND url:value = 'https://it\\'s.fr/x' AND file:name = 'x.zip']",
        },
        {"type": "indicator", "revoked": True, "pattern": "[domain-name:value = 'old.fr']"},
        {"type": "indicator", "modified": "2016-11-01T00:00:00Z", "pattern": ["broken"]},
        {"type": "ipv6-addr", "value": "2a00:1450::1"},
        {"type": "file", "value": "c.fr"},
        "rubbish",
    ],
}
MISP = {
    "Event": {
        "date": "2017-01-16",
        "Attribute": [
            {"type": "domain", "value": "a.fr"},
            {"type": "ip-dst|port", "value": "194.187.249.135|443"},
            {"type": "domain", "value": "gone.fr", "deleted": True},
            {"type": "link", "value": "https://blog.fr/report"},
            {"type": "filename", "value": "setup.zip"},
            {"type": "email-subject", "value": "invoice.fr"},
            {"type": "comment", "value": "comment.fr"},
            {"type": "whois-registrant-email", "value": "johnpinch@mail.com"},
        ],
        "Object": [{"Attribute": [{"type": "domain|ip", "value": "b.fr|193.29.187.40"}]}, 7],
    }
}


def names(listed: Indicators) -> set[str]:
    """The names on the list."""
    return {turned[::-1] for turned in listed.backwards}


def test_a_stix_bundle_tells_its_patterns_observables_and_day() -> None:
    """Revoked indicators and other properties do not count."""
    listed = read(json.dumps(STIX).encode())
    assert names(listed) == {"evil.fr"}
    assert listed.around("194.187.249.135")
    assert listed.around("2a00:1450::1")
    assert listed.mailboxes == {"johnpinch@mail.com"}
    assert listed.date == 20161229


@pytest.mark.parametrize(("day", "found"), [("2020-05-05T01:02:03Z", 20200505), ("2020-99-99", 0)])
def test_an_older_bundle_tells_when_it_was_made(day: str, found: int) -> None:
    """Not every tool writes when an object was modified; what is no day is none."""
    pattern = "[domain-name:value = 'evil.fr']"
    indicator = {"type": "indicator", "created": day, "pattern": pattern}
    assert read(json.dumps({"type": "bundle", "objects": [indicator]}).encode()).date == found


@pytest.mark.parametrize("tree", [MISP, {"response": [MISP]}, [MISP, MISP], MISP["Event"]])
def test_a_misp_event_tells_its_attributes_and_those_of_its_objects(tree: object) -> None:
    """Alone, in a response, in a list; links and deleted attributes do not count."""
    listed = read(json.dumps(tree).encode())
    assert names(listed) == {"a.fr", "b.fr"}
    assert listed.around("194.187.249.135")
    assert listed.around("193.29.187.40")
    assert listed.mailboxes == {"johnpinch@mail.com"}
    assert listed.date == 20170116


def test_a_misp_feed_is_a_folder_of_events(tmp_path: Path) -> None:
    """Its manifest and other files hold no event."""
    (tmp_path / "1.json").write_text(json.dumps(MISP))
    later = {"Event": {"date": "2018-02-03", "Attribute": [{"type": "domain", "value": "c.fr"}]}}
    (tmp_path / "2.json").write_text(json.dumps(later))
    (tmp_path / "manifest.json").write_text(json.dumps({"uuid": {"info": "x.fr"}}))
    listed = read(tmp_path)
    assert names(listed) == {"a.fr", "b.fr", "c.fr"}
    assert listed.date == 20180203


def test_a_misp_feed_of_too_many_events_is_refused_and_not_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their names are drawn by lot: an event of today may be the one that was left out."""
    monkeypatch.setattr("hunter.lists.indicator_formats._MAX_FILES", 1)
    for name in ("1.json", "2.json"):
        (tmp_path / name).write_text(json.dumps(MISP))
    with pytest.raises(NotAnIndicatorList, match="it holds more than 1 files"):
        read(tmp_path)


@pytest.mark.parametrize(
    ("content", "column"),
    [
        ("# comment.fr\n\na.fr\nb.fr # why.fr\n", ""),
        ("! c.fr\n//c.fr\n ; c.fr\na.fr\nb.fr\n", ""),
        ("0.0.0.0 a.fr\n127.0.0.1\tb.fr extra.fr\n", ""),
        ("a.fr,2017-01-01,other.fr\nb.fr,2017-01-02,other.fr\n", ""),
        ("seen,Indicator,note\n1,a.fr,other.fr\n2,b.fr,\n", ""),
        ("seen;Domain;note\n1;a.fr;other.fr\n2;b.fr\n3\n", ""),
        ("type,value\nfilename,x.zip\nMD5,c.fr\nFQDN,a.fr\nhostname|port,b.fr|80\n", ""),
        ("domain,type\na.fr,phishing\nb.fr,C2\n", ""),
        ("type,url\nmalware_download,http://a.fr/x.exe\nphishing,http://b.fr\n", "2"),
        ('who,"Bad Name"\n1,a.fr\n2,"b\x00.fr"\n', "bad name"),
        ("1\tx.fr\ta.fr\n2\ty.fr\tb.fr\n", "3"),
        ('\n ["a.fr", "b.fr", 3]', ""),
        ("\ufeffdomain\r\na.fr\r\nb.fr\r\n", ""),
    ],
)
def test_plain_lists_and_tables(content: str, column: str) -> None:
    """The column is recognised or named; types tell file names from domains."""
    assert names(read(content.encode(), column)) == {"a.fr", "b.fr"}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<!DOCTYPE html>\na.fr",
        b"\n<HTML>\na.fr",
        b"<?xml?>\na.fr",
        b'{"a": 1}',
        b"{broken",
        b"[" * 100_000,
        b"\0\1",
    ],
)
def test_what_is_no_list_is_refused(content: bytes) -> None:
    """An error page is not an empty list."""
    with pytest.raises(NotAnIndicatorList):
        read(content)


def test_a_wrong_column_and_a_huge_file_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message says which."""
    with pytest.raises(NotAnIndicatorList, match="no column 'domian'"):
        read(b"domain\na.fr\n", "domian")
    path = tmp_path / "list"
    path.write_text("a.fr\n")
    monkeypatch.setattr("hunter.lists.indicator_formats._MAX_BYTES", 3)
    with pytest.raises(NotAnIndicatorList, match="larger than"):
        read(path)


@given(st.binary(max_size=300), st.sampled_from(["", "2", "value"]))
def test_no_bytes_break_the_reader(noise: bytes, column: str) -> None:
    """It gives indicators or says that there are none."""
    heads = (b"", b"type,value\n", b'{"type":"bundle","objects":', b'[{"Event":{"Attribute":')
    for head in heads:
        try:
            assert len(read(head + noise, column)) > 0
        except NotAnIndicatorList:
            continue


@real
@pytest.mark.parametrize("name", ["", "_defanged"])
def test_the_grizzly_steppe_list_holds_the_address_of_the_case(name: str) -> None:
    """Line 547 of the government's CSV, and the same list defanged."""
    listed = read(FEEDS / f"grizzly_steppe_JAR-16-20296A{name}.csv")
    assert listed.around("194.187.249.135") == "194.187.249.135"
    assert len(listed) == 886


@real
def test_other_real_lists_are_read() -> None:
    """maltrail's trail, a MISP event, and feeds of several publishers."""
    maltrail = read(FEEDS / "maltrail_apt_sofacy.txt")
    assert list(maltrail.under("onedrive-en-marche.fr")) == ["onedrive-en-marche.fr"]
    event = read(FEEDS / "citizenlab_nilephish_misp.json")
    assert event.date == 20170116
    assert (len(event.backwards), len(event.mailboxes)) == (35, 14)
    assert len(read(FEEDS / "infoblox_crowdstrike_lookalike_20240725.csv")) == 87
    assert read(FEEDS / "citizenlab_endlessmayfly_iocs.csv").around("217.182.54.223")
