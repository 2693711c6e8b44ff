"""A dossier laid out for the rules: each field in the forms that the tests need, at a fixed place.

A compiled test knows its place as a number, so that judging looks nothing up by name.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, TypeAlias

from hunter.model import Dossier, Value

Values: TypeAlias = tuple[Value, ...]
Form: TypeAlias = Callable[[Value], object]
Seen: TypeAlias = list[tuple[Any, ...]]
"""One tuple of values per place, in the form that belongs to the place."""

ANY_FIELD = "*"
"""Stands for the values of all fields together."""


def known(dossier: Dossier) -> Mapping[str, Value | Values]:
    """All fields as rules see them, with those that every dossier has."""
    return {
        **dossier.fields,
        "domain": dossier.domain,
        "brand": dossier.brand,
        "unknown": tuple(dossier.unknown),
    }


def values_of(dossier: Dossier, name: str) -> Values:
    """The values of one field; empty when it has none."""
    return _values(known(dossier), name)


def _values(fields: Mapping[str, Value | Values], name: str) -> Values:
    found = fields.get(name, ())
    return found if isinstance(found, tuple) else (found,)


def spelled(value: Value) -> str:
    """The value as text; true and false as YAML has them."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def folded(value: Value) -> str:
    """The value as text without case."""
    return str(value).lower()


def raw(value: Value) -> Value:
    """The value itself."""
    return value


@dataclass(frozen=True, slots=True)
class Layout:
    """Which form of which field lies where; grows while rules are compiled."""

    places: dict[tuple[str, Form], int] = field(default_factory=dict)

    def place(self, name: str, form: Form) -> int:
        """The place of a field in a form, made when it is new."""
        return self.places.setdefault((name, form), len(self.places))

    def lay_out(self, dossier: Dossier) -> Seen:
        """The dossier in this layout."""
        fields = known(dossier)
        return [
            tuple(map(form, _all(fields) if name == ANY_FIELD else _values(fields, name)))
            for name, form in self.places
        ]


def _all(fields: Mapping[str, Value | Values]) -> Values:
    """What keywords are looked for in: every value but the names of unknown fields."""
    return tuple(chain.from_iterable(_values(fields, name) for name in fields if name != "unknown"))
