"""The words of the language that is spoken at the moment; English unless somebody says otherwise.

`words` reads like the module `english`, `health_words` like `english_health`, and so on. A language
is that many modules with the same names in them: `french`, `french_health`, and so on.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from hunter.model import LANGUAGES
from hunter.notice import Notice
from hunter.wording import (
    english,
    english_health,
    english_incidents,
    english_report,
    english_steps,
    french,
    french_health,
    french_incidents,
    french_report,
    french_steps,
)

P = ParamSpec("P")
T = TypeVar("T")

_ENGLISH = (english, english_health, english_incidents, english_report, english_steps)
_FRENCH = (french, french_health, french_incidents, french_report, french_steps)
_WORDS = dict(zip(LANGUAGES, (_ENGLISH, _FRENCH), strict=True))
_spoken: ContextVar[str] = ContextVar("language", default="en")


class _Words:
    """A module of words, in whatever language is spoken when one of them is asked for."""

    def __init__(self, which: int) -> None:
        self.which = which

    def __getattr__(self, name: str) -> Any:
        return getattr(_WORDS[_spoken.get()][self.which], name)


if TYPE_CHECKING:
    words = english
    health_words = english_health
    incident_words = english_incidents
    report_words = english_report
    step_words = english_steps
else:
    words = _Words(0)
    health_words = _Words(1)
    incident_words = _Words(2)
    report_words = _Words(3)
    step_words = _Words(4)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Within, sentences are made in that language."""
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


def spoken() -> str:
    """The language that is spoken at the moment."""
    return _spoken.get()


def in_its_language(
    dress: Callable[Concatenate[Notice, P], T],
) -> Callable[Concatenate[Notice, P], T]:
    """For what dresses a notice for a channel: headings and labels in the notice's language."""

    @wraps(dress)
    def dressed(notice: Notice, /, *args: P.args, **kwargs: P.kwargs) -> T:
        with speaking(notice.language):
            return dress(notice, *args, **kwargs)

    return dressed


def in_every_language(
    sentence: Callable[P, str], *args: P.args, **kwargs: P.kwargs
) -> Mapping[str, str]:
    """The same sentence in each language, by the language's code."""
    said = {}
    for language in LANGUAGES:
        with speaking(language):
            said[language] = sentence(*args, **kwargs)
    return said
