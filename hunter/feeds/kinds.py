"""What kind of list a feed is, and how each kind becomes a plain one, line by line.

Tables with a column of names (RFC 4180), zone files (RFC 1035, 5), lists inside a frame of `#BOF`
and `#EOF` lines (AFNIC's daily list), and plain lists.
"""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from hunter.feeds.limits import BadText
from hunter.feeds.rows import COMMENTS, Names, plain
from hunter.net.text import decoded

_SNIFFED = 64 << 10
_MAX_CONTINUED = 50
_MOST_TITLES = 5
_BROKEN = b"\0"
_DELIMITERS = ",;\t|"

COLUMNS = (
    "domain",
    "domain_name",
    "domainname",
    "fqdn",
    "hostname",
    "host",
    "name",
    "rrname",
    "nom_de_domaine",
    "lookalike",
    "url",
    "indicator",
    "indicator_value",
    "ioc",
    "value",
)
"""Headers that announce names, the surest first; spaces and hyphens count as underscores."""

_RECORD = re.compile(
    r"\S*\s+(?:\d+[smhdw]?\s+)?(?:IN\s+)?(?:\d+[smhdw]?\s+)?"
    r"(?:SOA|NS|A|AAAA|MX|CNAME|TXT|DS|RRSIG|NSEC|NSEC3|DNSKEY)\s",
    re.IGNORECASE,
)
_DIRECTIVE = re.compile(rb"^\$[^\n]*$", re.MULTILINE)
# The length is bounded because each line of a block grows by it; the bytes are because of `re.sub`.
_ORIGIN = re.compile(rb"\$ORIGIN\s+([A-Za-z0-9_.-]{1,64})(?:\s|$)", re.IGNORECASE)
_APEX = re.compile(rb"^@$", re.MULTILINE)
_RELATIVE = re.compile(rb"(?<=[^\n.])$", re.MULTILINE)
_BEGIN = re.compile(rb"^#BOF[ \t]*$", re.MULTILINE | re.IGNORECASE)
_END = re.compile(rb"^#EOF[ \t]*$", re.MULTILINE | re.IGNORECASE)


def _fine() -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of list is read: `take` one block after the other, then ask `fault_at_end`."""

    name: str
    take: Callable[[bytes], Names]
    fault_at_end: Callable[[], str] = _fine


def sniff(start: bytes, column: str | None = None) -> Kind:
    """The kind of the list whose first block is `start`.

    `column` is a header, or a position counted from 1. Raises BadText where there can be no names.
    """
    _refuse_documents(start)
    rows = _from_header(_first_rows(start), column)
    if _BEGIN.search(start, 0, _SNIFFED):
        frame = _Frame()
        return Kind("framed", frame.take, frame.fault)
    if rows and (column or _has_header(rows)):
        return Kind("table", _Table(rows, column).take)
    if start.lstrip().startswith(b"$") or (rows and _RECORD.match(rows[0])):
        return Kind("zone", _Zone().take)
    return Kind("plain", plain)


def is_web_page(start: bytes) -> bool:
    """Whether what begins so is a page, or another document in its form."""
    return start.lstrip()[:20].lower().startswith((b"<!doctype", b"<html", b"<?xml"))


def _refuse_documents(start: bytes) -> None:
    if is_web_page(start):
        raise BadText("a web page, not a list of names")
    if start.lstrip().startswith((b"{", b"[{", b'["', b"[\n")):
        raise BadText("JSON, not a list of names")


def _first_rows(start: bytes) -> list[str]:
    rows = (decoded(line).strip() for line in start[:_SNIFFED].split(b"\n")[:50])
    return [row for row in rows if row and not row.startswith(COMMENTS)]


def _from_header(rows: list[str], column: str | None) -> list[str]:
    """Without a title above the header, such as Excel's `sep=;`; a row that holds names is none."""
    for at, row in enumerate(rows[:_MOST_TITLES]):
        cells = [as_header(cell) for cell in _cells(row, delimiter_of(row))]
        wanted = COLUMNS if column is None else (as_header(column),)
        if len(cells) > 1 and "." not in row and any(name in cells for name in wanted):
            return rows[at:]
    return rows


def _cells(row: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([row], delimiter=delimiter), [])
    except csv.Error:
        return []


def _has_header(rows: Sequence[str]) -> bool:
    cells = _cells(rows[0], delimiter_of(rows[0]))
    return any(as_header(cell) in COLUMNS for cell in cells)


def as_header(cell: str) -> str:
    """The cell of a first row as a header: spaces and hyphens count as underscores."""
    return re.sub(r"[\s-]+", "_", cell.strip().lower())


def delimiter_of(row: str) -> str:
    """What stands most often between its words, of what stands between cells."""
    return max(_DELIMITERS, key=row.count)


class _Table:
    """One column of a table with a header, or of one without when the position is given."""

    def __init__(self, rows: Sequence[str], column: str | None) -> None:
        self._delimiter = delimiter_of(rows[0])
        header = [as_header(cell) for cell in _cells(rows[0], self._delimiter)]
        self._column = _position(column, header)
        self._width = len(header)
        self._header_left = _has_header(rows) or not (column or "").isdecimal()
        self._open: list[bytes] = []
        """The lines so far of a record with a quoted cell that holds line breaks."""

    def take(self, text: bytes) -> Names:
        """The column's cells, read as a plain list."""
        if self._width == 1 and not self._header_left:
            return plain(text)
        return plain(b"\n".join(map(self._cell, text.split(b"\n"))))

    def _cell(self, line: bytes) -> bytes:
        if not self._open and (not line.strip() or line.startswith(b"#")):
            return b""
        if self._header_left:
            self._header_left = False
            return b""
        if self._open or b'"' in line:
            return self._quoted_cell(line)
        cells = line.split(self._delimiter.encode(), self._column + 1)
        return cells[self._column].strip() if len(cells) > self._column else _BROKEN

    def _quoted_cell(self, line: bytes) -> bytes:
        odd = line.count(b'"') % 2
        if self._open and not odd:
            if len(self._open) < _MAX_CONTINUED and not self._is_row(line):
                self._open.append(line)
                return b""
            # The quote that opened the record was a stray one: it costs its own line only.
            self._open.clear()
        cells = _cells(decoded(b" ".join([*self._open, line])), self._delimiter)
        if odd and not self._open and len(cells) < self._width:
            self._open.append(line)
            return b""
        self._open.clear()
        return cells[self._column].strip().encode() if len(cells) > self._column else _BROKEN

    def _is_row(self, line: bytes) -> bool:
        return line.count(self._delimiter.encode()) >= self._width - 1


def _position(column: str | None, header: Sequence[str]) -> int:
    if column and column.isdecimal():
        return max(int(column), 1) - 1
    wanted = (as_header(column),) if column else COLUMNS
    for name in wanted:
        if name in header:
            return header.index(name)
    shown = ", ".join(header)[:200]
    raise BadText(f"no column {column!r}; the first row has: {shown}")


class _Zone:
    """The owners of a zone file's records, each once where its records follow one another."""

    def __init__(self) -> None:
        self._origin = b""
        self._is_dotted = False
        self._last = b""

    def take(self, text: bytes) -> Names:
        """One owner a line; `$ORIGIN` completes those that do not end in a dot."""
        parts: list[bytes] = []
        place = 0
        for directive in _directives(text):
            parts.append(self._owners(text[place : directive.start()]))
            place = directive.end()
            if origin := _ORIGIN.match(directive[0]):
                self._origin, self._last = self._below(origin[1]), b""
        parts.append(self._owners(text[place:]))
        return plain(b"".join(parts))

    def _below(self, origin: bytes) -> bytes:
        """In a file that writes none of them with its dot, each stands by itself."""
        if origin.endswith(b"."):
            self._is_dotted = True
            return origin[:-1]
        return origin + b"." + self._origin if self._is_dotted and self._origin else origin

    def _owners(self, text: bytes) -> bytes:
        owners = b"\n".join(self._unrepeated(text.replace(b"\t", b" ").split(b"\n")))
        if self._origin:
            owners = _APEX.sub(self._origin + b".", owners)
            owners = _RELATIVE.sub(b"." + self._origin, owners)
        return owners

    def _unrepeated(self, records: Sequence[bytes]) -> Iterator[bytes]:
        last = self._last
        for record in records:
            owner = record.partition(b" ")[0]
            yield owner if owner != last else b""
            last = owner or last
        self._last = last


def _directives(text: bytes) -> Iterator[re.Match[bytes]]:
    return _DIRECTIVE.finditer(text) if b"$" in text else iter(())


class _Frame:
    """A plain list between `#BOF` and `#EOF`; whatever stands outside is not read."""

    def __init__(self) -> None:
        self._begun = self._ended = False

    def take(self, text: bytes) -> Names:
        """The lines inside the frame, and as many blank ones for those outside."""
        if self._ended:
            return _blank(text, 0)
        begin = None if self._begun else _BEGIN.search(text)
        head = _blank(text, 0, begin.start()) if begin else Names(b"", 0)
        start = begin.end() if begin else 0
        end = _END.search(text, start)
        self._begun, self._ended = True, bool(end)
        # Without the frame's end a line without its newline is half a line.
        body = plain(text[start : end.start() if end else text.rfind(b"\n") + 1])
        return _joined(head, body, _blank(text, end.start()) if end else Names(b"", 0))

    def fault(self) -> str:
        """What is wrong when the feed ends here."""
        return "" if self._ended else "the line #EOF is missing: the file is cut short"


def _blank(text: bytes, start: int, end: int | None = None) -> Names:
    """As many lines as that part of the text has, without names."""
    newlines = text.count(b"\n", start, end)
    return Names(b"\n" * newlines, newlines)


def _joined(*parts: Names) -> Names:
    return Names(
        b"".join(part.text for part in parts),
        sum(part.newlines for part in parts),
        sum(part.broken for part in parts),
        tuple(_further(parts)),
    )


def _further(parts: Sequence[Names]) -> Iterator[int]:
    before = 0
    for part in parts:
        yield from (before + line for line in part.further)
        before += part.text.count(b"\n")
