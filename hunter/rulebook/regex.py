"""Regular expressions from rule files: RE2 only, linear in the text. The only user of re2.

Syntax: https://github.com/google/re2/wiki/Syntax. It knows no look-around and no back-references.
"""

from collections.abc import Callable
from functools import lru_cache

import re2


class NotARegex(ValueError):
    """RE2 does not take the pattern; the message says why."""


@lru_cache(maxsize=4096)
def finder(pattern: str) -> Callable[[bytes], bool]:
    """Whether a text, in UTF-8, holds the pattern somewhere; raises NotARegex."""
    options = re2.Options()
    options.log_errors = False
    options.never_capture = True  # only yes or no is asked
    try:
        # Given bytes, RE2 still reads UTF-8, and its Python wrapper has nothing to convert.
        find = re2.compile(pattern.encode(), options).search
    except re2.error as error:
        reason = error.args[0] if error.args else "not readable"
        raise NotARegex(reason.decode() if isinstance(reason, bytes) else str(reason)) from error
    return lambda text: find(text) is not None


def escaped(text: str) -> str:
    """The text as a pattern that finds just it."""
    return str(re2.escape(text))
