"""All tests on one field at once: a whole number with a bit for each that holds.

Rules ask the same fields over and over: whether a name resembles the brand, which of fifty endings
it has. Held against a value one after the other the tests of a hundred rules cost more than all
the rest of judging. Here those of one kind answer together: equal texts by a look into a table,
regular expressions in one pass of RE2, the ends of a text by one comparison with all of them. What
was answered for a value is remembered, for most values (a hoster, a registrar, true) come again
and again.
"""

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from hunter.judge.questions import Form, Maker, Tell, sorted_out
from hunter.judge.seen import Raw, Values
from hunter.model import Value
from hunter.rulebook.conditions import Exists, Leaf

_REMEMBERED = 512
"""Values per field."""
_SHORT = 256
"""Longer texts hardly come again, and are not worth their room."""


class Answers:
    """What a field's values mean to the tests on it, as bits: a form for the layout."""

    def __init__(self, *, at_once: bool = False) -> None:
        """With `at_once` many values are looked at together, and nothing is remembered of them."""
        self._bits: dict[Leaf, int] = {}
        self._absent = 0
        self._at_once = at_once
        # Each type apart, for true is not 1 here; and no floats, for 0.0 is written unlike -0.0.
        self.known = _Kinds(_Forgotten(self))
        self.known.update({kind: _Remembered(self) for kind in (str, int, bool)})
        self.known[tuple] = _Several(self)

    def bit(self, test: Leaf) -> int:
        """The bit of a test; the same test has one bit."""
        if test not in self._bits:
            self._bits[test] = 1 << len(self._bits)
            if isinstance(test, Exists) and not test.exists:
                self._absent |= self._bits[test]
            self._forget()
        return self._bits[test]

    def __call__(self, raw: Raw) -> int:
        """The bits of all tests that hold for at least one of the values."""
        return self.known[raw.__class__][raw]

    def of(self, value: Value) -> int:
        """The bits of all tests that hold for one value."""
        return self.known[value.__class__][value]

    def of_several(self, values: Values) -> int:
        """The same for several at least one of which must do."""
        if self._at_once:
            return self.worked_out(values)
        found = 0
        for value in values:
            found |= self.of(value)
        return found

    def _forget(self) -> None:
        vars(self).pop("worked_out", None)
        for known in self.known.values():
            known.clear()
        self.known[tuple][()] = self._absent

    @cached_property
    def worked_out(self) -> Tell:
        """The bits of all tests that hold for at least one of some values, asked anew."""
        # Made when it is first needed: by then all tests are known.
        kinds: dict[tuple[Maker, Form], list[tuple[Any, int]]] = defaultdict(list)
        for test, bit in self._bits.items():
            for make, form, wanted in sorted_out(test):
                kinds[make, form].append((wanted, bit))
        return _any_of([make(form, wanted) for (make, form), wanted in kinds.items()])


class _Kinds(dict[type, dict[Any, int]]):
    """What was answered, by the type of the value."""

    def __init__(self, other: dict[Any, int]) -> None:
        self._other = other

    def __missing__(self, kind: type) -> dict[Any, int]:
        return self._other


class _Forgotten(dict[Any, int]):
    """Values of which nothing is remembered."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers

    def __missing__(self, value: Value) -> int:
        return self._answers.worked_out((value,))


class _Remembered(dict[Any, int]):
    """What was answered for a value; all is forgotten when it becomes too much."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers

    def __missing__(self, value: Value) -> int:
        found = self._answers.worked_out((value,))
        if isinstance(value, str) and len(value) > _SHORT:
            return found
        if len(self) >= _REMEMBERED:
            self.clear()
        self[value] = found
        return found


class _Several(dict[Values, int]):
    """What no value at all means, and several: each of them is remembered by itself."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers

    def __missing__(self, values: Values) -> int:
        return self._answers.of_several(values)


def _any_of(tells: Sequence[Tell]) -> Tell:
    if len(tells) == 1:
        return tells[0]

    def tell(values: Values) -> int:
        found = 0
        for one in tells:
            found |= one(values)
        return found

    return tell
