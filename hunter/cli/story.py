"""An incident as one story, in lines that fit where they are read."""

import sys
from typing import TYPE_CHECKING

from hunter.cli.output import say

if TYPE_CHECKING:
    from hunter.model import Incident

_WIDTH, _NARROWEST = 100, 30
_INDENT = "    "


def tell(incident: "Incident") -> None:
    """The story, for people."""
    from hunter.wording import story

    told = story(incident)
    say(told.title)
    for chapter in told.chapters:
        say()
        say(chapter.heading)
        for line in chapter.lines:
            _wrapped(line)
    say()
    _wrapped(told.caveat)


def _wrapped(line: str) -> None:
    import textwrap

    from hunter.wording.frame import unbroken

    parts = textwrap.wrap(unbroken(line), _room(), break_long_words=False, break_on_hyphens=False)
    for number, part in enumerate(parts):
        say(f"{'  ' if number == 0 else _INDENT}{part}")


def _room() -> int:
    """How long a line may be, before it is indented: a terminal breaks it amid a word."""
    from shutil import get_terminal_size

    if not sys.stdout.isatty():
        return _WIDTH
    return max(_NARROWEST, min(_WIDTH, get_terminal_size().columns - len(_INDENT)))
