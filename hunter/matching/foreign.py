"""Lines that hold A-labels or raw Unicode: they are decoded before they can be searched.

About one name in a hundred. Each is read in Python and its plain letters are searched in its place.
"""

import re

from hunter.matching.views import MAX_LINE, read

_FOREIGN = re.compile(rb"[xX][nN]--|[\x80-\xff]")


def foreign_lines(chunk: bytes, lines: list[bytes]) -> tuple[set[int], dict[int, str]]:
    """The lines to be searched apart, and what each looks like in plain letters and separators."""
    if not (b"n--" in chunk or b"N--" in chunk or not chunk.isascii()):
        return set(), {}
    texts: dict[int, str] = {}
    for number, raw in enumerate(lines):
        if len(raw) <= MAX_LINE and _FOREIGN.search(raw):
            texts[number] = _in_plain_letters(raw)
    return set(texts), texts


def _in_plain_letters(raw: bytes) -> str:
    try:
        reading = read(raw.decode("utf-8"))
    except UnicodeDecodeError:
        reading = read(raw.decode("latin-1"))
    if reading is None:
        return ""
    parts: list[str] = []
    for at, char in enumerate(reading.plain):
        edge = reading.edges.get(at, 0) if at else 0
        parts.append(("", "-", ".")[edge] + char)
    return "".join(parts)
