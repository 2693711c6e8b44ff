"""The config as text and as TOML; what is neither is told with its line and key."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hunter.config.faults import Faults, Place
from hunter.errors import Fault, YoursToFix
from hunter.toml_lines import last_before

_MOST = 1 << 20
_BOUND = 1 << 63
_AT = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_A_TRUTH = re.compile(r"(?:true|false|yes|no|on|off|oui|non|vrai|faux)\b", re.IGNORECASE)
_HINT = "texts stand in quotes, lists in [ ], and each table has its name once"
_TOO_LARGE, _FEWER = "a number larger than any that counts", "write fewer digits"
_CLOSED = "run this as root; for the service, let others read it (chmod 0644): it holds no secret"
_BACKSLASH = "in 'single quotes' a \\ stands for itself"
_QUOTES = 'write plain quotes, "so": those of a word processor are letters here'
_TRUTH = "write true or false, in small letters and without quotes"
_REMARK = "a remark begins with #"
_BRACES = "a table in { } stands on one line, with commas between, and none before the }"
_QUOTED = "a text ends with a quote, on the line on which it begins"
_HINTS = {
    "Cannot overwrite a value": "it stands there twice: keep one of the two",
    "Cannot declare": "a table has its name once: put what stands in both into one",
    "Unclosed array": "a list ends with ], and a comma parts its entries",
    "Illegal character '\\n'": _QUOTED,
    "Found invalid character '\\n'": _QUOTED,
    "Expected ']": "a table's name stands in [ ], and in [[ ]] where there may be several",
    "Unclosed inline table": _BRACES,
    "Expected newline": f"nothing stands behind a value but a remark; {_REMARK}",
    "Expected '='": 'between a key and its value stands =: domain = "en-marche.fr"',
    "Unescaped '\\'": _BACKSLASH,
    "Invalid hex value": _BACKSLASH,
}
"""How tomllib's messages begin → what to do; the others have `_HINT`."""


def text_of(path: Path) -> str:
    """What stands in the file; raises YoursToFix."""
    try:
        with path.open("rb") as opened:
            raw = opened.read(_MOST + 1)
    except OSError as error:
        hint = _CLOSED if isinstance(error, PermissionError) else "is the path right?"
        raise _fault(path, f"cannot be read: {error.strerror}", hint) from error
    if len(raw) > _MOST:
        raise _fault(path, "is larger than 1 MiB", "is the path right?")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _fault(path, "is not UTF-8 text", "save it as UTF-8", f"line {line}") from error


def tables_in(path: Path, text: str) -> dict[str, Any]:
    """The tables of the text; raises YoursToFix."""
    faults = Faults(str(path), text)
    try:
        found = tomllib.loads(text)
        for place in _too_large(found, ()):
            faults.add(place, f"is {_TOO_LARGE}", _FEWER)
    except tomllib.TOMLDecodeError as error:
        raise YoursToFix(_in_words(path, text, str(error)).in_order()) from error
    except ValueError as error:  # Python turns no more than 4300 digits into a number
        raise _fault(path, f"holds {_TOO_LARGE}", _FEWER) from error
    except RecursionError as error:
        raise _fault(path, "has lists or tables within others without end", _HINT) from error
    if faults.found:
        raise YoursToFix(faults.in_order())
    return found


def _too_large(value: object, place: Place) -> Iterator[Place]:
    """Where numbers stand that are no TOML: it has those of 64 bits, and tomllib takes any."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _too_large(one, (*place, key))
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from _too_large(one, (*place, index))
    elif isinstance(value, int) and not -_BOUND <= value < _BOUND:
        yield place


def _in_words(path: Path, text: str, said: str) -> Faults:
    """tomllib's message, at the key that it is about as far as can be told."""
    faults = Faults(str(path), text)
    at = _AT.search(said)
    last = text.count("\n") + 1
    line, column = (int(at[1]), int(at[2])) if at and at[1] else (last, 0)
    message = said[: at.start()] if at else said
    # A list without an end goes on to the next key, which is not to blame.
    goes_on = message == "Unclosed array" and not text.split("\n")[line - 1][: column - 1].strip()
    place = last_before(text, line if goes_on else line + 1)
    hint = _hint(message, *_parted(text.split("\n")[line - 1], column))
    faults.add(place, f"is not TOML: {message}{f', column {column}' if column else ''}", hint, line)
    return faults


def _parted(line: str, column: int) -> tuple[str, str]:
    """The line before the column, and from there on; nothing where there is no column."""
    return (line[: column - 1], line[column - 1 :]) if column else ("", "")


def _hint(message: str, before: str, rest: str) -> str:
    """What to do, by tomllib's message and by what stands around where it stopped."""
    if rest.startswith(("“", "”", "„", "«", "‘", "’")):
        return _QUOTES
    if _A_TRUTH.match(rest):
        return _TRUTH
    if rest.startswith(("//", ";")) and not before.strip():
        return _REMARK
    if "key part" in message and "{" in before:
        return _BRACES
    return next((hint for begin, hint in _HINTS.items() if message.startswith(begin)), _HINT)


def _fault(path: Path, message: str, hint: str, where: str = "") -> YoursToFix:
    return YoursToFix([Fault(str(path), where, message, hint)])
