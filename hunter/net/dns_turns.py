"""Whose turn it is to be asked: who answers does not wait behind those that are silent.

A squatter's name servers may be silent on purpose, and have hundreds of names. Each question about
one holds its place for many seconds: of six at once about every name, the last are asked too late.
"""

from collections import deque
from typing import Generic, Protocol, TypeVar

_MOST_SILENT = 20_000


class _Named(Protocol):
    @property
    def name(self) -> str: ...


Question = TypeVar("Question", bound=_Named)


class Turns(Generic[Question]):
    """Those that wait. A name is asked one thing first, and the rest once that was answered.

    What was silent when it was asked last, or just now, comes after all others.
    """

    def __init__(self) -> None:
        self._first: deque[Question] = deque()
        self._last: deque[Question] = deque()
        self._behind: dict[str, list[Question]] = {}
        """By name what waits for the answer to another question about it."""
        self._silent: dict[str, None] = {}

    def add(self, question: Question) -> None:
        """One more that waits."""
        name = question.name
        if name in self._behind:
            self._behind[name].append(question)
            return
        self._behind[name] = []
        (self._last if name in self._silent else self._first).append(question)

    def take(self) -> Question | None:
        """The next; None when there is none."""
        line = self._first or self._last
        return line.popleft() if line else None

    def heard(self, name: str, *, silent: bool) -> None:
        """A question about the name was answered, or nothing came."""
        self._silent.pop(name, None)
        if silent:
            self._silent[name] = None
        self.let_on(name)
        if len(self._silent) > _MOST_SILENT:
            del self._silent[next(iter(self._silent))]

    def let_on(self, name: str) -> None:
        """What waited for a question about the name need not wait any more."""
        behind = self._behind.pop(name, [])
        if name in self._silent:
            self._last.extend(behind)
        else:
            self._first.extendleft(reversed(behind))

    def clear(self) -> tuple[Question, ...]:
        """All that waited, which do so no more."""
        behind = [question for questions in self._behind.values() for question in questions]
        waiting = (*self._first, *self._last, *behind)
        for place in (self._first, self._last, self._behind):
            place.clear()
        return waiting
