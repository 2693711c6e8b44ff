"""Where in a TOML text a key stands: tomllib does not tell, and people need the line."""

import re

_HEADER = re.compile(r"\s*(\[\[?)\s*(?:([^\]]+?)\s*\]\]?|([\w.-]+)\s*$)")
"""Also one whose bracket is not closed, which is what tomllib complains of there."""
_KEY = re.compile(r"""\s*["']?([A-Za-z0-9_-]+)["']?\s*(?:=|\.)""")


def line_of(text: str, path: tuple[str | int, ...]) -> int:
    """The 1-based line of the key at `path`, else of the innermost table that has it; 0 if none.

    Of a list of tables it is the line of the first.
    """
    best, depth = 0, 0
    for number, where in _places(text):
        common = _common(where, path)
        if common > depth and common in {len(where), len(path)}:
            best, depth = number, common
    return best


def last_before(text: str, line: int) -> tuple[str | int, ...]:
    """The key or table that stands last above that line; empty where there is none."""
    return next((where for number, where in reversed(_places(text)) if number < line), ())


def _places(text: str) -> list[tuple[int, tuple[str | int, ...]]]:
    """Every header and key with its line and full path; array tables count from 0."""
    found: list[tuple[int, tuple[str | int, ...]]] = []
    table: tuple[str | int, ...] = ()
    counts: dict[tuple[str | int, ...], int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        header = _HEADER.match(line)
        key = _KEY.match(line)
        if header:
            table = _table(header[1], tuple(re.split(r"\s*\.\s*", header[2] or header[3])), counts)
            found.append((number, table))
        elif key:
            found.append((number, (*table, key[1])))
    return found


def _table(
    brackets: str, parts: tuple[str, ...], counts: dict[tuple[str | int, ...], int]
) -> tuple[str | int, ...]:
    path: tuple[str | int, ...] = ()
    for index, part in enumerate(parts):
        path = (*path, part)
        if brackets == "[[" and index == len(parts) - 1:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _common(left: tuple[str | int, ...], right: tuple[str | int, ...]) -> int:
    count = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        count += 1
    return count
