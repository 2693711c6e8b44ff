"""The name in each line of a plain list, by operations on the whole block wherever that will do.

A block becomes a block of as many lines: the name, or nothing where there is none. So a line of
the result is the same line of the feed, but for the further names of a row of a hosts file, which
have lines of their own. A line may also be a row of an ad blocker's list, a URL, a `name;...` row,
or defanged; only such lines are looked at one by one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from hunter.net.text import decoded

_MAX_TOKENS = 50


_ASCII = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.*"
_UTF8 = _ASCII + bytes(range(0x80, 0x100))


def _marks(clean: bytes) -> bytes:
    """A translation that tells clean bytes (`a`) from others (NUL)."""
    return bytes(ord("a") if byte in clean else 0 for byte in range(256))


_MARKS = {clean: _marks(clean + b"\n") for clean in (_ASCII, _UTF8)}

COMMENTS = ("#", "!", "//", "$", ";")
_TOKEN = re.compile(r"[^\s,;|\"'<>^]+")
_URL_HOST = re.compile(r"(?:[A-Za-z][\w+.-]*:/{1,2})?(?:[^/@]*@)?([^/:?#@]+)")
_MARKS_OF_LETTERS = r"\u0300-\u036f\u0610-\u06ed\u0900-\u0eff"
"""Accents that combine, and vowel signs of Arabic, Indian, Thai and Lao letters: no `\\w`."""
_IN_A_NAME = rf"[\w\-\u2010-\u2015{_MARKS_OF_LETTERS}]"
_DOT = r"[.\u3002\uff0e\uff61]"
_NAME = re.compile(rf"(?:\*\.)?(?:{_IN_A_NAME}+{_DOT})+[^\W\d_]{_IN_A_NAME}*{_DOT}?")
_UNDRESSED = re.compile(
    rb"^(?:https?://|0\.0\.0\.0[ \t]+|127\.0\.0\.1[ \t]+)"
    rb"((?:[\w-]+\.)+[A-Za-z][\w-]*)(?:[/?#:]\S*)?$",
    re.MULTILINE,
)
"""The commonest rows of URL lists and hosts files, ten times faster than line by line."""
_ADDRESS = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}")
_HOST = rf"(?:\*\.)?{_IN_A_NAME}+(?:{_DOT}{_IN_A_NAME}+)*{_DOT}?"
_HOSTS_ROW = re.compile(
    rf"(?:(?:\d{{1,3}}\.){{3}}\d{{1,3}}|[\dA-Fa-f]*:[\dA-Fa-f:.]*)(?:%\w+)?"
    rf"((?:[ \t]+{_HOST})+)[ \t]*(?:#.*)?"
)
"""An address, one or more names, perhaps a comment (hosts(5)); nothing else."""
_FANGS = (
    ("[.]", "."), ("(.)", "."), ("{.}", "."), ("[dot]", "."), ("(dot)", "."),
    ("[:]", ":"), ("[://]", "://"), ("[@]", "@"), ("[at]", "@"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Names:
    """A block of names, one a line or none, and how many of the feed's lines were broken."""

    text: bytes
    newlines: int
    """Those of the feed."""
    broken: int = 0
    further: tuple[int, ...] = ()
    """Which lines of the text, counted from 0, are a further name of the line before."""


def plain(text: bytes) -> Names:
    """Clean lines as they are; any other by the name found in it."""
    clean = _UTF8 if _is_utf8(text) else _ASCII
    # One pass without a look at any line: what is left are the newlines, and any dirt.
    left = text.translate(None, clean)
    if left == b"\n" * len(left):
        return Names(text, len(left))
    text = _UNDRESSED.sub(rb"\1", text)
    parts: list[bytes] = []
    further: list[int] = []
    kept = broken = line = 0
    for start, end in _dirty_lines(text, clean):
        names = names_in(text[start:end])
        broken += names is None
        parts += (text[kept:start], b"\n".join(names or ()))
        line += text.count(b"\n", kept, start)
        for _ in (names or ())[1:]:
            line += 1
            further.append(line)
        kept = end
    return Names(b"".join((*parts, text[kept:])), left.count(b"\n"), broken, tuple(further))


def _dirty_lines(text: bytes, clean: bytes) -> Iterator[tuple[int, int]]:
    marks = text.translate(_MARKS[clean])
    place = marks.find(0)
    while place >= 0:
        start = text.rfind(b"\n", 0, place) + 1
        end = text.find(b"\n", place)
        end = len(text) if end < 0 else end
        yield start, end
        place = marks.find(0, end)


def _is_utf8(text: bytes) -> bool:
    if text.isascii():
        return False
    try:
        text.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def names_in(line: bytes) -> tuple[bytes, ...] | None:
    """Every name in a row of a hosts file; in any other line the first. None for a broken line."""
    name = name_in(line)
    row = _HOSTS_ROW.fullmatch(decoded(line).strip()) if name else None
    if row:
        return tuple(one.encode() for one in row[1].split() if _NAME.fullmatch(one))
    return None if name is None else (name,) if name else ()


def name_in(line: bytes) -> bytes | None:
    """The first name in the line, in UTF-8; None for a broken line.

    Empty for a blank, a comment, and a line that is about an address only.
    """
    text = decoded(line).strip()
    if not text or text.startswith(COMMENTS):
        return b""
    if not text.replace("\t", " ").isprintable():
        return None
    address = False
    for token in islice(_TOKEN.finditer(_armed(text)), _MAX_TOKENS):
        host = _URL_HOST.match(token[0].lstrip("."))
        if host and _NAME.fullmatch(host[1]):
            return host[1].encode()
        address = address or bool(host and _ADDRESS.fullmatch(host[1]))
    return b"" if address else None


def _armed(text: str) -> str:
    """The text with its names and URLs no longer defanged; any scheme will do, `hxxp` too."""
    if any(bracket in text for bracket in "[({"):
        for fang, meant in _FANGS:
            text = text.replace(fang, meant)
    return text
