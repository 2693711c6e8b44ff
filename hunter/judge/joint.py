"""Several rulebooks held against the same dossiers: what they share is asked once."""

from collections.abc import Sequence
from typing import TypeAlias

from hunter.judge.compiling import Compiler
from hunter.judge.seen import Fields, fields_of
from hunter.model import Dossier
from hunter.rulebook import Rulebook
from hunter.rulebook.conditions import Condition

_REMEMBERED = 10_000
_Numbers: TypeAlias = tuple[int, ...]


class Joint:
    """The rules of several books, compiled together; silent ones too."""

    def __init__(self, books: Sequence[Rulebook]) -> None:
        """Compile them once; filters apart, for a new filter must not make every rule a new one."""
        own: dict[Condition, int] = {}
        filters: dict[Condition, int] = {}
        self._rules = tuple(
            tuple(
                (
                    rule.header.id,
                    own.setdefault(rule.own, len(own)),
                    frozenset(
                        filters.setdefault(one.condition, len(filters)) for one in rule.filters
                    ),
                )
                for rule in book.rules
            )
            for book in books
        )
        compiler = Compiler()
        self._which = compiler.which([compiler.check(condition) for condition in own])
        self._filters = [compiler.check(condition) for condition in filters]
        self._layout = compiler.layout
        self._wanted: dict[_Numbers, _Numbers] = {}
        self._met: dict[tuple[_Numbers, _Numbers], tuple[frozenset[str], ...]] = {}

    def met(self, dossier: Dossier) -> tuple[frozenset[str], ...]:
        """For each book, the ids of its rules that match the dossier."""
        fields = fields_of(dossier)
        numbers = tuple(self._which(fields))
        passed = self._passed(numbers, fields)
        found = self._met.get((numbers, passed))
        if found is None:
            if len(self._met) > _REMEMBERED:
                self._met.clear()
                self._wanted.clear()
            found = self._met[numbers, passed] = tuple(
                frozenset(
                    rule for rule, one, wanted in rules if one in numbers and wanted <= {*passed}
                )
                for rules in self._rules
            )
        return found

    def _passed(self, numbers: _Numbers, fields: Fields) -> _Numbers:
        """The filters that let the dossier pass, of those that matter for these rules."""
        wanted = self._wanted.get(numbers)
        if wanted is None:
            named = {
                one
                for rules in self._rules
                for _, number, filters in rules
                if number in numbers
                for one in filters
            }
            wanted = self._wanted[numbers] = tuple(sorted(named))
        seen = self._layout.lay_out(fields)
        return tuple([one for one in wanted if self._filters[one].holds(seen)])
