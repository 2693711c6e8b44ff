"""Make text from outside harmless before it enters a sentence.

Names, WHOIS text, page titles and rule files may hold control characters, ANSI codes (ECMA-48),
bidi overrides (UAX #9), invisible characters and live links. None of them survives here; what a
channel needs beyond that (HTML, mrkdwn) is the notifier's part.
"""

import re
import unicodedata
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

T = TypeVar("T")

LIMIT = 400
_MAX_TEXT = 4000
_READ_AHEAD = 4
_STACKED_MARKS = 2

_ANSI = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[ -/]*[0-~])")
_BREAKS = {"Zl", "Zp", "Zs"}
_DOTS_LIKE = str.maketrans(dict.fromkeys("。．｡․", "."))
_MAY_BE_LIVE = re.compile(r"[.@＠﹫\\]|//")
"""What any of the following finds has one of these, and few words do."""
_LIVE_DOT = re.compile(r"(?<=\S)\.(?=\.*[^\s.,;:!?)\]}\"'»”’])")
_LIVE_AT = re.compile(r"(?<!\[)[@＠﹫]|[@＠﹫](?!\])")
_WEB_SCHEME = re.compile(r"\bhttp", re.IGNORECASE)
_SCHEME = re.compile(r":(?=//)")
_SHARE = re.compile(r"\\{2,}")
_DECIMAL = re.compile(r"[(]?\d{1,9}\.\d{1,6}%?[),;:.]?")
_STATUS = re.compile(r"[(]?[45]\.[0-9]{1,3}\.[0-9]{1,3}[),;:.]?")
"""Why a mail server did not take something (RFC 3463); no host has such a name."""
_INITIALS = re.compile(r"[(]?(?:[A-Za-z]\.){1,5}[),;:]?")
_PLAIN = (_DECIMAL, _INITIALS, _STATUS)


def clean(text: str, limit: int = LIMIT) -> str:
    """One line of at most `limit` visible characters, without anything that steers a reader."""
    readable = text[: limit * _READ_AHEAD]
    if not (readable.isascii() and readable.isprintable()):
        readable = _unstack("".join(map(_visible, _ANSI.sub("", readable))))
    return shorten(" ".join(readable.split()), limit)


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters, with an ellipsis where something was cut off."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _visible(char: str) -> str:
    category = unicodedata.category(char)
    if category in _BREAKS or char in "\t\n\r\v\f\x85":
        return " "
    return "" if category.startswith("C") else char


def _unstack(text: str) -> str:
    """Piled combining marks paint over the lines around them."""
    kept: list[str] = []
    stacked = 0
    for char in text:
        stacked = stacked + 1 if unicodedata.category(char).startswith("M") else 0
        if stacked <= _STACKED_MARKS:
            kept.append(char)
    return "".join(kept)


def harmless(text: str, limit: int = LIMIT) -> str:
    """`clean`, and nothing left that a mail client or Slack would turn into a link.

    Applied twice it changes nothing more; decimals ("0.92"), initials ("S.A.") and a mail server's
    status codes ("5.7.1") keep their dots.
    """
    line = clean(text, limit).translate(_DOTS_LIKE)
    if not _MAY_BE_LIVE.search(line):
        return line
    return " ".join(
        [_defang_word(word) if _MAY_BE_LIVE.search(word) else word for word in line.split(" ")]
    )


def _defang_word(word: str) -> str:
    if any(plain.fullmatch(word) for plain in _PLAIN):
        return word
    word = _LIVE_DOT.sub("[.]", _LIVE_AT.sub("[@]", word))
    if "//" in word:
        word = _SCHEME.sub("[:]", _WEB_SCHEME.sub("hxxp", word))
    # Outlook makes a link of \\server\share, and a click there sends the password's hash.
    return _SHARE.sub(r"\\", word)


def scrub(thing: T) -> T:
    """A dataclass with every text in it `harmless`, however deep; for whoever did not make it."""
    scrubbed: T = _scrub(thing)
    return scrubbed


def _scrub(thing: Any) -> Any:
    if type(thing) is str:
        return harmless(thing, _MAX_TEXT)
    if isinstance(thing, tuple):
        return tuple(_scrub(item) for item in thing)
    if is_dataclass(thing) and not isinstance(thing, type):
        return replace(
            thing, **{one.name: _scrub(getattr(thing, one.name)) for one in fields(thing)}
        )
    return thing
