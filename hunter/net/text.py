"""Text from outside, made safe to keep: one line, no controls, bounded. Never escaped here."""

import unicodedata

MAX_VALUE = 300

# Controls, surrogates, unassigned, and line and paragraph separators; `Cf` holds the marks that
# turn the direction of writing around.
_UNPRINTABLE = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))


def clean(text: str, limit: int = MAX_VALUE) -> str:
    """`text` on one line of at most `limit` characters, without control and format characters.

    Letters with accents are one character (NFC), as people type them: else no rule would find them.
    """
    # Four times the limit is read, so that leading rubbish does not empty an honest value.
    start = text[: 4 * limit]
    plain = start.isascii() and start.isprintable()
    shown = start if plain else "".join(_shown(character) for character in start)
    composed = shown if plain else unicodedata.normalize("NFC", shown)
    return " ".join(composed.split())[:limit].rstrip()


def decoded(raw: bytes) -> str:
    """The bytes as UTF-8 if they are that, else as Latin-1, in which old servers and lists are."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _shown(character: str) -> str:
    if character in "\t\r\n":
        return " "
    return "" if unicodedata.category(character) in _UNPRINTABLE else character
