"""Feeds in whatever wrapping: what is read, what is told, and what hostile bytes cannot do."""

import gzip
import io
import os
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from hunter.feeds import Chunk, FeedShape, Limits, bookmark, read, wrapping
from hunter.feeds.follow import Step
from hunter.feeds.kinds import sniff
from hunter.feeds.places import files_at
from hunter.feeds.rows import name_in, names_in

SAMPLES = Path(__file__).parents[1] / "../shared/data/feeds"
SMALL = Limits(block=4096, max_line=1024)


def _read(
    data: bytes, limits: Limits = SMALL, column: str | None = None
) -> tuple[list[str], FeedShape]:
    """The feed's lines as names, one entry per line of the feed, and its shape."""
    reading = read(io.BytesIO(data), limits=limits, column=column)
    lines = [
        line
        for chunk in reading
        for line in chunk.names.decode().split("\n")[: chunk.lines + len(chunk.further)]
    ]
    return lines, reading.shape


def _names(data: bytes, limits: Limits = SMALL, column: str | None = None) -> list[str]:
    return [line for line in _read(data, limits, column)[0] if line]


def _zip(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, data in members.items():
            # Without a date, so that every process that collects these tests collects the same.
            archive.writestr(zipfile.ZipInfo(name), data, compression)
    return file.getvalue()


def _gzip_zeros(size: int) -> bytes:
    return gzip.compress(b"a.fr\n" + b"\n" * size)


LIST = b"en-marche.co\nmail-en-marche.fr\nsupermarche.fr\n"
NAMES = ["en-marche.co", "mail-en-marche.fr", "supermarche.fr"]


@pytest.mark.parametrize(
    ("data", "wrapping"),
    [
        (LIST, "plain"),
        (gzip.compress(LIST, mtime=0), "gzip"),
        (
            gzip.compress(LIST[:13], mtime=0) + gzip.compress(LIST[13:], mtime=0) + b"\0" * 512,
            "gzip",
        ),
        (zstandard.compress(LIST), "zstd"),
        (zstandard.compress(LIST[:13]) + zstandard.compress(LIST[13:]), "zstd"),
        (_zip({"domain-names.txt": LIST.replace(b"\n", b"\r\n")}), "zip"),
        (_zip({"a.txt": LIST[:12], "folder/b.txt": LIST[13:]}, zipfile.ZIP_STORED), "zip"),
    ],
)
def test_every_wrapping_gives_the_same_names(data: bytes, wrapping: str) -> None:
    """Plain, gzip and zstd in one or more parts, and zip archives with one or more members."""
    lines, shape = _read(data)

    assert [line for line in lines if line] == NAMES
    assert (shape.wrapping, shape.names, shape.broken, shape.trouble) == (wrapping, 3, 0, None)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (b"en-marche.co", b"en-marche.co"),
        (b"  EN-Marche.CO. ", b"EN-Marche.CO."),
        (b"*.en-marche.co", b"*.en-marche.co"),
        (b"\xe9lys\xe9e.fr", "élysée.fr".encode()),
        ("élysée.fr".encode(), "élysée.fr".encode()),
        ("콜센터.net".encode(), "콜센터.net".encode()),
        ("en-marche\u0301.com\tx".encode(), "en-marche\u0301.com".encode()),
        ("0.0.0.0 en\u2010marche.fr".encode(), "en\u2010marche.fr".encode()),
        ("1,हिन्दी.com".encode(), "हिन्दी.com".encode()),
        ("1,en-marche。fr".encode(), "en-marche。fr".encode()),
        ("«en-marche.fr» seen".encode(), None),
        (b"en-marche.co;2017-04-12;x", b"en-marche.co"),
        (b"en-marche.co # seen", b"en-marche.co"),
        (b"0.0.0.0 en-marche.co", b"en-marche.co"),
        (b"||en-marche.co^$third-party", b"en-marche.co"),
        (b"1,en-marche.co", b"en-marche.co"),
        (b"en-marche.co.\t86400\tIN\tNS\tns1.monovm.com.", b"en-marche.co."),
        (b"https://u:p@en-marche.co:8443/login?x=a.b", b"en-marche.co"),
        (b"hxxps://en-marche[.]co/x", b"en-marche.co"),
        (b"hxxps[://]en-marche[.]co/x", b"en-marche.co"),
        (b"contact[@]en-marche[.]co", b"en-marche.co"),
        (b"contact[at]en-marche[.]co", b"en-marche.co"),
        (b"en-marche(.)co", b"en-marche.co"),
        (b".en-marche.co # and all below", b"en-marche.co"),
        (b"/ @ : en-marche.co", b"en-marche.co"),
        (b"2024/01/04 10:02:00,https://en-marche.co/,", b"en-marche.co"),
        (b"# en-marche.co", b""),
        (b"", b""),
        (b"127.0.0.1 localhost", b""),
        (b"http://193.29.187.40/x", b""),
        (b"no name here", None),
        (b"en-marche.co\0", None),
        (b"\x1b[2J a.fr", None),
    ],
)
def test_the_name_is_found_in_a_line(line: bytes, name: bytes | None) -> None:
    """Blank for lines that need no name, None for those that are broken."""
    assert name_in(line) == name


@pytest.mark.parametrize(
    ("row", "names"),
    [
        ("0.0.0.0 a.example b.example # c.example", ["a.example", "b.example"]),
        ("127.0.0.1\tlocalhost\ta.example\t\twww.a.example", ["a.example", "www.a.example"]),
        ("::1 a.example b.example#x", ["a.example", "b.example"]),
        ("fe80::1%lo0 localhost a.example", ["a.example"]),
        ("  0.0.0.0 a.example élysée.fr \r", ["a.example", "élysée.fr"]),
        ("0.0.0.0 localhost", []),
        ("0.0.0.0 a.example (b.example)", ["a.example"]),
        ("0.0.0.0 a.example https://b.example/", ["a.example"]),
        ("0.0.0.0,a.example,b.example", ["a.example"]),
        ("a.example b.example", ["a.example"]),
    ],
)
def test_every_name_of_a_hosts_row_is_read(row: str, names: list[str]) -> None:
    """What is no such row from end to end is read for its first name, as any other line."""
    assert names_in(row.encode()) == tuple(name.encode() for name in names)


def test_a_hosts_row_of_any_length_is_read_to_its_end() -> None:
    """As long as it is no longer than a line may be."""
    names = [f"n{number}.fr" for number in range(3000)]
    lines, shape = _read(f"0.0.0.0 {' '.join(names)}\nlast.fr".encode(), Limits())

    assert lines == [*names, "last.fr"]
    assert shape == FeedShape(lines=2, names=3001)


ROWS = st.lists(
    st.sampled_from(
        ("a.fr", "0.0.0.0 b.fr c.fr # x", "", "# no", "::1 d.fr e.fr f.fr", "0.0.0.0 g.fr", "?")
    ),
    max_size=60,
)


@given(ROWS, st.integers(0, 60), st.sampled_from(("{}", "#BOF\n{}\n#EOF")), st.booleans())
def test_a_name_of_a_hosts_row_is_traced_to_its_line(
    rows: list[str], done: int, frame: str, ended: bool
) -> None:
    """Also where the reading goes on behind the lines that are done."""
    every = frame.format("\n".join(rows)).split("\n")
    data = ("\n".join(every) + "\n" * ended).encode()
    chunks: Iterator[Chunk] = iter(read(io.BytesIO(data), limits=Limits(block=64)))
    found = [
        (step.line_of(number), name.decode())
        for chunk in bookmark.after(chunks, done)
        for step in [Step("x", "", chunk.names, chunk.first_line, chunk.further)]
        for number, name in enumerate(chunk.names.split(b"\n"))
        if name
    ]

    assert found == [
        (number, name.decode())
        for number, row in enumerate(every, 1)
        for name in names_in(row.encode()) or ()
        if number > done
    ]


def test_a_line_of_the_chunk_is_the_same_line_of_the_feed() -> None:
    """Comments and broken lines leave a blank, so that a hit can be traced to its line."""
    data = b"# list\nen-marche.co\n\n\x00\x01\nhxxp://mail-en-marche[.]fr/\nlast.fr"

    lines, shape = _read(data)

    assert lines == ["", "en-marche.co", "", "", "mail-en-marche.fr", "last.fr"]
    assert shape == FeedShape("plain", "plain", lines=6, names=3, broken=1)


def test_chunks_carry_their_place() -> None:
    """Each chunk tells the number of its first line, and whether the last may go on."""
    data = b"".join(b"name-%d.fr\n" % number for number in range(3000)) + b"open.fr"

    chunks = list(read(io.BytesIO(data), limits=SMALL))

    assert len(chunks) > 1
    assert chunks[0].first_line == 1
    for before, after in pairwise(chunks):
        assert after.first_line == before.first_line + before.lines
        first = after.names.split(b"\n")[0]
        assert first in (b"name-%d.fr" % (after.first_line - 1), b"open.fr")
    assert [chunk.open_end for chunk in chunks] == [False] * (len(chunks) - 1) + [True]


AFNIC = (
    b"# liste\r\nnot-yet.fr\r\n#BOF\r\nen-marche-doc.fr\r\n"
    b"\xe9lu.fr\r\nx.fr;y\r\n#EOF\r\nafter.fr\r\n"
)


def test_afnics_frame_is_kept_to() -> None:
    """Only what stands between #BOF and #EOF is a name; Latin-1, CRLF and rows are understood."""
    lines, shape = _read(AFNIC)

    assert lines == ["", "", "", "en-marche-doc.fr", "élu.fr", "x.fr", "", ""]
    assert (shape.kind, shape.names, shape.trouble) == ("framed", 3, None)


def test_afnics_frame_holds_over_many_blocks() -> None:
    """The frame may end anywhere, in a later block too."""
    body = b"".join(b"name-%d.fr\n" % number for number in range(2000))

    lines, shape = _read(b"#BOF\n" + body + b"#EOF\n" + body)

    assert shape.names == 2000
    assert len(lines) == 4002


def test_a_missing_end_of_the_frame_is_told() -> None:
    """Without #EOF the download was cut short; its whole lines are delivered all the same."""
    lines, shape = _read(AFNIC[: AFNIC.index(b"u.fr")])

    assert lines == ["", "", "", "en-marche-doc.fr", ""]
    assert shape.trouble == "the line #EOF is missing: the file is cut short"


@pytest.mark.parametrize(
    "data",
    [
        b"id,Domain Name,date\n1,a.fr,2017\n2,b.fr,2017\n",
        b'"domain";"tag"\n"a.fr";"x"\n"b.fr";"y;z"\n',
        b"date\tHost\n2017\ta.fr\n2018\tb.fr\n",
        b"type,indicator\ndomain,a[.]fr\nurl,hxxps://b[.]fr/x\n",
        b"# comment\n\nNom de domaine;Pays\na.fr;FR\nb.fr;FR\n",
        b"# comment\nreferrer, domain \nx.org, a.fr\ny.org, b.fr\n",
        b"domain\na.fr\nb.fr\n",
        b"sep=;\r\nregistrar;domain\r\nx.org;a.fr\r\ny.org;b.fr\r\n",
        b"Names of 2017-04-12\n\nregistrar,domain\nx.org,a.fr\ny.org,b.fr\n",
        b"kind,what\ndomain,a.fr\nurl,http://b.fr/\n",
        b'text,fqdn\n"two\nlines, ""quoted""",a.fr\nnone,b.fr\n',
        b'text,fqdn\n"one\n\n# two\nthree\n and four, ""five""",a.fr\nnone,b.fr\n',
        b'text,fqdn\nstray " quote,a.fr\nnone,b.fr\n',
        b"1,a.fr,x.de\n2,b.fr,y.de\n",
    ],
)
def test_the_column_of_names_is_found(data: bytes) -> None:
    """By a header of any usual form and delimiter; quoted cells may hold delimiters and breaks."""
    assert [name for name in _names(data) if name != "domain"] == ["a.fr", "b.fr"]


def test_the_column_can_be_named_or_counted() -> None:
    """For a header that hunter does not know, or none at all."""
    assert _names(b"x,brand\nq.de,a.fr\nr.de,b.fr\n", column="Brand") == ["a.fr", "b.fr"]
    assert _names(b"q.de,a.fr\nr.de,b.fr\n", column="2") == ["a.fr", "b.fr"]
    assert _names(b"a.fr,q.de\nb.fr,r.de\n", column="1") == ["a.fr", "b.fr"]
    titled = b"Names of today\nx,brand\nq.de,a.fr\nr.de,b.fr\n"
    assert _names(titled, column="Brand") == ["brand", "a.fr", "b.fr"]


def test_a_header_above_a_counted_column_is_no_broken_line() -> None:
    """Nor a name, though it looks like one."""
    lines, shape = _read(b"referrer,domain.name,domain\nx.org,a.fr,c.fr\n", column="2")

    assert lines == ["", "a.fr"]
    assert shape.broken == 0


def test_a_column_that_is_not_there_is_told() -> None:
    """With the columns that are."""
    assert _read(b"x,y\n1,2\n", column="name")[1].trouble == (
        "no column 'name'; the first row has: x, y"
    )


def test_a_quote_that_is_never_closed_costs_its_own_row_only() -> None:
    """What follows are rows, and no part of a cell."""
    lines, _ = _read(b'text,fqdn\n"stray,x.fr\nnone,a.fr\n"some",b.fr\nnone,c.fr\n')

    assert lines == ["", "", "a.fr", "b.fr", "c.fr"]


@pytest.mark.parametrize("row", [b"2,,y.org", b'"2","","y.org"'])
def test_a_row_without_a_name_gives_none_of_another_column(row: bytes) -> None:
    """Who referred to it, say."""
    assert _names(b"id,domain,referrer\n1,a.fr,x.org\n" + row + b"\n3,b.fr,z.org\n") == [
        "a.fr",
        "b.fr",
    ]


def test_a_short_row_is_broken_and_its_neighbours_are_not() -> None:
    """A row without the column counts as broken."""
    for short in (b"2", b'"2"'):
        lines, shape = _read(b"id,domain\n1,a.fr\n" + short + b"\n3,b.fr\n")

        assert lines == ["", "a.fr", "", "b.fr"]
        assert shape.broken == 1


@pytest.mark.parametrize(
    ("zone", "names"),
    [
        (
            b"$ORIGIN com.\n$ORIGIN one\nx NS n.\n$ORIGIN two\ny NS n.\n",
            ["x.one.com", "y.two.one.com"],
        ),
        (b"$ORIGIN .\n$ORIGIN com\nx NS n.\n", ["x.com"]),
        (b"$ORIGIN com\nx NS n.\n$ORIGIN net\ny NS n.\n", ["x.com", "y.net"]),
    ],
)
def test_an_origin_without_its_dot_is_below_the_one_before(zone: bytes, names: list[str]) -> None:
    """RFC 1035, 5.1; in a file that writes none with a dot each stands by itself."""
    lines, _ = _read(zone)
    assert [name for name in lines if name] == names


def test_a_zone_file_gives_each_owner_once() -> None:
    """Relative owners are completed by $ORIGIN; records of the same owner are one name."""
    zone = (
        b"$ORIGIN FR.\n$TTL 900\n@ IN SOA a.nic b.nic ( 1\n 900 ) ; x\n"
        b"EN-MARCHE NS NS1.X\nEN-MARCHE NS NS2.X\n  NS ns3.x.\nabsolute.de. 86400 in ns n.x.\n"
        b"$ORIGIN com.fr.\nshop A 192.0.2.1\n"
    )

    lines, shape = _read(zone)

    assert [name for name in lines if name] == [
        "FR.",
        "EN-MARCHE.FR",
        "absolute.de.",
        "shop.com.fr",
    ]
    assert len(lines) == zone.count(b"\n")
    assert (shape.kind, shape.broken) == ("zone", 0)


def test_a_zone_file_of_full_names_needs_no_origin() -> None:
    """The registries' own form, one record a line with tabs, over several blocks."""
    rows = [b"n%d.fr.\t86400\tin\tns\tns%d.x.net." % (i // 2, i % 2) for i in range(2000)]

    names = _names(b"\n".join(rows) + b"\n")

    assert names == [f"n{number}.fr." for number in range(1000)]


def test_utf16_and_byte_order_marks_are_understood() -> None:
    """What a spreadsheet saves as Unicode text is a list too."""
    assert _names(LIST.decode().encode("utf-16")) == NAMES
    assert _names(b"\xef\xbb\xbf" + LIST) == NAMES
    many = [f"élu-{number}.fr" for number in range(3000)]
    assert _names("\n".join(many).encode("utf-16")) == many


def test_half_a_letter_of_utf16_costs_its_own_line_only() -> None:
    """A surrogate that stands alone is none of Unicode's letters."""
    alone = b"\xff\xfe" + b"\xd8".join(
        ("a.fr\n\0".encode("utf-16-le")[:-1], "-\nb.fr\n".encode("utf-16-le"))
    )

    assert [name for name in _names(alone) if name.isascii()] == ["a.fr", "b.fr"]


def test_a_list_in_crumbs_is_read_whole() -> None:
    """Whoever appends to a gzip file makes it of as many parts, which end anywhere."""
    names = [f"name-{number}.fr" for number in range(200)]
    text = "\n".join(names).encode()
    crumbs = (text[start : start + 7] for start in range(0, len(text), 7))
    data = b"".join(gzip.compress(crumb, mtime=0) for crumb in crumbs)

    assert _names(data, Limits(block=100, max_line=100)) == names


def test_a_gigabyte_line_is_passed_over_in_little_memory() -> None:
    """It is never held; the names around it are delivered, and it counts as one broken line."""
    piece = b"a" * (1 << 20)

    class Endless(io.RawIOBase):
        left = 1024

        def read(self, size: int = -1) -> bytes:
            self.left -= 1
            if self.left == 1023:
                return b"first.fr\n"
            return piece[:size] if self.left > 0 else b"\nlast.fr\n" if self.left == 0 else b""

    tracemalloc.start()
    reading = read(Endless())  # type: ignore[arg-type]
    names = b"".join(chunk.names for chunk in reading).split()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert names == [b"first.fr", b"last.fr"]
    assert (reading.shape.lines, reading.shape.broken, reading.shape.overlong) == (3, 1, 1)
    assert peak < 10 << 20


@pytest.mark.parametrize("at_end", [False, True])
def test_a_long_line_within_a_block_is_dropped(at_end: bool) -> None:
    """However clean its bytes are, no name has a thousand of them."""
    data = b"a.fr\n" + b"b." * 1000 + (b"" if at_end else b"\nc.fr\n")

    lines, shape = _read(data)

    assert lines == (["a.fr", ""] if at_end else ["a.fr", "", "c.fr"])
    assert (shape.broken, shape.overlong) == (1, 1)


@pytest.mark.parametrize(
    ("data", "trouble"),
    [
        (gzip.compress(LIST, mtime=0)[:-9], "cut short"),
        (zstandard.compress(LIST * 50)[:-3], "cut short"),
        (gzip.compress(LIST, mtime=0) + b"rubbish" * 9, "gzip data is damaged"),
        (b"\x28\xb5\x2f\xfd" + b"rubbish" * 9, "zstd data is damaged"),
        (_zip({"a": LIST})[:-30], "zip archive is damaged"),
        (gzip.compress(_zip({"a": LIST}), mtime=0), "archive inside an archive"),
        (_zip({"a.zip": _zip({"a": LIST})}), "archive inside an archive"),
        (_zip({"a": LIST}, zipfile.ZIP_BZIP2), "compression that is not read"),
        (_zip({f"{n}": b"" for n in range(200)}), "200 files"),
        (_zip({f"{n:0200}": b"" for n in range(6000)}), "too many files"),
        (b"\xfd7zXZ\x00...", "an xz file"),
        (gzip.compress(b"%PDF-1.4", mtime=0), "a PDF document"),
        (b"<!DOCTYPE html><a href='https://a.fr/'>", "a web page"),
        (b"\r\n <html>", "a web page"),
        (b'{"domains": ["a.fr"]}', "JSON"),
    ],
)
def test_damaged_and_foreign_files_are_told(data: bytes, trouble: str) -> None:
    """Each with a reason that a person understands."""
    assert trouble in (_read(data)[1].trouble or "")


def test_an_encrypted_archive_is_told() -> None:
    """Bit 0 of a member's flags says so; the standard library only writes archives without it."""
    data = bytearray(_zip({"a.txt": LIST}))
    data[data.index(b"PK\x01\x02") + 8] |= 1

    assert _read(bytes(data))[1].trouble == "the zip archive is encrypted"


def test_names_before_the_damage_are_delivered_and_half_a_name_is_not() -> None:
    """A gzip that ends in the middle gives the whole lines that it still holds."""
    lines = [b"name-%d.fr" % (number * 7919 % 100003) for number in range(20000)]
    data = gzip.compress(b"\n".join(lines))

    found, shape = _read(data[: len(data) // 2], Limits())

    assert "cut short" in (shape.trouble or "")
    assert 8000 < len(found) < 12000
    assert [name.encode() for name in found] == lines[: len(found)]
    held = b"".join(chunk.names for chunk in read(io.BytesIO(data[: len(data) // 2])))
    assert held.splitlines() == lines[: len(found)]


@pytest.mark.parametrize("wrap", [_gzip_zeros, lambda size: zstandard.compress(b"\n" * size)])
def test_a_bomb_is_stopped_by_its_ratio(wrap: object) -> None:
    """A hundred MB in a hundred KB is no list of names."""
    assert callable(wrap)
    shape = _read(wrap(100 << 20), Limits())[1]

    assert shape.trouble == "swells to more than 200 times its size: a bomb"
    assert shape.lines < 70 << 20


@pytest.mark.parametrize(
    "wrap",
    [
        lambda text: gzip.compress(text, mtime=0),
        zstandard.compress,
        lambda text: _zip({"a": text[: len(text) // 2], "b": text[len(text) // 2 :]}),
    ],
)
def test_a_long_list_is_no_bomb(
    wrap: Callable[[bytes], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """However much there is of it: what counts is by how much it swells."""
    monkeypatch.setattr(wrapping, "_RATIO_STARTS", 1000)
    text = b"".join(b"name-%d.fr\n" % number for number in range(20_000))

    _, shape = _read(wrap(text))
    assert shape.trouble is None
    assert shape.names in (20_000, 20_001), "a name may be in two members"


TABLE = b"date,registrar,domain\n2017-04-12,ovh.com,en-marche.co\n"


@pytest.mark.parametrize(
    ("members", "names"),
    [
        ({"README.txt": b"See https://feed.example/\n", "list.csv": TABLE}, ["en-marche.co"]),
        ({"a.csv": b"domain;date\na.fr;2017\n", "b.csv": TABLE}, ["a.fr", "en-marche.co"]),
        ({"a": b"\xef\xbb\xbfa.fr", "b": b"\xef\xbb\xbfdomain\nb.fr\n"}, ["a.fr", "b.fr"]),
        ({"a": "a.fr\nb.fr".encode("utf-16"), "b": TABLE}, ["a.fr", "b.fr", "en-marche.co"]),
        ({"a": b"", "b": LIST}, NAMES),
    ],
)
def test_each_file_of_an_archive_is_a_list_of_its_own_kind(
    members: dict[str, bytes], names: list[str]
) -> None:
    """What stands first, such as a note, does not tell where the names are in the others."""
    lines, shape = _read(_zip(members))

    assert [line for line in lines if line and line != "feed.example"] == names
    assert shape.trouble is None


@pytest.mark.parametrize(
    ("beside", "trouble"),
    [
        (b"<html>", "a web page"),
        (b"%PDF-1.4", "a PDF document"),
        (b"#BOF\n", "the line #EOF is missing"),
        (_zip({"a": LIST}), "archive inside an archive"),
    ],
)
def test_a_file_of_an_archive_that_is_no_list_is_told_and_the_others_are_read(
    beside: bytes, trouble: str
) -> None:
    """It may be a licence, or the page of an error in one list's place."""
    lines, shape = _read(_zip({"a": beside, "b": LIST}))

    assert [line for line in lines if line] == NAMES
    assert trouble in str(shape.trouble)


def test_a_zip_bomb_is_stopped_by_its_size() -> None:
    """Whatever the ratio, there is an absolute limit."""
    shape = _read(_zip({"a": b"a.fr\n" * 200_000}), replace(SMALL, max_bytes=500_000))[1]

    assert shape.trouble == "holds more than 500000 bytes"
    assert 0 < shape.names <= 100_000


def test_a_zip_cannot_come_through_a_pipe() -> None:
    """Its directory is at the end."""

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    reading = read(Pipe(_zip({"a": LIST})))

    assert list(reading) == []
    assert "save it as a file first" in (reading.shape.trouble or "")


def test_a_file_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    """As trouble, like everything else."""
    for path in (tmp_path / "missing.txt", tmp_path):
        reading = read(path)
        assert list(reading) == []
        assert "cannot be opened" in (reading.shape.trouble or "")


def test_a_file_that_cannot_be_read_on_is_told() -> None:
    """A disk may fail at any time; the memory of a process does so at its first byte."""
    reading = read(Path("/proc/self/mem"))

    assert list(reading) == []
    assert reading.shape.trouble == "cannot be read: Input/output error"


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([None, "1", "domain"]))
def test_no_bytes_raise(data: bytes, column: str | None) -> None:
    """Whatever comes, in any wrapping, reading ends and the counts are consistent."""
    for wrapped in (
        data,
        gzip.compress(data),
        zstandard.compress(data),
        data[:9] + LIST + data[9:],
    ):
        lines, shape = _read(wrapped, SMALL, column)
        assert len(lines) == shape.lines
        assert sum(map(bool, lines)) == shape.names
        assert shape.names + shape.broken <= shape.lines


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_damage_to_an_archive_raises(data: st.DataObject) -> None:
    """Any bytes of a zip, gzip or zstd may be overwritten."""
    whole = data.draw(
        st.sampled_from(
            [_zip({"a": LIST, "b": LIST}), gzip.compress(LIST), zstandard.compress(LIST)]
        )
    )
    place = data.draw(st.integers(0, len(whole) - 1))
    noise = data.draw(st.binary(min_size=1, max_size=12))

    lines, shape = _read(whole[:place] + noise + whole[place + len(noise) :])

    assert len(lines) == shape.lines


@settings(max_examples=150, deadline=None)
@given(st.lists(st.binary(max_size=60).map(lambda noise: noise.replace(b"\n", b"")), max_size=8))
def test_good_lines_around_noise_survive(noise: list[bytes]) -> None:
    """A line of noise costs itself only."""
    lines = [b"begin.fr", *noise, b"middle.fr", *noise, "école.fr".encode(), b"end.fr"]

    found = _names(b"\n".join(lines) + b"\n")

    assert {"begin.fr", "middle.fr", "école.fr", "end.fr"} <= set(found)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.from_regex(r"[a-z0-9-]{1,20}\.(fr|com|xn--p1ai)", fullmatch=True), max_size=60),
    st.integers(1, 300),
    st.integers(1, 64),
)
def test_blocks_and_pieces_do_not_show(names: list[str], block: int, step: int) -> None:
    """However the bytes are cut on the way, the same names come out in the same order."""
    text = io.BytesIO("\n".join(names).encode())

    class Dripping(io.RawIOBase):
        def read(self, _size: int = -1) -> bytes:
            return text.read(step)

    reading = read(Dripping(), limits=Limits(block=block, max_line=100))  # type: ignore[arg-type]

    assert b"\n".join(c.names.rstrip(b"\n") for c in reading).decode().split() == names


def _samples() -> Iterator[tuple[str, int]]:
    yield "whoisds_newly-registered-domains-2024-06-13.zip", 100_000
    yield "cbuijs_nrd-1-days_2026-08-17.list", 69_867
    yield "shreshta_nrd-1w_2026-08-23.csv", 8_637
    yield "openphish_feed_2026-08-22.txt", 300
    yield "infoblox_crowdstrike_lookalike_20240725.csv", 88
    yield "domaintools_iris_export_2024-05-29.csv", 11
    yield "farsight_dnsdb_rrset_export.csv", 45


@pytest.mark.parametrize(("file", "names"), list(_samples()))
def test_real_feeds_are_read_whole(file: str, names: int) -> None:
    """Feeds as their publishers gave them out, without a broken line."""
    if not (SAMPLES / file).exists():
        pytest.skip("the real material is not here")
    reading = read(SAMPLES / file)
    found = b"".join(chunk.names for chunk in reading).split()

    assert (reading.shape.names, reading.shape.broken, reading.shape.trouble) == (names, 0, None)
    assert len(found) == names
    assert all(b"." in name for name in found)


def test_the_kind_is_told_from_the_first_lines() -> None:
    """So that a report can name what hunter took the file for."""
    kinds = [sniff(start).name for start in (LIST, b"#BOF\n", b"$TTL 9\n", b"a,domain\n", b"")]

    assert kinds == ["plain", "framed", "zone", "table", "plain"]


def test_a_pipe_is_no_feed(tmp_path: Path) -> None:
    """Nor is a device; a file that a pattern fits is looked at in the same way."""
    os.mkfifo(tmp_path / "list.txt")

    with pytest.raises(OSError, match="neither file nor folder"):
        files_at(tmp_path / "list.txt")
    assert files_at(tmp_path / "*.txt") == []
