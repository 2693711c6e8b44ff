"""A dossier laid out for the rules: each field in the forms that the tests need, at a fixed place.

A compiled test knows its place as a number, so that judging looks nothing up by name; and a form
holds all values of a field in one object that answers with one comparison.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from ipaddress import ip_network
from itertools import chain
from math import nan
from typing import Any, TypeAlias

from hunter.model import Dossier, Value

Values: TypeAlias = tuple[Value, ...]
Fields: TypeAlias = Mapping[str, Value | Values]
Form: TypeAlias = Callable[[Values], Any]
Seen: TypeAlias = Mapping[int, Any]
"""What stands at each place."""
Range: TypeAlias = tuple[int, int, int]
"""IP version, first and last address."""

ANY_FIELD = "*"
"""Stands for the values of all fields together."""

EDGE = "\ufdd0"
"""Stands before, between and after the values in a joined text: a noncharacter of Unicode."""

_NUMBERS = frozenset({int, float})


def fields_of(dossier: Dossier) -> Fields:
    """All fields as rules see them, with those that every dossier has."""
    return {
        **dossier.fields,
        "domain": dossier.domain,
        "brand": dossier.brand,
        "unknown": tuple(dossier.unknown),
    }


def values_of(fields: Fields, name: str) -> Values:
    """The values of one field; empty when it has none."""
    found = fields.get(name, ())
    return found if isinstance(found, tuple) else (found,)


@dataclass(frozen=True, slots=True)
class Layout:
    """Which form of which field lies where; grows while rules are compiled."""

    places: dict[tuple[str, Form], int] = field(default_factory=dict)
    order: list[tuple[str, Form]] = field(default_factory=list)

    def place(self, name: str, form: Form) -> int:
        """The place of a field in a form, made when it is new."""
        if (name, form) not in self.places:
            self.places[name, form] = len(self.order)
            self.order.append((name, form))
        return self.places[name, form]

    def lay_out(self, fields: Fields) -> Seen:
        """A dossier's fields in this layout."""
        return _Laid(self.order, fields)


class _Laid(dict[int, Any]):
    """What stands at each place, worked out when it is first asked for: most rules end early."""

    def __init__(self, order: Sequence[tuple[str, Form]], fields: Fields) -> None:
        self._order = order
        self._fields = fields

    def __missing__(self, place: int) -> Any:
        name, form = self._order[place]
        values = _all(self._fields) if name == ANY_FIELD else self._fields.get(name, ())
        found = self[place] = form(values if isinstance(values, tuple) else (values,))
        return found


def _all(fields: Fields) -> Values:
    """What keywords are looked for in: every value but the names of unknown fields."""
    return tuple(
        chain.from_iterable(values_of(fields, name) for name in fields if name != "unknown")
    )


def spelled(value: Value) -> str:
    """The value as text; true and false as YAML has them."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def folded(value: Value) -> str:
    """The value as text without case."""
    return str(value).lower()


def present(values: Values) -> bool:
    """Whether there is any value."""
    return bool(values)


def all_folded(values: Values) -> tuple[str, ...]:
    """Each value as text without case."""
    return tuple(map(folded, values))


def joined(values: Values) -> str:
    """All values as one text, with an EDGE around each; empty when there is none."""
    return _joined(list(map(spelled, values)))


def joined_folded(values: Values) -> str:
    """The same without case."""
    return _joined(list(map(str, values))).lower()


def _joined(texts: list[str]) -> str:
    if not texts:
        return ""
    inner = EDGE.join(texts)
    text = f"{EDGE}{inner}{EDGE}"
    if inner.count(EDGE) == len(texts) - 1:
        return text
    return _joined([one.replace(EDGE, "\ufffd") for one in texts])


def encoded(values: Values) -> tuple[bytes, ...]:
    """Each value in UTF-8, as regular expressions read it; lone surrogates become `?`."""
    return tuple(spelled(value).encode("utf-8", "replace") for value in values)


def encoded_folded(values: Values) -> tuple[bytes, ...]:
    """The same without case."""
    return tuple(folded(value).encode("utf-8", "replace") for value in values)


def highest(values: Values) -> float:
    """The greatest number among the values; NaN, which is beyond compare, if none."""
    return max(_numbers(values), default=nan)


def lowest(values: Values) -> float:
    """The least number among the values, or NaN."""
    return min(_numbers(values), default=nan)


def _numbers(values: Values) -> list[Any]:
    return [value for value in values if value.__class__ in _NUMBERS]


def comparable(values: Values) -> Values:
    """The values but for true and false, which Python takes for 1 and 0."""
    return tuple(value for value in values if not isinstance(value, bool))


def texts(values: Values) -> tuple[str, ...]:
    """Each value as text."""
    return tuple(map(spelled, values))


def ranges(values: Values) -> tuple[Range, ...]:
    """The addresses and networks among the values, as ranges of numbers."""
    found = (_range_of(str(value)) for value in values)
    return tuple(one for one in found if one is not None)


@lru_cache(maxsize=65536)
def _range_of(text: str) -> Range | None:
    try:
        network = ip_network(text, strict=False)
    except ValueError:
        return None
    return network.version, int(network.network_address), int(network.broadcast_address)
