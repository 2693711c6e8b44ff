"""Regular expressions from rule files: RE2 only, linear in the text. The only user of re2.

Syntax: https://github.com/google/re2/wiki/Syntax. It knows no look-around and no back-references.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

import re2


class NotARegex(ValueError):
    """RE2 does not take the pattern; the message says why."""


@lru_cache(maxsize=4096)
def finder(pattern: str) -> Callable[[bytes], bool]:
    """Whether a text, in UTF-8, holds the pattern somewhere; raises NotARegex."""
    try:
        # Given bytes, RE2 still reads UTF-8, and its Python wrapper has nothing to convert.
        find = re2.compile(pattern.encode(), _options()).search
    except re2.error as error:
        reason = error.args[0] if error.args else "not readable"
        raise NotARegex(reason.decode() if isinstance(reason, bytes) else str(reason)) from error
    return lambda text: find(text) is not None


def finders(patterns: Sequence[str]) -> Callable[[bytes], Iterable[int]]:
    """The numbers of the patterns that a text, in UTF-8, holds somewhere; raises NotARegex.

    One pass tells them all apart; patterns that together are too large for RE2 are tried singly.
    """
    singly = [finder(pattern) for pattern in patterns]
    together = re2.Set.SearchSet(_options())
    try:
        for pattern in ("", *patterns):
            together.Add(pattern.encode())
        together.Compile()
    except re2.error:
        return lambda text: [number for number, holds in enumerate(singly) if holds(text)]

    def found(text: bytes) -> Iterable[int]:
        """The empty pattern, number 0, is found in every text: else RE2 ran out of memory."""
        numbers = together.Match(text)
        if numbers is None:
            return [number for number, holds in enumerate(singly) if holds(text)]
        return [number - 1 for number in numbers if number] if len(numbers) > 1 else ()

    return found


def _options() -> re2.Options:
    options = re2.Options()
    options.log_errors = False
    options.never_capture = True  # only yes or no is asked
    return options


def escaped(text: str) -> str:
    """The text as a pattern that finds just it."""
    return str(re2.escape(text))
